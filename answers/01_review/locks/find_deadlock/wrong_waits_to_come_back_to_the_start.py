"""Follows the way until it comes back to where it began, which it never does from outside the circle.

Misconception: every way that does not end is a circle
Fails find_deadlock-besides: goes on and on
Fails find_deadlock-itself: goes on and on
"""


def find_deadlock(waits_for):
    for start in waits_for:
        way, name = [start], waits_for[start]
        while name in waits_for and name != start:
            way.append(name)
            name = waits_for[name]
        if name == start:
            return way
    return None
