"""Believes that the order of all calls of `put` is kept.

Misconception: first in, first out for all processes together
Fails queue_facts-order: may still be on its way
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "c",
    "failed_pickle": "d",
}
