"""Twins of `threading`, `queue`, `concurrent.futures` and `time` whose locks and clock belong to a schedule.

Those modules are plain Python on top of a lock, so private copies of them, run on a scheduled lock, bring everything
that they offer under the scheduler. The real modules are left alone; only the exceptions are the real ones, so that
`except queue.Empty` works whichever of the two it names.
"""

from __future__ import annotations

import _thread
import builtins
import concurrent.futures
import concurrent.futures.thread
import functools
import importlib
import importlib.util
import itertools
import logging
import queue
import random
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

from autograder.checks.schedules.points import CONTENTS, Point
from autograder.checks.schedules.scheduler import PATIENCE, WAITING, Abort, Scheduler, Task
from autograder.checks.schedules.trace import MONITORS, set_trace

_scheduler: Scheduler | None = None
_namespaces: set[int] = set()  # ids of the names of the private modules


class Numbers:
    """Stands for `id`: an address would order the same objects differently each time."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, Any]] = {}  # with the object, so that no address is used again

    def __call__(self, value: Any) -> int:
        return self._seen.setdefault(id(value), (len(self._seen) + 1, value))[0]

    def reset(self) -> None:
        """Begin to count again."""
        self._seen.clear()


numbers = Numbers()


def use(scheduler: Scheduler | None) -> None:
    """Let the twins belong to this schedule from now on; the modules begin as if just imported."""
    global _scheduler
    _scheduler = scheduler
    if scheduler is not None:
        modules().reset()


def in_use() -> bool:
    """Whether the twins belong to a schedule now."""
    return _scheduler is not None


def _is_foreign() -> bool:
    """Whether the caller is a thread that does not belong to the schedule: it must not wait, nor change a thing."""
    return _scheduler is not None and _scheduler.me() is None


def scheduler() -> Scheduler | None:
    """The schedule that is running now, if the calling thread is the one of its threads that runs."""
    return _scheduler if _scheduler is not None and _scheduler.me() is not None else None


def _untraced(method: Callable[..., Any]) -> Callable[..., Any]:
    """Without the tracing of Python 3.11, which makes all code slow; no code of a student's is called in here."""
    if MONITORS:
        return method

    @functools.wraps(method)
    def run(*arguments: Any, **named: Any) -> Any:
        trace = sys.gettrace()
        if trace is None:
            return method(*arguments, **named)
        set_trace(None)
        try:
            return method(*arguments, **named)
        finally:
            set_trace(trace)

    return run


def _traced(method: Callable[[Any], None]) -> Callable[[Any], None]:
    """With it again, where a thread runs without."""
    if MONITORS:
        return method

    @functools.wraps(method)
    def run(self: Any) -> None:
        if sys.gettrace() is None and _scheduler is not None:
            _scheduler.traced(functools.partial(method, self))
        else:
            method(self)

    return run


class Lock:
    """Behaves as `threading.Lock`; each call is a step of the schedule."""

    recursive = False

    def __init__(self, site: str = "", internal: bool | None = None) -> None:
        self.owner: Task | None = None
        self.taken = 0
        self.waiters: list[Task] = []
        self.taken_at: Point | None = None
        self.signal = False  # released by another thread than took it: no thread owes its release
        if internal is None:
            site, internal = _maker(sys._getframe(1))
        self.internal = internal
        touched = frozenset({f"lock {site}", CONTENTS} if internal else {f"lock {site}"})
        self.point = Point(None, 0, writes=touched)

    @_untraced
    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout is not None and timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        schedule = scheduler()
        if schedule is None:
            return (blocking or not self.taken) and (_is_foreign() or self._take(None, 1))
        me = schedule.current
        if not schedule.over:
            schedule.step(self.point, ("takes", self))
        else:
            schedule.linger()
        while self.taken and not (self.recursive and self.owner is me):
            if not blocking:
                schedule.missed(self)
                return False
            if schedule.over:
                raise Abort
            self.waiters.append(me)
            try:
                if not schedule.wait(self, None if timeout == -1 else timeout) and self.taken:
                    return False
            finally:
                self.waiters.remove(me)
        self._take(me, 1, owed=blocking and timeout == -1)
        for waiter in self.waiters:
            schedule.unwake(waiter)
        return True

    def _take(self, me: Task | None, count: int, owed: bool = False) -> bool:
        if not self.taken and me is not None:
            if self.internal:
                me.inside += 1
            elif owed:
                me.held.append(self)
            self.taken_at = me.last
        self.owner = me
        self.taken += count
        return True

    @_untraced
    def release(self) -> None:
        if _is_foreign():
            return
        schedule = scheduler()
        me = None if schedule is None else schedule.current
        if not self.taken:
            raise RuntimeError("release unlocked lock")
        if me is not None and not schedule.over:
            schedule.step(self.point, ("releases", self))
        self._give(schedule, me)

    def _give(self, schedule: Scheduler | None, me: Task | None) -> None:
        owner = self.owner
        self.taken -= 1
        if self.taken:
            return
        self.owner = None
        if owner is not me:
            self.signal = True
        if owner is not None:
            if self.internal:
                owner.inside -= 1
            elif self in owner.held:
                owner.held.remove(self)
        if schedule is not None:
            for waiter in self.waiters:
                schedule.wake(waiter)
            if self.waiters and me.wakes > PATIENCE and not (self.internal or schedule.over):
                schedule.give_way(self.waiters[0])

    @_untraced
    def locked(self) -> bool:
        schedule = scheduler()
        if schedule is not None and not schedule.over:
            schedule.step(self.point, ("looks at", self))
        return self.taken > 0

    @_untraced
    def __enter__(self) -> bool:
        return self.acquire()

    @_untraced
    def __exit__(self, *_: object) -> None:
        self.release()

    def begin(self, taken: int) -> None:
        """Be as in the beginning of a schedule; for a lock that was made before."""
        self.owner, self.taken, self.signal = None, taken, False
        self.waiters.clear()

    @_untraced
    def _is_owned(self) -> bool:
        return self.taken > 0 or _is_foreign()

    def _at_fork_reinit(self) -> None:
        self.owner, self.taken = None, 0

    def __hash__(self) -> int:
        return _number(self)

    acquire_lock, release_lock, locked_lock = acquire, release, locked


class RLock(Lock):
    """Behaves as `threading.RLock`."""

    recursive = True

    @_untraced
    def release(self) -> None:
        if _is_foreign():
            return
        schedule = scheduler()
        me = None if schedule is None else schedule.current
        if not self.taken or (me is not None and self.owner is not me and not schedule.over):
            raise RuntimeError("cannot release un-acquired lock")
        super().release()

    @_untraced
    def _is_owned(self) -> bool:
        schedule = scheduler()
        return (self.taken > 0 and (schedule is None or self.owner is schedule.current)) or _is_foreign()

    def _recursion_count(self) -> int:
        return self.taken if self._is_owned() else 0

    @_untraced
    def _release_save(self) -> int:
        if not self.taken:
            raise RuntimeError("cannot release un-acquired lock")
        count, self.taken = self.taken, 1
        self.release()
        return count

    @_untraced
    def _acquire_restore(self, count: int) -> None:
        self.acquire()
        self.taken = count


for _kind, _real in ((Lock, _thread.allocate_lock()), (RLock, _thread.RLock())):
    _kind.__name__ = _kind.__qualname__ = type(_real).__name__  # the code that has one of them sees the real name
    _kind.__module__ = type(_real).__module__


class Waiter(Lock):
    """The lock on which one thread waits inside a Condition, or for the end of another: only waiting is a step."""

    def __init__(self) -> None:
        self.owner, self.taken, self.waiters = None, 0, []
        self.internal = True
        self.end_of: Task | None = None

    @_untraced
    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        schedule = scheduler()
        me = None if schedule is None else schedule.current
        while self.taken:
            if not blocking or schedule is None:
                return False
            if schedule.over:
                raise Abort
            self.waiters.append(me)
            try:
                if not schedule.wait(self, None if timeout < 0 else timeout) and self.taken:
                    return False
            finally:
                self.waiters.remove(me)
        self.taken = 1
        return True

    @_untraced
    def release(self) -> None:
        if not self.taken:
            raise RuntimeError("release unlocked lock")
        self.taken = 0
        schedule = scheduler()
        if schedule is not None:
            for waiter in self.waiters:
                schedule.wake(waiter)

    @_untraced
    def locked(self) -> bool:
        return self.taken > 0


class NoLock:
    """Guards what only one thread at a time can reach anyway: the private modules' own tables."""

    def acquire(self, *_: object, **__: object) -> bool:
        return True

    def release(self) -> None:
        pass

    def __enter__(self) -> bool:
        return True

    def __exit__(self, *_: object) -> None:
        pass

    def _at_fork_reinit(self) -> None:
        pass


class Begun:
    """Stands for the Event that a new thread sets when it has begun: the one that started it need not wait for it."""

    def __init__(self) -> None:
        self.flag = False

    def is_set(self) -> bool:
        return self.flag

    def set(self) -> None:
        self.flag = True

    wait = _at_fork_reinit = is_set


class Handle:
    """A thread as Python 3.13 and later keep it below `threading.Thread`."""

    def __init__(self) -> None:
        self.ident: int | None = None
        self._done = Waiter()
        self._done.taken = 1

    def is_done(self) -> bool:
        return not self._done.taken

    def _set_done(self) -> None:
        if self._done.taken:
            self._done.release()

    def join(self, timeout: float | None = None) -> None:
        if self._done.acquire(True, -1 if timeout is None or timeout < 0 else timeout):
            self._done.release()


def _maker(frame: Any) -> tuple[str, bool]:
    """Where a lock is made, as a text that is the same in every schedule, and whether the library makes it."""
    internal = id(frame.f_globals) in _namespaces
    if internal and frame.f_code.co_qualname in ("Condition.__init__", "RLock"):
        return _maker(frame.f_back)  # made for whoever made the Condition
    return f"{frame.f_code.co_filename} {frame.f_code.co_qualname} {frame.f_lasti}", internal


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    schedule = scheduler()
    if schedule is None:
        time.sleep(seconds)
        return
    schedule.step(Point(None, 0), ("sleeps", None))
    if seconds:
        schedule.wait("sleep", float(seconds))


def _now() -> float:
    return _scheduler.clock if _scheduler is not None else 0.0


def _number(thing: Any) -> int:
    """Stands for the hash of an object: by addresses, sets would have another order each time."""
    names = vars(thing)
    if "_number" not in names:
        names["_number"] = numbers(thing)
    return names["_number"]


def _start(function: Callable[..., Any], arguments: tuple[Any, ...] = (), named: Any = None) -> int:
    """What `_thread.start_new_thread` does."""
    schedule = scheduler()
    if schedule is None:
        raise RuntimeError("can't start new thread: the schedule that it belongs to is over")
    thread = getattr(function, "__self__", None)
    begun = isinstance(thread, modules().threading.Thread)
    name = thread._name if begun else f"thread {len(schedule.tasks)}"

    def body() -> None:
        with suppress(SystemExit):
            function(*arguments, **(named or {}))

    works = begun and getattr(thread, "_target", None) is modules().thread._worker  # in a pool
    if works and thread._args[2] is None:  # no initializer: only in jobs there is code of a student's
        body = _untraced(body)
    task = schedule.start(body, name, begun and thread._daemonic)
    if begun:
        thread._started.set()
        thread._ident = task.ident
        _end_lock(thread, task)
        if works:
            task.may_stay = functools.partial(_is_idle, schedule, task)
    return task.ident


def _end_lock(thread: Any, task: Task) -> None:
    """Until Python 3.12, a thread has a lock that is taken until it has ended."""
    if hasattr(thread, "_tstate_lock"):
        lock = thread._tstate_lock = Waiter()
        lock.taken, lock.end_of = 1, task
        task.at_end.append(lock.release)


def _is_idle(schedule: Scheduler, task: Task) -> bool:
    """Whether a worker of a pool waits for a job: Python itself ends it when the program ends."""
    frame = sys._current_frames().get(task.ident) if task.state is WAITING else None
    busy = modules().thread._WorkItem.run.__code__
    while frame is not None and frame.f_code is not busy:
        frame = frame.f_back
    if task.state is not WAITING or frame is not None:
        return False
    schedule.owe(task, task.held, None)
    return True


def _start_joinable(function: Callable[[], None], handle: Handle | None = None, daemon: bool = True) -> Handle:
    handle = handle or Handle()
    handle.ident = _start(function)
    task = handle._done.end_of = _scheduler.tasks[-1]
    task.at_end.append(handle._set_done)
    return handle


class Modules:
    """The private copies. There is one set in a process; `reset` makes it as good as new for the next schedule."""

    def __init__(self) -> None:
        self._private: dict[str, ModuleType] = {}
        self.time = self._copy(
            "time",
            sleep=_sleep,
            **dict.fromkeys(("monotonic", "time", "perf_counter"), _now),
            **dict.fromkeys(("monotonic_ns", "time_ns", "perf_counter_ns"), lambda: int(_now() * 1e9)),
        )
        self._thread = self._copy(
            "_thread",
            allocate_lock=Lock,
            allocate=Lock,
            lock=Lock,
            LockType=Lock,
            RLock=RLock,
            start_new_thread=_start,
            start_new=_start,
            start_joinable_thread=_start_joinable,
            _set_sentinel=Waiter,
            _ThreadHandle=Handle,
            _make_thread_handle=lambda ident: Handle(),
            _shutdown=lambda: None,
            _get_main_thread_ident=_thread.get_ident,
            daemon_threads_allowed=lambda: True,
        )
        self.dice = random.Random(0)
        self.random = self._copy(
            "random",
            **{
                name: getattr(self.dice, name)
                for name, value in vars(random).items()
                if getattr(value, "__self__", None) is random._inst
            },
        )
        self.builtins = self._copy("builtins", __import__=self.import_for_student)
        self.importlib = self._copy("importlib", import_module=self._import_module)
        self.importlib.__getattr__ = functools.partial(getattr, importlib)  # its parts that are imported later
        plain_os = self._copy("os")
        vars(plain_os).pop("register_at_fork", None)
        self._private["_queue"] = ModuleType("_queue")
        self._private["_queue"].Empty = queue.Empty
        self.threading = self._load("threading")
        self.queue = self._load("queue")
        package = ModuleType("concurrent")
        futures = self._copy("concurrent.futures")
        package.futures, package.__path__ = futures, []
        self._private["concurrent"] = package
        self.base = futures._base = self._load("concurrent.futures._base")
        self.thread = futures.thread = self._load("concurrent.futures.thread")
        for name in ("Executor", "Future", "as_completed", "wait"):
            setattr(futures, name, getattr(self.base, name))
        futures.ThreadPoolExecutor = self.thread.ThreadPoolExecutor
        self.futures, self.package = futures, package
        self.importable = {
            name: self._private[name]
            for name in (
                *("time", "random", "_thread", "threading", "queue", "concurrent", "concurrent.futures"),
                *("concurrent.futures._base", "concurrent.futures.thread", "builtins", "importlib"),
            )
        }
        self._twins = {id(sys.modules[name]): twin for name, twin in self.importable.items()}
        self._keep_exceptions(self.threading, threading)
        self._keep_exceptions(self.queue, queue)
        self._keep_exceptions(self.base, concurrent.futures._base)
        self._keep_exceptions(self.thread, concurrent.futures.thread)
        self.base.LOGGER = logging.Logger("concurrent.futures", logging.CRITICAL + 1)
        self._refine()

    def _copy(self, name: str, **changes: Any) -> ModuleType:
        real = importlib.import_module(name)
        copy = ModuleType(name)
        vars(copy).update(vars(real), **{key: value for key, value in changes.items() if hasattr(real, key)})
        self._private[name] = copy
        return copy

    def _load(self, name: str) -> ModuleType:
        """Run the module's own code again, its imports answered from here first."""
        spec = importlib.util.find_spec(name)
        module = ModuleType(name)
        module.__spec__, module.__file__, module.__package__ = spec, spec.origin, spec.parent
        module.__builtins__ = {**vars(builtins), "__import__": self.import_}
        self._private[name] = module
        _namespaces.add(id(vars(module)))
        exec(spec.loader.get_code(name), vars(module))
        return module

    def import_(self, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        """What `import` does, with the private copies where there are any."""
        if level == 0 and name in self._private:
            if fromlist or "." not in name:
                return self._private[name]
            return self._private[name.partition(".")[0]]
        return builtins.__import__(name, globals, locals, fromlist, level)

    def import_for_student(self, *arguments: Any, **named: Any) -> Any:
        """What `__import__` does in the student's code."""
        module = builtins.__import__(*arguments, **named)
        return self._twins.get(id(module), module)

    def _import_module(self, name: str, package: str | None = None) -> Any:
        module = importlib.import_module(name, package)
        return self._twins.get(id(module), module)

    def _keep_exceptions(self, copy: ModuleType, real: ModuleType) -> None:
        for name, value in list(vars(copy).items()):
            mine = getattr(real, name, None)
            if isinstance(value, type) and issubclass(value, BaseException) and isinstance(mine, type):
                setattr(copy, name, mine)

    def _refine(self) -> None:
        """Replace what would only add steps: locks of the modules' own tables, waiting for a thread to have begun."""
        module = self.threading
        module._allocate_lock = Waiter
        for name in ("_active_limbo_lock", "_shutdown_locks_lock"):
            if hasattr(module, name):
                setattr(module, name, NoLock())
        self.thread._global_shutdown_lock = NoLock()
        original = module.Thread.__init__

        def begin(self: Any, *arguments: Any, **named: Any) -> None:
            original(self, *arguments, **named)
            self._started = Begun()

        module.Thread.__init__ = begin
        if hasattr(module.Thread, "_set_tstate_lock"):
            module.Thread._set_tstate_lock = lambda self: None
        module.Thread.__hash__ = self.base.Future.__hash__ = _number
        for cls, names in (
            (module.Thread, ("start", "join")),
            (module.Event, ("set", "wait")),
            (module.Semaphore, ("acquire", "__enter__", "release")),
            (self.base.Future, ("result",)),
            (self.thread.ThreadPoolExecutor, ("submit", "shutdown")),
        ):
            for name in names:
                setattr(cls, name, _untraced(vars(cls)[name]))
        self.thread._WorkItem.run = _traced(self.thread._WorkItem.run)
        self.base.id = numbers
        module.excepthook = module.__excepthook__ = _uncaught

    def reset(self) -> None:
        """Forget threads and counters of earlier schedules."""
        numbers.reset()
        self.dice.seed(0)
        module = self.threading
        module._active.clear()
        module._limbo.clear()
        module._dangling.clear()
        if hasattr(module, "_shutdown_locks"):  # until Python 3.12
            module._shutdown_locks.clear()
        module._counter = itertools.count(1).__next__
        module.excepthook = _uncaught
        module._trace_hook = module._profile_hook = None
        self.thread._threads_queues.clear()
        self.thread._shutdown = False
        self.thread.ThreadPoolExecutor._counter = itertools.count().__next__

    def adopt(self) -> None:
        """Make the calling thread, the first one of a schedule, the main thread."""
        module = self.threading
        main = module._MainThread()
        main._ident = _thread.get_ident()
        _end_lock(main, _scheduler.current)
        module._active.clear()
        module._active[main._ident] = main
        module._main_thread = main

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each real module, class or function that has a twin, with the twin."""
        found: list[tuple[Any, Any]] = []
        for real, copy in (
            (time, self.time),
            (random, self.random),
            (_thread, self._thread),
            (threading, self.threading),
            (queue, self.queue),
            (concurrent.futures._base, self.base),
            (concurrent.futures.thread, self.thread),
            (concurrent.futures, self.futures),
            (concurrent, self.package),
            (builtins, self.builtins),
            (importlib, self.importlib),
        ):
            found.append((real, copy))
            for name, value in list(vars(real).items()):
                twin = vars(copy).get(name)
                if twin is not None and twin is not value and callable(value) and not name.startswith("__"):
                    found.append((value, twin))
        found.append((type(_thread.allocate_lock()), Lock))
        return found


def _uncaught(arguments: Any) -> None:
    """Stands for `threading.excepthook`: the exception is kept for the report and not printed."""
    if not issubclass(arguments.exc_type, Abort | SystemExit) and _scheduler is not None:
        for task in _scheduler.tasks:
            if task.ident == _thread.get_ident():
                task.error = arguments.exc_value


@functools.cache
def modules() -> Modules:
    """The private copies, made when first asked for."""
    return Modules()
