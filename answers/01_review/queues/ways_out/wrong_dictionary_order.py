"""Sorts letters as a dictionary does.

Misconception: texts are compared as in a dictionary
Fails ways_out-letters: What are ord('a') and ord('B')?
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["a", "A", "b", "B"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
