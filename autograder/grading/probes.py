"""Asks an interpreter for what must fail, so that its word is worth something when it says that a test cell passed.

A probe is a test cell in which one expectation is spoiled: a number is another, a list has one element more, a text
one letter more. No answer meets it, right or wrong. Where a probe passes, the outcome was forged, the checks were
altered, or the answer looks up what is expected of it. Tests that students can read, and those in which nothing can be
spoiled, are asked once more as they are, when the answer has been taken away: who forges only what is known by its text
is found by that. Answers that are data (choices, lists) may be altered at any moment by a thread that looks on while
they are compared, sometimes in time and sometimes not. So they are asked for several times, half of these for something
else that might be right as well, and must be found right and wrong accordingly.

Probes run in an interpreter of their own, after the student's cells, so that nothing of them is left in the one that
is graded, and so that code which counts the tests, or waits until they are over, learns nothing.
"""

from __future__ import annotations

import ast
import copy
import random
import string
from collections.abc import Container, Iterator

from autograder.notebooks import HIDDEN, Cell, Notebook, exercise_of, grade_id, is_solution, is_test

UNANSWERED, AGAIN = " without an answer", " again"  # end the names of tests that are asked once more
TIMES = 8  # that data is asked for, half of them for what it must not be

# For each expectation of `autograder.checks` that is always looked at, the place of the argument that says what is
# expected. How many jobs run at once is not concluded where a student's code gets round the gate.
EXPECTED = {
    "expect": 2,
    "expect_choice": 2,
    "expect_elapsed": 0,
    "expect_error": 0,
    "expect_list": 2,
    "expect_messages": 0,
    "expect_output": 0,
    "expect_reasoned": 2,
    "expect_reply": 0,
    "expect_result": 0,
    "expect_units": 1,
}
# Expectations of data. They are called by their bare names; a broker has a method of the name of one.
DATA = ("expect_choice", "expect_list", "expect_reasoned")
_CONDITIONAL = (ast.If, ast.IfExp, ast.Try, ast.While, ast.Match, ast.BoolOp, ast.ExceptHandler)


def probe_notebook(
    notebook: Notebook,
    released: Notebook,
    passed: Container[str],
    choose: random.Random,
    ended: Container[str] = (),
) -> tuple[Notebook, dict[str, bool]]:
    """The notebook with probes in the place of its test cells; by their grade_ids, which of those must pass.

    Parameters: `notebook`, as it was run; `released`, as students got it, without answers; `passed`, grade_ids of the
    test cells that passed, all of which are probed; `choose`, by which they are spoiled; `ended`, names of other cells
    that ended their interpreter, which are left out.
    """
    tests = [cell for cell in notebook["cells"] if is_test(cell) and grade_id(cell) in passed]
    cells: list[Cell] = []
    asked: dict[str, bool] = {}
    for cell in notebook["cells"]:
        if not is_test(cell):
            if (grade_id(cell) or cell.get("id")) not in ended:
                cells.append(cell)
        elif grade_id(cell) in passed:
            must_pass = [False]
            if _is_of_data(cell["source"]):
                must_pass = choose.sample([True, False], TIMES, counts=[TIMES - TIMES // 2, TIMES // 2])
            for number, right in enumerate(must_pass):
                probe = copy.deepcopy(cell)
                probe["metadata"]["nbgrader"]["grade_id"] += AGAIN * number
                if not right:
                    probe["source"] = choose.choice(list(spoiled(cell["source"], choose)))
                cells.append(probe)
                asked[grade_id(probe)] = right
    answers = {grade_id(cell): cell for cell in released["cells"] if is_solution(cell)}
    for cell in tests:
        taken_away = _taken_away(answers.get(exercise_of(cell)), cell)
        if taken_away and (HIDDEN[0] not in cell["source"] or not any(_expectations(cell["source"]))):
            again = copy.deepcopy(cell)
            again["metadata"]["nbgrader"]["grade_id"] += UNANSWERED
            asked[grade_id(again)] = False
            cells += [taken_away, again]
    return {**notebook, "cells": cells}, asked


def _taken_away(released: Cell | None, test: Cell) -> Cell | None:
    """The cell after which there is no answer to the exercise of this test; None where that is not certain."""
    if released is None:
        return None
    source, name = released["source"], grade_id(released)
    if not source.startswith("%%writefile "):
        if f"student.{name}" not in test["source"]:
            return None
        source = f"globals().pop({name!r}, None)\n{source}"  # what was released may raise before it defines anything
    return {**released, "metadata": {}, "source": source}


def spoiled(source: str, choose: random.Random) -> Iterator[str]:
    """The test cells like this one in which one expectation cannot be met; never none.

    Parameters: `source`, the test cell; `choose`, how each is spoiled.
    """
    found = False
    for node, expected in _expectations(source):
        found = True
        if _is_data(node) and (exchanged := _exchanged(source, node, choose)):
            yield exchanged
            continue
        text = ast.get_source_segment(source, expected) or ""
        other = f"not ({text})" if isinstance(node, ast.Assert) else _other(expected, text, choose)
        yield _replace(source, expected, other)
    if not found:  # at least what follows the last expectation must be reached, and fail
        one, other = choose.sample(range(100), 2)
        yield f"{source}\n\nassert {one} == {other}, {_word(choose)!r}\n"


def _expectations(source: str) -> Iterator[tuple[ast.AST, ast.expr]]:
    """The expectations of a test cell that can be spoiled, each with what says what is expected."""
    for node in _certain(ast.parse(source)):
        if (expected := _expected(node)) is not None:
            yield node, expected


def _is_of_data(source: str) -> bool:
    """Whether a test cell looks at data, and runs nothing of the student's."""
    return any(_is_data(node) for node in _certain(ast.parse(source)))


def _is_data(call: ast.AST) -> bool:
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in DATA


def _exchanged(source: str, call: ast.Call, choose: random.Random) -> str:
    """The source in which the right choice and a wrong one have changed places, or a right list begins elsewhere.

    Nobody who reads it can tell that it is spoiled. Empty where that cannot be done.
    """
    _, _, expected, because, *_ = [*call.args, None, None, None, None]
    try:
        right = ast.literal_eval(expected)
    except (ValueError, TypeError):
        return ""
    if isinstance(right, list):
        first = choose.randrange(1, max(2, len(right)))
        other = right[first:] + right[:first]
        return _replace(source, expected, repr(other)) if other != right else ""
    kind, *reason = right.split(" ") if isinstance(right, str) else [right]
    wrong = [key for key in getattr(because, "keys", ()) if isinstance(key, ast.Constant) and key.value != "reason"]
    if not wrong:
        return ""
    key = choose.choice(wrong)
    source = _replace(source, key, repr(kind))  # it comes later in the text, so that the place of `expected` stays
    return _replace(source, expected, repr(" ".join([key.value, *reason]) if reason else key.value))


def _certain(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a cell that are run whatever happens."""
    yield node
    if not isinstance(node, _CONDITIONAL):
        for child in ast.iter_child_nodes(node):
            yield from _certain(child)


def _expected(node: ast.AST) -> ast.expr | None:
    """What says, in an expectation or an `assert`, what is expected."""
    if isinstance(node, ast.Assert):
        return node.test
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    place = EXPECTED.get(name)
    if place is None or len(node.args) <= place or any(isinstance(each, ast.Starred) for each in node.args):
        return None
    return node.args[place]


def _other(node: ast.expr, text: str, choose: random.Random) -> str:
    """The text of an expression with another value than `node`, whose text is given."""
    if isinstance(node, ast.Name) and node.id.endswith(("Error", "Exception")):
        return f"type({_word(choose)!r}, (Exception,), {{}})"
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return repr(node.value + choose.randrange(1, 10))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return repr(node.value + choose.choice(string.ascii_lowercase))
    if isinstance(node, ast.List):
        return f"[*{text}, {choose.randrange(100)}]"
    return f"({text}, {_word(choose)!r})"


def _word(choose: random.Random) -> str:
    return "".join(choose.choices(string.ascii_lowercase, k=8))


def _replace(source: str, node: ast.expr, text: str) -> str:
    """The source with another text in the place of the node."""
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    before = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
    after = lines[node.end_lineno - 1][node.end_col_offset :] + b"".join(lines[node.end_lineno :])
    return (before + text.encode() + after).decode()
