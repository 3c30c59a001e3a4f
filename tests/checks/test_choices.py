"""Review questions: what is unanswered, misspelt or wrong is told, and the right answer never is."""

import sys

import pytest

from autograder.checks import CheckFailed, expect_answered, expect_choice, student
from autograder.checks.choices import expect_list, expect_lists

CHOICES = {"first": "abc", "second": "ab"}
BECAUSE = {"a": "Would that not be too many?", "c": "Would that not be too few?"}


@pytest.fixture
def facts(monkeypatch):
    def give(value):
        monkeypatch.setattr(sys.modules["__main__"], "facts", value, raising=False)

    return give


def test_answers_with_letters_that_are_offered_pass(facts):
    facts({"first": "c", "second": "a"})
    expect_answered(student.facts, CHOICES)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"first": None, "second": "a"}, r"facts\['first'\]\n  seen:      this question has no answer yet"),
        ({"first": "a"}, r"facts\['second'\]\n  seen:      this question has no answer yet"),
        ({"first": "d", "second": "a"}, r"the answer 'd'\n  expected:  'a', 'b' or 'c'"),
        ({"first": "ab", "second": "a"}, "the answer 'ab'"),
        ({"first": 1, "second": "a"}, "the answer 1"),
        ({"first": "a", "second": "a", "third": "a"}, "a question 'third', which nobody asked"),
        (["a", "b"], r"facts is \['a', 'b'\]\n  expected:  a dict of answers"),
    ],
)
def test_answers_that_cannot_be_judged_are_told(facts, value, words):
    facts(value)
    with pytest.raises(CheckFailed, match=words):
        expect_answered(student.facts, CHOICES)


def test_a_right_answer_passes_and_a_wrong_one_is_explained_without_giving_the_right_one_away(facts):
    facts({"first": "b"})
    expect_choice(student.facts, "first", "b", BECAUSE)
    facts({"first": "a"})
    with pytest.raises(
        CheckFailed, match=r"the answer 'a'\n  expected:  another answer\n  question:  Would that not be"
    ) as e:
        expect_choice(student.facts, "first", "b", BECAUSE)
    assert "'b'" not in str(e.value)


def test_answers_by_true_and_false(facts):
    facts({"first": True, "second": False})
    expect_answered(student.facts, dict.fromkeys(("first", "second"), (True, False)))
    expect_choice(student.facts, "first", True, {False: "Who gets in?"})
    with pytest.raises(CheckFailed, match=r"the answer True\n  expected:  another answer\n  question:  Who gets in\?"):
        expect_choice(student.facts, "first", False, {True: "Who gets in?"})


@pytest.mark.parametrize("value", [1, "True", 0, None, "a"])
def test_what_only_looks_like_true_or_false_is_told(facts, value):
    facts({"first": value})
    with pytest.raises(CheckFailed, match=r"expected:  True or False"):
        expect_answered(student.facts, {"first": (True, False)})
    with pytest.raises(CheckFailed, match=r"expected:  one of False, True"):
        expect_choice(student.facts, "first", True, {False: "Who gets in?"})


@pytest.mark.parametrize("value", [{"first": None}, {"first": "z"}, {}, {"first": ["b"]}])
def test_no_answer_or_none_that_is_offered_fails(facts, value):
    facts(value)
    with pytest.raises(CheckFailed, match="one of the letters a, b, c"):
        expect_choice(student.facts, "first", "b", BECAUSE)


def test_lists_that_hold_what_they_must_pass_in_any_order(facts):
    facts({"first": [2, 1, "1"], "second": [(1, "a")]})
    expect_lists(student.facts, {"first": [1, "1", 2], "second": [(1, "a")]})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"first": None}, "there is no list yet\n  expected:  a list of 2 items"),
        ({}, "there is no list yet"),
        ({"first": [1]}, r"seen:      \[1\]\n  expected:  a list of 2 items"),
        ({"first": (1, 2)}, r"seen:      \(1, 2\)\n  expected:  a list of 2 items"),
        ({"first": [1, 1]}, r"\[1, 1\], in which 2 is missing"),
        ({"first": [1, "2"]}, r"\[1, '2'\], in which 2 is missing"),
        ({"first": [1, 2], "other": []}, "a key 'other', which is not in the task\n  expected:  the keys 'first'"),
        ([1, 2], "expected:  a dict of answers"),
    ],
)
def test_lists_that_cannot_be_judged_are_told(facts, value, words):
    facts(value)
    with pytest.raises(CheckFailed, match=words):
        expect_lists(student.facts, {"first": [1, 2]})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1, 2], r"seen:      \[1, 2\]\n  expected:  another list\n  question:  Is that the way in\?"),
        ([2, 2], r"seen:      \[2, 2\]\n  expected:  another list\n  question:  Who is next\?"),
        (None, "no list yet"),
        ((2, 1), r"seen:      \(2, 1\)"),
    ],
)
def test_a_wrong_list_is_explained_without_giving_the_right_one_away(facts, value, words):
    because = [([1, 2], "Is that the way in?"), ([], "Who is next?")]
    facts({"first": [2, 1]})
    expect_list(student.facts, "first", [2, 1], because)
    facts({"first": value})
    with pytest.raises(CheckFailed, match=words) as e:
        expect_list(student.facts, "first", [2, 1], because)
    assert "[2, 1]" not in str(e.value)
