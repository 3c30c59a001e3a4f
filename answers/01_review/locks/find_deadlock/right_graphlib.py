"""Has the standard library sort the names by who waits for whom, and takes the circle from its complaint."""

from graphlib import CycleError, TopologicalSorter


def find_deadlock(waits_for):
    try:
        TopologicalSorter({name: [other] for name, other in waits_for.items()}).prepare()
    except CycleError as error:
        circle = error.args[1][:-1]
        return circle if waits_for[circle[0]] == circle[1 % len(circle)] else circle[::-1]
    return None
