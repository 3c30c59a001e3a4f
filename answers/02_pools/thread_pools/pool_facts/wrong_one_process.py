"""Believes that there is one process unless one asks for more.

Misconception: a wrong belief about processes by default
Fails pool_facts-processes_by_default: With a single process
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "d",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
