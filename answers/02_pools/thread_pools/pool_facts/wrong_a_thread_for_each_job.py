"""Believes that each job has a thread of its own.

Misconception: a wrong belief about threads by default
Fails pool_facts-threads_by_default: A pool given 10,000 jobs
"""

pool_facts = {
    "threads_by_default": "d",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
