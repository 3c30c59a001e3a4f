"""Believes that every kind of pool uses all cores.

Misconception: a wrong belief about kind of work
Fails pool_facts-kind_of_work: do all kinds of workers have an interpreter
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "d",
    "end_of_with": "a",
    "error_in_map": "d",
}
