"""Believes that threads of any build use all cores.

Misconception: threads compute in parallel
Fails comparison-cores: how many may hold it
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "a", "switch": "a"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": "b"},
}
