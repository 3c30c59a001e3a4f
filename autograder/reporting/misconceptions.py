"""Tells from the messages of failed tests which misconception is likely behind them.

What is known of misconceptions is what `answers/` says: a wrong answer names its misconception, the test cells that it
fails and words of their messages. A submission that fails the same cells with the same words is taken to be of the same
kind. Where answers of several kinds would, all of them are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.authoring.answers import Answer


@dataclass(frozen=True)
class Finding:
    """What is likely behind some failed tests of one exercise.

    `kinds`: the misconceptions of each answer that fits, as the answers call them; `sentence`, of the first such
    answer; `tests`, the grade_ids of the failed tests that it explains.
    """

    kinds: tuple[tuple[str, ...], ...]
    sentence: str
    tests: tuple[str, ...]

    @property
    def label(self) -> str:
        """The misconceptions in words, or what the answer does if it names none."""
        return " or ".join(", ".join(kind) for kind in self.kinds if kind) or self.sentence


def find(failed: Mapping[str, str], answers: Iterable[Answer]) -> tuple[list[Finding], list[str]]:
    """What is behind the failed tests of one exercise, and the grade_ids of those that no answer explains.

    Parameters: `failed`, messages by grade_id; `answers`, the wrong ones of this exercise. Each fits if more of the
    failures that it names are there than not; the one that explains most comes first, then what explains the rest.
    """
    fitting = []
    for answer in answers:
        hits = {test for test, words in answer.fails.items() if words in failed.get(test, "")}
        if 2 * len(hits) > len(answer.fails):
            fitting.append((answer, hits))
    left = set(failed)
    findings = []
    while ranked := [(_rank(answer, hits, left), answer, hits & left) for answer, hits in fitting if hits & left]:
        best, first, explained = max(ranked, key=lambda each: each[0])
        tied = [answer for rank, answer, hits in ranked if rank == best and hits == explained]
        shared = tuple(each for each in first.misconceptions if all(each in other.misconceptions for other in tied))
        kinds = (shared,) if shared else tuple(sorted({answer.misconceptions for answer in tied}))
        findings.append(Finding(kinds, first.sentence, tuple(test for test in failed if test in explained)))
        left -= explained
    return findings, [test for test in failed if test in left]


def _rank(answer: Answer, hits: set[str], left: set[str]) -> tuple[int, int]:
    """How well an answer fits: what it explains, without what it names and is not there; then, how closely."""
    missed = len(answer.fails) - len(hits)
    return len(hits & left) - missed, sum(len(answer.fails[test]) for test in hits)
