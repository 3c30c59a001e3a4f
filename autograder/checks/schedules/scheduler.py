"""Runs the threads of one schedule, exactly one at a time, and records each step that could matter to another.

Every thread is a real one that holds a baton while it runs. At each step the plan may say that another goes on; when
a thread waits or ends, one that can run is chosen in a fixed way, so that the same plan gives the same schedule. Time
is a number that jumps to the next time-out when nobody can run. When nobody ever can, that is a deadlock.
"""

from __future__ import annotations

import _thread
import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.checks.schedules.points import CONTENTS, EVERYTHING, Point

READY, WAITING, ENDED = "ready", "waiting", "ended"

# Bounds by count, so that they fall at the same place whatever else the machine does.
TURN = 6_000  # steps of one thread in a row, after which the others get a turn
MOST_RECORDED = 20_000  # steps of one schedule at which another thread may get in
MOST_STEPS = 500_000  # of one schedule, with the rounds of loops that only compute
MOST_WAKES = 500  # time-outs of one thread in one schedule
PATIENCE = 20  # time-outs of one thread after which those who wait for a lock get it when the thread gives it back
MOST_LINGERS = 100  # locks that one thread takes on its way out of a schedule that is over
LOOK = 0.5  # seconds between two looks whether a schedule still goes on
LOOKS = 20  # looks at a thread asleep, after which something that is not of the schedule holds it
COMPUTING = 20.0  # seconds of processor time without a step, likewise

_CONTENTS = frozenset({CONTENTS})
_LOCKING = ("__enter__", "__exit__", "acquire", "release")
STARTS = Point(None, 0, writes=_CONTENTS)
WAITS = Point(None, 0)
GIVES_WAY = Point(None, 0)
RETURNS = Point(None, 0)  # to the test's own code
ENDS = Point(None, 0, writes=_CONTENTS)
MARKS = (WAITS, GIVES_WAY, ENDS)
PAUSE = "pause"  # what a thread waits for that stands still


class Abort(SystemExit):
    """Ends a thread of a schedule that is over; a thread that ends by SystemExit prints nothing.

    `swallowed` is called when the exception is dropped: by the end of the thread, or by an `except` on its way.
    """

    swallowed: Callable[[], None] | None = None

    def __del__(self) -> None:
        if self.swallowed is not None:
            self.swallowed()


class Task:
    """One thread of a schedule."""

    def __init__(self, number: int, name: str, body: Callable[[], None], daemon: bool) -> None:
        self.number, self.name, self.body, self.daemon = number, name, body, daemon
        self.state = READY
        self.ident = 0
        self.native_id = 0  # the operating system's
        self.error: BaseException | None = None
        self.waits_for: Any = None  # a lock, or whatever it waits for
        self.waits_since = 0  # the step at which it began to wait
        self.interrupt: BaseException | None = None  # raised in it where it first changes what others can see
        self.pauses = False  # there, until another one has waited for something in vain
        self.due: float | None = None
        self.timed_out = False
        self.wakes = 0
        self.lingers = 0
        self.inside = 0  # monitors of the library that it holds: nobody else gets in there
        self.held: list[Any] = []  # locks of the student's, in the order in which it took them
        self.call: Point | None = None
        self.turn = 0
        self.rounds: dict[Point, int] = {}  # of each loop: the step at which it was last gone round
        self.last: Point | None = None
        self.looping: Loop | None = None  # where it was when it had to give way
        self.at_end: list[Callable[[], None]] = []
        self.baton = _thread.allocate_lock()
        self.baton.acquire()
        self.gone = _thread.allocate_lock()
        self.gone.acquire()

    def may_stay(self) -> bool:
        """Whether the program may end although this thread has not: asked when all others have ended or wait."""
        return self.daemon

    def __repr__(self) -> str:
        return self.name


@dataclass(slots=True)
class Loop:
    """A loop that a thread was in when it had to give way to the others: does it end as soon as they have moved?"""

    point: Point  # the jump back
    length: int  # steps of one round
    steps: int = 0  # since then
    rounds: int = 0


@dataclass(slots=True)
class Wait:
    """A thread that waits, and who holds what it waits for (and took it where), as far as that is known."""

    task: Task
    what: Any
    holder: Task | None = None
    holder_ended: bool = False
    taken_at: Point | None = None
    end_of: Task | None = None  # the thread whose end it waits for

    @classmethod
    def of(cls, task: Task) -> Wait:
        """What a waiting thread waits for now."""
        holder = _holder(task.waits_for)
        ended = holder is not None and holder.state is ENDED
        return cls(
            task,
            task.waits_for,
            holder,
            ended,
            getattr(task.waits_for, "taken_at", None),
            getattr(task.waits_for, "end_of", None),
        )


@dataclass(slots=True)
class Owed:
    """A lock that a thread still held when a call ended in which it took it, or when it ended itself."""

    task: Task
    lock: Any
    taken_at: Point | None
    error: BaseException | None
    who: str  # the thread, or the call in the test's own thread


class Scheduler:
    """Runs one schedule: `start` makes the first thread, `run` lets it go and returns when the schedule is over.

    `plan` maps the number of a step to the number of the thread that goes on there instead, or to ~ of that number if
    the running one then waits until no other can go on; `traced` runs the body of a thread so that its instructions
    become steps. Afterwards `log` holds what happened and `problem`, if there was one, its kind and the thread that has
    it.
    """

    def __init__(self, plan: Mapping[int, int], traced: Callable[[Callable[[], None]], None]) -> None:
        self.plan = plan
        self.traced = traced
        self.tasks: list[Task] = []
        self.ready: tuple[int, ...] = ()
        self.log: list[tuple[int, Point, tuple[int, ...]]] = []
        self.notes: dict[int, Any] = {}  # what a step was, for the picture: step number -> (verb, lock)
        self.current: Task | None = None
        self.preempted: list[Task] = []  # these go on as soon as the thread that was let in waits or ends
        self.delayed: list[Task] = []  # and these when no other thread can
        self.steps = 0
        self.clock = 0.0
        self.problem: tuple[str, Task | None] | None = None
        self.over = False
        self.owed: list[Owed] = []
        self.main_ended = False  # before the schedule was over
        self.waits: list[Wait] = []  # who waited for what when the schedule was over
        self._finished = _thread.allocate_lock()
        self._finished.acquire()

    # run by the thread that explores

    def run(self) -> None:
        """Let the first thread go, wait until the schedule is over, and end all of its threads."""
        try:
            self.current = self.tasks[0]
            self.current.baton.release()
            self._wait()
        finally:
            self.over = True
            for task in self.tasks:
                self._end(task)

    def _wait(self) -> None:
        seen, looks, used = (-1, 0.0), 0, 0.0
        while not self._finished.acquire(timeout=LOOK):
            now = (self.steps, self.clock)
            if now != seen:
                seen, looks, used = now, 0, time.process_time()
            looks += _is_asleep(self.current)
            if looks > LOOKS or time.process_time() - used > COMPUTING:
                self.problem = ("held", self.current)
                return

    def _end(self, task: Task) -> None:
        self.current = task
        if task.baton.locked():
            task.baton.release()
        # A thread that something else than the schedule holds cannot be ended; it stays behind, asleep.
        task.gone.acquire(timeout=LOOK if self.problem == ("held", task) else LOOK * LOOKS)

    # run by the thread that holds the baton

    def start(self, body: Callable[[], None], name: str, daemon: bool = False) -> Task:
        """Make a thread of the schedule; it runs when it is its turn."""
        task = Task(len(self.tasks), name, body, daemon)
        if self.current is not None:
            self.step(STARTS, ("starts", task))
        self.tasks.append(task)
        self._refresh()
        task.ident = _thread.start_new_thread(self._bootstrap, (task,))
        return task

    def _bootstrap(self, task: Task) -> None:
        try:
            task.baton.acquire()
            task.native_id = _thread.get_native_id()
            self._live(task)
        except BaseException:
            pass  # it was over in the middle of the end
        finally:
            task.state = ENDED
            task.gone.release()

    def _live(self, task: Task) -> None:
        if self.over:
            return
        try:
            self.traced(task.body)
        except BaseException as error:
            if not self.over:
                task.error = error
        if not self.over:
            self._ended(task)

    def _ended(self, task: Task) -> None:
        if task.looping is not None:
            self.problem = ("spins", task)
            self._finish()
            return
        task.state = ENDED
        self.owe(task, task.held, task.error)
        for action in task.at_end:
            action()
        self._refresh()
        heir = self._choose(task, ENDS)
        if heir is not None:
            self.current = heir
            heir.baton.release()

    def me(self) -> Task | None:
        """The running thread of the schedule if it is the caller's, else None."""
        current = self.current
        return current if current is not None and current.ident == _thread.get_ident() else None

    def step(self, point: Point, note: Any = None) -> None:
        """Record a step of the running thread; before that, another one may get in."""
        if self.over:
            raise Abort
        me = self.current
        self.steps += 1
        if self.steps > MOST_STEPS:
            self.stop("endless", me)
        if point.loop:
            self._looped(me, point)
            return
        log = self.log
        if me.interrupt is not None and _changes_data(point):
            error, me.interrupt = me.interrupt, None
            raise error
        if me.pauses and _changes_data(point):
            me.pauses = False
            self.wait(PAUSE, math.inf)
        if len(log) > MOST_RECORDED:
            return
        while (deviation := self.plan.get(len(log))) is not None:
            other, long = (deviation, False) if deviation >= 0 else (~deviation, True)
            if other == me.number or other not in self.ready:
                break
            (self.delayed if long else self.preempted).append(me)
            self.switch(self.tasks[other])
        if note is not None:
            self.notes[len(log)] = note
            call = me.call
            if call is not None and log and log[-1][0] == me.number and log[-1][1] is call:
                log[-1] = (me.number, call.inner, log[-1][2])
        me.call = point if point.inner is not None else None
        log.append((me.number, point, () if me.inside else self.ready))
        if point.code is not None:
            me.last = point
            me.turn += 1
            if point.entry:
                self._entered(me, point)
            if me.looping is not None:
                self._check_spin(me)

    def _entered(self, me: Task, point: Point) -> None:
        log = self.log
        if len(log) > 1:
            number, call, ready = log[-2]
            if number == me.number and call.inner is not None and call.callee in (point.code.co_name, ""):
                log[-2] = (number, call.inner, ready)

    def _looped(self, me: Task, point: Point) -> None:
        """The thread jumps back: when it has looked at the others' data for long, they get a turn."""
        begin, me.rounds[point] = me.rounds.get(point, 0), len(self.log)
        me.turn += 1
        if me.looping is not None and me.looping.point is point:
            if me.looping.steps > me.looping.length * (me.looping.rounds + 1):
                self.stop("spins", me)  # it had left the loop and is in it again
            me.looping.rounds += 1
            if me.looping.rounds > 3:
                me.looping = None
        if me.turn < TURN:
            return
        me.turn = 0
        steps = [step for number, step, _ in self.log[begin:] if number == me.number]
        if not any(step.reads or step.writes for step in steps):
            return
        others = [number for number in self.ready if number != me.number]
        if not others:
            self._wake_next()
            others = [number for number in self.ready if number != me.number]
        if others:
            if not any(map(changes, steps)):
                me.looping = Loop(point, len(steps))
            self.log.append((me.number, GIVES_WAY, self.ready))
            self.switch(self.tasks[min(others, key=lambda number: (number < me.number, number))])

    def _check_spin(self, me: Task) -> None:
        """Once the others have moved, a loop that only waited for them ends at once."""
        loop = me.looping
        loop.steps += 1
        if loop.steps > loop.length * (loop.rounds + 2):
            self.stop("spins", me)

    def linger(self) -> None:
        """The schedule is over, and the running thread takes a lock on its way out: it may, but not for ever."""
        self.current.lingers += 1
        if self.current.lingers > MOST_LINGERS:
            raise Abort

    def owe(self, task: Task, locks: Iterable[Any], error: BaseException | None, who: str = "") -> None:
        """Note locks that a thread should have given back by now."""
        if not self.over:
            self.owed += [Owed(task, lock, lock.taken_at, error, who or task.name) for lock in locks]

    def missed(self, lock: Any) -> None:
        """The running thread did not get the lock for which it has just asked, and goes on without it."""
        if self.notes.get(len(self.log) - 1) == ("takes", lock):
            self.notes[len(self.log) - 1] = ("misses", lock)

    def give_way(self, to: Task) -> None:
        """Let a thread go on that the running one has kept waiting again and again: real ones are not that unfair."""
        self.log.append((self.current.number, GIVES_WAY, self.ready))
        self.switch(to)

    def switch(self, to: Task) -> None:
        """Hand the baton over; returns when it comes back."""
        me = self.current
        me.turn = 0
        self.current = to
        to.baton.release()
        me.baton.acquire()
        if self.over:
            raise Abort

    def wait(self, what: Any, timeout: float | None = None) -> bool:
        """The running thread waits until `wake` is called for it: True; or for so many seconds: False."""
        if self.over:
            raise Abort
        me = self.current
        me.waits_for, me.timed_out = what, False
        me.due = None if timeout is None else self.clock + timeout
        me.state = WAITING
        self._refresh()
        heir = self._choose(me, WAITS)
        if heir is None:
            me.baton.acquire()
            raise Abort
        if heir is not me:
            self.switch(heir)
        me.turn = 0  # all others have had theirs
        me.waits_for = me.due = None
        return not me.timed_out

    def wake(self, task: Task) -> None:
        """A waiting thread can run again."""
        task.state = READY
        verb, what, holder, _ = self.notes[task.waits_since]
        self.notes[task.waits_since] = (verb, what, holder, self.current)
        self._refresh()

    def unwake(self, task: Task) -> None:
        """What the thread waits for has been taken by another, before it could run."""
        if not task.timed_out:
            task.state = WAITING
            self._refresh()

    def stop(self, problem: str, task: Task | None) -> None:
        """The schedule is over because of a problem; the calling thread ends."""
        self.problem = (problem, task)
        self._finish()
        self.current.baton.acquire()
        raise Abort

    def _finish(self) -> None:
        # The locks change hands again when the threads are ended: what the report needs is noted now.
        self.waits = [Wait.of(task) for task in self.tasks if task.state is WAITING]
        self.main_ended = self.tasks[0].state is ENDED
        if self._finished.locked():
            self._finished.release()

    def _refresh(self) -> None:
        self.ready = tuple([task.number for task in self.tasks if task.state is READY])

    def _choose(self, me: Task, mark: Point) -> Task | None:
        """Who goes on when `me` waits or has ended; None when the schedule is over."""
        over = False
        while not over and (not self.ready or self._is_complete()):
            over = self._is_complete() or not self._wake_next()
            if over and not self._is_complete():
                self.problem = self.problem or ("deadlock", me)
        at = len(self.log)
        if mark is WAITS:
            self.notes[at] = ("waits", me.waits_for, _holder(me.waits_for), None)  # and who woke it
            me.waits_since = at
        self.log.append((me.number, mark, self.ready))
        self.steps += 1
        if self.steps > MOST_STEPS:
            self.problem = ("endless", me)
        if over or self.problem is not None:
            self._finish()
            return None
        while self.preempted:
            task = self.preempted.pop()
            if task.state is READY:
                return task
        prompt = [number for number in self.ready if self.tasks[number] not in self.delayed]
        if not prompt:
            self.delayed.clear()
        return self.tasks[(prompt or self.ready)[0]]

    def _is_complete(self) -> bool:
        return self.tasks[0].state is ENDED and all(task.state is ENDED or task.may_stay() for task in self.tasks)

    def _wake_next(self) -> bool:
        """Let time jump to the next time-out; False if there is none. A pause ends with the jump after that."""
        due = min((task.due for task in self.tasks if task.state is WAITING and task.due is not None), default=None)
        if due is None:
            return False
        self.clock = max(self.clock, due) if due < math.inf else self.clock
        for task in self.tasks:
            if task.state is WAITING and task.due is not None and task.due <= max(self.clock, due):
                task.timed_out = True
                task.state = READY
                task.wakes += 1
                if task.wakes > MOST_WAKES:
                    self.problem = ("polls", task)
                    return False
            elif task.state is WAITING and task.due == math.inf:
                task.due = self.clock
        self._refresh()
        return True


def _is_asleep(task: Task) -> bool:
    """Whether the thread waits; it is not to blame when it could run but the machine has other work."""
    if not task.native_id:
        return False
    try:
        return Path(f"/proc/self/task/{task.native_id}/stat").read_text().rpartition(")")[2].split()[0] != "R"
    except OSError:
        return True


def changes(step: Point) -> bool:
    """Whether a step of the student's changes what others can see, by itself and not by what it calls."""
    return any(name is not CONTENTS and not name.startswith("lock ") for name in step.writes) or (
        CONTENTS in step.writes and not step.call and step.code is not None
    )


def _changes_data(step: Point) -> bool:
    """Whether a step changes an attribute, a global name or an item; variables of a closure are mostly its own.

    What a lock of the student's own making notes of itself while it is taken or given back does not count.
    """
    if step.code is None or any(word in step.code.co_name for word in _LOCKING):
        return False
    return changes(step) and not any(name is EVERYTHING or name.startswith("cell ") for name in step.writes)


def _holder(what: Any) -> Task | None:
    return getattr(what, "owner", None)
