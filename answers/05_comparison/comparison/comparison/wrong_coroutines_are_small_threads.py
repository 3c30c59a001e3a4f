"""Takes coroutines for threads that are cheaper.

Misconception: a coroutine is a thread
Fails comparison-unit: how many coroutines a thread runs
Fails comparison-data: How could another coroutine run between two lines without `await`?
Fails comparison-cost: with a stack, or Python, with an object
Fails comparison-cores: In how many threads are these four
Fails comparison-switch: know that there are coroutines
"""

comparison = {
    "process": {"unit": "a", "data": "a", "cost": "c", "cores": "a", "switch": "a"},
    "thread": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
    "coroutine": {"unit": "b", "data": "b", "cost": "b", "cores": "b", "switch": "a"},
}
