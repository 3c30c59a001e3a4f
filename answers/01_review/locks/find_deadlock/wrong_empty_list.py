"""Returns an empty list where there is no circle.

Misconception: an empty list will do for None
Fails find_deadlock-none: returned []
"""


def find_deadlock(waits_for):
    for name in waits_for:
        way = []
        while name in waits_for and name not in way:
            way.append(name)
            name = waits_for[name]
        if name in way:
            return way[way.index(name) :]
    return []
