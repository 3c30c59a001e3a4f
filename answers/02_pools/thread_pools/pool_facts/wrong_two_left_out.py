"""Has not answered two of the questions.

Misconception: not finished
Fails pool_facts-answered: pool_facts['end_of_with']
Fails pool_facts-end_of_with: no answer yet
Fails pool_facts-error_in_map: no answer yet
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": None,
    "error_in_map": None,
}
