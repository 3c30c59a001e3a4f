"""Gives two letters where it is not sure.

Misconception: one of two is enough
Fails pool_facts-answered: the answer 'ac'
Fails pool_facts-threads_by_default: the answer 'ac'
"""

pool_facts = {
    "threads_by_default": "ac",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
