"""Leaves the coroutines out.

Misconception: two kinds are enough
Fails comparison-answered: a dict with the key 'coroutine'
Fails comparison-unit: a dict with the key 'coroutine'
Fails comparison-data: a dict with the key 'coroutine'
Fails comparison-cost: a dict with the key 'coroutine'
Fails comparison-cores: a dict with the key 'coroutine'
Fails comparison-switch: a dict with the key 'coroutine'
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
}
