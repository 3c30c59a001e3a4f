"""Believes that a lock for threads keeps processes out.

Misconception: M13
Fails queue_facts-guarded_by: belongs to one process
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "c",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
