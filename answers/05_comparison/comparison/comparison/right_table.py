"""Writes the table down."""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
    "coroutine": {"unit": "c", "data": "c", "cost": "a", "cores": "c", "switch": "b"},
}
