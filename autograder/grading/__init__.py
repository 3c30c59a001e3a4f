"""Submissions in, scores out. The way through: intake, rebuild, execute, probes, record.

`command.grade_into_gradebook` grades an assignment, `engine` is the way through, `execute.execute(notebook)` runs one
notebook in a `room`. Nothing is imported here, so that a part of this room costs no more than itself.
"""
