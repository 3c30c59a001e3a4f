"""Finds the names in the circle, but lists them as they come in the dict.

Misconception: the order does not matter
Fails find_deadlock-besides: or for the one before it?
Fails find_deadlock-order: wait for the next one?
"""


def find_deadlock(waits_for):
    stuck = dict(waits_for)
    while gone := [name for name in stuck if stuck[name] not in stuck or name not in stuck.values()]:
        for name in gone:
            del stuck[name]
    for start in stuck:
        circle, name = {start}, stuck[start]
        while name != start:
            circle.add(name)
            name = stuck[name]
        return [name for name in waits_for if name in circle]
    return None
