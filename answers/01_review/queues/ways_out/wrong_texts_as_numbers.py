"""Takes texts of digits for numbers.

Misconception: texts are compared by their worth
Fails ways_out-texts: `<` compares texts letter by letter
"""

ways_out = {
    "first_in": [3, 1, 2],
    "last_in": [2, 1, 3],
    "turns": ["b", "c", "a"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["2", "9", "10"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
