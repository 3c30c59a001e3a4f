"""Names that the student defines, looked up when the check needs them and not before.

`student.fetch_all` stands for whatever the notebook calls `fetch_all` at that moment; `module("primes").count_primes`
for a name in the file `primes.py` beside the notebook, imported afresh. A name that is missing is told in a plain
message, not by a NameError with the source of the test cell around it.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import importlib.util
import inspect
import linecache
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.checks.failure import CheckFailed, failed
from autograder.checks.values import describe

_DEFINING = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Reference:
    """Stands for one name of the student's; `get()` gives what it is now. Made by `student.NAME`."""

    def __init__(self, name: str, module: str = "__main__") -> None:
        self.name, self.module = name, module

    def get(self) -> Any:
        """The student's object. Raises CheckFailed when the name or its module is not there."""
        if self.module == "__main__":
            where, run = vars(sys.modules["__main__"]), "the cell above that defines it"
        else:
            where, run = vars(_imported(self.module)), "the %%writefile cell above"
        if self.name not in where:
            raise failed(
                self.name,
                f"{self.name} is not defined" + (f" in {self.module}.py" if self.module != "__main__" else ""),
                f"a definition of {self.name}",
                f"Have you run {run}, and is the name spelled as in the task?",
            )
        return where[self.name]

    @property
    def elsewhere(self) -> Reference:
        """The same name in another program that has run the same cell: what the cell makes there was made anew."""
        return _Elsewhere(f"another_program.{self.name}", self)

    def __getitem__(self, key: str) -> Reference:
        return _Entry(self, key)

    def __repr__(self) -> str:
        return self.name


class _Entry(Reference):
    """One entry of a dict of the student's, such as `student.comparison["thread"]`."""

    def __init__(self, table: Reference, key: str) -> None:
        super().__init__(f"{table.name}[{key!r}]", table.module)
        self._table, self._key = table, key

    def get(self) -> Any:
        table = self._table.get()
        if type(table) is not dict or self._key not in table:
            raise failed(
                self._table.name,
                f"{self._table.name} is {describe(table)}",
                f"a dict with the key {self._key!r}",
                "Is the key spelled as in the task?",
            )
        return table[self._key]


class _Elsewhere(Reference):
    """A function of the student's as another program has it, such as `student.schedule_sms.elsewhere`.

    The definitions, assignments and imports of its cell are run once more, in names of their own; `hash` gives other
    numbers for texts there, as it does in each new interpreter. Where the cell's text is not known, it is the same one.
    """

    def __init__(self, name: str, here: Reference) -> None:
        super().__init__(name, here.module)
        self._here = here

    def get(self) -> Any:
        function = self._here.get()
        file = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", "")
        names = {**vars(sys.modules[self.module]), "__builtins__": {**vars(builtins), "hash": _hash_elsewhere}}
        with suppress(SyntaxError):
            for statement in ast.parse("".join(linecache.getlines(file))).body:
                if isinstance(statement, _DEFINING):
                    with suppress(Exception):  # it may need what a line that is left out would have made
                        exec(compile(ast.Module([statement], []), file, "exec"), names)
        return names.get(self._here.name, function)


def _hash_elsewhere(value: Any) -> int:
    return hash(("elsewhere", value)) if _has_text(value) else hash(value)


def _has_text(value: Any) -> bool:
    return any(map(_has_text, value)) if isinstance(value, tuple | frozenset) else isinstance(value, str | bytes)


class Namespace:
    """Gives a `Reference` for each attribute that is asked for."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Reference:
        if name.startswith("_"):
            raise AttributeError(name)
        return Reference(name, self._module)


student = Namespace("__main__")


def module(name: str) -> Namespace:
    """The names of the module NAME.py that a `%%writefile` cell wrote beside the notebook."""
    return Namespace(name)


def _imported(name: str) -> Any:
    path = Path(f"{name}.py").resolve()
    if not path.is_file():
        raise failed(
            path.name,
            f"there is no file {path.name} beside the notebook",
            f"the file that the cell beginning with %%writefile {path.name} writes",
            "Have you run that cell?",
        )
    sys.modules.pop(name, None)
    # A file that is rewritten within a second, at the same length, would be answered from the old bytecode.
    with suppress(OSError, NotImplementedError):
        Path(importlib.util.cache_from_source(str(path))).unlink()
    importlib.invalidate_caches()
    if str(path.parent) not in sys.path and "" not in sys.path:
        sys.path.insert(0, str(path.parent))
    try:
        return importlib.import_module(name)
    except CheckFailed:
        raise
    except BaseException as error:
        lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        line = error.lineno if isinstance(error, SyntaxError) else lines[-1].lineno if lines else None
        raise failed(
            f"import {name}",
            f"{type(error).__name__} {f'in line {line} of' if line else 'in'} {path.name}: {error}",
            "a module that can be imported, also by the worker processes",
            "Does the code at the top level of the file only define things?",
        ) from None
