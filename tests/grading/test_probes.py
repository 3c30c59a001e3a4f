"""Probes: cells that must fail, which only an interpreter that is not to be believed lets pass."""

from __future__ import annotations

import random

import pytest

from autograder.grading.probes import UNANSWERED, probe_notebook, spoiled
from tests.tiny import cell, mark

CHOOSE = random.Random(7)


def fails(source: str, **names: object) -> bool:
    """Whether a cell fails."""
    try:
        exec(source, names)
    except AssertionError:
        return True
    return False


class Call:
    """Something that compares what it holds."""

    def __init__(self, value: object) -> None:
        self.value = value

    def expect_result(self, expected: object, ask: str = "") -> None:
        assert self.value == expected, ask


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("call.expect_result(3)", 3),
        ("call.expect_result(['a', 'é'], ask='what?')", ["a", "é"]),
        ("call.expect_result('é')  # and a word", "é"),
        ("call.expect_result(\n    {'a': 1},\n    ask='what?',\n)\nx = 1", {"a": 1}),
        ("for one in [2]:\n    call.expect_result(one)", 2),
        ("assert call.value == 3, 'said'", 3),
        ("assert call.value", [1]),
        ("call.value.sort()  # nothing is expected", [1]),
    ],
)
def test_what_an_answer_passes_it_fails_when_the_expectation_is_spoiled(source: str, value: object):
    assert not fails(source, call=Call(value))
    probes = list(spoiled(source, CHOOSE))
    assert probes
    assert all(fails(probe, call=Call(value)) for probe in probes)


def test_only_what_is_certainly_looked_at_is_spoiled():
    source = "if call.value > 5:\n    call.expect_result(6)\ncall.expect_result(2)"
    (probe,) = spoiled(source, CHOOSE)
    assert "call.expect_result(6)" in probe
    assert fails(probe, call=Call(2))


def test_every_test_that_passed_is_probed_and_the_others_are_left_out():
    names = [f"{name}-{number}" for name in ("f", "g") for number in range(6)]
    tests = [{**cell("", mark(name, points=1)), "source": "assert True"} for name in names]
    notebook = {"cells": [cell("x = 1"), *tests]}
    passed = [f"f-{number}" for number in range(6)] + ["g-1"]
    probes, asked = probe_notebook(notebook, {"cells": []}, passed, CHOOSE)
    assert list(asked) == passed
    assert not any(asked.values())
    first, *rest = probes["cells"]
    assert first == notebook["cells"][0]
    assert [cell["metadata"]["nbgrader"]["grade_id"] for cell in rest] == passed
    assert all(cell["source"] == "assert not (True)" for cell in rest)
    assert all(cell["source"] == "assert True" for cell in tests)


def test_a_test_that_students_can_read_is_asked_again_without_an_answer():
    visible = {**cell("", mark("f-seen", points=1)), "source": "assert student.f() == 1"}
    hidden = {**visible, "metadata": {"nbgrader": mark("f-unseen", points=1)}, "source": "### BEGIN HIDDEN TESTS\n1"}
    stub = {**cell("", mark("f", solution=True)), "source": "def f(): raise NotImplementedError()"}
    notebook = {"cells": [{**stub, "source": "def f(): return 1"}, visible, hidden]}
    probes, asked = probe_notebook(notebook, {"cells": [stub, visible, hidden]}, ["f-seen", "f-unseen"], CHOOSE)
    *_, before, again = probes["cells"]
    assert (before["source"], again["source"]) == (f"globals().pop('f', None)\n{stub['source']}", visible["source"])
    assert [name for name in asked if UNANSWERED in name] == [again["metadata"]["nbgrader"]["grade_id"]]
    assert again["id"] == visible["id"], "code could tell it from the one that counts"


def test_cells_that_ended_their_interpreter_are_not_run_again():
    notebook = {"cells": [cell("x = 1", id="fine"), cell("exit", id="bad")]}
    probes, _ = probe_notebook(notebook, {"cells": []}, [], CHOOSE, {"bad"})
    assert [each["id"] for each in probes["cells"]] == ["fine"]


def test_a_hidden_test_in_which_nothing_can_be_spoiled_is_asked_again_without_an_answer():
    hidden = {**cell("", mark("f-unseen", points=1)), "source": "### BEGIN HIDDEN TESTS\nstudent.f()"}
    stub = {**cell("", mark("f", solution=True)), "source": "def f(): raise NotImplementedError()"}
    _, asked = probe_notebook({"cells": [stub, hidden]}, {"cells": [stub, hidden]}, ["f-unseen"], CHOOSE)
    assert asked == {"f-unseen": False, f"f-unseen{UNANSWERED}": False}


@pytest.mark.parametrize(
    ("source", "others"),
    [
        (
            "expect_choice(answers, 'one', 'a', {'b': 'No.', 'c': 'Never.'})",
            {
                "expect_choice(answers, 'one', 'b', {'a': 'No.', 'c': 'Never.'})",
                "expect_choice(answers, 'one', 'c', {'b': 'No.', 'a': 'Never.'})",
            },
        ),
        ("expect_choice(answers, 1, True, {False: 'No.'})", {"expect_choice(answers, 1, False, {True: 'No.'})"}),
        (
            "expect_reasoned(answers, 'one', 'é a', {'thread': 'No.', 'reason': 'Why?'})",
            {"expect_reasoned(answers, 'one', 'thread a', {'é': 'No.', 'reason': 'Why?'})"},
        ),
        (
            "expect_list(answers, 'one', [3, 1, 2], [([], 'No.')])",
            {f"expect_list(answers, 'one', {other}, [([], 'No.')])" for other in ("[1, 2, 3]", "[2, 3, 1]")},
        ),
    ],
)
def test_data_is_asked_for_several_times_and_half_of_these_for_what_might_be_right_as_well(source, others):
    data = {**cell("", mark("f-data", points=1)), "source": source}
    probes, asked = probe_notebook({"cells": [data]}, {"cells": []}, ["f-data"], CHOOSE)
    assert list(asked) == [f"f-data{' again' * number}" for number in range(8)]
    assert sorted(asked.values()) == [False] * 4 + [True] * 4
    for probe, must_pass in zip(probes["cells"], asked.values(), strict=True):
        assert probe["source"] in ({source} if must_pass else others)
    assert {each for _ in range(50) for each in spoiled(source, CHOOSE)} == others


@pytest.mark.parametrize(
    "source",
    [
        "expect_choice(answers, 'one', right, because)",
        "expect_choice(answers, 'one', 'a', {})",
        "expect_list(answers, 'one', [1, 1], [])",
        "expect_list(answers, 'one', [], [])",
    ],
)
def test_data_in_which_nothing_can_be_exchanged_is_spoiled_all_the_same(source):
    (other,) = spoiled(source, CHOOSE)
    assert other != source
