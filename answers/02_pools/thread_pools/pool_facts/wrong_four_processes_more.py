"""Takes the rule for threads for the one for processes.

Misconception: a wrong belief about processes by default
Fails pool_facts-processes_by_default: the answer 'c'
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "c",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
