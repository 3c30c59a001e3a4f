"""Hostile, broken and odd submissions end as they deserve: some of each family; `make hostile` tries them all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading import sandbox
from benchmarks.hostile import EXERCISES, NOTEBOOK, summary
from tests.grading.hostile.classes import FAMILIES, Finding, corpus, run

PROJECT = Course(Path(__file__).parents[2])

pytestmark = pytest.mark.skipif(bool(sandbox.why_not()), reason=f"no sandbox: {sandbox.why_not()}")


@pytest.mark.parametrize("slow", [False, True], ids=["quick", "hanging"])
def test_every_submission_ends_as_it_deserves(slow):
    samples = [(family, sample) for family, sample in corpus(quick=True) if sample.slow == slow]
    found = run(PROJECT, NOTEBOOK, samples, only=EXERCISES)
    assert [finding for finding in found if finding.outcome not in ("stopped", "flagged")] == []
    assert summary(found)["tried"] == len(samples)


def test_the_quick_part_has_samples_of_every_family():
    assert len({family for family, _ in corpus(quick=True)}) == len(FAMILIES)


def test_the_corpus_is_large_and_no_name_stands_for_two():
    names = Counter(sample.name for _, sample in corpus())
    assert names.total() >= 100
    assert [name for name, number in names.items() if number > 1] == []


def test_forged_marks_and_harm_are_told_apart_from_what_is_deserved():
    ends = ["stopped", "flagged", "forged", "harmed", "ungraded"]
    assert summary([Finding("n", "f", end, end) for end in ends]) == {
        "tried": 5,
        "stopped": 1,
        "flagged": 1,
        "harmed": 1,
        "silently_forged": 1,
        "ungraded": 1,
    }
