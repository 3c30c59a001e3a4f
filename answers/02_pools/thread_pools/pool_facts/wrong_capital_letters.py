"""Writes capital letters.

Misconception: any spelling will do
Fails pool_facts-answered: the answer 'C'
Fails pool_facts-threads_by_default: the answer 'C'
Fails pool_facts-processes_by_default: the answer 'B'
Fails pool_facts-kind_of_work: the answer 'C'
Fails pool_facts-end_of_with: the answer 'A'
Fails pool_facts-error_in_map: the answer 'D'
"""

pool_facts = {
    "threads_by_default": "C",
    "processes_by_default": "B",
    "kind_of_work": "C",
    "end_of_with": "A",
    "error_in_map": "D",
}
