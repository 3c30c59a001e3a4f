"""The exercises with worker processes: the same verdicts under each way to start a process.

`autograder verify` runs every answer under the way that is usual on this machine. Here the solution of each exercise,
and an answer that changes a variable of the module in a child, run under every way, in this process, cell by cell.
"""

from pathlib import Path

import pytest

from autograder.authoring.answers import ExerciseRef, read_answers
from autograder.checks import CheckFailed
from autograder.notebooks import exercises, grade_id, magic_of, read

PROJECT = Path(__file__).parents[1]


def cases():
    for path in sorted((*PROJECT.glob("source/*/process*.ipynb"), PROJECT / "source/05_comparison/comparison.ipynb")):
        in_modules = [each for each in exercises(read(path)) if magic_of(each.solution).startswith("%%writefile")]
        place = path.parent.name, path.stem
        refs = [ExerciseRef.of(*place, each) for each in in_modules]
        answers, _ = read_answers(PROJECT / "answers", refs)
        for exercise in in_modules:
            code = exercise.solution["source"].removeprefix(magic_of(exercise.solution))
            yield pytest.param(exercise, code, {}, id=f"{exercise.name}-solution")
            mine = [each for each in answers if each.exercise == exercise.name]
            for wrong in [each for each in mine if "M11" in each.misconceptions][:1]:
                yield pytest.param(exercise, wrong.code, wrong.fails, id=f"{exercise.name}-{wrong.name}")


@pytest.mark.parametrize(("exercise", "code", "fails"), [*cases()])
def test_verdicts_are_the_same_under_each_start_method(start_method, tmp_path, exercise, code, fails):
    (tmp_path / magic_of(exercise.solution).split()[1]).write_text(code, encoding="utf-8")
    told = {}
    for cell in exercise.tests:
        try:
            exec(compile(cell["source"], grade_id(cell), "exec"), {})
        except CheckFailed as failed:
            told[grade_id(cell)] = str(failed)
    assert told.keys() == fails.keys(), told
    for cell, words in fails.items():
        assert words in told[cell]
