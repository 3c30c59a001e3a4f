"""Believes that every queue sorts.

Misconception: queues sort
Fails ways_out-first_in: Does a plain Queue look at what its items are worth?
Fails ways_out-last_in: Does a LifoQueue look at
"""

ways_out = {
    "first_in": [1, 2, 3],
    "last_in": [3, 2, 1],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
