"""Adds a question that nobody asked.

Misconception: any spelling will do
Fails pool_facts-answered: which nobody asked
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "a",
    "error_in_map": "d",
    "favourite_pool": "a",
}
