"""Explores the schedules of a few threads: every order of their steps that matters, with few switches between them.

`explore` runs a scenario again and again, one thread at a time, each time in another order, until one goes wrong: a
value is not as expected, a call raises, threads wait for each other for ever, a lock is kept, a thread spins. The
message shows that order step by step in the student's own lines, and is the same each time.

Locks, conditions, queues, pools, timers and clocks of the standard library take part, whether the student's code
makes them itself, gets them from the test or made them when its cell was run; time is virtual, so nobody sleeps.

A race, in which all orders must give the same:

    from autograder.checks import student
    from autograder.checks.schedules import explore

    def two_increments(run):
        counter = run.call(student.SafeCounter)          # made anew for each schedule
        run.start(counter.increment)                     # in thread A
        run.start(counter.increment)                     # in thread B
        run.finish()                                     # both run, and end
        run.expect("counter.value", counter.value, 2)

    explore(two_increments)

Slow work, during which others must be able to go on, and calls that must not wait for each other:

    def two_keys(run):
        compute = run.job("compute", {"a": 1, "b": 2}, seconds=60)
        memo = run.call(student.Memo, compute)
        run.start(memo.get, "a")
        run.start(memo.get, "b")
        run.finish()
        compute.expect_at_once(2)

    def two_offices(run):
        for office in (run.call(student.TicketOffice, 5), run.call(student.TicketOffice, 5)):
            run.start(office.buy, 2)
        run.finish()
        run.expect_nobody_waited()

Threads that the student's code starts itself, and an error that must reach the caller:

    def a_bad_line(run):
        parse = run.job("parse", {"1": 1, "x": ValueError("x")})
        call = run.start(student.pipeline, ["1", "x"], parse, 2)
        run.finish(ValueError)                           # may end with a ValueError
        run.expect("the error", call.error, ValueError("x"))

An exception in the middle of a call, after which the other threads must be able to go on:

    def an_interrupt(run):
        counter = run.call(student.SafeCounter)
        run.interrupt(counter.increment)                 # gets a KeyboardInterrupt where it changes the counter
        run.start(counter.increment)
        run.finish(KeyboardInterrupt)

A call that takes long in the middle, so that others run out of patience:

    def a_pause(run):
        counter = run.call(student.SafeCounter)
        run.pause(counter.increment)                     # stands still where it changes the counter
        run.start(counter.increment)                     # must wait for as long as it takes
        run.finish()
        run.expect("counter.value", counter.value, 2)

A scenario is short: two or three threads, a few calls. What happens in the first 20,000 steps is explored.
"""

from autograder.checks.schedules.circles import expect_circle
from autograder.checks.schedules.exploration import explore
from autograder.checks.schedules.replay import expect_lost_update, expect_possible_order
from autograder.checks.schedules.scenario import Job, Schedule, Started

__all__ = ["Job", "Schedule", "Started", "expect_circle", "expect_lost_update", "expect_possible_order", "explore"]
