"""Believes that exceptions of `map` are lost in any case.

Misconception: M5
Fails pool_facts-error_in_map: It stays unseen only for those who never read
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "b",
}
