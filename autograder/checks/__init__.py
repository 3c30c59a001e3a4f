"""What test cells import: deterministic checks of concurrent code.

No verdict depends on the clock. Jobs are held at a gate until the test releases them, or take virtual time; waiting
ends as soon as nothing more can happen. A failed check raises one exception, `CheckFailed`, whose text is the whole
message for the student. A complete test cell for each topic (with `ask=`, each expectation takes a question of yours):

Threads and pools: the jobs wait at the gate, so that what runs at the same time is counted and not guessed.

    from autograder.checks import Gate, student

    pages = {url: f"page {url}" for url in "abcdef"}
    with Gate() as gate:
        call = gate.start(student.fetch_all, list(pages), gate.job("fetch", pages), 3)
        gate.expect_at_once(3)                     # three fetches run now: not two, not four
        gate.finish_all(last_first=True)           # the job that began last ends first, and so on
        call.expect_result(list(pages.values()))   # in the order of the urls all the same
        call.expect_nothing_left()                 # no thread survives the call

Processes: numbers or texts that report to the gate when a worker process receives them, and wait there. The student's
code is in `primes.py`, which a cell beginning with `%%writefile primes.py` wrote.

    from autograder.checks import Gate, module

    with Gate() as gate:
        call = gate.start(module("primes").count_primes, gate.values([30, 10, 20, 2]), 2)
        gate.expect_at_once(2)                     # in two worker processes, and never in this one
        gate.finish_all(last_first=True)
        call.expect_result([10, 4, 8, 0])
        call.expect_nothing_left()                 # nor does a process survive it

Schedules: every order of the steps of a few threads that matters.

    from autograder.checks import explore, student

    def two_increments(run):
        counter = run.call(student.SafeCounter)    # made anew for each schedule
        run.start(counter.increment)
        run.start(counter.increment)
        run.finish()                               # both run, and end
        run.expect("counter.value", counter.value, 2)

    explore(two_increments)

asyncio: an event loop on virtual time, so that sleeping takes no time and elapsed seconds are exact.

    from autograder.checks import Loop, student

    pages = {url: f"page {url}" for url in "abcdefghij"}
    with Loop() as loop:
        call = loop.start(student.fetch_limited, list(pages), loop.job("fetch", pages, seconds=1), 3)
        call.expect_result(list(pages.values()))
        loop.expect_peak(3)                        # three at once: not two, not four
        call.expect_elapsed(4)                     # and nothing blocked the loop
        call.expect_nothing_left()                 # no task dropped, no coroutine unawaited

Sockets: an object with `start()`, `stop()` and `port`, here one of asyncio; for one of gevent, `Hub(sockets=True)`.

    from autograder.checks import Loop, student

    with Loop(sockets=True) as loop:
        server = loop.serve(student.EchoServer)    # makes it and awaits its start()
        slow, quick = server.connect(), server.connect()
        slow.send("half a li")
        quick.send("hello\\n")
        quick.expect_reply("hello\\n")              # a slow client blocks no other
        slow.send("ne\\n")
        slow.expect_reply("half a line\\n")
        slow.close()
        quick.close()
        loop.start(server.stop).expect_nothing_left()
        server.expect_refused()                    # nobody listens any more

gevent: a hub on virtual time in a thread of its own; the kernel is never patched, and code that tries to is stopped.

    from autograder.checks import Hub, refuse_patching, student

    refuse_patching()
    pages = {url: f"page {url}" for url in "abcdef"}
    with Hub() as hub:
        call = hub.start(student.crawl_all, list(pages), hub.job("fetch", pages, seconds=1), 2)
        call.expect_result(list(pages.values()))
        hub.expect_peak(2)
        call.expect_elapsed(3)
        call.expect_nothing_left()                 # no greenlet that nobody joined

Programs: a file that must patch before it imports, run in a process of its own. It says `from world import fetch`.

    from autograder.checks import Program

    with Program("patched_fetch.py", {"fetch": {"a": "page a", "b": "page b"}}) as program:
        call = program.start("a", "b")             # python patched_fetch.py a b
        program.expect_at_once(2)                  # both fetches wait for their answer now
        program.expect_patched_first()
        program.finish("b", "a")
        call.expect_output("page a\\npage b\\n")
        call.expect_exit(0)

Futures and callbacks: jobs without arguments, what a callback was given, and what a future holds.

    from concurrent.futures import Future

    from autograder.checks import Gate, state_of, student

    first = Future()
    with Gate() as gate:
        call = gate.start(student.then, first, len)
        gate.settle()                              # `then` has returned: it waits for nothing
        gate.start(first.set_result, "four")
        gate.settle()
        gate.expect("the new future", state_of(call.value), "result 4")

Values: plain data is compared strictly (True is not 1), and no line of the student's own classes takes part.

    from autograder.checks import call, student

    call(student.find_deadlock, {"A": "B", "B": "A", "C": "A"}).expect_result(["A", "B"])
    call(student.find_deadlock, {"A": "B"}).expect_result(None)

Choices: a dict of answers to review questions, where each wrong answer gets the fact that speaks against it.

    from autograder.checks import expect_answered, expect_choice, student

    expect_answered(student.pool_facts, {"end_of_with": "abc"})
    expect_choice(
        student.pool_facts,
        "end_of_with",
        "a",
        {
            "b": "Leaving the block calls `shutdown(wait=True)`. Which other argument would cancel jobs?",
            "c": "Leaving the block calls `shutdown(wait=True)`. What does `wait` stand for?",
        },
    )

Brokers: a real Valkey server; a consumer dies at each of its steps, and the next one finds what it left.

    from autograder.checks import Broker, student

    pages = {"a": "page a", "b": "page b"}
    with Broker() as broker:
        for death in broker.deaths():              # each time with an empty broker
            broker.start(student.produce, broker.client(), list(pages)).expect_end()
            broker.start(student.consume, broker.client(death), broker.job("parse", pages, death)).expect_end()
            broker.start(student.consume, broker.client(), broker.job("parse", pages)).expect_end()
            broker.expect_nothing_lost(*pages)

Celery: tasks on that server, and a worker whose clock the test moves.

    from datetime import datetime, timedelta, timezone

    from autograder.checks import Broker, student

    when = datetime(2031, 5, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
    with Broker() as broker:
        call = broker.start(student.schedule_sms, broker.task("send_sms", "number", "text"), "+43 1", "hello", when)
        broker.expect_async_result(call)
        broker.work_until(when - timedelta(hours=1))
        broker.expect_done()                       # nothing yet
        broker.work_until(when)
        broker.expect_done(("+43 1", "hello"))

What each of these can do more is in the docstrings of the classes and of the packages `schedules`, `coroutines`,
`greenlets` and `brokers`; `ways` holds one job in several kinds of workers, `reasons` asks for a choice and its reason.
They are imported with the first use of one of their names.
"""

import importlib
from typing import TYPE_CHECKING, Any

from autograder.checks.failure import CheckFailed, failed
from autograder.checks.student import module, student
from autograder.checks.values import describe, same

if TYPE_CHECKING:
    from autograder.checks.brokers import Broker
    from autograder.checks.choices import expect_answered, expect_choice, expect_list, expect_lists
    from autograder.checks.coroutines import NEVER, Loop
    from autograder.checks.fence import Call, Run, call
    from autograder.checks.files import Watch
    from autograder.checks.futures import state_of
    from autograder.checks.gate import Gate
    from autograder.checks.greenlets import Hub, patched_modules, refuse_patching
    from autograder.checks.programs import Program
    from autograder.checks.reasons import expect_reasoned, expect_reasoned_answers
    from autograder.checks.schedules import Schedule, explore
    from autograder.checks.ways import Ways

__all__ = [
    "NEVER",
    "Broker",
    "Call",
    "CheckFailed",
    "Gate",
    "Hub",
    "Loop",
    "Program",
    "Run",
    "Schedule",
    "Watch",
    "Ways",
    "call",
    "describe",
    "expect_answered",
    "expect_choice",
    "expect_list",
    "expect_lists",
    "expect_reasoned",
    "expect_reasoned_answers",
    "explore",
    "failed",
    "module",
    "patched_modules",
    "refuse_patching",
    "same",
    "state_of",
    "student",
]

# Each is imported when it is asked for: a process that a student's code spawns imports this package, too.
_LATER = {
    "Broker": "brokers",
    "Call": "fence",
    "Gate": "gate",
    "Hub": "greenlets",
    "Loop": "coroutines",
    "NEVER": "coroutines",
    "Program": "programs",
    "Run": "fence",
    "Schedule": "schedules",
    "Watch": "files",
    "Ways": "ways",
    "call": "fence",
    "expect_answered": "choices",
    "expect_choice": "choices",
    "expect_list": "choices",
    "expect_lists": "choices",
    "expect_reasoned": "reasons",
    "expect_reasoned_answers": "reasons",
    "explore": "schedules",
    "patched_modules": "greenlets",
    "refuse_patching": "greenlets",
    "state_of": "futures",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
