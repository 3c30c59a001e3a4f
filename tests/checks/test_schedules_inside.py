"""What the explorer promises besides its verdicts: the same message each time, nothing left behind, no hang."""

import _thread
import contextlib
import ctypes
import gc
import queue
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.checks import CheckFailed, module, student
from autograder.checks.schedules import explore, scheduler, search, trace
from autograder.checks.schedules.exploration import explored
from tests.checks.test_schedules import RIGHT, WRONG, cell, told

UNSAFE = """
    class SafeCounter:
        def __init__(self):
            self.value = 0

        def increment(self):
            before = self.value
            self.value = before + 1
"""


def increments(counters, times=2):
    def scenario(run):
        counter = run.call(counters.SafeCounter)
        for _ in range(times):
            run.start(counter.increment)
        run.finish()
        run.expect("counter.value", counter.value, times)

    return scenario


def calls(*functions):
    def scenario(run):
        for function in functions:
            run.start(function)
        run.finish()

    return scenario


# the message


def test_the_message_tells_what_was_run_seen_and_expected_and_shows_the_schedule_in_the_students_lines() -> None:
    assert told(increments(cell(UNSAFE))).splitlines() == [
        "A: SafeCounter.increment()   B: SafeCounter.increment()",
        "  seen:      counter.value is 1; no lock is held while value is read or written",
        "  expected:  counter.value is 2, whoever runs when",
        "  question:  What keeps another thread out there?",
        "",
        "One schedule in which it happens, step by step:",
        "  A  line 6  before = self.value      reads value",
        "  B  line 6  before = self.value      reads value",
        "  B  line 7  self.value = before + 1  writes value, returns",
        "  A  line 7  self.value = before + 1  writes value, returns",
    ]


@pytest.mark.parametrize(
    "name", ["M18 takes two locks in the caller's order", "M22 trusts empty()", "M34 sleeps and looks"]
)
def test_the_same_code_gives_the_same_message_each_time(name: str) -> None:
    scenario, source, _ = WRONG[name]
    first = told(scenario(cell(source)))
    assert [told(scenario(cell(source))) for _ in range(3)] == [first] * 3


def test_the_same_code_is_explored_in_the_same_schedules_each_time() -> None:
    scenario, source = RIGHT["a pipeline with a pool and as_completed"]
    assert len({explored(scenario(cell(source))) for _ in range(3)}) == 1


def test_the_order_of_addresses_and_the_dice_are_the_same_each_time() -> None:
    seen = set()

    def scenario(run):
        made = run.call(code.pair)
        seen.add((made.index(min(made, key=code.key)), code.roll(), code.again()))

    code = cell(
        """
        import random
        from random import randint

        def pair():
            return [object(), object()]

        def key(one):
            return id(one)

        def roll():
            return random.random()

        def again():
            return randint(1, 10**9)
        """
    )
    for _ in range(3):
        explore(scenario)
    assert len(seen) == 1


def test_a_failing_schedule_has_as_few_switches_as_possible() -> None:
    rows = [row.split()[0] for row in told(increments(cell(UNSAFE), 3)).splitlines()[6:]]
    assert "".join(rows) == "ABBACC"


def test_a_failure_without_any_switch_is_not_called_a_race() -> None:
    code = cell("class SafeCounter:\n    value = 0\n    def increment(self):\n        self.value += 2")
    assert "question:  What does one call of it do while no other thread gets in?" in told(increments(code))


def test_an_exception_is_told_with_its_line() -> None:
    code = cell("def work(numbers):\n    return sorted(numbers, key=lambda n: 1 // n)")

    def scenario(run):
        run.call(code.work, [1, 0])

    message = told(scenario)
    assert "work([1, 0]) raised ZeroDivisionError(" in message
    assert "line 2: `return sorted(numbers, key=lambda n: 1 // n)`" in message


def test_an_exception_in_a_thread_of_the_students_is_told() -> None:
    code = cell(
        """
        import threading

        def work():
            threading.Thread(target=lambda: {}["key"], name="digger").start()
        """
    )

    def scenario(run):
        run.call(code.work)

    assert "digger ended with KeyError('key')" in told(scenario)


def test_an_exception_that_may_come_is_kept_for_the_scenario() -> None:
    code = cell("def work(n):\n    raise ValueError(n)")

    def scenario(run):
        one = run.start(code.work, 3)
        run.finish(ValueError)
        run.expect("the error", one.error, ValueError(3))

    explore(scenario)


def test_what_is_not_written_yet_is_told_so() -> None:
    message = told(calls(cell("def work():\n    raise NotImplementedError()").work))
    assert "work() is not written yet" in message
    assert "step by step" not in message


def test_a_missing_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def scenario(run):
        run.call(student.there_is_no_such_function)

    assert "there_is_no_such_function is not defined" in told(scenario)


def test_a_missing_attribute_is_told_with_its_cause() -> None:
    code = cell("class SafeCounter:\n    def increment(self):\n        pass")
    with pytest.raises(CheckFailed, match="'SafeCounter' object has no attribute 'value'") as caught:
        explore(increments(code))
    assert isinstance(caught.value.__cause__, AttributeError)


def test_a_long_schedule_is_told_shortly() -> None:
    scenario, source, _ = WRONG["M34 spins with the lock"]
    assert len(told(scenario(cell(source))).splitlines()) < 30


def test_names_in_a_module_written_by_a_cell(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "counters.py").write_text(
        "import threading\nlock = threading.Lock()\n" + UNSAFE.replace("\n    ", "\n")
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)

    def scenario(run):
        counter = run.call(module("counters").SafeCounter)
        run.start(counter.increment)
        run.start(counter.increment)
        run.finish()
        run.expect("counter.value", counter.value, 2)

    assert "B  line 9 of counters.py   before = self.value" in told(scenario)


# what is found besides


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param(
            """
            import queue, threading
            waiting = queue.Queue()

            def work():
                def listen():
                    waiting.get()
                threading.Thread(target=listen, name="listener").start()
            """,
            "listener waits for ever at line 6: `waiting.get()` after everything else has ended",
            id="a thread that nobody ends",
        ),
        pytest.param(
            """
            import threading, time

            def work():
                def beat():
                    while True:
                        time.sleep(1)
                threading.Thread(target=beat, name="heart").start()
            """,
            "heart still goes on at line 6: `time.sleep(1)` after everything else has ended",
            id="a thread that nobody stops",
        ),
        pytest.param(
            """
            from concurrent.futures import ThreadPoolExecutor

            def work():
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(lambda: pool.submit(int).result()).result()
            """,
            "waits for ever at line 5",
            id="a job that waits for a job of the same pool",
        ),
        pytest.param(
            """
            import threading
            lock = threading.Lock()

            def work():
                porter = threading.Thread(target=lock.acquire, name="porter")
                porter.start()
                porter.join()
            """,
            "porter ended and still holds the lock",
            id="a lock kept by a thread of the student's",
        ),
        pytest.param(
            """
            import itertools

            def work():
                for number in itertools.count():
                    number += number
            """,
            "goes on and on",
            id="a loop without an end",
        ),
    ],
)
def test_found_besides(source: str, words: str) -> None:
    code = cell(source)

    def scenario(run):
        run.call(code.work)

    assert words in told(scenario)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            """
            import threading
            first = threading.Lock()
            done = []

            def work():
                if first.acquire(blocking=False):
                    done.append(1)
            """,
            id="a lock that says who was first",
        ),
        pytest.param(
            """
            import threading, queue

            def work():
                threading.Thread(target=queue.Queue().get, daemon=True).start()
            """,
            id="an idle daemon",
        ),
        pytest.param(
            """
            from concurrent.futures import ThreadPoolExecutor
            pool = ThreadPoolExecutor(2)

            def work():
                assert pool.submit(pow, 2, 3).result() == 8
            """,
            id="a pool that is never shut down",
        ),
        pytest.param(
            """
            def work():
                total = 0
                for number in range(5_000):
                    total += number
                while number > 0:
                    number -= 1
            """,
            id="long loops",
        ),
        pytest.param(
            """
            numbers = list(range(3_000))

            def work():
                place = 0
                while place < len(numbers):
                    assert numbers[place] == place
                    place += 1
            """,
            id="a long walk through shared data",
        ),
        pytest.param(
            """
            import sys
            sys.setrecursionlimit(sys.getrecursionlimit())

            def work(depth=100):
                return depth and work(depth - 1)
            """,
            id="recursion",
        ),
        pytest.param(
            """
            import threading
            mine = threading.local()

            class Work:
                @property
                def name(self):
                    return threading.current_thread().name

                def __call__(self):
                    mine.name = self.name
                    assert all(name == mine.name for name in (self.name for _ in range(3)))
                    assert threading.current_thread() is not threading.main_thread()
                    assert threading.main_thread().is_alive() and threading.current_thread() in threading.enumerate()

            work = Work()
            """,
            id="thread-local data, properties, generators",
        ),
        pytest.param(
            """
            import threading, time

            class Worker(threading.Thread):
                def __init__(self, seconds):
                    super().__init__()
                    self.seconds, self.took = seconds, None

                def run(self):
                    begun = time.perf_counter()
                    time.sleep(self.seconds)
                    self.took = time.perf_counter() - begun

            def work():
                workers = [Worker(3600), Worker(7200)]
                for worker in workers:
                    worker.start()
                workers[0].join(timeout=1800)
                assert workers[0].is_alive()
                for worker in workers:
                    worker.join()
                assert [worker.took for worker in workers] == [3600, 7200]
            """,
            id="hours of virtual time",
        ),
        pytest.param(
            """
            import threading

            class Gate:
                ready = threading.Condition()
                lock = threading.RLock()
                turn = 0

                def __init__(self, locks=[threading.Lock()], *, named={"a": threading.Semaphore(1)}):
                    self.locks, self.named = locks, named

            gate = Gate()

            def make():
                hidden = threading.Lock()

                def work():
                    with hidden, gate.lock, gate.locks[0], gate.named["a"], gate.ready:
                        Gate.turn += 1
                        gate.ready.notify()

                return work

            work = make()
            """,
            id="locks made before, wherever they are",
        ),
        pytest.param(
            """
            import contextvars, threading, typing
            from collections import deque, namedtuple
            from types import SimpleNamespace

            class Key(typing.NamedTuple):
                lock: object = threading.Lock()

            class Chain(tuple):
                pass

            space = SimpleNamespace(lock=threading.Lock())
            keys = deque([namedtuple("Pair", "lock name")(threading.Lock(), "a")])
            key, chain = Key(), Chain([threading.Lock()])
            chain.lock = threading.Lock()
            variable = contextvars.ContextVar("lock", default=threading.Lock())
            turns = 0

            def work():
                global turns
                assert key is globals()["key"] and Key().lock is key[0] and keys[0].name == "a"
                with key.lock, chain[0], chain.lock, variable.get(), space.lock, keys[0].lock:
                    turns += 1
            """,
            id="locks in named tuples, namespaces and context variables",
        ),
        pytest.param(
            """
            import builtins, importlib.metadata
            from importlib import import_module as load
            turns = []

            def work():
                import importlib as again
                assert again is importlib and importlib.metadata.version and importlib.reload
                modules = [__import__("threading"), load("threading"), again.import_module("threading")]
                modules += [builtins.__import__("threading"), importlib.import_module("threading")]
                for one in (load("queue"), __import__("concurrent.futures").futures.thread.queue):
                    one.Queue().put(1)
                assert load("json") is __import__("json") and load(".futures", "concurrent").ThreadPoolExecutor
                for one in modules:
                    turns.append(one.Lock())
                for lock in turns[:5]:
                    with lock:
                        turns.append(None)
            """,
            id="modules imported by a call",
        ),
    ],
)
def test_right_code_of_many_kinds_passes(source: str) -> None:
    work = cell(source).work
    explore(calls(work, work))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param("exec(text)", id="here"),
        pytest.param("exec(text, names := {}); SafeCounter = names['SafeCounter']", id="in names of its own"),
        pytest.param("exec(compile(text, threading.__file__, 'exec'))", id="as if by the library"),
    ],
)
def test_code_made_from_a_text_is_the_students(make: str) -> None:
    source = f"import threading\ntext = {textwrap.dedent(UNSAFE)!r}\n{make}"
    assert "counter.value is 1; no lock is held while value is read or written" in told(increments(cell(source)))


def test_code_that_changes_the_name_of_its_file_is_the_students() -> None:
    rename = "work.__code__ = work.__code__.replace(co_filename=threading.__file__)"
    code = cell(f"import threading\nnumber = 0\ndef work():\n    global number\n    number += 1\n{rename}")

    def scenario(run):
        run.start(code.work)
        run.start(code.work)
        run.finish()
        run.expect("number", code.number, 2)

    assert "number is 1" in told(scenario)


def test_a_text_that_is_run_in_a_call_is_the_students() -> None:
    code = cell("numbers = [0]\ndef work():\n    exec('numbers[0] += 1', globals())")

    def scenario(run):
        run.start(code.work)
        run.start(code.work)
        run.finish()
        run.expect("numbers", code.numbers, [2])

    if not trace.MONITORS:  # which shows only code that was there before
        assert "numbers is [1]" in told(scenario)


TRACING = """
    import sys
    kept = [sys.settrace]

    class SafeCounter:
        def __init__(self):
            self.value = 0

        def increment(self):
            {end}
            before = self.value
            self.value = before + 1
"""
ENDS = {"of the thread": "sys.settrace(None)", "by a function kept before": "kept[0](None)"}
if trace.MONITORS:
    ENDS["of the tool"] = "[sys.monitoring.free_tool_id(tool) for tool in range(6)]"
    ENDS["of its events"] = "sys.monitoring.set_local_events(4, sys._getframe().f_code, 0)"


@pytest.mark.parametrize("name", ENDS)
def test_code_that_would_end_the_tracing_of_its_thread_hides_no_race(name: str) -> None:
    real = sys.settrace
    assert "counter.value is 1" in told(increments(cell(TRACING.format(end=ENDS[name]))))
    assert sys.settrace is real


def test_locks_say_that_they_are_real_ones() -> None:
    code = cell(
        """
        import threading
        names = [(type(lock).__module__, type(lock).__qualname__) for lock in (threading.Lock(), threading.RLock())]

        def work():
            made = threading.Lock(), threading.RLock()
            assert [(type(lock).__module__, type(lock).__qualname__) for lock in made] == names
            assert all("autograder" not in f"{type(lock)} {lock}" for lock in made)
        """
    )
    explore(calls(code.work))


def test_other_threads_may_be_traced_during_an_exploration() -> None:
    done, errors = [], []

    def trace_others(pause=time.sleep):
        try:
            while not done:
                sys.settrace(None)
                pause(0.001)
        except RuntimeError as error:
            errors.append(error)

    other = threading.Thread(target=trace_others)
    other.start()
    explore(increments(cell(RIGHT["a counter with a lock"][1])))
    done.append(True)
    other.join()
    assert errors == []


def test_what_dataclasses_make_is_no_step_of_the_students() -> None:
    code = cell(
        """
        from dataclasses import dataclass

        @dataclass(order=True)
        class Pair:
            one: int = 1
            two: int = 2

        def work():
            @dataclass
            class Inner:
                one: int
            assert Pair(1) == Pair() < Pair(2) and repr(Pair(3)) and Inner(1)
        """
    )
    seen = set()

    def scenario(run):
        run.start(code.work)
        run.finish()
        log = run._scheduler.log
        seen.update(point.code.co_name for _, point, _ in log if point.code is not None)

    explore(scenario)
    assert seen == {"work", "Inner"}


def test_locks_inside_of_a_queue_are_not_shown() -> None:
    code = cell(
        """
        import queue

        waiting = queue.Queue()

        def work():
            waiting.put(1)
            waiting.get()
            waiting.get()
        """
    )
    message = told(calls(code.work))
    assert "A waits for ever at line 8: `waiting.get()`" in message
    assert "the lock" not in message


# state


def test_each_schedule_begins_with_the_state_of_the_modules_as_it_was() -> None:
    code = cell(
        """
        import collections, queue, threading

        lock = threading.Lock()
        counter = 0
        waiting = queue.SimpleQueue()
        waiting.put("first")
        seen, known, names = [0], {"a": 1}, {"x"}

        def outer():
            inside = 0

            def inner():
                nonlocal inside
                inside += 1
                return inside

            return inner

        inner = outer()

        class Work:
            done = 0

        def work(limit=[]):
            global counter, fresh
            with lock:
                fresh = True
                counter += 1
                seen.append(counter)
                known["b"] = names.add("y")
                limit.append(1)
                Work.done += 1
                Work.more = waiting.get()
                waiting.put("second")
                assert (len(limit), inner(), Work.done) == (counter,) * 3
        """
    )

    def scenario(run):
        run.expect("the state", (code.counter, code.seen, code.known, code.names), (0, [0], {"a": 1}, {"x"}))
        run.start(code.work)
        run.start(code.work)
        run.finish()
        run.expect("code.counter", code.counter, 2)

    assert explored(scenario).schedules > 3
    assert (code.counter, code.seen, code.known, code.names) == (0, [0], {"a": 1}, {"x"})
    assert (code.work.__defaults__, code.inner(), vars(code.Work).get("more")) == (([],), 1, None)
    assert (code.waiting.get_nowait(), code.waiting.qsize(), hasattr(code, "fresh")) == ("first", 0, False)


@pytest.mark.parametrize("seconds", [0, 60])
def test_several_wait_for_the_end_of_the_same_thread(seconds: int) -> None:
    code = cell(
        """
        import threading, time

        def begin(seconds):
            thread = threading.Thread(target=time.sleep, args=(seconds,))
            thread.start()
            return thread

        def wait(thread):
            thread.join()
            return thread.is_alive()
        """
    )

    def four_wait(run):
        thread = run.call(code.begin, seconds)
        calls = [run.start(code.wait, thread) for _ in range(4)]
        run.finish()
        run.expect("what is_alive() said after join()", [call.value for call in calls], [False] * 4)

    explore(four_wait)


def test_a_lock_that_is_given_back_is_told_from_two_locks_for_the_same_data() -> None:
    code = cell(
        """
        import threading

        class Account:
            def __init__(self, balance):
                self.balance, self.lock = balance, threading.Lock()

        def transfer(source, target, amount):
            with source.lock:
                enough = source.balance >= amount
            if enough:
                with source.lock:
                    source.balance -= amount
                with target.lock:
                    target.balance += amount
        """
    )

    def two_transfers(run):
        source, target = run.call(code.Account, 5), run.call(code.Account, 0)
        for _ in range(2):
            run.start(code.transfer, source, target, 3)
        run.finish()
        run.expect("the balances", [source.balance, target.balance], [2, 3])

    words = told(two_transfers)
    assert "the lock that guards balance is given back between its use at line 9" in words
    assert "another one" not in words


def test_the_exceptions_that_a_call_may_raise_are_named_beside_another_one() -> None:
    code = cell("def fail():\n    raise RuntimeError('wrapped')")

    def may_raise(run):
        run.start(code.fail)
        run.finish(ValueError, OSError)

    assert "a call that ends without an error other than ValueError or OSError\n" in told(may_raise)


def test_a_difference_that_cannot_be_read_is_pointed_at() -> None:
    code = cell("def numbers():\n    return [0] * 9 + [2]")

    def ten_numbers(run):
        run.expect("the list", run.call(code.numbers), [0] * 9 + [1])

    assert "the list is [0, 0, 0, 0, 0, 0, 0, 0, ... 10 items], where [9] is 2 and not 1\n" in told(ten_numbers)


def test_print_keeps_its_name_in_messages() -> None:
    code = cell("def same(function):\n    return function")
    assert "the function is print\n" in told(lambda run: run.expect("the function", run.call(code.same, print), 1))


def test_a_thread_that_polls_is_told_however_long_it_looks() -> None:
    code = cell(
        """
        import threading, time

        def work(job):
            thread = threading.Thread(target=job, args=("a",))
            thread.start()
            while thread.is_alive():
                seen = [number for number in range(20)]
                time.sleep(0.01)
        """
    )
    words = told(lambda run: run.call(code.work, run.job("compute", seconds=3600)))
    assert "woke up 500 times at line 8: `time.sleep(0.01)`" in words


def test_threads_and_pools_of_earlier_cells_are_left_alone() -> None:
    code = cell(
        """
        import functools, threading
        from concurrent.futures import ThreadPoolExecutor

        pool, stop, lock = ThreadPoolExecutor(1), threading.Event(), threading.Lock()
        ended, running = threading.Thread(target=int), threading.Thread(target=stop.wait, daemon=True)
        future = pool.submit(int)

        @functools.lru_cache
        def lock_of(key):
            return threading.Lock()

        later = threading.Thread(target=int)

        def work():
            with lock_of("a"), lock:
                if later.ident is None:
                    later.start()
                later.join()
                assert not ended.is_alive() and running.is_alive() and future.result() == 0
                assert pool.submit(pow, 2, 3).result() == 8
        """
    )
    code.ended.start()
    code.running.start()
    code.ended.join()
    workers = set(code.pool._threads)
    explore(calls(code.work, code.work))
    assert code.running.is_alive() and code.pool._threads == workers
    assert code.pool.submit(pow, 2, 3).result(timeout=10) == 8
    assert type(code.lock_of("a")) is type(code.lock) is type(_thread.allocate_lock())
    code.stop.set()
    code.running.join(timeout=10)
    assert not code.running.is_alive()
    code.pool.shutdown()


def test_everything_of_the_students_is_real_again_afterwards() -> None:
    code = cell(
        """
        import concurrent.futures, functools, queue, threading, time
        from collections import namedtuple
        from concurrent.futures import ThreadPoolExecutor
        from contextvars import ContextVar
        from threading import *
        from types import SimpleNamespace

        lock, rlock, condition, waiting = Lock(), RLock(), Condition(), queue.Queue()
        rlock.acquire()
        take = lock.acquire
        make = functools.partial(Thread, daemon=True)
        pair = (lock, [rlock])
        space, named = SimpleNamespace(lock=lock), namedtuple("Named", "lock")(lock)
        variable = ContextVar("lock", default=lock)

        class Worker(Thread):
            guard = Lock()

        def work(guard=lock):
            import threading as again
            from time import sleep
            with guard, again.Lock(), condition:
                sleep(1)
                waiting.put(1)
        """
    )
    before, body = dict(vars(code)), code.work.__code__
    explore(calls(code.work, code.work))
    assert {name: value for name, value in vars(code).items() if before.get(name, code) is not value} == {}
    assert vars(code).keys() == before.keys()
    assert code.work.__code__ is body and code.work.__defaults__ == (code.lock,)
    assert code.space.lock is code.named.lock is code.variable.get() is code.lock
    assert code.Worker.__bases__ == (threading.Thread,) and type(code.Worker.guard) is type(_thread.allocate_lock())
    assert (type(code.waiting), type(code.condition)) == (queue.Queue, threading.Condition)
    assert code.waiting.empty() and code.pair[0].acquire(blocking=False) and code.rlock._is_owned()
    assert (code.threading, code.time, code.ThreadPoolExecutor) == (threading, time, ThreadPoolExecutor)


@pytest.mark.parametrize("name", ["M18 takes two locks in the caller's order", "M20 one sentinel for many consumers"])
def test_nothing_is_left_behind(name: str) -> None:
    scenario, source, _ = WRONG[name]
    threads, modules = set(sys._current_frames()), set(sys.modules)
    told(scenario(cell(source)))
    explore(RIGHT["a pipeline with a pool"][0](cell(RIGHT["a pipeline with a pool"][1])))
    assert {one for one in set(sys._current_frames()) - threads if _is_alive(one)} == set()
    assert [name for name in set(sys.modules) - modules if "twin" in name] == []
    assert gc.isenabled()
    if sys.version_info >= (3, 12):
        assert "autograder.checks.schedules" not in map(sys.monitoring.get_tool, range(6))


def _is_alive(ident: int) -> bool:
    """Whether the thread runs code of a schedule; one that is about to be gone may still be listed."""
    frame = sys._current_frames().get(ident)
    return frame is not None and "schedules" in frame.f_code.co_filename


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("self.waiting.get()", id="an operation that waits"),
        pytest.param("self.turn(self)", id="a call"),
        pytest.param("while True: before = self.flag", id="a loop"),
    ],
)
def test_a_thread_that_swallows_everything_is_ended_all_the_same(body: str) -> None:
    code = cell(
        f"""
        import queue

        class Stubborn:
            def __init__(self):
                self.waiting, self.flag, self.turn = queue.Queue(), False, repr

            def work(self):
                while True:
                    try:
                        {body}
                    except:
                        pass
        """
    )
    threads = set(sys._current_frames())

    def scenario(run):
        stubborn = run.call(code.Stubborn)
        run.start(stubborn.work)
        run.start(stubborn.work)
        run.finish()

    told(scenario)
    assert {one for one in set(sys._current_frames()) - threads if _is_alive(one)} == set()


def test_what_waits_outside_of_the_schedule_is_told_and_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "LOOK", 0.01)
    code = cell(
        """
        def work():
            hidden = __import__("sys").modules["threading"].Lock()
            hidden.acquire()
            hidden.acquire(timeout=5)
        """
    )
    assert "A is held up at line 4: `hidden.acquire(timeout=5)` by something outside" in told(calls(code.work))
    assert explored(increments(cell(RIGHT["a counter with a lock"][1]))).schedules > 3


def test_a_blocked_thread_that_was_told_to_end_does_not_hold_up_the_next_exploration() -> None:
    lock = threading.Lock()

    def wait():
        with contextlib.suppress(SystemExit), lock:
            while True:
                pass

    with lock:
        blocked = threading.Thread(target=wait, daemon=True)
        blocked.start()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(blocked.ident), ctypes.py_object(SystemExit))
        explore(increments(cell(RIGHT["a counter with a lock"][1])))
    blocked.join()


def test_an_interrupt_ends_the_exploration_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    code = cell(UNSAFE)

    def interrupt(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(scheduler.Scheduler, "_wait", interrupt)
        with pytest.raises(KeyboardInterrupt):
            explore(increments(code))
    assert "print" not in vars(code)
    assert "counter.value is 1" in told(increments(code))


def test_schedules_cannot_be_explored_within_a_schedule() -> None:
    def scenario(run):
        explore(scenario)

    assert "explore() cannot be called while a schedule runs" in told(scenario)


def test_finalizers_run_when_the_code_lets_go_and_not_at_other_steps_each_time() -> None:
    code = cell(
        """
        collected = []

        class Ring:
            def __init__(self):
                self.ring = self

            def __del__(self):
                collected.append(1)

        def work():
            for _ in range(50):
                Ring()
        """
    )

    def scenario(run):
        run.call(code.work)
        run.expect("collected", code.collected, [])

    threshold = gc.get_threshold()
    gc.set_threshold(5)
    try:
        explore(scenario)
    finally:
        gc.set_threshold(*threshold)


def test_a_thread_that_spins_and_then_goes_on_is_told() -> None:
    code = cell(
        """
        import queue, threading, time

        class Service:
            def __init__(self):
                self.ready, self.turn, self.done, self.jobs = False, 0, 0, queue.Queue()
                threading.Thread(target=self.serve, name="server", daemon=True).start()

            def serve(self):
                while not self.ready:
                    pass
                self.turn = 1
                self.done = 1
                self.jobs.get()

            def begin(self):
                self.ready = True
        """
    )

    def scenario(run):
        service = run.call(code.Service)
        code.time.sleep(1)
        run.call(service.begin)
        code.time.sleep(1)

    assert "server goes round and round at line 9: `while not self.ready:`" in told(scenario)


def test_what_is_printed_in_hundreds_of_schedules_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    code = cell("seen = []\ndef work():\n    print('working')\n    seen.append(1)")
    explore(calls(code.work, code.work))
    assert capsys.readouterr().out == ""


# the search


def test_operators_on_what_others_can_change_are_switched_before() -> None:
    code = cell(
        """
        class Basket:
            def __init__(self):
                self.items = []

            def add(self, more):
                items = self.items
                count = len(items)
                items += more
                return count
        """
    )
    seen = set()

    def scenario(run):
        basket = run.call(code.Basket)
        counts = run.start(basket.add, [1]), run.start(basket.add, [1, 1])
        run.finish()
        seen.add(tuple(count.value for count in counts))

    explore(scenario)
    assert seen == {(0, 1), (2, 0), (0, 0)}


def test_attributes_written_by_way_of_the_dictionary_are_seen_to_change() -> None:
    code = cell(
        """
        class Pair:
            def __init__(self):
                self.number = 1

            def change(self):
                self.__dict__.update(number=2)

            def twice(self):
                return self.number - self.number
        """
    )

    def scenario(run):
        pair = run.call(code.Pair)
        difference = run.start(pair.twice)
        run.start(pair.change)
        run.finish()
        run.expect("the difference", difference.value, 0)

    assert "the difference is -1" in told(scenario)


PROGRAMS = {
    "locks": "with self.a:\n x = self.x\n with self.b:\n  self.y = x + 1\nself.items.append(self.y)",
    "check, then act": "if self.x == 0:\n self.x += 1\n self.items.append(len(self.items))",
    "cells and globals": "self.bump()\nself.x = total['n']\ntotal['n'] = self.x + self.y",
    "a queue": "self.q.put(self.x)\nself.x = self.q.qsize()\nself.items += [self.q.get()]",
    "an event": "self.y = self.y + self.e.is_set()\nself.e.set()\nself.x = self.y",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_leaving_out_equivalent_schedules_loses_no_outcome(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = PROGRAMS[name].split("\n")
    code = cell(
        "import queue, threading\n"
        "total = {'n': 0}\n"
        "class Program:\n"
        " def __init__(self):\n"
        "  self.x, self.y, self.items, self.q = 0, 0, [], queue.Queue()\n"
        "  self.a, self.b, self.e = threading.Lock(), threading.RLock(), threading.Event()\n"
        " def bump(self):\n"
        "  self.y += 1\n"
        " def work(self):\n" + "\n".join(f"  {line}" for line in lines)
    )
    outcomes: set[tuple] = set()

    def scenario(run):
        program = code.Program()
        run.start(program.work)
        run.start(program.work)
        run.finish()
        outcomes.add((program.x, program.y, tuple(program.items), code.total["n"]))

    monkeypatch.setattr(search, "FEWER_SCHEDULES", 10**6)
    monkeypatch.setattr(search, "FEWER_STEPS", 10**9)
    monkeypatch.setattr(search, "MOST_DEVIATIONS", 2)
    fewer = explored(scenario).schedules
    found = set(outcomes)
    outcomes.clear()
    monkeypatch.setattr(search.Touched, "meets", lambda one, other: True)
    assert explored(scenario).schedules > fewer
    assert found == outcomes


def test_code_of_three_threads_is_explored_within_the_bounds() -> None:
    explored_ = explored(increments(cell(RIGHT["a counter with acquire, try and finally"][1]), 3))
    assert explored_.schedules <= search.FEWER_SCHEDULES
    assert explored_.steps <= 2 * search.FEWER_STEPS


def test_an_error_that_must_reach_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    code = cell(
        """
        from concurrent.futures import ThreadPoolExecutor

        def pipeline(items, parse, consumers):
            with ThreadPoolExecutor(consumers) as pool:
                return [future.result() for future in [pool.submit(parse, item) for item in items]]

        def deaf(items, parse, consumers):
            with ThreadPoolExecutor(consumers) as pool:
                for item in items:
                    pool.submit(parse, item)
        """
    )

    def a_bad_line(pipeline):
        def scenario(run):
            parse = run.job("parse", {"1": 1, "x": ValueError("x")})
            call = run.start(pipeline, ["1", "x"], parse, 2)
            run.finish(ValueError)
            run.expect("the error", call.error, ValueError("x"))

        return scenario

    explore(a_bad_line(code.pipeline))
    assert "the error is None" in told(a_bad_line(code.deaf))


def test_a_lock_that_the_test_makes_takes_part() -> None:
    code = cell(
        """
        def add(box, lock):
            with lock:
                box.append(len(box))
        """
    )

    def scenario(run):
        import threading

        box, lock = [], threading.Lock()
        run.start(code.add, box, lock)
        run.start(code.add, box, lock)
        run.finish()
        run.expect("box", box, [0, 1])

    assert explored(scenario).schedules > 3


def test_an_object_that_answers_every_question_with_an_error_does_no_harm() -> None:
    code = cell(
        UNSAFE
        + """
    class Prickly:
        __slots__ = ()

        def __getattr__(self, name):
            raise RuntimeError(name)

    prickly = Prickly()
        """
    )
    assert "counter.value is 1" in told(increments(code))


def test_jobs_answer_from_a_table_by_a_function_or_with_a_value() -> None:
    def scenario(run):
        table, function, value = run.job("table", {(1, 2): 3, True: 4}), run.job("f", str.upper), run.job("v", 7)
        run.expect("answers", [table(1, 2), table(True), table(1), function("a"), value()], [3, 4, None, "A", 7])
        run.expect("calls", table.calls, [(1, 2), True, 1])

    explore(scenario)
