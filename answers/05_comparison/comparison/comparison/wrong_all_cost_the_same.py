"""Believes that the names are all that differs.

Misconception: all workers cost the same
Fails comparison-cost: that a new thread finds there already
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "b", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
    "coroutine": {"unit": "c", "data": "c", "cost": "b", "cores": "c", "switch": "b"},
}
