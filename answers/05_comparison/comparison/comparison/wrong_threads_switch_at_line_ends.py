"""Believes that the interpreter switches after each line.

Misconception: `+=` is one step
Fails comparison-unit: loses updates
Fails comparison-switch: Can a thread be stopped in the middle of it?
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "d", "data": "b", "cost": "b", "cores": "b", "switch": "c"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": "b"},
}
