"""Waits for the exception of a failed pickle in `get`.

Misconception: get raises
Fails queue_facts-failed_pickle: before the pipe or behind it
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "b",
}
