"""Believes that the reader pickles.

Misconception: who reads pickles
Fails queue_facts-pickled_by: Who made the bytes?
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "a",
    "order": "b",
    "failed_pickle": "d",
}
