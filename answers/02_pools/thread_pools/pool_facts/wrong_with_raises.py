"""Believes that the end of `with` raises what a job has raised.

Misconception: M4
Fails pool_facts-end_of_with: Where does the exception of a job stay
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "d",
    "error_in_map": "d",
}
