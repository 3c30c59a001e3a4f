"""Runs student coroutines on an event loop with virtual time, and names what goes wrong in it.

`Loop` is what test cells use: it makes the jobs that student code calls, runs the calls to their ends in a thread of
its own, and says what must have happened. Sleeping takes no time and is exact; the first `expect_...` starts the run.

    from autograder.checks import Loop, NEVER, student

    with Loop() as loop:                                     # all at once, results in the order of the inputs
        jobs = loop.jobs({"a": 1, "b": 2, "c": 3}, seconds={"a": 3, "b": 2, "c": 1})
        call = loop.start(student.gather_in_order, list(jobs.values()))
        call.expect_result([1, 2, 3])                        # although c ends first and a last
        call.expect_elapsed(3)                               # one after the other would take 6
        call.expect_nothing_left()                           # no task dropped, no coroutine unawaited

    pages = {url: f"page {url}" for url in "abcdefghij"}
    with Loop() as loop:
        call = loop.start(student.fetch_limited, list(pages), loop.job("fetch", pages, seconds=1), 3)
        call.expect_result(list(pages.values()))
        loop.expect_peak(3)                                  # three at once: not two, not four
        call.expect_elapsed(4)                               # and nothing blocked the loop

    with Loop() as loop:                                     # the first call fails, the second too, the third works
        operation = loop.job("operation", [OSError("one"), OSError("two"), "done"], seconds=0)
        call = loop.start(student.retry, operation, 5, 1)
        call.expect_result("done")
        loop.expect_begins(0, 1, 3)
    with Loop() as loop:
        call = loop.start(student.retry, loop.job("operation", [OSError("always")], seconds=0), 5, 1)
        call.cancel(at=2.5)                                  # while it waits for the third attempt
        call.expect_cancelled()                              # at once, and nothing is begun after it

    with Loop() as loop:
        jobs = loop.jobs({"a": 1, "b": 2, "c": 3}, seconds={"a": 1, "b": 5, "c": NEVER}, cleanup=0.5)
        call = loop.start(student.with_deadline, jobs, 3)
        call.expect_result(({"a": 1}, {"b", "c"}))
        loop.expect_cancelled("b", "c")
        call.expect_elapsed(3.5)                             # the cancelled ones are waited for
        call.expect_nothing_left()

    with Loop(sockets=True) as loop:                         # a server object with start(), stop() and port
        server = loop.serve(student.EchoServer)              # makes it and awaits its start()
        slow, quick = server.connect(), server.connect()
        slow.send("half a li")
        quick.send("hello\\n")
        quick.expect_reply("hello\\n")                        # a slow client blocks no other
        stop = loop.start(server.stop)
        stop.expect_running("What happens to the exchange with the slow client?")
        slow.send("ne\\n")
        slow.expect_reply("half a line\\n")
        slow.close()
        quick.close()
        stop.expect_nothing_left()
        server.expect_refused()                              # nobody listens any more

    async def answer(job):
        return await job("question")

    with Loop() as loop:                                     # a plain function, as a script calls it
        call = loop.start_in_script(student.run_anywhere, answer(loop.job("job", {"question": 42})))
        call.expect_result(42)
    with Loop() as loop:                                     # and as a cell of a notebook does, whose loop runs
        call = loop.start_in_notebook(student.run_anywhere, answer(loop.job("job", {"question": 42})))
        call.expect_result(42)
"""

from autograder.checks.coroutines.call import LoopCall
from autograder.checks.coroutines.drive import NEVER
from autograder.checks.coroutines.loop import Loop

__all__ = ["NEVER", "Loop", "LoopCall"]
