"""Submissions in, scores out.

Public so far: `execute.execute(notebook)`, which runs a notebook's cells and tells what became of each test cell.
Nothing is imported here, so that a part of this room costs no more than itself.
"""
