"""Believes that waiting is the only place where threads switch.

Misconception: threads are polite
Fails comparison-data: have to wait for anything
Fails comparison-switch: Do the other threads get a turn?
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "c", "cost": "b", "cores": "b", "switch": "b"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": "b"},
}
