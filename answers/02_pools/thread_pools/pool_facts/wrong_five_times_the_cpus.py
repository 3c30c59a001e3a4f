"""Believes the notes: five threads for each CPU.

Misconception: the default of Python 3.5 to 3.7
Fails pool_facts-threads_by_default: Five times the CPUs was the default
"""

pool_facts = {
    "threads_by_default": "a",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
