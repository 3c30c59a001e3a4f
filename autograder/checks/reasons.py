"""Choices that are made for a reason: an answer is a kind and the letter of the reason, as in "thread c"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from autograder.checks.failure import failed
from autograder.checks.student import Reference
from autograder.checks.values import describe, listed, plain, same


def expect_reasoned_answers(
    answers: Reference, questions: Iterable[str], kinds: Iterable[str], reasons: Iterable[str]
) -> None:
    """A dict of the student's has an answer of this form to each question, right or wrong. Raises CheckFailed.

    Parameters: `kinds` and `reasons`, the words and the letters that an answer may consist of.
    """
    kinds, reasons = list(kinds), list(reasons)
    expected = f"one of {listed(kinds)}, a blank and a letter from {reasons[0]} to {reasons[-1]}, in quotes"
    given, questions = _given(answers), list(questions)
    for question in questions:
        entry, answer = f"{answers.name}[{question!r}]", given.get(question)
        if answer is None:
            raise failed(entry, "no answer yet", expected, "What does this work spend its time on?")
        kind, reason = _parts(answer)
        if kind not in kinds or reason not in reasons:
            raise failed(entry, f"the answer {describe(answer)}", expected, "Is it written as in the example?")
    for question in given:
        if question not in questions:
            expected = f"the keys of the task: {', '.join(questions)}"
            raise failed(answers.name, f"a key {describe(question)}", expected, "Is it spelled as in the task?")


def expect_reasoned(answers: Reference, question: str, right: str, because: Mapping[str, str]) -> None:
    """One question is answered by the right kind for the right reason.

    Parameters: `right`, such as "thread c"; `because`, for each wrong kind the question that speaks against it, and
    under "reason" the one for a wrong reason. Raises CheckFailed.
    """
    answer = _given(answers).get(question)
    if same(answer, right):
        return
    entry, seen = (
        f"{answers.name}[{question!r}]",
        "no answer yet" if answer is None else f"the answer {describe(answer)}",
    )
    kind, _ = _parts(answer)
    if kind in because:
        raise failed(entry, seen, "another kind", because[kind])
    if kind == _parts(right)[0]:
        raise failed(entry, seen, "another reason", because["reason"])
    expected = f"one of {listed(sorted({_parts(right)[0], *because} - {'reason'}))}, a blank and a letter"
    raise failed(entry, seen, expected, "Is it written as in the example?")


def _parts(answer: Any) -> tuple[str, str]:
    if type(answer) is not str:
        return "", ""
    kind, _, reason = answer.partition(" ")
    return kind, reason


def _given(answers: Reference) -> dict[Any, Any]:
    given = plain(answers.get())
    if type(given) is not dict:
        raise failed(answers.name, f"{answers.name} is {describe(given)}", "a dict of answers", "Did you run its cell?")
    return given
