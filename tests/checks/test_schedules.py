"""Each misconception about locks and queues is found in wrong code, and its right twin passes."""

import linecache
import textwrap
from types import ModuleType

import pytest

from autograder.checks import CheckFailed
from autograder.checks.schedules import explore


def cell(source: str) -> ModuleType:
    """A namespace in which this code ran as a notebook's cell would: its lines can be shown, it has no file."""
    source = textwrap.dedent(source).strip() + "\n"
    name = f"<ipython-input-{abs(hash(source))}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    made = ModuleType(f"cell_{abs(hash(source))}")
    exec(compile(source, name, "exec"), vars(made))
    return made


def told(scenario) -> str:
    """What is told about a scenario that must fail."""
    with pytest.raises(CheckFailed) as caught:
        explore(scenario)
    return str(caught.value)


def two_increments(student):
    def scenario(run):
        counter = run.call(student.SafeCounter)
        run.start(counter.increment)
        run.start(counter.increment)
        run.finish()
        run.expect("counter.value", counter.value, 2)

    return scenario


def two_buyers(student):
    def scenario(run):
        office = run.call(student.TicketOffice, 3)
        one, two = run.start(office.buy, 2), run.start(office.buy, 2)
        run.finish()
        run.expect("buys that succeeded", sorted([one.value, two.value]), [False, True])

    return scenario


def two_offices(student):
    def scenario(run):
        for _ in range(2):
            run.start(run.call(student.TicketOffice, 3).buy, 1)
        run.finish()
        run.expect_nobody_waited()

    return scenario


def an_interrupt(student):
    def scenario(run):
        counter = run.call(student.SafeCounter)
        run.interrupt(counter.increment)
        run.start(counter.increment)
        run.finish(KeyboardInterrupt)
        before = counter.value
        run.call(counter.increment)
        run.expect("counter.value", counter.value, before + 1)

    return scenario


def a_pause(student):
    def scenario(run):
        counter = run.call(student.SafeCounter)
        run.pause(counter.increment)
        run.start(counter.increment)
        run.finish()
        run.expect("counter.value", counter.value, 2)

    return scenario


def a_late_end(student):
    import threading

    def scenario(run):
        worker = run.call(student.Worker, lambda: run.linger(60))
        run.call(worker.stop)
        run.expect("the number of threads", len(threading.enumerate()), 1)

    return scenario


def there_and_back(student):
    def scenario(run):
        a, b = student.Account(10), student.Account(10)
        run.start(student.transfer, a, b, 3)
        run.start(student.transfer, b, a, 5)
        run.finish()
        run.expect("a.balance and b.balance", [a.balance, b.balance], [12, 8])

    return scenario


def too_little_money(student):
    def scenario(run):
        a, b = student.Account(1), student.Account(10)
        run.start(student.transfer, a, b, 3)
        run.finish(student.InsufficientFunds)
        run.expect("a.balance and b.balance", [a.balance, b.balance], [1, 10])

    return scenario


def to_itself(student):
    def scenario(run):
        a = student.Account(10)
        run.start(student.transfer, a, a, 3)
        run.finish()
        run.expect("a.balance", a.balance, 10)

    return scenario


def two_keys(student):
    def scenario(run):
        compute = run.job("compute", {"a": 1, "b": 2}, seconds=60)
        memo = run.call(student.Memo, compute)
        a, b = run.start(memo.get, "a"), run.start(memo.get, "b")
        run.finish()
        compute.expect_at_once(2)
        run.expect("what get returned", [a.value, b.value], [1, 2])

    return scenario


def one_key_twice(student):
    def scenario(run):
        compute = run.job("compute", {"a": 1}, seconds=60)
        memo = run.call(student.Memo, compute)
        a, b = run.start(memo.get, "a"), run.start(memo.get, "a")
        run.finish()
        run.expect("calls of compute", compute.calls, ["a"])
        run.expect("what get returned", [a.value, b.value], [1, 1])

    return scenario


def a_key_that_needs_another(student):
    def scenario(run):
        memo = run.call(student.Memo, lambda key: memo.get(key - 1) + 1 if key else 0)
        one = run.start(memo.get, 2)
        run.finish()
        run.expect("memo.get(2)", one.value, 2)

    return scenario


def three_lines(student):
    def scenario(run):
        parse = run.job("parse", {"1": 1, "2": 2, "3": 3})
        run.expect("the list", run.call(student.pipeline, ["1", "2", "3"], parse, 2), [1, 2, 3])

    return scenario


def slow_consumer(student):
    def scenario(run):
        seen = []
        consume = run.job("consume", seen.append, seconds=60)
        run.call(student.bounded, lambda: range(3), consume, 1)
        run.expect("what was consumed", seen, [0, 1, 2])

    return scenario


def one_waits_for_the_other(student):
    def scenario(run):
        box = run.call(student.Box)
        got = run.start(box.get)
        run.start(box.put, 7)
        run.finish()
        run.expect("box.get()", got.value, 7)

    return scenario


ACCOUNT = """
    import threading

    class InsufficientFunds(Exception):
        pass

    class Account:
        def __init__(self, balance):
            self.balance = balance
            self.lock = threading.Lock()
"""

WRONG = {
    "M12 a lock for each call": (
        two_increments,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value = 0

            def increment(self):
                lock = threading.Lock()
                with lock:
                    self.value += 1
        """,
        [
            "counter.value is 1; each thread holds another lock while value is read or written at line",
            "counter.value is 2",
            "self.value += 1",
            "reads value",
        ],
    ),
    "M12 a lock for each thread": (
        two_increments,
        """
        from threading import RLock, local

        mine = local()

        class SafeCounter:
            value = 0

            def increment(self):
                if not hasattr(mine, "lock"):
                    mine.lock = RLock()
                with mine.lock:
                    self.value = self.value + 1
        """,
        ["counter.value is 1", "writes value"],
    ),
    "M13 one lock for reading, one for writing": (
        two_increments,
        """
        from threading import Lock

        class SafeCounter:
            def __init__(self):
                self.value, self.reading, self.writing = 0, Lock(), Lock()

            def increment(self):
                with self.reading:
                    value = self.value
                with self.writing:
                    self.value = value + 1
        """,
        [
            "counter.value is 1; value is guarded by one lock at line",
            "and by another one at line",
            "value = self.value",
        ],
    ),
    "M13 two ways in with two locks": (
        lambda student: lambda run: both_ways(student, run),
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.items = {"n": 0}
                self.up, self.down = threading.Lock(), threading.Lock()

            def increment(self):
                with self.up:
                    self.items["n"] += 1

            def decrement(self):
                with self.down:
                    self.items["n"] -= 1
        """,
        ['self.items["n"]'],
    ),
    "M14 one lock for all objects": (
        two_offices,
        """
        import threading

        class TicketOffice:
            lock = threading.Lock()

            def __init__(self, stock):
                self.stock = stock

            def buy(self, count):
                with TicketOffice.lock:
                    if self.stock < count:
                        return False
                    self.stock -= count
                    return True
        """,
        ["had to wait for a lock that A held", "with TicketOffice.lock:"],
    ),
    "M14 one lock for all objects, in the module": (
        two_offices,
        """
        from threading import Condition
        free = Condition()

        class TicketOffice:
            def __init__(self, stock):
                self.stock = stock

            def buy(self, count):
                with free:
                    self.stock -= count
                    return True
        """,
        ["B had to wait for a lock that A held"],
    ),
    "M14 one semaphore for all objects": (
        two_offices,
        """
        import threading

        class TicketOffice:
            free = threading.Semaphore(1)

            def __init__(self, stock):
                self.stock = stock

            def buy(self, count):
                with TicketOffice.free:
                    self.stock -= count
                    return True
        """,
        ["B had to wait until A let it go on"],
    ),
    "M14 one lock for all objects, and one of each besides": (
        two_offices,
        """
        import threading

        everywhere = threading.Lock()

        class TicketOffice:
            def __init__(self, stock):
                self.stock, self.lock = stock, threading.Lock()

            def buy(self, count):
                with everywhere:
                    self.stock -= count
                with self.lock:
                    self.sold = True
                return True
        """,
        ["B had to wait for a lock that A held"],
    ),
    "M15 keeps the lock when it raises": (
        too_little_money,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        source.lock.acquire()
        if source.balance < amount:
            raise InsufficientFunds(amount)
        source.balance -= amount
        source.lock.release()
        with target.lock:
            target.balance += amount
        """,
        ["A raised InsufficientFunds(3)", "still holds the lock", "source.lock.acquire()"],
    ),
    "M15 keeps the lock when it is interrupted": (
        an_interrupt,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                self.lock.acquire()
                self.value += 1
                self.lock.release()
        """,
        ["waits for a lock that A took", "still holds, although it raised KeyboardInterrupt()"],
    ),
    "M24 waits for a sign and not for the end": (
        a_late_end,
        """
        import threading

        class Worker:
            def __init__(self, work):
                self.work, self.done = work, threading.Event()
                self.thread = threading.Thread(target=self.run)
                self.thread.start()

            def run(self):
                self.work()
                self.done.set()

            def stop(self):
                self.done.wait()
        """,
        ["the number of threads is 2"],
    ),
    "gives up when the other one takes long": (
        a_pause,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                if self.lock.acquire(timeout=60):
                    self.value += 1
                    self.lock.release()
        """,
        ["counter.value is 1", "stands still for a while"],
    ),
    "M15 keeps the lock when a call of the test's own thread ends": (
        lambda student: lambda run: [run.call(student.twice), run.call(student.twice)],
        """
        import threading

        lock = threading.Lock()

        def twice():
            return lock.acquire()
        """,
        ["twice() ended and still holds the lock that it took", "lock.acquire()"],
    ),
    "M15 keeps the lock on an early return": (
        two_buyers,
        """
        import threading

        class TicketOffice:
            def __init__(self, stock):
                self.stock, self._lock = stock, threading.Lock()

            def buy(self, count):
                self._lock.acquire()
                if self.stock >= count:
                    self.stock -= count
                    return True
                self._lock.release()
                return False
        """,
        ["waits for a lock that A took", "self._lock.acquire()", "still holds"],
    ),
    "M16 checks, then acts": (
        two_buyers,
        """
        class TicketOffice:
            def __init__(self, stock):
                self.stock = stock

            def buy(self, count):
                if self.stock >= count:
                    self.stock -= count
                    return True
                return False
        """,
        ["buys that succeeded is [True, True]; no lock is held while stock is read", "if self.stock >= count:"],
    ),
    "M16 checks before it has the lock": (
        two_buyers,
        """
        from threading import Lock

        class TicketOffice:
            def __init__(self, stock):
                self.stock, self.lock = stock, Lock()

            def buy(self, count):
                if self.stock >= count:
                    with self.lock:
                        self.stock -= count
                    return True
                return False
        """,
        ["no lock is held while stock is read or written at line 8: `if self.stock >= count:`"],
    ),
    "M16 gives the lock back between reading and writing": (
        two_increments,
        """
        from threading import Lock

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, Lock()

            def increment(self):
                with self.lock:
                    value = self.value
                with self.lock:
                    self.value = value + 1
        """,
        ["the lock that guards value is given back between its use at line 9", "and at line 11"],
    ),
    "a semaphore that lets in two, of which no lock can tell anything": (
        two_increments,
        """
        from threading import Semaphore

        class SafeCounter:
            def __init__(self):
                self.value, self.free = 0, Semaphore(2)

            def increment(self):
                with self.free:
                    self.value += 1
        """,
        ["counter.value is 1\n", "what should have kept it out"],
    ),
    "M16 checks under the lock, acts under it again": (
        two_buyers,
        """
        from threading import *

        class TicketOffice:
            def __init__(self, stock):
                self.stock = [None] * stock
                self.lock = Lock()

            def available(self, count):
                with self.lock:
                    return len(self.stock) >= count

            def buy(self, count):
                if not self.available(count):
                    return False
                with self.lock:
                    del self.stock[:count]
                return True
        """,
        ["buys that succeeded is [True, True]", "if not self.available(count):"],
    ),
    "M16 looks whether the key is there, then computes": (
        one_key_twice,
        """
        class Memo:
            def __init__(self, compute):
                self.compute, self.known = compute, {}

            def get(self, key):
                if key not in self.known:
                    self.known[key] = self.compute(key)
                return self.known[key]
        """,
        ["calls of compute is ['a', 'a']", "if key not in self.known:"],
    ),
    "M17 takes a plain lock twice": (
        to_itself,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        with source.lock, target.lock:
            source.balance -= amount
            target.balance += amount
        """,
        ["deadlock: A asks", "for a lock that it holds already", "with source.lock, target.lock:"],
    ),
    "M17 calls itself with the lock held": (
        a_key_that_needs_another,
        """
        import threading

        class Memo:
            def __init__(self, compute):
                self.compute, self.known, self.lock = compute, {}, threading.Lock()

            def get(self, key):
                with self.lock:
                    if key not in self.known:
                        self.known[key] = self.compute(key)
                    return self.known[key]
        """,
        ["for a lock that it holds already"],
    ),
    "M18 takes two locks in the caller's order": (
        there_and_back,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        if source is target:
            return
        with source.lock:
            with target.lock:
                source.balance -= amount
                target.balance += amount
        """,
        ["deadlock: A waits for a lock that B holds, B waits for a lock that A holds", "with target.lock:"],
    ),
    "M19 holds the lock during slow work": (
        two_keys,
        """
        import threading

        class Memo:
            def __init__(self, compute):
                self.compute, self.known, self.lock = compute, {}, threading.RLock()

            def get(self, key):
                with self.lock:
                    if key not in self.known:
                        self.known[key] = self.compute(key)
                    return self.known[key]
        """,
        ["1 compute at the same time; B waits for a lock that A holds", "2 compute at the same time"],
    ),
    "M20 one sentinel for many consumers": (
        three_lines,
        """
        import queue, threading

        def pipeline(items, parse, consumers):
            waiting, done = queue.Queue(), []

            def consume():
                while (job := waiting.get()) is not None:
                    place, item = job
                    done.append((place, parse(item)))

            threads = [threading.Thread(target=consume) for _ in range(consumers)]
            for thread in threads:
                thread.start()
            for job in enumerate(items):
                waiting.put(job)
            waiting.put(None)
            for thread in threads:
                thread.join()
            return [value for _, value in sorted(done)]
        """,
        ["Thread-2 (consume) waits for ever", "while (job := waiting.get()) is not None:"],
    ),
    "M21 never says that a task is done": (
        three_lines,
        """
        from queue import Queue
        from threading import Thread

        def pipeline(items, parse, consumers):
            waiting, done = Queue(), {}

            def consume():
                while True:
                    place, item = waiting.get()
                    done[place] = parse(item)

            for _ in range(consumers):
                Thread(target=consume, daemon=True).start()
            for job in enumerate(items):
                waiting.put(job)
            waiting.join()
            return [done[place] for place in range(len(items))]
        """,
        ["main waits for ever", "waiting.join()"],
    ),
    "M21 says it twice": (
        three_lines,
        """
        from queue import Queue
        from threading import Thread

        def pipeline(items, parse, consumers):
            waiting, done = Queue(), {}

            def consume():
                while True:
                    place, item = waiting.get()
                    try:
                        done[place] = parse(item)
                        waiting.task_done()
                    finally:
                        waiting.task_done()

            for _ in range(consumers):
                Thread(target=consume, daemon=True).start()
            for job in enumerate(items):
                waiting.put(job)
            waiting.join()
            return [done[place] for place in range(len(items))]
        """,
        ["task_done() called too many times"],
    ),
    "M22 trusts empty()": (
        three_lines,
        """
        import queue
        import threading

        def pipeline(items, parse, consumers):
            waiting, done = queue.Queue(), {}
            for job in enumerate(items):
                waiting.put(job)

            def consume():
                while not waiting.empty():
                    place, item = waiting.get()
                    done[place] = parse(item)

            threads = [threading.Thread(target=consume) for _ in range(consumers)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            return [done[place] for place in range(len(items))]
        """,
        ["waits for ever", "place, item = waiting.get()"],
    ),
    "M22 trusts qsize() to know the end": (
        three_lines,
        """
        import queue
        import threading

        def pipeline(items, parse, consumers):
            waiting, done = queue.Queue(), {}

            def produce():
                for job in enumerate(items):
                    waiting.put(job)

            def consume():
                while waiting.qsize() > 0:
                    try:
                        place, item = waiting.get_nowait()
                    except queue.Empty:
                        return
                    done[place] = parse(item)

            threads = [threading.Thread(target=produce)]
            threads += [threading.Thread(target=consume) for _ in range(consumers)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return [done[place] for place in sorted(done)]
        """,
        ["the list is", "the list is [1, 2, 3]"],
    ),
    "M34 spins until a flag is set": (
        one_waits_for_the_other,
        """
        class Box:
            def __init__(self):
                self.full = False

            def put(self, item):
                self.item = item
                self.full = True

            def get(self):
                while not self.full:
                    pass
                return self.item
        """,
        ["A goes round and round", "while not self.full:", "until another thread has changed something"],
    ),
    "M34 spins with the lock": (
        one_waits_for_the_other,
        """
        import threading

        class Box:
            def __init__(self):
                self.items = []
                self.lock = threading.Lock()

            def put(self, item):
                with self.lock:
                    self.items.append(item)

            def get(self):
                while True:
                    with self.lock:
                        if self.items:
                            return self.items.pop()
        """,
        ["A goes round and round", "until another thread has changed something"],
    ),
    "M34 tries for the lock again and again": (
        there_and_back,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        with source.lock:
            while not target.lock.acquire(blocking=False):
                pass
            source.balance -= amount
            target.balance += amount
            target.lock.release()
        """,
        ["goes on and on", "finds the lock taken, again and again"],
    ),
    "M34 sleeps and looks": (
        slow_consumer,
        """
        import threading, time

        def bounded(produce, consume, size):
            waiting, end = [], object()

            def work():
                while True:
                    while not waiting:
                        time.sleep(0.01)
                    item = waiting[0]
                    if item is end:
                        return
                    consume(item)
                    del waiting[0]

            thread = threading.Thread(target=work)
            thread.start()
            for item in [*produce(), end]:
                while len(waiting) >= size:
                    time.sleep(0.01)
                waiting.append(item)
            thread.join()
        """,
        ["main woke up 500 times", "time.sleep(0.01)", "only to look"],
    ),
    "M34 tries again and again": (
        slow_consumer,
        """
        import queue
        from threading import Thread

        def bounded(produce, consume, size):
            waiting = queue.Queue(size)

            def work():
                while (item := waiting.get()) is not None:
                    consume(item)

            thread = Thread(target=work)
            thread.start()
            for item in [*produce(), None]:
                while True:
                    try:
                        waiting.put(item, timeout=0.05)
                        break
                    except queue.Full:
                        continue
            thread.join()
        """,
        ["main woke up 500 times", "waiting.put(item, timeout=0.05)"],
    ),
}


def both_ways(student, run):
    counter = run.call(student.SafeCounter)
    run.start(counter.increment)
    run.start(counter.decrement)
    run.finish()
    run.expect("counter.items", counter.items, {"n": 0})


@pytest.mark.parametrize("name", WRONG)
def test_wrong_code_is_told_what_went_wrong(name: str) -> None:
    scenario, source, words = WRONG[name]
    message = told(scenario(cell(source)))
    assert not [word for word in words if word not in message], message


RIGHT = {
    "a counter with a lock": (
        two_increments,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value = 0
                self.lock = threading.Lock()

            def increment(self):
                with self.lock:
                    self.value += 1
        """,
    ),
    "a counter with acquire, try and finally": (
        two_increments,
        """
        from threading import RLock as Guard

        class SafeCounter:
            def __init__(self):
                self._value, self._guard = 0, Guard()

            @property
            def value(self):
                self._guard.acquire()
                try:
                    return self._value
                finally:
                    self._guard.release()

            def increment(self):
                self._guard.acquire()
                try:
                    with self._guard:
                        self._value = self.value + 1
                finally:
                    self._guard.release()
        """,
    ),
    "a counter as a dataclass": (
        two_increments,
        """
        from dataclasses import dataclass, field
        from threading import Lock

        @dataclass
        class SafeCounter:
            value: int = 0
            _lock: Lock = field(default_factory=Lock, repr=False)

            def increment(self):
                with self._lock:
                    self.value += 1
        """,
    ),
    "a counter with a lock of its module": (
        two_increments,
        """
        from threading import *

        lock = Lock()

        class SafeCounter:
            value = 0

            def increment(self, guard=lock):
                with guard:
                    self.value += 1
        """,
    ),
    "a counter with a decorator": (
        two_increments,
        """
        import functools, threading

        def synchronised(method):
            lock = threading.Lock()

            @functools.wraps(method)
            def inner(self, *arguments):
                with lock:
                    return method(self, *arguments)

            return inner

        class SafeCounter:
            value = 0

            @synchronised
            def increment(self):
                before = self.value
                self.value = before + 1
        """,
    ),
    "a counter with a context manager and a semaphore": (
        two_increments,
        """
        import contextlib
        import threading as t

        class SafeCounter:
            __slots__ = ("value", "free")

            def __init__(self):
                self.value, self.free = 0, t.BoundedSemaphore()

            @contextlib.contextmanager
            def alone(self):
                self.free.acquire()
                try:
                    yield
                finally:
                    self.free.release()

            def increment(self):
                with self.alone():
                    self.value += 1
        """,
    ),
    "a counter whose increments go through a queue": (
        two_increments,
        """
        class SafeCounter:
            def __init__(self):
                from queue import Queue
                self.box = Queue(1)
                self.box.put(0)

            def increment(self):
                self.box.put(self.box.get() + 1)

            @property
            def value(self):
                value = self.box.get()
                self.box.put(value)
                return value
        """,
    ),
    "a counter that appends, which is one step": (
        two_increments,
        """
        class SafeCounter:
            def __init__(self):
                self.ticks = []

            def increment(self):
                self.ticks.append(None)
                print("now", self.ticks)

            value = property(lambda self: len(self.ticks))
        """,
    ),
    "an office with a lock": (
        two_buyers,
        """
        import threading

        class TicketOffice:
            def __init__(self, stock):
                self.stock, self.lock = stock, threading.Lock()

            def buy(self, count):
                with self.lock:
                    if count > self.stock:
                        return False
                    self.stock -= count
                    return True
        """,
    ),
    "an office that tries for the lock": (
        two_buyers,
        """
        import threading

        class TicketOffice:
            def __init__(self, stock):
                self.stock, self.lock = stock, threading.Lock()

            def buy(self, count):
                if not self.lock.acquire(timeout=5):
                    raise TimeoutError
                try:
                    enough = self.stock >= count
                    if enough:
                        self.stock -= count
                finally:
                    self.lock.release()
                return enough
        """,
    ),
    "an office with a Condition": (
        two_buyers,
        """
        from threading import Condition

        class TicketOffice:
            def __init__(self, stock):
                self.stock, self.changed = stock, Condition()

            def buy(self, count):
                with self.changed:
                    sold = self.stock >= count
                    self.stock -= count * sold
                    self.changed.notify_all()
                    return sold
        """,
    ),
    "two offices with a lock each": (
        two_offices,
        """
        import threading

        class TicketOffice:
            def __init__(self, stock):
                self.stock = stock
                self.lock = threading.Lock()

            def buy(self, count):
                with self.lock:
                    if self.stock < count:
                        return False
                    self.stock -= count
                    return True
        """,
    ),
    "two offices whose locks are looked up under another one": (
        two_offices,
        """
        import threading

        locks, guard = {}, threading.Lock()

        class TicketOffice:
            def __init__(self, stock):
                self.stock = stock

            def buy(self, count):
                with guard:
                    lock = locks.setdefault(id(self), threading.Lock())
                with lock:
                    self.stock -= count
                    return True
        """,
    ),
    "a counter that may be interrupted": (
        an_interrupt,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                self.lock.acquire()
                try:
                    self.value += 1
                finally:
                    self.lock.release()
        """,
    ),
    "a thread that takes long to end": (
        a_late_end,
        """
        import threading

        class Worker:
            def __init__(self, work):
                self.work, self.done = work, threading.Event()
                self.thread = threading.Thread(target=self.run)
                self.thread.start()

            def run(self):
                self.work()
                self.done.set()

            def stop(self):
                self.thread.join()
        """,
    ),
    "a counter that waits as long as it takes": (
        a_pause,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                with self.lock:
                    self.value += 1
        """,
    ),
    "a counter that tries and tries again": (
        a_pause,
        """
        import threading, time

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                while not self.lock.acquire(blocking=False):
                    time.sleep(0.001)
                self.value += 1
                self.lock.release()
        """,
    ),
    "a counter that tries with a time-out": (
        a_pause,
        """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                while not self.lock.acquire(timeout=0.001):
                    pass
                self.value += 1
                self.lock.release()
        """,
    ),
    "a counter whose own lock takes notes": (
        an_interrupt,
        """
        import threading

        class Noting:
            def __init__(self):
                self.lock = threading.Lock()

            def __enter__(self):
                self.lock.acquire()
                self.holder = threading.current_thread()

            def __exit__(self, *_):
                self.holder = None
                self.lock.release()

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, Noting()

            def increment(self):
                with self.lock:
                    self.value += 1
        """,
    ),
    "a counter that changes nothing by itself": (
        an_interrupt,
        """
        class SafeCounter:
            def __init__(self):
                self.ticks = []

            def increment(self):
                self.ticks.append(None)

            value = property(lambda self: len(self.ticks))
        """,
    ),
    "a transfer that gives up and tries again": (
        there_and_back,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        while True:
            with source.lock:
                if target.lock.acquire(timeout=0.1):
                    try:
                        source.balance -= amount
                        target.balance += amount
                        return
                    finally:
                        target.lock.release()
        """,
    ),
    "a transfer in the order of id": (
        there_and_back,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        if source is target:
            return
        first, second = sorted((source, target), key=id)
        with first.lock, second.lock:
            if source.balance < amount:
                raise InsufficientFunds
            source.balance -= amount
            target.balance += amount
        """,
    ),
    "a transfer with a lock for all": (
        there_and_back,
        ACCOUNT
        + """
    def transfer(source, target, amount, lock=threading.Lock()):
        with lock:
            source.balance -= amount
            target.balance += amount
        """,
    ),
    "a transfer that backs off": (
        there_and_back,
        ACCOUNT
        + """
    import random, time

    def transfer(source, target, amount):
        while True:
            with source.lock:
                if target.lock.acquire(blocking=False):
                    try:
                        source.balance -= amount
                        target.balance += amount
                        return
                    finally:
                        target.lock.release()
            time.sleep(0.001 + random.random() / 1000)
        """,
    ),
    "a transfer with an ExitStack": (
        too_little_money,
        ACCOUNT
        + """
    from contextlib import ExitStack

    def transfer(source, target, amount):
        with ExitStack() as stack:
            for lock in sorted({source.lock, target.lock}, key=id):
                stack.enter_context(lock)
            if source.balance < amount:
                raise InsufficientFunds(amount)
            source.balance -= amount
            target.balance += amount
        """,
    ),
    "a transfer to the same account": (
        to_itself,
        ACCOUNT
        + """
    def transfer(source, target, amount):
        locks = {id(account): account.lock for account in (source, target)}
        for key in sorted(locks):
            locks[key].acquire()
        try:
            if source.balance < amount:
                raise InsufficientFunds(amount)
            source.balance, target.balance = source.balance - amount, target.balance + amount
            if source is target:
                source.balance -= amount - amount
                target.balance = 10
        finally:
            for key in reversed(sorted(locks)):
                locks[key].release()
        """,
    ),
}

MEMOS = {
    "a lock for each key": """
        import threading
        from collections import defaultdict

        class Memo:
            def __init__(self, compute):
                self.compute, self.known = compute, {}
                self.locks, self.guard = defaultdict(threading.RLock), threading.Lock()

            def get(self, key):
                with self.guard:
                    lock = self.locks[key]
                with lock:
                    if key not in self.known:
                        self.known[key] = self.compute(key)
                    return self.known[key]
        """,
    "a future for each key": """
        from concurrent.futures import Future
        from threading import Lock

        class Memo:
            def __init__(self, compute):
                self.compute, self.futures, self.lock = compute, {}, Lock()

            def get(self, key):
                with self.lock:
                    future, mine = self.futures.get(key), False
                    if future is None:
                        future, mine = self.futures.setdefault(key, Future()), True
                if mine:
                    try:
                        future.set_result(self.compute(key))
                    except BaseException as error:
                        future.set_exception(error)
                return future.result()
        """,
    "an event for each key": """
        import threading

        class Memo:
            def __init__(self, compute):
                self._compute = compute
                self._values = {}
                self._events = {}
                self._lock = threading.Lock()

            def get(self, key):
                while True:
                    with self._lock:
                        if key in self._values:
                            return self._values[key]
                        event = self._events.get(key)
                        if event is None:
                            self._events[key] = threading.Event()
                            break
                    event.wait()
                value = self._compute(key)
                with self._lock:
                    self._values[key] = value
                    self._events.pop(key).set()
                return value
        """,
    "a condition": """
        from threading import Condition

        class Memo:
            def __init__(self, compute):
                self.compute, self.known, self.busy, self.changed = compute, {}, set(), Condition()

            def get(self, key):
                with self.changed:
                    self.changed.wait_for(lambda: key not in self.busy)
                    if key in self.known:
                        return self.known[key]
                    self.busy.add(key)
                try:
                    value = self.compute(key)
                    with self.changed:
                        self.known[key] = value
                        return value
                finally:
                    with self.changed:
                        self.busy.discard(key)
                        self.changed.notify_all()
        """,
}

PIPELINES = {
    "a sentinel for each consumer": """
        import queue, threading

        def pipeline(items, parse, consumers):
            waiting, done = queue.Queue(maxsize=2), {}

            def consume():
                while (job := waiting.get()) is not None:
                    place, item = job
                    done[place] = parse(item)

            threads = [threading.Thread(target=consume) for _ in range(consumers)]
            for thread in threads:
                thread.start()
            for job in enumerate(items):
                waiting.put(job)
            for _ in threads:
                waiting.put(None)
            for thread in threads:
                thread.join()
            return [done[place] for place in range(len(items))]
        """,
    "one sentinel that is handed on": """
        from queue import SimpleQueue
        from threading import Thread

        END = object()

        class Consumer(Thread):
            def __init__(self, jobs, parse, results):
                super().__init__(daemon=True)
                self.jobs, self.parse, self.results = jobs, parse, results

            def run(self):
                for place, item in iter(self.jobs.get, END):
                    self.results[place] = self.parse(item)
                self.jobs.put(END)

        def pipeline(items, parse, consumers):
            jobs, results = SimpleQueue(), [None] * len(items)
            everyone = [Consumer(jobs, parse, results) for _ in range(consumers)]
            for one in everyone:
                one.start()
            for job in enumerate(items):
                jobs.put(job)
            jobs.put(END)
            for one in everyone:
                one.join()
            return results
        """,
    "daemons and task_done": """
        from queue import Queue
        from threading import Thread

        def pipeline(items, parse, consumers):
            waiting, done = Queue(), {}

            def consume():
                while True:
                    place, item = waiting.get()
                    try:
                        done[place] = parse(item)
                    finally:
                        waiting.task_done()

            for _ in range(consumers):
                Thread(target=consume, daemon=True).start()
            for job in enumerate(items):
                waiting.put(job)
            waiting.join()
            return [done[place] for place in range(len(items))]
        """,
    "get_nowait from a queue that was filled before": """
        import queue
        import threading

        def pipeline(items, parse, consumers):
            waiting, done = queue.PriorityQueue(), queue.LifoQueue()
            for job in enumerate(items):
                waiting.put(job)

            def consume():
                try:
                    while True:
                        place, item = waiting.get_nowait()
                        done.put((place, parse(item)))
                except queue.Empty:
                    pass

            threads = [threading.Thread(target=consume) for _ in range(consumers)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            return [done.get()[1] for _ in range(done.qsize())] if False else [
                value for _, value in sorted(done.get() for _ in range(done.qsize()))
            ]
        """,
    "a pool": """
        from concurrent.futures import ThreadPoolExecutor

        def pipeline(items, parse, consumers):
            with ThreadPoolExecutor(consumers) as pool:
                return list(pool.map(parse, items))
        """,
    "a pool and as_completed": """
        import concurrent.futures

        def pipeline(items, parse, consumers):
            found = [None] * len(items)
            with concurrent.futures.ThreadPoolExecutor(max_workers=consumers) as pool:
                places = {pool.submit(parse, item): place for place, item in enumerate(items)}
                for future in concurrent.futures.as_completed(places):
                    found[places[future]] = future.result()
            return found
        """,
    "a pool with callbacks, everything imported inside": """
        def pipeline(items, parse, consumers):
            import threading
            import concurrent.futures as cf
            from functools import partial
            found, end = {}, threading.Event()
            lock = threading.Lock()

            def put(place, future):
                with lock:
                    found[place] = future.result()
                    if len(found) == len(items):
                        end.set()

            pool = cf.ThreadPoolExecutor(consumers)
            for place, item in enumerate(items):
                pool.submit(parse, item).add_done_callback(partial(put, place))
            end.wait()
            pool.shutdown()
            return [found[place] for place in range(len(items))]
        """,
    "threads that meet at a barrier": """
        from threading import Barrier, Thread

        def pipeline(items, parse, consumers):
            values, meet = [None] * len(items), Barrier(consumers + 1)

            def work(first):
                for place in range(first, len(items), consumers):
                    values[place] = parse(items[place])
                meet.wait()

            for first in range(consumers):
                Thread(target=work, args=[first]).start()
            meet.wait()
            return values
        """,
    "a list and a condition": """
        import threading
        from collections import deque

        class Channel:
            def __init__(self):
                self.items, self.changed, self.closed = deque(), threading.Condition(threading.Lock()), False

            def put(self, item):
                with self.changed:
                    self.items.append(item)
                    self.changed.notify()

            def close(self):
                with self.changed:
                    self.closed = True
                    self.changed.notify_all()

            def __iter__(self):
                while True:
                    with self.changed:
                        while not self.items and not self.closed:
                            self.changed.wait()
                        if not self.items:
                            return
                        item = self.items.popleft()
                    yield item

        def pipeline(items, parse, consumers):
            channel, results = Channel(), []

            def consume():
                for place, item in channel:
                    results.append((place, parse(item)))

            threads = [threading.Thread(target=consume) for _ in range(consumers)]
            for thread in threads:
                thread.start()
            for job in enumerate(items):
                channel.put(job)
            channel.close()
            for thread in threads:
                thread.join()
            return [value for _, value in sorted(results)]
        """,
}

BOUNDED = {
    "a bounded queue": """
        import queue, threading

        def bounded(produce, consume, size):
            waiting, end = queue.Queue(size), object()

            def work():
                while (item := waiting.get()) is not end:
                    consume(item)

            thread = threading.Thread(target=work)
            thread.start()
            for item in produce():
                waiting.put(item)
            waiting.put(end)
            thread.join()
        """,
    "two semaphores": """
        from collections import deque
        from threading import Lock, Semaphore, Thread

        def bounded(produce, consume, size):
            free, full, box, lock = Semaphore(size), Semaphore(0), deque(), Lock()

            def put(item):
                free.acquire()
                with lock:
                    box.append(item)
                full.release()

            def work():
                while True:
                    full.acquire()
                    with lock:
                        more, item = box.popleft()
                    free.release()
                    if not more:
                        break
                    consume(item)

            thread = Thread(target=work)
            thread.start()
            for item in produce():
                put((True, item))
            put((False, None))
            thread.join()
        """,
    "a pool of one and a semaphore": """
        from concurrent.futures import ThreadPoolExecutor, wait
        from threading import BoundedSemaphore

        def bounded(produce, consume, size):
            free = BoundedSemaphore(size)
            with ThreadPoolExecutor(1) as pool:
                futures = []
                for item in produce():
                    free.acquire()
                    future = pool.submit(consume, item)
                    future.add_done_callback(lambda _: free.release())
                    futures.append(future)
                wait(futures)
        """,
}

BOXES = {
    "an event": """
        import threading

        class Box:
            def __init__(self):
                self.full = threading.Event()

            def put(self, item):
                self.item = item
                self.full.set()

            def get(self):
                self.full.wait()
                return self.item
        """,
    "an event that is waited for in turns": """
        from threading import Event

        class Box:
            def __init__(self):
                self.full, self.items = Event(), []

            def put(self, item):
                self.items += [item]
                self.full.set()

            def get(self):
                while not self.full.wait(timeout=0.1):
                    continue
                return self.items[0]
        """,
    "a lock as a signal": """
        import _thread

        class Box:
            def __init__(self):
                self.signal = _thread.allocate_lock()
                self.signal.acquire()

            def put(self, item):
                self.item = item
                self.signal.release()

            def get(self):
                self.signal.acquire()
                return self.item
        """,
    "a timer that is stopped": """
        import queue
        import threading
        import time

        class Box:
            def __init__(self):
                self.queue = queue.Queue()
                self.timer = threading.Timer(3600, self.queue.put, args=("too late",))
                self.timer.start()
                self.begun = time.monotonic()

            def put(self, item):
                time.sleep(5)
                self.queue.put(item)

            def get(self):
                item = self.queue.get()
                self.timer.cancel()
                assert time.monotonic() - self.begun == 5
                return item
        """,
}

for _name, _source in MEMOS.items():
    for _scenario in (two_keys, one_key_twice, a_key_that_needs_another):
        RIGHT[f"a memo with {_name}: {_scenario.__name__}"] = (_scenario, _source)
for _name, _source in PIPELINES.items():
    RIGHT[f"a pipeline with {_name}"] = (three_lines, _source)
for _name, _source in BOUNDED.items():
    RIGHT[f"a bounded buffer with {_name}"] = (slow_consumer, _source)
for _name, _source in BOXES.items():
    RIGHT[f"a box with {_name}"] = (one_waits_for_the_other, _source)


@pytest.mark.parametrize("name", RIGHT)
def test_right_code_passes(name: str) -> None:
    scenario, source = RIGHT[name]
    explore(scenario(cell(source)))
