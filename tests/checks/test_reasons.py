"""Choices with a reason, and tables of answers."""

from __future__ import annotations

import sys

import pytest

from autograder.checks import CheckFailed, expect_choice, expect_reasoned, expect_reasoned_answers, student

BECAUSE = {"process": "Why a process?", "none": "Why not?", "reason": "Why that?"}


@pytest.fixture
def notebook(monkeypatch):
    return lambda **names: [
        monkeypatch.setattr(sys.modules["__main__"], *item, raising=False) for item in names.items()
    ]


def told(check, *arguments):
    with pytest.raises(CheckFailed) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "choose['a']\n  seen:      no answer yet"),
        ({"a": "thread"}, "the answer 'thread'"),
        ({"a": "thread  b"}, "the answer 'thread  b'"),
        ({"a": "Thread b"}, "one of process, thread, none, a blank and a letter from a to c, in quotes"),
        ({"a": "thread d"}, "the answer 'thread d'"),
        ({"a": 3}, "the answer 3"),
        ({"a": "thread b", "b": "none a"}, "a key 'b'"),
        (["thread b"], "choose is ['thread b']"),
    ],
)
def test_answers_that_are_none_are_told(answers, words, notebook):
    notebook(choose=answers)
    assert words in told(expect_reasoned_answers, student.choose, ["a"], ["process", "thread", "none"], "abc")


def test_answers_of_the_form_pass_right_or_wrong(notebook):
    notebook(choose={"a": "none c"})
    expect_reasoned_answers(student.choose, ["a"], ["process", "thread", "none"], "abc")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("process b", "another kind\n  question:  Why a process?"),
        ("none", "another kind\n  question:  Why not?"),
        ("thread a", "another reason\n  question:  Why that?"),
        ("thread", "another reason"),
        ("threads b", "one of none, process, thread, a blank and a letter"),
        (None, "no answer yet"),
        (3, "the answer 3"),
    ],
)
def test_a_wrong_kind_and_a_wrong_reason_are_asked_about(answer, words, notebook):
    notebook(choose={"a": answer})
    message = told(expect_reasoned, student.choose, "a", "thread b", BECAUSE)
    assert words in message
    assert "thread b" not in message


def test_the_right_kind_for_the_right_reason_passes(notebook):
    notebook(choose={"a": "thread b"})
    expect_reasoned(student.choose, "a", "thread b", BECAUSE)


def test_a_row_of_a_table_is_asked_like_a_dict_of_its_own(notebook):
    notebook(table={"row": {"column": "b"}})
    expect_choice(student.table["row"], "column", "b", {"a": "Why?"})
    assert "table['row']['column']" in told(expect_choice, student.table["row"], "column", "a", {"b": "Why?"})
    assert "a dict with the key 'rows'" in told(expect_choice, student.table["rows"], "column", "a", {"b": "Why?"})
    notebook(table=None)
    assert "table is None" in told(expect_choice, student.table["row"], "column", "a", {"b": "Why?"})
