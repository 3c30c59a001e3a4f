"""Writes a capital letter.

Misconception: any spelling will do
Fails queue_facts-answered: the answer 'C'
Fails queue_facts-carried_by: the answer 'C'
"""

queue_facts = {
    "carried_by": "C",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
