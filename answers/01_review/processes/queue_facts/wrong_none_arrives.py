"""Believes that None comes in the place of what cannot be pickled.

Misconception: None arrives
Fails queue_facts-failed_pickle: Who would send a None
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "c",
}
