"""Believes that `map` itself raises the exception of a job.

Misconception: M5
Fails pool_facts-error_in_map: What can it know at that moment?
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "a",
}
