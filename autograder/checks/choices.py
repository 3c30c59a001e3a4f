"""Review questions: answers by choice, each wrong one explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks.failure import failed
from autograder.checks.student import Reference
from autograder.checks.values import describe, plain, same


def expect_answered(answers: Reference, choices: Mapping[str, str]) -> None:
    """A dict of the student's answers every question with one of its letters; right or wrong does not matter here.

    Parameters: `choices`, the letters allowed for each question, such as {"threads_by_default": "abcd"}.
    Raises CheckFailed.
    """
    given = _given(answers)
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
        if type(answer) is not str or answer not in tuple(letters):
            raise failed(
                f"{answers.name}[{question!r}]",
                f"the answer {describe(answer)}",
                allowed,
                "Is it one small letter in quotes?",
            )
    for question in given:
        if question not in choices:
            raise failed(
                answers.name,
                f"a question {describe(question)}, which nobody asked",
                f"the questions {', '.join(map(repr, choices))}",
                "Is the key spelled as in the task?",
            )


def expect_choice(answers: Reference, question: str, right: str, because: Mapping[str, str]) -> None:
    """One question is answered right.

    Parameters: `right`, the letter; `because`, for each wrong letter the fact that speaks against it (it must not
    name the right one). Raises CheckFailed.
    """
    answer = _given(answers).get(question)
    if not same(answer, right):
        why = because.get(answer) if type(answer) is str else None
        raise failed(
            f"{answers.name}[{question!r}]",
            "no answer yet" if answer is None else f"the answer {describe(answer)}",
            "another answer" if why else f"one of the letters {', '.join(sorted({right, *because}))}",
            why or "Which of the sentences in the task fits?",
        )


def _given(answers: Reference) -> dict[str, Any]:
    given = plain(answers.get())
    if type(given) is not dict:
        raise failed(answers.name, f"{answers.name} is {describe(given)}", "a dict of answers", "Did you run its cell?")
    return given
