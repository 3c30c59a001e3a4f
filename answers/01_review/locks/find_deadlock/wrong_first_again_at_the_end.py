"""Ends the list with the name that it begins with.

Misconception: a circle is closed in writing
Fails find_deadlock-circle: Is each name in the list once?
Fails find_deadlock-besides: Is each name in the list once?
Fails find_deadlock-order: Is each name in the list once?
Fails find_deadlock-itself: Is each name in the list once?
"""


def find_deadlock(waits_for):
    for name in waits_for:
        way = [name]
        while way[-1] in waits_for:
            way.append(waits_for[way[-1]])
            if way.count(way[-1]) == 2:
                return way[way.index(way[-1]) :]
    return None
