"""What a scenario says about one schedule of the student's code: what is called, and what must then hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from autograder.checks.failure import failed
from autograder.checks.schedules import twins
from autograder.checks.schedules.points import CONTENTS, Point
from autograder.checks.schedules.scheduler import RETURNS, Abort, Scheduler, Task, changes
from autograder.checks.student import Reference
from autograder.checks.values import describe, describe_exception, plain, same, where_unlike

_BEGINS = Point(None, 0, writes=frozenset({CONTENTS}))


class Broken(BaseException):
    """What the scenario asks for does not hold in this schedule: three texts of the message."""

    def __init__(self, seen: str, expected: str, ask: str) -> None:
        self.seen, self.expected, self.ask = seen, expected, ask
        super().__init__(seen)


class Raised(BaseException):
    """A call raised what it should not. Parameters: `allowed`, the kinds of exceptions that it may raise."""

    def __init__(self, who: str, error: BaseException, allowed: tuple[type[BaseException], ...] = ()) -> None:
        self.who, self.error = who, error
        other = f" other than {' or '.join(kind.__name__ for kind in allowed)}" if allowed else ""
        self.expected = f"a call that ends without an error{other}"
        super().__init__(who)


@dataclass(eq=False)
class Started:
    """One call in a thread of its own: `value` and `error` are there when `Schedule.finish` has returned."""

    shown: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    name: str
    interrupted: bool = False
    pauses: bool = False
    value: Any = None
    error: BaseException | None = None
    task: Task | None = None


class Job:
    """A function of the outside world for the student's code to call, which takes its (virtual) time.

    While a job goes on, everything else that can go on does. `calls` are the arguments of its calls, in the order in
    which they began; `peak` is the most of them that went on at the same time.
    """

    def __init__(self, run: Schedule, name: str, results: Any, seconds: float) -> None:
        self._run, self._results, self._seconds = run, results, seconds
        self.__name__ = self.__qualname__ = name
        self.calls: list[Any] = []
        self.peak = 0
        self._going = 0
        self._held_up = ""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        key = arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values())
        self.calls.append(plain(key))
        self._going += 1
        self.peak = max(self.peak, self._going)
        try:
            self._run._spend(self, self._seconds)
            if isinstance(self._results, Mapping):
                result = next((item for known, item in self._results.items() if same(plain(key), known)), None)
            else:
                result = self._results(*arguments, **named) if callable(self._results) else self._results
            if isinstance(result, BaseException):
                raise result
            return result
        finally:
            self._going -= 1

    def expect_at_once(self, number: int, ask: str = "") -> None:
        """This many of the job's calls went on at the same time, neither more nor fewer, in every schedule."""
        if self.peak != number:
            raise Broken(
                f"{self.peak} {self.__name__} at the same time" + (self._held_up if self.peak < number else ""),
                f"{number} {self.__name__} at the same time",
                ask or "Which lock is held while the slow work goes on?",
            )


class Schedule:
    """One schedule of the scenario, which gets it as its only argument (`run`) and says with it what happens.

    `call` calls the student's code here, in the main thread; `start` and `finish` in threads of their own; `job`
    makes functions to hand to it; the `expect` methods say what must hold in every schedule.
    """

    def __init__(self, scheduler: Scheduler, find: Callable[[Reference], Any]) -> None:
        self._scheduler, self._find = scheduler, find
        self.started: list[Started] = []
        self.calls: list[str] = []

    def call(self, function: Any, *arguments: Any, shown: str = "") -> Any:
        """Call a function or class of the student's here, in the main thread, and return what it returns.

        Parameters: `shown`, the call as messages write it (default: its arguments as plain data).
        """
        shown = shown or _shown(function, arguments)
        self.calls.append(shown)
        return plain(self._run(self._resolve(function), arguments, shown))

    def start(self, function: Any, *arguments: Any, name: str = "", shown: str = "") -> Started:
        """Have a function called in a thread of its own: it begins, with all others, at `finish`.

        Parameters: `name`, the thread's in messages; `shown`, the call as messages write it (default: its arguments
        as plain data).
        """
        letter = chr(ord("A") + len(self.started)) if len(self.started) < 26 else f"thread {len(self.started) + 1}"
        shown = shown or _shown(function, arguments)
        started = Started(shown, self._resolve(function), arguments, name or letter)
        self.started.append(started)
        return started

    def interrupt(self, function: Any, *arguments: Any, name: str = "", shown: str = "") -> Started:
        """Like `start`, but the call gets a KeyboardInterrupt where it first changes what other threads can see.

        That is in the middle of its work, as when somebody presses the stop button just then. Code that changes
        nothing by itself (a queue does it, say) is not interrupted.
        """
        started = self.start(function, *arguments, name=name, shown=shown)
        started.interrupted = True
        return started

    def pause(self, function: Any, *arguments: Any, name: str = "", shown: str = "") -> Started:
        """Like `start`, but the call stands still for a while where it first changes what other threads can see.

        That is as long as the others can go on without it, and until one of them has waited for something in vain, if
        it waits with a time-out at all. Code that changes nothing by itself (a queue does it, say) never stands still.
        """
        started = self.start(function, *arguments, name=name, shown=shown)
        started.pauses = True
        return started

    def linger(self, seconds: float) -> None:
        """The calling thread, one of the student's, will take so many seconds (of virtual time) to end."""
        thread = twins.modules().threading.current_thread()
        end = thread._delete

        def end_late() -> None:
            twins.modules().time.sleep(seconds)
            end()

        thread._delete = end_late

    def finish(self, *may_raise: Any) -> None:
        """Let the started calls run, each schedule in another interleaving, and wait until all have ended.

        Parameters: `may_raise`, the exceptions (or `student.NAME` of one) with which a call may end (it is then in
        `error`).
        """
        allowed = tuple(self._resolve(kind) for kind in may_raise)
        self._leave()
        module = twins.modules().threading
        me = self._scheduler.current
        threads = []
        me.inside += 1
        for started in self.started:
            if started.task is None:
                thread = module.Thread(target=self._body, args=(started,), name=started.name)
                thread.start()
                threads.append(thread)
        me.inside -= 1
        for thread in threads:
            thread.join()
        for started in self.started:
            if started.error is not None and not isinstance(started.error, allowed):
                raise Raised(f"{started.name}: {started.shown}", started.error, allowed)

    def _body(self, started: Started) -> None:
        started.task = self._scheduler.current
        if started.interrupted:
            started.task.interrupt = KeyboardInterrupt()
        started.task.pauses = started.pauses
        try:
            started.value = plain(self._run(started.function, started.arguments))
        except Abort:
            raise
        except BaseException as error:
            started.error = started.task.error = error

    def _run(self, function: Callable[..., Any], arguments: tuple[Any, ...], who: str = "") -> Any:
        me = self._scheduler.current
        before = list(me.held)
        error = None
        try:
            return function(*arguments)
        except BaseException as raised:
            error = raised
            raise
        finally:
            self._leave("returns" if error is None else f"raises {describe_exception(error)}")
            self._scheduler.owe(me, [lock for lock in me.held if lock not in before], error, who)

    def _leave(self, how: str = "") -> None:
        """Back in the test's own code: what happens now has no line in the student's."""
        if not self._scheduler.over:
            self._scheduler.step(RETURNS, (how,))
            self._scheduler.current.last = None

    def _resolve(self, function: Any) -> Callable[..., Any]:
        if not isinstance(function, Reference):
            return function
        found = self._find(function)
        if not callable(found):
            raise failed(
                function.name,
                f"{function.name} is {describe(found)}, which cannot be called",
                f"a function or class named {function.name}",
                f"Is the name {function.name} used for something else further down?",
            )
        return found

    def job(self, name: str, results: Any = None, seconds: float = 0) -> Job:
        """A function of the outside world for the student's code to call.

        Parameters: `name`, as messages call it; `results`, the answer for each argument (for several, for the tuple
        of them; None for what is not there), or a function that answers, or the one answer; `seconds`, of virtual
        time, for slow work: it ends only when nothing else can go on. An exception among the answers is raised.
        """
        return Job(self, name, results, seconds)

    def _spend(self, job: Job, seconds: float) -> None:
        schedule = twins.scheduler()
        if schedule is None:
            return
        schedule.step(_BEGINS, ("begins", job))
        if seconds:
            schedule.wait(job, seconds)
            if not job._held_up:
                waiting = [task for task in schedule.tasks if getattr(task.waits_for, "owner", None)]
                for task in waiting:
                    job._held_up = f"; {task.name} waits for a lock that {task.waits_for.owner.name} holds"

    def expect(self, what: str, seen: Any, expected: Any, ask: str = "") -> None:
        """In every schedule this value is exactly the expected plain data (strictly: types too)."""
        if not same(plain(seen), expected):
            unlike = where_unlike(plain(seen), expected)
            told = f"{what} is {describe(seen)}{unlike}"
            raise Broken(told, f"{what} is {describe(expected)}, whoever runs when", ask)

    def expect_one_of(self, what: str, seen: Any, allowed: Iterable[Any], ask: str = "") -> None:
        """In every schedule this value is exactly one of those allowed (strictly: types too)."""
        allowed = list(allowed)
        if not any(same(plain(seen), one) for one in allowed):
            raise Broken(f"{what} is {describe(seen)}", f"{what} is {' or '.join(map(describe, allowed))}", ask)

    def expect_error(self, started: Started, kind: Any, ask: str = "") -> None:
        """The call, which has ended, raised this kind of exception, a class or `student.NAME` of one."""
        kind = self._resolve(kind)
        if not isinstance(started.error, kind):
            how = f"returned {describe(started.value)}" if started.error is None else ""
            raise Broken(
                f"{started.name}: {started.shown} {how or f'raised {describe_exception(started.error)}'}",
                f"{kind.__name__} reaches the caller",
                ask or "Which line raises it, and does every call come by there?",
            )

    def expect_nobody_waited(self, ask: str = "") -> None:
        """No call waited for another one: for a lock that it held, or until it let this one go on."""
        ours = [started.task for started in self.started]
        for at, note in sorted(self._scheduler.notes.items()):
            waiter = self._scheduler.tasks[self._scheduler.log[at][0]]
            if note[0] != "waits" or waiter not in ours:
                continue
            _, what, holder, waker = note
            if holder in ours and holder is not waiter and not self._is_glance(at, what, holder, waiter):
                seen = f"{waiter.name} had to wait for a lock that {holder.name} held"
            elif holder is None and waker in ours and waker is not waiter:
                seen = f"{waiter.name} had to wait until {waker.name} let it go on"
            else:
                continue
            raise Broken(
                seen,
                "neither waits for the other",
                ask or "Which data do the two share, and is it what they wait for?",
            )

    def _is_glance(self, at: int, lock: Any, holder: Task, waiter: Task) -> bool:
        """Whether the holder of a lock only looks up another one under it, which the waiter never takes.

        So do codes that keep the locks of their objects in a table: nobody waits there for the work itself.
        """
        log, notes = self._scheduler.log, self._scheduler.notes

        def takes(who: Task, steps: Iterable[int]) -> set[Any]:
            return {notes[step][1] for step in steps if log[step][0] == who.number and notes[step][0] == "takes"}

        steps = sorted(step for step, note in notes.items() if note[0] in ("takes", "releases"))
        mine = [step for step in steps if log[step][0] == holder.number and notes[step][1] is lock]
        begin = max((step for step in mine if step < at and notes[step][0] == "takes"), default=0)
        end = min((step for step in mine if step > at and notes[step][0] == "releases"), default=len(log))
        if any(changes(point) for number, point, _ in log[begin:end] if number == holder.number):
            return False
        if takes(holder, [step for step in steps if begin < step < end]):
            return False
        return bool(takes(holder, [step for step in steps if step > end]) - takes(waiter, steps))


def _shown(function: Any, arguments: tuple[Any, ...]) -> str:
    """The call as the student would write it; a method by the name of its class."""
    if isinstance(function, Reference):
        name = function.name
    else:
        name = getattr(function, "__name__", describe(function))
        owner = getattr(function, "__self__", None)
        if owner is not None and not isinstance(owner, type | ModuleType):
            name = f"{type(owner).__name__}.{name}"
    return f"{name}({', '.join(map(describe, arguments))})" if name != "<lambda>" else "a call made by the test"
