"""Follows the way from each name until it ends or comes back to a name on it."""


def find_deadlock(waits_for):
    for start in waits_for:
        seen = []
        current = start
        while current is not None and current not in seen:
            seen.append(current)
            current = waits_for.get(current)
        if current is not None:
            return seen[seen.index(current) :]
    return None
