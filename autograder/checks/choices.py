"""Review questions: answers by choice or as lists, each wrong one explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.checks.failure import failed
from autograder.checks.student import Reference
from autograder.checks.values import describe, plain, same


def expect_answered(answers: Reference, choices: Mapping[str, Sequence[Any]]) -> None:
    """A dict of the student's answers every question with one of its letters; right or wrong does not matter here.

    Parameters: `choices`, the letters allowed for each question, such as {"threads_by_default": "abcd"}, or other
    answers, such as {"append": (True, False)}. Raises CheckFailed.
    """
    given = _given(answers)
    for question in given:
        if question not in choices:
            raise failed(
                answers.name,
                f"a question {describe(question)}, which nobody asked",
                f"the questions {', '.join(map(repr, choices))}",
                "Is the key spelled as in the task?",
            )
    for question, letters in choices.items():
        allowed = ", ".join(map(repr, letters[:-1])) + f" or {letters[-1]!r}"
        answer = given.get(question)
        if answer is None:
            raise failed(
                f"{answers.name}[{question!r}]",
                "this question has no answer yet",
                allowed,
                "Which of the sentences in the task fits?",
            )
        if not any(same(answer, letter) for letter in letters):
            raise failed(
                f"{answers.name}[{question!r}]",
                f"the answer {describe(answer)}",
                allowed,
                "Is it one small letter in quotes?" if type(letters) is str else "Is it exactly that, without quotes?",
            )


def expect_choice(answers: Reference, question: str, right: Any, because: Mapping[Any, str]) -> None:
    """One question is answered right.

    Parameters: `right`, the letter (or True or False); `because`, for each wrong one the fact that speaks against it
    (it must not name the right one). Raises CheckFailed.
    """
    given = _given(answers)
    answer = given.get(question)
    if not same(answer, right):
        why = next((why for wrong, why in because.items() if same(answer, wrong)), None)
        choices = ", ".join(map(str, sorted({right, *because})))
        raise failed(
            f"{answers.name}[{question!r}]",
            f"the answer {describe(answer)}" if answer is not None else _missing(given, question),
            "another answer" if why else f"one of the letters {choices}" if type(right) is str else f"one of {choices}",
            why or "Which of the sentences in the task fits?",
        )


def expect_lists(answers: Reference, items: Mapping[str, list[Any]]) -> None:
    """A dict of the student's has a list for each key that holds exactly these items, in any order.

    Parameters: `items`, for each key what its list must hold. Raises CheckFailed.
    """
    given = _given(answers)
    for key, expected in items.items():
        answer, entry = given.get(key), f"{answers.name}[{key!r}]"
        if answer is None:
            raise failed(entry, "there is no list yet", f"a list of {len(expected)} items", "What comes out first?")
        if type(answer) is not list or len(answer) != len(expected):
            raise failed(
                entry,
                describe(answer),
                f"a list of {len(expected)} items",
                "Is there an item for each call in the task?",
            )
        left = list(answer)
        for item in expected:
            place = next((place for place, other in enumerate(left) if same(other, item)), None)
            if place is None:
                raise failed(
                    entry,
                    f"{describe(answer)}, in which {describe(item)} is missing",
                    "each item once, of the same type as in the task",
                    "Is it a number or a text, and does every item come out?",
                )
            del left[place]
    for key in given:
        if key not in items:
            raise failed(
                answers.name,
                f"a key {describe(key)}, which is not in the task",
                f"the keys {', '.join(map(repr, items))}",
                "Is the key spelled as in the task?",
            )


def expect_list(answers: Reference, key: str, right: list[Any], because: Iterable[tuple[list[Any], str]]) -> None:
    """One entry of a dict of lists is right.

    Parameters: `right`, the list; `because`, for each likely wrong list the question that speaks against it; the last
    one, of an empty list, is asked about every other. Raises CheckFailed.
    """
    answer = _given(answers).get(key)
    if not same(answer, right):
        why = next((why for wrong, why in because if not wrong or same(answer, wrong)), "")
        seen = "no list yet" if answer is None else describe(answer)
        raise failed(f"{answers.name}[{key!r}]", seen, "another list", why)


def _missing(given: dict[Any, Any], question: str) -> str:
    if question in given:
        return "no answer yet"
    return f"no answer yet; the keys of the dict are {', '.join(map(describe, given)) or 'none'}"


def _given(answers: Reference) -> dict[str, Any]:
    given = plain(answers.get())
    if type(given) is not dict:
        raise failed(answers.name, f"{answers.name} is {describe(given)}", "a dict of answers", "Did you run its cell?")
    return given
