"""Misspells a question.

Misconception: any spelling will do
Fails pool_facts-answered: a question 'end_of_the_with', which nobody asked
Fails pool_facts-end_of_with: no answer yet; the keys of the dict are
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_the_with": "a",
    "error_in_map": "d",
}
