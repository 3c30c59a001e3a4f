"""Knows only circles of two.

Misconception: it takes two for a deadlock
Fails find_deadlock-circle: returned None
Fails find_deadlock-besides: returned None
Fails find_deadlock-order: returned None
Fails find_deadlock-itself: returned ['A', 'A']
"""


def find_deadlock(waits_for):
    for name, other in waits_for.items():
        if waits_for.get(other) == name:
            return [name, other]
    return None
