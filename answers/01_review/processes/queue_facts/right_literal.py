"""Writes the letters down."""

queue_facts = {
    "carried_by": "c",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
