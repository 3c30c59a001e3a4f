"""A run that is cut off leaves nothing that a second run does not put right; `make cuts` tries it more often."""

from __future__ import annotations

import random

from autograder.grading import sandbox
from benchmarks.cuts import cut


def test_after_a_cut_a_second_run_gives_the_scores_of_an_uncut_one(tmp_path, monkeypatch):
    if sandbox.why_not():
        monkeypatch.setattr("benchmarks.cuts.GRADE", ["grade", "one", "--no-sandbox"])
    found = list(cut(tmp_path, 1, 0, random.Random(), students=10))
    assert len(found) == 1
    assert all(line.endswith(": as uncut") for line in found), found
