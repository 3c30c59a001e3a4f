"""Follows the way of the first name only.

Misconception: all ways lead to the deadlock
Fails find_deadlock-besides: returned None
"""


def find_deadlock(waits_for):
    way = []
    name = next(iter(waits_for), None)
    while name in waits_for and name not in way:
        way.append(name)
        name = waits_for[name]
    return way[way.index(name) :] if name in way else None
