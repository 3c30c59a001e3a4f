"""Believes that processes share their variables and need locks for them, as the notes say.

Misconception: M11
Fails comparison-data: appends to a list of its parent's
"""

comparison = {
    "process": {"unit": "a", "data": "b", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": "b"},
}
