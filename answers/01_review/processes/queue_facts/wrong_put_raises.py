"""Waits for the exception of a failed pickle in `put`.

Misconception: put raises
Fails queue_facts-failed_pickle: has `put` perhaps returned
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "a",
}
