"""Returns the whole way, with those who only wait for somebody in the circle.

Misconception: whoever cannot go on is part of the deadlock
Fails find_deadlock-besides: Does anybody in the circle wait for 'A'?
Fails find_deadlock-itself: Does anybody in the circle wait for 'B'?
"""


def find_deadlock(waits_for):
    for name in waits_for:
        way = []
        while name in waits_for and name not in way:
            way.append(name)
            name = waits_for[name]
        if name in way:
            return way
    return None
