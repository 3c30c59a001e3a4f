"""Returns the names of the circle as a set.

Misconception: the order does not matter
Fails find_deadlock-circle: returned {'A', 'B'}
Fails find_deadlock-besides: returned {
Fails find_deadlock-order: returned {
Fails find_deadlock-itself: returned {'A'}
"""


def find_deadlock(waits_for):
    for name in waits_for:
        way = []
        while name in waits_for and name not in way:
            way.append(name)
            name = waits_for[name]
        if name in way:
            return set(way[way.index(name) :])
    return None
