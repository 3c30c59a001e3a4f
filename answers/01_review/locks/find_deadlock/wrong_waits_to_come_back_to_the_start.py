"""Follows the way until it comes back to where it began, which it never does from outside the circle.

Misconception: every way that does not end is a circle
Fails find_deadlock-besides: goes on and on
Fails find_deadlock-itself: goes on and on
"""


def find_deadlock(waits_for):
    for start in waits_for:
        name = waits_for[start]
        while name in waits_for and name != start:
            name = waits_for[name]
        if name == start:
            way = [start]
            while waits_for[way[-1]] != start:
                way.append(waits_for[way[-1]])
            return way
    return None
