"""Reads all puts first and then all gets.

Misconception: the order of calls does not matter
Fails ways_out-turns: Has `c` been put in already
Fails ways_out-urgent: Has 1 been put in already
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["c", "b", "a"],
    "urgent": [1, 3, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
