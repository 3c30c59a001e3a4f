"""Mixes up the queue and the stack.

Misconception: LIFO is a queue
Fails ways_out-first_in: That is the order of a stack
Fails ways_out-last_in: That is the order of the plain Queue
Fails ways_out-turns: That is the order of a plain Queue
"""

ways_out = {
    "first_in": [2, 1, 3],
    "last_in": [3, 1, 2],
    "turns": ["a", "b", "c"],
    "urgent": [3, 1, 4, 5],
    "numbers": [2, 9, 10],
    "texts": ["10", "2", "9"],
    "letters": ["A", "B", "a", "b"],
    "pairs": [(1, "b"), (1, "d"), (2, "a"), (2, "c")],
}
