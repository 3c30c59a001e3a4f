"""Notices when code of a student's has altered what its verdicts are made with.

Names of the built-in functions, of IPython, of the kernel and of this package are remembered as they are before any
notebook is seen. Nobody who solves an exercise has a reason to change them, as it may be with `asyncio` or `socket`.
What is found is a reason to look, and no proof: code in the same process could forge this, too.
"""

from __future__ import annotations

import builtins
import gc
import linecache
import sys
from collections.abc import Iterator, Mapping
from operator import is_
from types import FunctionType, ModuleType
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult

from autograder.timeline.magic import CellMagic

# To look at an object is to copy the memory that it lies in, in a forked process: only what runs cells, and the checks.
MODULES = (
    "IPython.core.async_helpers",
    "IPython.core.compilerop",
    "IPython.core.displayhook",
    "IPython.core.events",
    "IPython.core.inputtransformer2",
    "IPython.core.interactiveshell",
    "ipykernel.ipkernel",
    "ipykernel.kernelbase",
    "ipykernel.zmqshell",
)
PACKAGES = ("autograder.checks", "autograder.grading")
RESULTS = (ExecutionInfo, ExecutionResult)  # of IPython; what cells come to is told by these
TAKE_PART = ("IPython.extensions.", "matplotlib_inline.")  # after or before each cell, as students may ask them to
FREE = ("print", "input", "open", "display", "get_ipython", "exit", "quit", "help", "copyright", "credits", "license")
MOST_NAMED = 5

_MISSING = object()


class Machinery:
    """What it is made of now. Parameters: `kernel`, the one whose cells are judged; `parts`, other objects whose
    methods are to stay.
    """

    def __init__(self, kernel: IPythonKernel, *parts: object) -> None:
        self._names: list[tuple[str, Mapping[str, Any], list[str], list[Any]]] = []
        self._functions: list[FunctionType] = []
        # Classes to which nothing may be added, and what stands in them.
        self._own: dict[type, set[str]] = {cls: set(vars(cls)) for cls in RESULTS}
        self._remember("builtins", vars(builtins), {n: v for n, v in vars(builtins).items() if n not in FREE})
        for module in list(sys.modules.values()):
            name = getattr(module, "__name__", "")
            if name in MODULES or name.startswith(PACKAGES):
                self._remember_module(module)
        for cls in RESULTS:
            self._remember(f"{cls.__module__}.{cls.__qualname__}", vars(cls), vars(cls))
        self._codes = [function.__code__ for function in self._functions]
        self._kernel, self._parts = kernel, parts
        self._listeners: list[str] = []
        sys.addaudithook(self._hear)
        self._hooks = list(self._hooks_now())

    def altered(self) -> list[str]:
        """The names of what is no longer the same, the first few of them."""
        found = [
            f"{where}.{name}"
            for where, names, keys, values in self._names
            if not all(map(is_, map(names.get, keys), values))
            for name, value in zip(keys, values, strict=True)
            if names.get(name, _MISSING) is not value
        ]
        for cls, names in self._own.items():
            found += [f"{cls.__module__}.{cls.__qualname__}.{name}" for name in vars(cls) if name not in names]
        for function, code in zip(self._functions, self._codes, strict=True):
            if function.__code__ is not code:
                found.append(f"{function.__module__}.{function.__qualname__}")
        for (name, before), (_, now) in zip(self._hooks, self._hooks_now(), strict=True):
            if len(before) != len(now) or not all(map(is_, before, now)):
                found.append(name)
        return found[:MOST_NAMED]

    def _hear(self, event: str, _: object) -> None:
        """Note who else listens to what the interpreter does, which nobody can be asked afterwards."""
        if event == "sys.addaudithook":
            name = str(sys._getframe(1).f_globals.get("__name__"))
            if not name.startswith(PACKAGES):
                self._listeners.append(name)

    def _remember(self, where: str, names: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
        self._names.append((where, names, list(kept), list(kept.values())))
        self._functions += [value for value in kept.values() if isinstance(value, FunctionType)]

    def _remember_module(self, module: ModuleType) -> None:
        own = {
            name: value
            for name, value in vars(module).items()
            if isinstance(value, type | FunctionType) and value.__module__ == module.__name__
        }
        self._remember(module.__name__, vars(module), own)
        for cls in own.values():
            if isinstance(cls, type):
                kept = {
                    name: value
                    for name, value in vars(cls).items()
                    if callable(value) or isinstance(value, property | staticmethod | classmethod)
                }
                self._remember(f"{module.__name__}.{cls.__qualname__}", vars(cls), kept)
                if module.__name__.startswith(PACKAGES):
                    self._own[cls] = set(vars(cls))

    def _hooks_now(self) -> Iterator[tuple[str, list[Any]]]:
        """Where the shell lets others take part in running a cell, and who does."""
        shell = self._kernel.shell
        transformers = shell.input_transformer_manager
        yield "ast_transformers", list(shell.ast_transformers)
        yield "input_transformers_post", list(shell.input_transformers_post)
        for name in ("cleanup_transforms", "line_transforms", "token_transformers"):
            # The timeline's cell magic is one of these.
            yield name, [each for each in getattr(transformers, name) if type(each) is not CellMagic]
        for name in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
            callbacks = shell.events.callbacks[name]
            yield f"events.{name}", [each for each in callbacks if not _module_of(each).startswith(TAKE_PART)]
        for thing in (self._kernel, shell, transformers, shell.compile, shell.events, *self._parts):
            shadowed = [name for name in vars(thing) if callable(getattr(type(thing), name, None))]
            yield f"a method of {type(thing).__name__}", shadowed
        yield "gc.callbacks", list(gc.callbacks)
        yield "linecache.cache", [type(linecache.cache)]
        yield "the audit hooks", list(self._listeners)
        yield "the trace function", [sys.gettrace(), sys.getprofile()]


def _module_of(function: object) -> str:
    return str(getattr(getattr(function, "__func__", function), "__module__", ""))
