"""Believes that items go through a file.

Misconception: a queue is a file
Fails queue_facts-carried_by: leave anything on the disk
"""

queue_facts = {
    "carried_by": "b",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
