"""Takes the costs in the order of the letters.

Misconception: processes are cheap
Fails comparison-cost: What does a new process need
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "a", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
    "coroutine": {"unit": "c", "data": "c", "cost": "c", "cores": "c", "switch": "b"},
}
