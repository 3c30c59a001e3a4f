"""Has no list for two of the keys.

Misconception: not finished
Fails ways_out-filled: there is no list yet
Fails ways_out-letters: no list yet
Fails ways_out-pairs: no list yet
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": None,
    "pairs": None,
}
