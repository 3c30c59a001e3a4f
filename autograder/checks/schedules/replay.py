"""Replays an order of steps that the student has put together by hand, and shows what becomes of a shared counter.

Two threads each read the counter, add 1 to what they have read, and write the sum back: three steps of a thread, each
named as in "A reads". An order that cannot happen is told apart from one that can but does no harm.
"""

from __future__ import annotations

from itertools import pairwise

from autograder.checks.failure import CheckFailed, failed
from autograder.checks.student import Reference
from autograder.checks.values import describe, plain

THREADS = ("A", "B")
VERBS = ("reads", "adds", "writes")
STEPS = tuple(f"{thread} {verb}" for thread in THREADS for verb in VERBS)


def expect_possible_order(answer: Reference) -> list[str]:
    """The student's list holds each of the six steps once, those of one thread in their order. Raises CheckFailed."""
    given = plain(answer.get())
    if type(given) is not list or not all(type(step) is str for step in given):
        raise failed(
            answer.name,
            f"{answer.name} is {describe(given)}",
            "a list of six texts",
            "Is each step written in quotes, as in the task?",
        )
    if not given:
        raise failed(answer.name, "the list is still empty", "the six steps in some order", "Who runs first?")
    for step in given:
        if step not in STEPS:
            seen = f"the step {describe(step)}, which is none of the six"
            raise _impossible(answer, seen, ", ".join(map(repr, STEPS)), "Is it spelled as in the task?")
    for step in STEPS:
        if given.count(step) > 1:
            seen = f"{step!r} comes {given.count(step)} times"
            raise _impossible(answer, seen, "each of the six steps once", "How often does each thread run its lines?")
        if step not in given:
            seen = f"{step!r} is missing"
            raise _impossible(answer, seen, "each of the six steps once", "How does this thread come to its end?")
    for thread in THREADS:
        verbs = [step.partition(" ")[2] for step in given if step.startswith(thread)]
        for early, late in pairwise(VERBS):
            if verbs.index(late) < verbs.index(early):
                raise _impossible(
                    answer,
                    f"{thread} {late} before it {early}",
                    f"{thread} {', '.join(VERBS)}, in this order",
                    "Can a scheduler change the order of the lines within one thread?",
                )
    return given


def _impossible(answer: Reference, seen: str, expected: str, ask: str) -> CheckFailed:
    return failed(f"{answer.name}: an order that cannot happen", seen, expected, ask)


def expect_lost_update(answer: Reference) -> None:
    """Once the student's steps have been replayed, one update of the counter is lost. Raises CheckFailed."""
    steps = expect_possible_order(answer)
    counter, own = 0, dict.fromkeys(THREADS, "")
    rows = []
    for step in steps:
        thread, _, verb = step.partition(" ")
        if verb == "reads":
            own[thread] = str(counter)
        elif verb == "adds":
            own[thread] = str(int(own[thread]) + 1)
        else:
            counter = int(own[thread])
        rows.append(f"  {step:8}  counter {counter}" + "".join(f"   {name} has {own[name] or '-'}" for name in THREADS))
    if counter == len(THREADS):
        raise failed(
            f"{answer.name}: an order that can happen, but does no harm",
            f"the counter is {counter} at the end, and both updates count",
            f"an order after which the counter is {counter - 1}, although both threads have added 1",
            "What must a thread still have in its hands when it writes, for the other one's work to be wiped out?",
            "\n".join(["Your order, replayed:", *rows]),
        )
