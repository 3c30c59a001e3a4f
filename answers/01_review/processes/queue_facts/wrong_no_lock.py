"""Believes that what is written to a pipe always arrives in one piece.

Misconception: M16
Fails queue_facts-guarded_by: an item of a megabyte
"""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "d",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
