"""For the time of an exploration, shows the student's code the twins in place of the real modules, locks and clock.

From the scenario everything of the student's that it can reach is visited: namespaces, classes, functions with their
defaults and closures, containers, instances of the student's classes. What stands there for a real module, class or
function that has a twin is swapped for the twin; a real lock that was made before gets a twin in the same state.
What can be changed there is put back to its first state before each schedule, and to what it was in the end.
"""

from __future__ import annotations

import _thread
import contextvars
import functools
import queue
import re
import sys
import threading
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from operator import is_
from types import BuiltinMethodType, CellType, CodeType, FunctionType, MethodType, ModuleType, SimpleNamespace
from typing import Any

from autograder.checks.schedules import twins
from autograder.checks.schedules.points import instructions_of
from autograder.checks.schedules.trace import Tracer, is_library

MOST_OBJECTS = 20_000
LARGEST = 5_000  # items of a container that is looked into

_LOCK, _RLOCK = type(_thread.allocate_lock()), type(threading.RLock())
_DICTS = (dict, defaultdict, OrderedDict, Counter)
# Names that IPython keeps in a notebook's namespace.
_OF_THE_SHELL = re.compile(r"In|Out|get_ipython|exit|quit|open|_|__|___|_i+|_i\d+|_\d+|_ih|_oh|_dh|__.*__")
_PREFIX = "autograder_twin_of_"
_MADE_BY_CODE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: not one of the interpreter's own

Put = Callable[[Any], None]


class World:
    """Everything of the student's that is reachable from the scenario. Use it as a context manager."""

    def __init__(self, scenario: Callable[..., Any], tracer: Tracer) -> None:
        self._scenario, self._tracer = scenario, tracer
        self._twins = {id(real): twin for real, twin in [*twins.modules().pairs(), *tracer.guards]}
        self._imports = {name: f"{_PREFIX}{name}" for name in twins.modules().importable}
        self._seen: dict[int, Any] = {}  # keeps what was seen, so that no id is used twice
        self._made: dict[int, Any] = {}  # id of a real lock or queue, or of what holds one for good -> its twin
        self._inner: set[int] = set()  # ids of the locks of queues, semaphores and the like
        self._work: list[Any] = []
        self._undo: list[Callable[[], None]] = []
        self._again: list[Callable[[], None]] = []
        self._afresh: list[Callable[[], None]] = []

    def __enter__(self) -> World:
        try:
            for name, private in self._imports.items():
                sys.modules[private] = twins.modules().importable[name]
                self._undo.append(functools.partial(sys.modules.pop, private, None))
            self.include(self._scenario)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for action in reversed(self._undo):
            with suppress(Exception):
                action()
        self._undo.clear()

    def include(self, root: Any) -> None:
        """Visit what can be reached from here, too."""
        self._look(root)
        while self._work and len(self._seen) < MOST_OBJECTS:
            with suppress(Exception):  # an object of the student's may answer every question with an error
                self._visit(self._work.pop())

    def reset(self) -> None:
        """Put what can be changed back to what it was when the exploration began."""
        for action in (*self._again, *self._afresh):
            action()

    # what stands where

    def _place(self, value: Any, put: Put) -> None:
        """Look at a value that stands somewhere, and put its twin there if it has one."""
        twin = self._look(value)
        if twin is not value:
            with suppress(AttributeError, TypeError):  # it cannot be changed there
                put(twin)
                self._undo.append(functools.partial(put, value))

    def _look(self, value: Any) -> Any:
        """The value, or what stands for it during the exploration; what it leads to is visited later."""
        kind = type(value)
        if kind in (int, str, float, bool, bytes, type(None)):
            return value
        twin = self._twins.get(id(value))
        if twin is not None:
            return twin
        if kind in (_LOCK, _RLOCK):
            return self._twin_of_lock(value)
        if kind is queue.SimpleQueue:
            return self._twin_of_queue(value)
        if kind is BuiltinMethodType and type(value.__self__) in (_LOCK, _RLOCK):
            return getattr(self._twin_of_lock(value.__self__), value.__name__, value)
        if kind is tuple:
            items = tuple(map(self._look, value))
            return value if all(map(is_, items, value)) else items
        if isinstance(value, tuple):
            return self._twin_of_tuple(value)
        if kind is contextvars.ContextVar:
            return self._twin_of_variable(value)
        if kind is functools.partial:
            function, arguments = self._look(value.func), self._look(value.args)
            named = {name: self._look(item) for name, item in value.keywords.items()}
            changed = function is not value.func or arguments is not value.args
            changed = changed or not all(map(is_, named.values(), value.keywords.values()))
            return functools.partial(function, *arguments, **named) if changed else value
        if kind is MethodType:
            self._look(value.__func__)
            owner = self._look(value.__self__)
            if owner is not value.__self__ or id(kind) in self._twins:
                return getattr(owner, value.__name__, value)
            return value
        if id(value) not in self._seen:
            self._seen[id(value)] = value
            self._work.append(value)
        return value

    def _twin_of_lock(self, lock: Any) -> Any:
        if id(lock) not in self._made:
            self._seen[id(lock)] = lock
            kind = twins.RLock if type(lock) is _RLOCK else twins.Lock
            made = f"made before, {len(self._made)}"
            twin = self._made[id(lock)] = kind(made, internal=id(lock) in self._inner)
            taken = int(_is_taken(lock))
            self._again.append(functools.partial(twin.begin, taken))
        return self._made[id(lock)]

    def _twin_of_tuple(self, value: Any) -> Any:
        """Of a named one, say: it keeps its class and shares its attributes."""
        if id(value) not in self._made:
            self._seen[id(value)] = self._made[id(value)] = value
            self._work.append(value)
            first = list(tuple.__iter__(value))
            items = list(map(self._look, first))
            if not all(map(is_, items, first)):
                with suppress(AttributeError, TypeError):  # one of C
                    twin = tuple.__new__(type(value), items)
                    if hasattr(value, "__dict__"):
                        twin.__dict__ = value.__dict__
                    self._made[id(value)] = twin
        return self._made[id(value)]

    def _twin_of_variable(self, value: contextvars.ContextVar[Any]) -> contextvars.ContextVar[Any]:
        """A new thread sees only what a context variable is by default."""
        if id(value) not in self._made:
            self._seen[id(value)] = self._made[id(value)] = value
            with suppress(LookupError):  # it has no default
                default = contextvars.Context().run(value.get)
                twin = self._look(default)
                if twin is not default:
                    self._made[id(value)] = contextvars.ContextVar(value.name, default=twin)
        return self._made[id(value)]

    def _twin_of_queue(self, real: Any) -> Any:
        if id(real) not in self._made:
            self._seen[id(real)] = real
            items = []
            with suppress(queue.Empty):
                while True:
                    items.append(real.get_nowait())
            for item in items:
                real.put(item)
            twin = self._made[id(real)] = twins.modules().queue.SimpleQueue()

            def refill() -> None:
                twin.__init__()
                for item in items:
                    twin.put(item)

            self._again.append(refill)
        return self._made[id(real)]

    # what is reached from a value

    def _visit(self, value: Any) -> None:
        if isinstance(value, FunctionType):
            self._visit_function(value)
        elif isinstance(value, type):
            self._visit_class(value)
        elif isinstance(value, ModuleType):
            if not is_library(value.__name__):
                self._visit_namespace(vars(value))
        elif isinstance(value, staticmethod | classmethod):
            self._look(value.__func__)
        elif isinstance(value, property):
            for function in (value.fget, value.fset, value.fdel):
                self._look(function)
        elif isinstance(value, MethodType):
            self._look(value.__func__)
            self._look(value.__self__)
        elif type(value) in _DICTS:
            self._visit_dict(value)
        elif type(value) in (list, deque):
            self._visit_list(value)
        elif type(value) is set:
            self._visit_set(value)
        elif type(value) is SimpleNamespace:
            self._look(vars(value))
        else:
            self._visit_instance(value)

    def _visit_function(self, function: FunctionType) -> None:
        own = self._tracer.is_own(function.__code__)
        if own or self._tracer.is_students(function.__code__, function.__globals__):
            code = self._import_twins(function.__code__)
            if code is not function.__code__:
                self._undo.append(functools.partial(setattr, function, "__code__", function.__code__))
                function.__code__ = code
            self._tracer.add(code, function.__globals__)
            self._visit_namespace(function.__globals__)
            self._keep_globals(function)
        for cell in function.__closure__ or ():
            self._visit_cell(cell, own)
        for name in ("__defaults__", "__kwdefaults__"):
            if getattr(function, name):
                self._place(getattr(function, name), functools.partial(setattr, function, name))
        if vars(function):
            self._look(vars(function))

    def _visit_cell(self, cell: CellType, own: bool) -> None:
        if id(cell) in self._seen:
            return
        self._seen[id(cell)] = cell
        with suppress(ValueError):  # an empty cell
            if own and type(cell.cell_contents) in (*_DICTS, list, deque, set):
                return  # where a test collects what it sees over all schedules
            put = functools.partial(setattr, cell, "cell_contents")
            self._place(cell.cell_contents, put)
            self._keep(functools.partial(put, cell.cell_contents))

    def _keep_globals(self, function: FunctionType) -> None:
        names = function.__globals__
        for name in _stored_globals(function.__code__):
            if name in names:
                self._again.append(functools.partial(names.__setitem__, name, names[name]))
                self._undo.append(functools.partial(names.__setitem__, name, names[name]))
            else:
                self._again.append(functools.partial(names.pop, name, None))
                self._undo.append(functools.partial(names.pop, name, None))

    def _visit_namespace(self, names: dict[str, Any]) -> None:
        if id(names) in self._seen:
            return
        self._seen[id(names)] = names
        self._tracer.note_namespace(names)
        for name, value in list(names.items()):
            if not _OF_THE_SHELL.fullmatch(name):
                self._place(value, functools.partial(names.__setitem__, name))
        importer = twins.modules().import_for_student
        for name, twin in (("print", _print), ("id", twins.numbers), ("__import__", importer)):
            if name not in names:
                names[name] = twin
                self._undo.append(functools.partial(names.pop, name, None))

    def _visit_class(self, cls: type) -> None:
        if _is_of_library(cls):
            return
        bases = tuple(self._look(base) for base in cls.__bases__)
        if not all(map(is_, bases, cls.__bases__)):
            self._undo.append(functools.partial(setattr, cls, "__bases__", cls.__bases__))
            with suppress(TypeError):
                cls.__bases__ = bases
        for name, value in list(vars(cls).items()):
            if name not in ("__dict__", "__weakref__"):
                self._place(value, functools.partial(setattr, cls, name))
        self._keep_attributes(cls)

    def _keep_attributes(self, cls: type) -> None:
        first = dict(vars(cls))

        def again() -> None:
            now = vars(cls)
            if len(now) != len(first) or not all(map(is_, now.values(), first.values())):
                for name in set(now) - set(first):
                    delattr(cls, name)
                for name, value in first.items():
                    if now.get(name) is not value:
                        setattr(cls, name, value)

        self._keep(again)

    def _keep(self, again: Callable[[], None]) -> None:
        self._again.append(again)
        # On the way out, contents come back before the twins in them are taken away.
        self._undo.append(again)

    def _visit_dict(self, value: dict[Any, Any]) -> None:
        if len(value) > LARGEST:
            return
        for key, item in list(value.items()):
            self._place(item, functools.partial(dict.__setitem__, value, key))
        first = dict(value)

        def again() -> None:
            if len(value) != len(first) or not all(map(is_, value.values(), first.values())):
                dict.clear(value)
                dict.update(value, first)

        self._keep(again)

    def _visit_list(self, value: Any) -> None:
        if len(value) > LARGEST:
            return
        for place, item in enumerate(list(value)):
            self._place(item, functools.partial(value.__setitem__, place))
        first = list(value)

        def again() -> None:
            if len(value) != len(first) or not all(map(is_, value, first)):
                value.clear()
                value.extend(first)

        self._keep(again)

    def _visit_set(self, value: set[Any]) -> None:
        if len(value) > LARGEST:
            return
        first = list(value)
        for item in first:
            self._look(item)

        def again() -> None:
            if len(value) != len(first) or not all(item in value for item in first):
                value.clear()
                value.update(first)

        self._keep(again)

    def _visit_instance(self, value: Any) -> None:
        kind = type(value)
        twin = self._twins.get(id(kind))
        if twin is not None or not _is_of_library(kind) or kind is functools.cached_property:
            if _is_running(value):
                return
            if twin is not None:
                with suppress(TypeError):  # an object of C
                    object.__setattr__(value, "__class__", twin)
                    self._undo.append(functools.partial(object.__setattr__, value, "__class__", kind))
            if twin is not None and kind is not threading.Condition:
                self._note_inner_locks(value)
            self._look(kind)
            self._visit_attributes(value)
        elif hasattr(value, "__wrapped__"):  # a function inside `functools.lru_cache`, say
            self._look(value.__wrapped__)
            if callable(getattr(value, "cache_clear", None)):
                self._keep(value.cache_clear)

    def _note_inner_locks(self, value: Any) -> None:
        for item in list(getattr(value, "__dict__", {}).values()):
            lock = item._lock if isinstance(item, threading.Condition) else item
            if type(lock) in (_LOCK, _RLOCK):
                self._inner.add(id(lock))

    def _visit_attributes(self, value: Any) -> None:
        names = getattr(value, "__dict__", None)
        if type(names) is dict:
            self._look(names)
            private = twins.modules()
            if isinstance(value, private.threading.Thread) and not value.ident:
                self._place_new(names, "_started", twins.Begun)
                for handle in ("_handle", "_os_thread_handle"):  # of Python 3.13, and from 3.14 on
                    self._place_new(names, handle, twins.Handle)
            elif isinstance(value, private.thread.ThreadPoolExecutor):
                self._place_new(names, "_threads", set)
                self._place_new(names, "_idle_semaphore", functools.partial(private.threading.Semaphore, 0))
        for cls in type(value).__mro__:
            slots = vars(cls).get("__slots__", ())
            for name in (slots,) if isinstance(slots, str) else slots:
                with suppress(AttributeError):
                    put = functools.partial(object.__setattr__, value, name)
                    self._place(object.__getattribute__(value, name), put)
                    self._keep(functools.partial(put, object.__getattribute__(value, name)))

    def _place_new(self, names: dict[str, Any], name: str, make: Callable[[], Any]) -> None:
        if name in names:
            self._undo.append(functools.partial(names.__setitem__, name, names[name]))
            self._afresh.append(lambda: names.__setitem__(name, make()))

    # imports inside functions

    def _import_twins(self, code: CodeType) -> CodeType:
        """The same code, its `import threading` and the like answered by the twins."""
        constants = tuple(self._import_twins(one) if isinstance(one, CodeType) else one for one in code.co_consts)
        names, instructions = list(code.co_names), bytearray(code.co_code)
        for one in instructions_of(code):
            if one.opname == "IMPORT_NAME" and one.argval in self._imports and one.arg < 256 and len(names) < 256:
                names.append(self._imports[one.argval])
                instructions[one.offset + 1] = len(names) - 1
        if len(names) == len(code.co_names) and all(map(is_, constants, code.co_consts)):
            return code
        return code.replace(co_names=tuple(names), co_code=bytes(instructions), co_consts=constants)


def _is_of_library(cls: type) -> bool:
    """Whether a class is Python's or a package's; one made by `exec(text, {})` only calls itself built-in."""
    return is_library(cls.__module__) and not (cls.__module__ == "builtins" and cls.__flags__ & _MADE_BY_CODE)


def _is_running(value: Any) -> bool:
    kinds = (threading.Thread, twins.modules().threading.Thread)
    with suppress(AssertionError):  # a subclass that does not call Thread.__init__
        return isinstance(value, kinds) and value.is_alive()
    return True


def _is_taken(lock: Any) -> bool:
    if hasattr(lock, "locked"):
        return lock.locked()
    return "unlocked" not in repr(lock)  # an RLock, before Python 3.14


def _stored_globals(code: CodeType) -> set[str]:
    found = {one.argval for one in instructions_of(code) if one.opname in ("STORE_GLOBAL", "DELETE_GLOBAL")}
    return found.union(*(_stored_globals(one) for one in code.co_consts if isinstance(one, CodeType)))


def _print(*values: Any, sep: Any = None, end: Any = None, file: Any = None, flush: bool = False) -> None:
    """Stands for `print`: hundreds of schedules would print hundreds of times."""
    if file is not None:
        print(*values, sep=sep, end=end, file=file, flush=flush)
    else:
        for value in values:
            str(value)


_print.__name__ = _print.__qualname__ = "print"  # as messages call it
