"""Has no answer for who switches.

Misconception: a question may be left out
Fails comparison-answered: comparison['process']['switch']
Fails comparison-switch: no answer yet
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": None},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": None},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": None},
}
