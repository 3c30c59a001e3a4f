"""Returns the lines and runs nothing.

Misconception: the answer in place of the work
Fails modernize-one_loop: no event loop ever ran
"""


def modernize():
    words = ("start", "end")
    return [f"{word}: {i}" for word in words for i in (1, 3)]
