"""Takes it for a priority queue.

Misconception: every queue sorts
Fails queue_facts-order: look at what its items are worth
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "a",
    "failed_pickle": "d",
}
