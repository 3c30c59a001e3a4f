"""Takes any chain of waiting threads for a deadlock.

Misconception: whoever waits is in a deadlock
Fails find_deadlock-besides: returned
Fails find_deadlock-none: returned ['A', 'B']
"""


def find_deadlock(waits_for):
    for name in waits_for:
        way = []
        while name is not None and name not in way:
            way.append(name)
            name = waits_for.get(name)
        if len(way) > 1 or name in way:
            return way[way.index(name) :] if name in way else way
    return None
