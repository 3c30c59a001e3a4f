"""Believes that whoever releases a lock hands over.

Misconception: a lock is a baton
Fails comparison-switch: that share no lock take turns all the same
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "d"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "d"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": "d"},
}
