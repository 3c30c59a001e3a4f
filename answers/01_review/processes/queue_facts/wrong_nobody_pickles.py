"""Believes that the object itself is handed over.

Misconception: M11
Fails queue_facts-pickled_by: has a memory of its own
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "c",
    "order": "b",
    "failed_pickle": "d",
}
