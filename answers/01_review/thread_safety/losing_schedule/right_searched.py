"""Tries all orders, plays each of them through, and takes the first that loses an update."""

from itertools import permutations


def plays(order):
    counter, own = 0, {}
    for who, _, what in (step.partition(" ") for step in order):
        if what == "reads":
            own[who] = counter
        elif what == "adds":
            own[who] += 1
        else:
            counter = own[who]
    return counter


def could_happen(order):
    return all([step[2:] for step in order if step[0] == who] == ["reads", "adds", "writes"] for who in "AB")


steps = [f"{who} {what}" for who in "AB" for what in ("reads", "adds", "writes")]
losing_schedule = next(list(order) for order in permutations(steps) if could_happen(order) and plays(order) == 1)
