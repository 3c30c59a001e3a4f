"""Believes the notes: up to two processes for each CPU.

Misconception: more processes than cores compute faster
Fails pool_facts-processes_by_default: Two processes for a core would take turns
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "a",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
}
