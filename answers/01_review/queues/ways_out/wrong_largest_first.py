"""Takes the largest for the most urgent.

Misconception: the largest comes first
Fails ways_out-urgent: the smallest or the largest
Fails ways_out-numbers: the smallest or the largest
Fails ways_out-texts: the smallest or the largest
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [5, 4, 1, 3],
    "numbers": [10, 9, 2],
    "texts": ["9", "2", "10"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
