"""Gives the circle from the one who is waited for to the one who waits.

Misconception: who holds and who waits are mixed up
Fails find_deadlock-circle: or for the one before it?
Fails find_deadlock-besides: or for the one before it?
Fails find_deadlock-order: or for the one before it?
"""


def find_deadlock(waits_for):
    for name in waits_for:
        way = []
        while name in waits_for and name not in way:
            way.insert(0, name)
            name = waits_for[name]
        if name in way:
            return way[: way.index(name) + 1]
    return None
