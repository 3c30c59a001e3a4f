"""Believes that four threads compute on four cores.

Misconception: threads of a standard build compute on several cores
Fails pool_facts-kind_of_work: How many of the four compute at once?
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "a",
    "end_of_with": "a",
    "error_in_map": "d",
}
