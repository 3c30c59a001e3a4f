"""Takes the rule for processes for the one for threads.

Misconception: a wrong belief about threads by default
Fails pool_facts-threads_by_default: With one CPU, would a pool that is made for waiting
"""

pool_facts = {
    "threads_by_default": "b",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
