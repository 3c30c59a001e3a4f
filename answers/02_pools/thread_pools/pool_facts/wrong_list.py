"""Writes the letters into a list.

Misconception: the position stands for the question
Fails pool_facts-answered: a dict of answers
Fails pool_facts-threads_by_default: a dict of answers
Fails pool_facts-processes_by_default: a dict of answers
Fails pool_facts-kind_of_work: a dict of answers
Fails pool_facts-end_of_with: a dict of answers
Fails pool_facts-error_in_map: a dict of answers
"""

pool_facts = ["c", "b", "c", "a", "d"]
