"""Pairs the questions with a row of letters."""

questions = ["threads_by_default", "processes_by_default", "kind_of_work", "end_of_with", "error_in_map"]
pool_facts = {question: letter for question, letter in zip(questions, "cbcad", strict=True)}
