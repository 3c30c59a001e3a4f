"""Compares pairs by their second parts.

Misconception: a pair is compared by its payload
Fails ways_out-pairs: Which part of a pair does `<` look at first?
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(2, "a"), (1, "b"), (2, "c"), (1, "d")],
}
