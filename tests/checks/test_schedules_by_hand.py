"""Orders and circles that students put together by hand: right ones pass, and each kind of mistake is told apart."""

from __future__ import annotations

import sys
from itertools import permutations

import pytest

from autograder.checks import CheckFailed, call, student
from autograder.checks.schedules import expect_circle, expect_lost_update, expect_possible_order
from autograder.checks.schedules.replay import STEPS


@pytest.fixture
def order(monkeypatch):
    """Let the student's `order` be this value."""

    def give(value):
        monkeypatch.setattr(sys.modules["__main__"], "order", value, raising=False)
        return student.order

    return give


def could_happen(steps):
    return all([step for step in steps if step[0] == who] == [s for s in STEPS if s[0] == who] for who in "AB")


def overlap(steps):
    """Whether each thread reads before the other one writes."""
    return all(steps.index(f"{one} reads") < steps.index(f"{other} writes") for one, other in ("AB", "BA"))


def test_every_order_that_could_happen_is_possible_and_those_that_overlap_lose_an_update(order) -> None:
    losing = 0
    for steps in map(list, permutations(STEPS)):
        if not could_happen(steps):
            with pytest.raises(CheckFailed, match="an order that cannot happen"):
                expect_possible_order(order(steps))
        elif overlap(steps):
            losing += 1
            expect_lost_update(order(steps))
        else:
            expect_possible_order(order(steps))
            with pytest.raises(CheckFailed, match="an order that can happen, but does no harm"):
                expect_lost_update(order(steps))
    assert losing == 18


def test_a_harmless_order_is_replayed(order) -> None:
    steps = ["B reads", "B adds", "B writes", "A reads", "A adds", "A writes"]
    with pytest.raises(CheckFailed) as caught:
        expect_lost_update(order(steps))
    assert "the counter is 2 at the end" in str(caught.value)
    assert "  A adds    counter 1   A has 2   B has 1\n" in str(caught.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "the list is still empty"),
        (None, "order is None\n  expected:  a list of six texts"),
        (tuple(STEPS), "expected:  a list of six texts"),
        (" ".join(STEPS), "expected:  a list of six texts"),
        ([["A reads"]], "expected:  a list of six texts"),
        (["a reads", *STEPS[1:]], "the step 'a reads', which is none of the six"),
        (STEPS[:5], "expected:  a list of six texts"),
        (list(STEPS[:5]), "'B writes' is missing"),
        ([*STEPS, "A adds"], "'A adds' comes 2 times"),
        (["A adds", "A reads", *STEPS[2:]], "A adds before it reads"),
        ([*STEPS[:4], "B writes", "B adds"], "B writes before it adds"),
    ],
)
def test_an_order_that_cannot_happen_is_told_apart(order, value, words: str) -> None:
    for expect in (expect_possible_order, expect_lost_update):
        with pytest.raises(CheckFailed, match=words):
            expect(order(value))


def found(value) -> None:
    expect_circle(call(lambda: value), ["A", "B", "C"], ["X"], ask="Who waits for whom?")


@pytest.mark.parametrize("circle", [["A", "B", "C"], ["B", "C", "A"], ["C", "A", "B"], ["X"]])
def test_a_circle_may_begin_anywhere(circle) -> None:
    found(circle)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["B", "C", "A", "B"], "Is each name in the list once"),
        (["X", "X"], "Is each name in the list once"),
        (["C", "B", "A"], "wait for the next one, or for the one before it"),
        (["Y", "A", "B", "C"], "Does anybody in the circle wait for 'Y'"),
        (["A", "B"], "Who waits for whom"),
        ("ABC", "Is it a list"),
        (("A", "B", "C"), "Is it a list"),
        (None, "None says that nobody waits in a circle"),
    ],
)
def test_what_is_no_circle_is_told(value, words: str) -> None:
    with pytest.raises(CheckFailed, match=words) as caught:
        found(value)
    assert "['A', 'B', 'C'] or ['X']" in str(caught.value)


def test_an_error_in_place_of_a_circle_is_told() -> None:
    with pytest.raises(CheckFailed, match="ZeroDivisionError"):
        expect_circle(call(lambda: 1 / 0), ["A", "B"])
