"""Believes that nothing is known about the order.

Misconception: a queue mixes items up
Fails queue_facts-order: For whom does that hold?
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "d",
    "failed_pickle": "d",
}
