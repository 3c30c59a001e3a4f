"""Believes that the global interpreter lock guards all processes.

Misconception: one GIL for all processes
Fails queue_facts-guarded_by: an interpreter of its own
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "b",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
