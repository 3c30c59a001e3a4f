"""Has not answered two of the questions.

Misconception: not finished
Fails queue_facts-answered: queue_facts['order']
Fails queue_facts-order: no answer yet
Fails queue_facts-failed_pickle: no answer yet
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": None,
    "failed_pickle": None,
}
