"""Believes the notes: a priority queue goes by ASCII, numbers too.

Misconception: ASCII for everything
Fails ways_out-numbers: How does `<` compare numbers?
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [10, 2, 9],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
