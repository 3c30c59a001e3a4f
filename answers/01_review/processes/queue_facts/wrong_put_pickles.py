"""Believes that `put` pickles before it returns.

Misconception: put pickles
Fails queue_facts-pickled_by: does `put` itself raise?
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "b",
    "order": "b",
    "failed_pickle": "d",
}
