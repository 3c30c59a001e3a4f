"""The test cells that the documentation of `autograder.checks` shows pass with right code and fail with wrong code."""

import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from autograder.checks import CheckFailed
from tests.checks.corpus import RIGHT, WRONG, documented, documented_cells

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # Celery's own


def test_there_is_a_cell_for_each_topic():
    assert documented_cells().keys() == RIGHT.keys() == WRONG.keys()
    assert len({case.kind for case in documented()}) == 10


@pytest.mark.parametrize("case", documented(), ids=lambda case: case.name)
def test_right_code_passes_and_wrong_code_fails(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (cell,) = case.before
    if cell.startswith("%%writefile"):
        line, _, code = cell.partition("\n")
        file = Path(line.split()[-1])
        file.write_text(code)
        monkeypatch.delitem(sys.modules, file.stem, raising=False)
    else:
        file = tmp_path / "cell.py"
        file.write_text(cell)
        defined = {"__name__": f"students_{uuid.uuid4().hex}"}
        exec(compile(cell, str(file), "exec"), defined)
        for name, value in defined.items():
            if not name.startswith("__"):
                monkeypatch.setattr(sys.modules["__main__"], name, value, raising=False)
    test = compile(case.test, "<documentation>", "exec")
    if case.is_right:
        exec(test, {})
    else:
        with pytest.raises(CheckFailed) as caught:
            exec(test, {})
        assert case.words in str(caught.value)


def test_names_are_there_and_the_heavy_ones_come_with_their_first_use():
    code = """
import sys
import autograder.checks as checks
light = {name.split(".")[0] for name in sys.modules}
assert not light & {"asyncio", "gevent", "redis", "celery", "matplotlib"}, light
for name in checks.__all__:
    assert name in dir(checks) and getattr(checks, name) is not None
assert not hasattr(checks, "no_such_name")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
