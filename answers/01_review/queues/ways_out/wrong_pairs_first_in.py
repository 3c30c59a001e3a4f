"""Believes that equal priorities come out in the order in which they went in.

Misconception: M23
Fails ways_out-pairs: does not know who came first
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "d"), (1, "b"), (2, "a"), (2, "c")],
}
