"""Believes that the pool decides how many cores are used.

Misconception: a pool makes it parallel
Fails comparison-cores: Four cores, and a pool of twenty
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "d", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "d", "switch": "a"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "d", "switch": "b"},
}
