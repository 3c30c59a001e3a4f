"""Copies the notes: coroutines are what the CPU schedules, and their data is safe.

Misconception: the notes are up to date
Fails comparison-unit: ask the system how many coroutines a thread runs
Fails comparison-data: check the stock, await the payment, sell
Fails comparison-cores: without the global lock
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "c", "switch": "a"},
    "coroutine": {"unit": "b", "data": "d", "cost": "a", "cores": "c", "switch": "b"},
}
