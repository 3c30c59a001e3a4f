"""Believes that more threads use more cores, if there are only enough of them.

Misconception: a wrong belief about kind of work
Fails pool_facts-kind_of_work: Twenty threads take turns
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "b",
    "end_of_with": "a",
    "error_in_map": "d",
}
