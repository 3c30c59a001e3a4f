"""Believes that `map` gives the exception object as a result.

Misconception: a wrong belief about error in map
Fails pool_facts-error_in_map: Try a loop over them
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "c",
}
