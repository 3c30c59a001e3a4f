"""Believes that an item lies in memory that both processes share.

Misconception: M11
Fails queue_facts-carried_by: Processes have no memory in common
"""

queue_facts = {
    "carried_by": "a",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
