"""Leaves the last item in the queue.

Misconception: get leaves the last one
Fails ways_out-filled: a list of 3 items
Fails ways_out-turns: before each get()
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
