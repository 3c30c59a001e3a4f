"""The figures of `make stability` are what they claim to be."""

from __future__ import annotations

import pytest

from benchmarks.stability import DEADLINE, SPINS, Verdict, choose, summary, upper_bound
from tests.checks.corpus import Case


def verdict(name: str, *, words: str = "", message: str = "", seconds: float = 0.1) -> Verdict:
    return Verdict(Case("threads", name, (), "", words), not message, message, seconds)


@pytest.mark.parametrize(
    ("differing", "verdicts", "bound"),
    # The rule of three: 3 / n if none differs. The others are from tables of one-sided limits of 95 %.
    [(0, 2000, 0.0015), (0, 100, 0.0295), (1, 100, 0.0466), (5, 100, 0.1023), (3, 3, 1.0), (0, 0, 1.0)],
)
def test_the_upper_bound_is_that_of_clopper_and_pearson(differing, verdicts, bound):
    assert upper_bound(differing, verdicts) == pytest.approx(bound, abs=5e-5)


def test_enough_verdicts_are_chosen_each_at_least_twice():
    cases = [verdict(str(number)).case for number in range(10)]
    assert choose(cases, 100) == (cases, 10)
    assert choose(cases, 20) == (cases, 2)
    assert choose(cases, 9) == (cases[::2], 2)
    assert choose(cases, 1) == (cases[:1], 2)


def test_what_is_counted():
    figures = summary(
        [
            verdict("right", seconds=0.2),
            verdict("right", seconds=1.5),
            verdict("right, but fails", message="CheckFailed: no"),
            verdict("wrong", words="no", message="CheckFailed: no", seconds=0.3),
            verdict("wrong", words="no", message="CheckFailed: no, no", seconds=0.5),
            verdict("wrong, but passes", words="no"),
            verdict("wrong, with other words", words="no", message="CheckFailed: yes", seconds=0.4),
            verdict("sleeps", words="no", message=f"no, {DEADLINE}", seconds=10),
            verdict("spins", words="no", message=f"no, {SPINS}", seconds=3),
        ]
    )
    assert figures | {"upper_bound_95": 0} == {
        "verdicts": 9,
        "differing": 2,
        "upper_bound_95": 0,
        "median_fail_s": 0.45,
        "slowest_right_s": 1.5,
        "right_over_1_s": 1,
        "waited_for_deadline": 1,
        "spinning": 1,
        "in_other_words": 1,
        "messages_differing": 1,
        "cases": 7,
    }
