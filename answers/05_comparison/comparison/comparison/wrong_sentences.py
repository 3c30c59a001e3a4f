"""Writes words in place of letters.

Misconception: the words are the answer
Fails comparison-answered: Is it one small letter in quotes?
Fails comparison-unit: one of the letters a, b, c, d
"""

comparison = {
    "process": {"unit": "resources", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "core", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
    "coroutine": {"unit": "program", "data": "c", "cost": "a", "cores": "c", "switch": "b"},
}
