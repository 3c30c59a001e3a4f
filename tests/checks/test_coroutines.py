"""Coroutines on virtual time: right code of every style passes, and what is wrong is named, the same way each time."""

import asyncio
import gc
import queue
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from time import sleep as imported_sleep

import pytest

from autograder.checks import CheckFailed, fence, student
from autograder.checks.coroutines import NEVER, Loop

URLS = list("abcdefghij")
PAGES = {url: f"page {url}" for url in URLS}


def message(check, *arguments):
    """The message of the failure that this check must end with."""
    with pytest.raises(CheckFailed) as caught:
        check(*arguments)
    return str(caught.value)


# fetch_limited: at most `limit` at once


async def limited_by_gather(urls, fetch, limit):
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))


async def limited_by_group(urls, fetch, limit):
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await fetch(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]


async def limited_by_tasks(urls, fetch, limit):
    free, tasks = asyncio.BoundedSemaphore(limit), []
    for url in urls:
        await free.acquire()
        task = asyncio.create_task(fetch(url))
        task.add_done_callback(lambda _: free.release())
        tasks.append(task)
    return [await task for task in tasks]


async def limited_by_wait(urls, fetch, limit):
    places, running, todo = {}, set(), list(enumerate(urls))
    while running or todo:
        while todo and len(running) < limit:
            place, url = todo.pop(0)
            task = asyncio.create_task(fetch(url), name=str(place))
            running.add(task)
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        places.update({int(task.get_name()): task.result() for task in done})
    return [places[place] for place in range(len(urls))]


async def limited_by_as_completed(urls, fetch, limit):
    free, pages = asyncio.Semaphore(limit), {}

    async def one(url):
        async with free:
            return url, await fetch(url)

    for finished in asyncio.as_completed(list(map(one, urls))):
        url, page = await finished
        pages[url] = page
    return [pages[url] for url in urls]


async def limited_by_workers(urls, fetch, limit):
    todo, pages = asyncio.Queue(), [None] * len(urls)
    for item in enumerate(urls):
        todo.put_nowait(item)

    async def work():
        while True:
            place, url = await todo.get()
            pages[place] = await fetch(url)
            todo.task_done()

    workers = [asyncio.create_task(work()) for _ in range(limit)]
    await todo.join()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    return pages


async def limited_by_condition(urls, fetch, limit):
    changed, running, pages = asyncio.Condition(), 0, [None] * len(urls)

    async def one(place, url):
        nonlocal running
        async with changed:
            await changed.wait_for(lambda: running < limit)
            running += 1
        try:
            pages[place] = await fetch(url)
        finally:
            async with changed:
                running -= 1
                changed.notify()

    await asyncio.gather(*(one(place, url) for place, url in enumerate(urls)))
    return pages


def limited_without_async_def(urls, fetch, limit):
    return limited_by_gather(urls, fetch, limit)


async def limited_by_polling(urls, fetch, limit):
    running, tasks = set(), []
    for url in urls:
        while len(running) == limit:
            await asyncio.sleep(0.01)
        tasks.append(asyncio.create_task(fetch(url)))
        running.add(tasks[-1])
        tasks[-1].add_done_callback(running.discard)
    return list(await asyncio.gather(*tasks))


async def one_after_the_other(urls, fetch, limit):
    return [await fetch(url) for url in urls]


async def semaphore_per_call(urls, fetch, limit):
    async def one(url):
        async with asyncio.Semaphore(limit):
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))


async def too_few(urls, fetch, limit):
    return await limited_by_gather(urls, fetch, limit - 1)


async def sleeps_in_between(urls, fetch, limit):
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            time.sleep(0.5)
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))


async def sleeps_by_imported_name(urls, fetch, limit):
    imported_sleep(0.5)
    return await limited_by_gather(urls, fetch, limit)


async def sleeps_by_name_imported_inside(urls, fetch, limit):
    from time import sleep

    sleep(0.5)
    return await limited_by_gather(urls, fetch, limit)


async def waits_for_room_with_time(urls, fetch, limit):
    running, tasks = set(), []
    for url in urls:
        while len(running) == limit:
            time.sleep(0.1)
        tasks.append(asyncio.create_task(fetch(url)))
        running.add(tasks[-1])
        tasks[-1].add_done_callback(running.discard)
    return await asyncio.gather(*tasks)


async def waits_for_room_in_a_group(urls, fetch, limit):
    async with asyncio.TaskGroup() as group:
        group.create_task(waits_for_room_with_time(urls, fetch, limit))


async def in_loops_of_threads(urls, fetch, limit):
    with ThreadPoolExecutor(1) as pool:
        return list(pool.map(lambda url: asyncio.run(fetch(url)), urls))


async def gather_returned(urls, fetch, limit):
    return asyncio.gather(*map(fetch, urls))


async def tasks_returned_when_done(urls, fetch, limit):
    tasks = [asyncio.ensure_future(fetch(url)) for url in urls]
    await asyncio.wait(tasks)
    return tasks


async def coroutines_returned(urls, fetch, limit):
    return [fetch(url) for url in urls]


async def tasks_returned(urls, fetch, limit):
    return [asyncio.ensure_future(fetch(url)) for url in urls]


async def never_awaited(urls, fetch, limit):
    for url in urls:
        fetch(url)
    return [PAGES[url] for url in urls]


async def tasks_dropped(urls, fetch, limit):
    pages = {}

    async def one(url):
        pages[url] = await fetch(url)

    for url in urls:
        asyncio.create_task(one(url))
    await asyncio.sleep(10)
    return [pages.get(url) for url in urls]


async def tasks_left(urls, fetch, limit):
    tasks = [asyncio.create_task(fetch(url)) for url in urls]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED, timeout=0.5)
    return [PAGES[url] for url in urls]


async def in_order_of_finishing(urls, fetch, limit):
    return [await finished for finished in asyncio.as_completed([fetch(url) for url in urls])]


async def paired_with_inputs(urls, fetch, limit):
    finished = [await each for each in asyncio.as_completed([fetch(url) for url in urls])]
    return list(dict(zip(urls, finished, strict=True)).values())


def check_limited(function, seconds=1):
    with Loop() as loop:
        fetch = loop.job("fetch", PAGES, seconds=seconds)
        call = loop.start(function, URLS, fetch, 3)
        call.expect_result([PAGES[url] for url in URLS])
        loop.expect_peak(3)
        call.expect_elapsed(4)
        call.expect_nothing_left()


RIGHT = [
    limited_by_gather,
    limited_by_group,
    limited_by_tasks,
    limited_by_wait,
    limited_by_as_completed,
    limited_by_workers,
    limited_by_condition,
    limited_without_async_def,
]


@pytest.mark.parametrize("function", RIGHT)
def test_right_code_of_every_style_passes(function):
    check_limited(function)


def test_polling_in_virtual_time_costs_only_its_own_time():
    with Loop() as loop:
        call = loop.start(limited_by_polling, URLS, loop.job("fetch", PAGES), 3)
        call.expect_result([PAGES[url] for url in URLS])
        loop.expect_peak(3)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (one_after_the_other, "one after the other: never more than 1 fetch job was running"),
        (semaphore_per_call, "10 fetch jobs were running at the same time"),
        (too_few, "never more than 2 fetch jobs were running"),
        (sleeps_in_between, "`time.sleep(0.5)` blocks: it stopped the whole event loop for 0.5 s"),
        (sleeps_by_imported_name, "`imported_sleep(0.5)` blocks"),
        (sleeps_by_name_imported_inside, "`sleep(0.5)` blocks"),
        (waits_for_room_with_time, "`time.sleep(0.1)` blocks: it stopped the whole event loop 1,000 times and more"),
        (waits_for_room_in_a_group, "`time.sleep(0.1)` blocks: it stopped the whole event loop 1,000 times and more"),
        (in_loops_of_threads, "fetch('a') ran in an event loop of its own, in another thread"),
        (gather_returned, "returned a task or future, never awaited"),
        (tasks_returned_when_done, "returned 10 tasks or futures, not what comes out of it"),
        (coroutines_returned, "10 coroutines were returned, never awaited"),
        (tasks_returned, "returned 10 tasks or futures, never awaited"),
        (never_awaited, "`fetch(url)` was called but never awaited"),
        (tasks_dropped, "`asyncio.create_task(one(url))` vanished before it was done, in the middle of fetch('a')"),
        (tasks_left, "left behind: 10 tasks made at line"),
    ],
)
def test_what_is_wrong_is_named(function, words):
    assert words in message(check_limited, function)


@pytest.mark.parametrize("function", [in_order_of_finishing, paired_with_inputs])
def test_results_in_the_order_of_finishing_are_told_as_such(function):
    seconds = {url: 10 - place for place, url in enumerate(URLS)}
    assert "the results are in the order in which the jobs ended" in message(check_limited, function, seconds)


def test_the_order_of_a_set_is_never_by_luck_that_of_the_inputs():
    async def pair(jobs):
        done, _ = await asyncio.wait([asyncio.create_task(job()) for job in jobs])
        return [task.result() for task in done]

    def check(number):
        with Loop() as loop:
            jobs = loop.jobs({str(n): n for n in range(number)})
            loop.start(pair, list(jobs.values())).expect_result(list(range(number)))

    check(1)
    for number in range(2, 9):
        assert f"returned {list(reversed(range(number)))}" in message(check, number)


def test_a_dict_that_pairs_names_with_the_order_of_finishing_is_told_as_such():
    async def pair(jobs):
        results = [await each for each in asyncio.as_completed([job() for job in jobs.values()])]
        return dict(zip(jobs, results, strict=True))

    def check():
        with Loop() as loop:
            call = loop.start(pair, loop.jobs({"a": 1, "b": 2}, seconds={"a": 2, "b": 1}))
            call.expect_result({"a": 1, "b": 2})

    assert "the order in which the jobs ended" in message(check)


def test_one_of_several_results_is_enough():
    async def order(jobs):
        return [await finished for finished in asyncio.as_completed([job() for job in jobs])]

    for seconds in ({"a": 2}, {"b": 2}):
        with Loop() as loop:
            call = loop.start(order, list(loop.jobs({"a": 1, "b": 2}, seconds=seconds).values()))
            call.expect_one_of([1, 2], [2, 1])
            assert "expected:  [1, 3]" in message(call.expect_one_of, [1, 3], [3, 1])


def test_coroutines_that_are_returned_are_left_unawaited():
    with Loop() as loop:
        call = loop.start(coroutines_returned, ["a"], loop.job("fetch"), 1)
        assert "a coroutine was returned, never awaited" in message(call.expect_nothing_left)


def test_what_kept_all_jobs_from_beginning_is_told():
    with Loop() as loop:
        loop.start(nested_run, loop.job("fetch"))
        assert "A loop already runs in this thread" in message(loop.expect_started, "a")
        assert "A loop already runs in this thread" in message(loop.expect_begins, 0)


def test_a_call_that_is_not_written_yet_is_told_as_such():
    with Loop() as loop:
        assert "is not written yet" in message(loop.start(is_not_written, loop.job("fetch")).expect_running)


def test_a_call_may_return_anything_but_not_raise():
    with Loop() as loop:
        loop.start(one_after_the_other, ["a"], loop.job("fetch"), 1).expect_return()
    with Loop() as loop:
        call = loop.start(one_after_the_other, ["a"], loop.job("fetch", {"a": OSError("down")}), 1)
        assert "raised OSError('down')" in message(call.expect_return)


def test_an_exception_may_come_in_groups_where_that_is_allowed():
    error = OSError("b is down")

    async def nested(job):
        async with asyncio.TaskGroup() as outer:

            async def inner():
                async with asyncio.TaskGroup() as group:
                    group.create_task(job())

            outer.create_task(inner())

    async def by_itself(job):
        await job()

    async def with_another(job):
        try:
            await job()
        except OSError as found:
            raise ExceptionGroup("several", [KeyError("other"), found]) from None

    for function in (nested, by_itself, with_another):
        with Loop() as loop:
            call = loop.start(function, loop.job("job", {(): error}))
            call.expect_error(error, or_group=True)
            call.expect_error(OSError, or_group=True)
            assert "ValueError reaches the caller" in message(call.expect_error, ValueError, "", True)
            if function is not by_itself:
                assert "raised ExceptionGroup(" in message(call.expect_error, error)


def test_what_took_longer_than_it_must_is_forgiven_up_to_a_slack():
    async def slow(job):
        await job()
        await asyncio.sleep(0.25)

    with Loop() as loop:
        call = loop.start(slow, loop.job("job"))
        call.expect_elapsed(1, slack=0.25)
        assert "after 1.25 s" in message(call.expect_elapsed, 1, "", 0.2)
        assert "after 1.25 s" in message(call.expect_elapsed, 1.5, "", 0.5)


def test_the_message_of_a_failure_shows_when_each_job_ran():
    with Loop() as loop:
        call = loop.start(one_after_the_other, ["a", "b"], loop.job("fetch", seconds={"a": 1, "b": 2}), 2)
        text = message(call.expect_elapsed, 2)
    assert "returned [None, None] after 3 s" in text
    assert "  fetch('a') |==========                     | 0 - 1 s" in text
    assert "  fetch('b') |          ====================| 1 - 3 s" in text.replace("= |", "=|")


@pytest.mark.parametrize("function", [one_after_the_other, tasks_dropped, in_order_of_finishing, sleeps_in_between])
def test_the_same_code_gets_the_same_message(function):
    seconds = {url: 1 + place % 3 for place, url in enumerate(URLS)}
    assert len({message(check_limited, function, seconds) for _ in range(5)}) == 1


# retry


async def retry_right(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)


async def retry_everything(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except BaseException:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)


async def retry_without_pause_on_cancel(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except (Exception, asyncio.CancelledError):
            continue


async def retry_swallowing_in_the_pause(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            pass
        try:
            await asyncio.sleep(base * 2**attempt)
        except asyncio.CancelledError:
            return None


async def retry_turning_cancel_into_error(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except OSError:
            pass
        except asyncio.CancelledError:
            raise OSError("gave up") from None
        await asyncio.sleep(base * 2**attempt)


async def retry_blocking(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            time.sleep(base * 2**attempt)


async def retry_not_awaiting(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            asyncio.sleep(base * 2**attempt)


async def retry_for_ever(operation, attempts, base):
    while True:
        try:
            return await operation()
        except Exception:
            await asyncio.sleep(base)


def check_backoff(function):
    with Loop() as loop:
        operation = loop.job("operation", [OSError(1), OSError(2), OSError(3), "done"], seconds=0)
        call = loop.start(function, operation, 4, 1)
        call.expect_result("done")
        call.expect_elapsed(7)
        loop.expect_begins(0, 1, 3, 7)
        call.expect_nothing_left()


def check_cancelled(function, at, seconds=1):
    with Loop() as loop:
        operation = loop.job("operation", [OSError(1), OSError(2), "done"], seconds=seconds)
        call = loop.start(function, operation, 4, 1)
        call.cancel(at=at)
        call.expect_cancelled()
        call.expect_nothing_left()


def test_backoff_is_exact():
    check_backoff(retry_right)


def test_the_last_error_is_the_very_one():
    with Loop() as loop:
        last = OSError("last")
        call = loop.start(retry_right, loop.job("operation", [OSError("first"), last]), 2, 1)
        call.expect_error(last)
        call.expect_elapsed(3)
        assert "raised OSError('last')" in message(call.expect_result, 1)


@pytest.mark.parametrize("at", [0.5, 1.5, 2.5])
def test_a_cancel_passes_through_right_code_wherever_it_waits(at):
    check_cancelled(retry_right, at)


@pytest.mark.parametrize(
    ("function", "at", "words"),
    [
        (retry_everything, 2.5, "the cancel was swallowed: operation() was begun after it, at 4.5 s"),
        (retry_without_pause_on_cancel, 0.5, "the cancel was swallowed: operation() was begun after it, at 0.5 s"),
        (retry_swallowing_in_the_pause, 1.5, "the cancel was swallowed: the call returned None after 1.5 s"),
        (retry_turning_cancel_into_error, 0.5, "raised OSError('gave up') in place of CancelledError"),
        (retry_blocking, 1.5, "the call ended only after 2 s; line"),
        (retry_not_awaiting, 5, "returned 'done' after 3 s already"),
    ],
)
def test_a_swallowed_cancel_is_named(function, at, words):
    assert words in message(check_cancelled, function, at)


def test_one_cancel_is_told_once():
    assert message(check_cancelled, retry_everything, 0.5).count("the cancel was swallowed") == 1


def test_who_ends_a_job_by_a_timeout_of_its_own_swallows_no_cancel():
    async def one_after_the_other(job):
        for number in (1, 2):
            try:
                async with asyncio.timeout(1):
                    await job(number)
            except TimeoutError:
                pass

    with Loop() as loop:
        call = loop.start(one_after_the_other, loop.job("job", seconds=3))
        assert "swallowed" not in message(call.expect_elapsed, 3)


def test_jobs_without_arguments_are_counted():
    with Loop() as loop:
        loop.start(retry_right, loop.job("operation", [OSError("no"), 42]), 2, 1)
        assert "begun: 2 operation jobs" in message(loop.expect_started, ())
        loop.expect_started((), ())


# one loop of the student's own


async def pause_both(seconds=0.02):
    await asyncio.gather(asyncio.sleep(seconds), asyncio.sleep(seconds))


def by_asyncio_run():
    asyncio.run(pause_both())


def in_another_thread():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(by_asyncio_run).result()


def by_a_loop_of_its_own():
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(pause_both())


def without_a_loop():
    return 42


def in_two_loops():
    asyncio.run(asyncio.sleep(0.01))
    asyncio.run(asyncio.sleep(0.01))


def in_a_sleeping_thread():
    asyncio.run(asyncio.to_thread(time.sleep, 0.02))


def too_long():
    asyncio.run(pause_both(2))


def check_one_loop(function):
    with Loop() as loop:
        loop.start_in_script(function).expect_one_loop(0.02)


@pytest.mark.parametrize("function", [by_asyncio_run, in_another_thread, by_a_loop_of_its_own])
def test_one_loop_is_one_wherever_it_runs(function):
    check_one_loop(function)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (without_a_loop, "returned 42, and no event loop ever ran"),
        (in_two_loops, "2 event loops ran"),
        (in_a_sleeping_thread, "a sleep stopped a thread for 0.02 s; no coroutine had its pause there"),
        (too_long, "returned None after 2 s"),
    ],
)
def test_no_loop_two_loops_and_other_pauses_are_named(function, words):
    assert words in message(check_one_loop, function)


def test_a_loop_that_is_not_closed_is_named_rather_than_its_sockets():
    kept = []

    def leaves_a_loop():
        kept.append(asyncio.SelectorEventLoop())

    with fence.Run() as run:
        text = message(run.start(leaves_a_loop).expect_nothing_left)
        assert "left 1 event loop that is not closed behind" in text
        assert "Who closes the event loop when it is no longer needed?" in text
        kept.pop().close()


def test_a_script_may_call_it_again_in_the_same_thread():
    threads = []

    def note():
        threads.append(threading.get_ident())
        return len(threads)

    with Loop() as loop:
        loop.start_in_script(note, times=2).expect_result(2)
    assert len(set(threads)) == 1


def test_a_call_that_waits_on_after_its_cancel_is_named():
    async def waits_on(operation, attempts, base):
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                pass

    assert "the cancel was swallowed: the call never ends" in message(check_cancelled, waits_on, 1)


def test_a_cancel_is_asked_for_before_the_call_begins():
    with Loop() as loop:
        call = loop.start(retry_right, loop.job("operation"), 1, 1)
        with pytest.raises(ValueError, match=r"call\.cancel"):
            call.expect_cancelled()
        call.expect_end()
        with pytest.raises(ValueError, match="before it has begun"):
            call.cancel(at=1)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (retry_blocking, "`time.sleep(base * 2**attempt)` blocks: it stopped the whole event loop for 1 s"),
        (retry_not_awaiting, "`asyncio.sleep(base * 2**attempt)` was called but never awaited"),
        (retry_for_ever, "after 3 s"),
    ],
)
def test_wrong_pauses_are_named(function, words):
    assert words in message(check_backoff, function)


def test_retrying_without_an_end_is_bounded_by_the_number_of_jobs():
    with Loop() as loop:
        call = loop.start(retry_for_ever, loop.job("operation", [OSError("always")]), 3, 1)
        text = message(call.expect_error, OSError)
    assert "the call goes on and on: after 501 jobs it is at line" in text


# with_deadline


async def deadline_by_wait(jobs, seconds):
    names = {asyncio.create_task(job()): name for name, job in jobs.items()}
    done, pending = await asyncio.wait(names, timeout=seconds)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return {names[task]: task.result() for task in done}, {names[task] for task in pending}


async def deadline_by_group(jobs, seconds):
    results = {}

    async def one(name, job):
        results[name] = await job()

    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for name, job in jobs.items():
                group.create_task(one(name, job))
    except TimeoutError:
        pass
    return results, set(jobs) - set(results)


async def deadline_by_wait_for(jobs, seconds):
    async def one(job):
        try:
            return [await asyncio.wait_for(job(), seconds)]
        except TimeoutError:
            return []

    found = dict(zip(jobs, await asyncio.gather(*(one(job) for job in jobs.values())), strict=True))
    return {name: value[0] for name, value in found.items() if value}, {name for name in jobs if not found[name]}


async def deadline_by_the_clock(jobs, seconds):
    ends = time.monotonic() + seconds
    pending, results = {asyncio.create_task(job(), name=name) for name, job in jobs.items()}, {}
    while pending and (left := ends - time.monotonic()) > 0:
        done, pending = await asyncio.wait(pending, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        results.update({task.get_name(): task.result() for task in done})
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)
    return results, {task.get_name() for task in pending}


async def deadline_without_cancel(jobs, seconds):
    names = {asyncio.create_task(job()): name for name, job in jobs.items()}
    done, pending = await asyncio.wait(names, timeout=seconds)
    return {names[task]: task.result() for task in done}, {names[task] for task in pending}


async def deadline_not_waiting_for_the_cancelled(jobs, seconds):
    names = {asyncio.create_task(job()): name for name, job in jobs.items()}
    done, pending = await asyncio.wait(names, timeout=seconds)
    for task in pending:
        task.cancel()
    return {names[task]: task.result() for task in done}, {names[task] for task in pending}


async def deadline_swallowing(jobs, seconds):
    results = {}

    async def one(name, job):
        while name not in results:
            try:
                results[name] = await job()
            except asyncio.CancelledError:
                pass

    tasks = [asyncio.create_task(one(name, job)) for name, job in jobs.items()]
    await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return results, set(jobs) - set(results)


async def deadline_with_none(jobs, seconds):
    results = {}

    async def one(name, job):
        try:
            results[name] = await job()
        except asyncio.CancelledError:
            results[name] = None

    tasks = [asyncio.create_task(one(name, job)) for name, job in jobs.items()]
    await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return results, set(jobs) - set(results)


def check_deadline(function, cleanup=0.5):
    with Loop() as loop:
        jobs = loop.jobs({"a": 1, "b": 2, "c": 3}, seconds={"a": 1, "b": 5, "c": NEVER}, cleanup=cleanup)
        call = loop.start(function, jobs, 3)
        call.expect_result(({"a": 1}, {"b", "c"}))
        loop.expect_cancelled("b", "c")
        call.expect_elapsed(3 + cleanup)
        call.expect_nothing_left()


@pytest.mark.parametrize("cleanup", [0, 0.5])
@pytest.mark.parametrize("function", [deadline_by_wait, deadline_by_group, deadline_by_wait_for, deadline_by_the_clock])
def test_a_deadline_cancels_and_waits_for_the_end(function, cleanup):
    check_deadline(function, cleanup)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (deadline_without_cancel, "cancelled: nothing; left behind: 2 tasks made at line"),
        (deadline_not_waiting_for_the_cancelled, "told to cancel but not waited for"),
        (deadline_swallowing, "`results[name] = await job()`"),
        (deadline_swallowing, "the cancel was swallowed: b was cancelled at 3.5 s, and its task went on to b"),
        (deadline_with_none, "the cancel was swallowed: the task made at line"),
        (deadline_with_none, "was cancelled, but ended as if it had not been"),
    ],
)
def test_a_wrong_deadline_is_named(function, words):
    assert words in message(check_deadline, function)


# virtual time


def test_every_timer_of_asyncio_is_on_virtual_time():
    async def times():
        loop, seen = asyncio.get_running_loop(), []
        begin = loop.time()

        def note(what):
            seen.append((what, round(loop.time() - begin, 6)))

        loop.call_later(5, note, "call_later")
        loop.call_at(begin + 4, note, "call_at")
        await asyncio.sleep(0.1)
        note("sleep")
        try:
            await asyncio.wait_for(asyncio.Event().wait(), 1)
        except TimeoutError:
            note("wait_for")
        try:
            async with asyncio.timeout(2):
                await asyncio.sleep(1000)
        except TimeoutError:
            note("timeout")
        queue = asyncio.Queue(1)
        loop.call_later(0.4, queue.put_nowait, 1)
        await queue.get()
        note("queue")
        await asyncio.sleep(1_000_000)
        note("long")
        return seen

    with Loop() as loop:
        call = loop.start(times)
        call.expect_result(
            [
                ("sleep", 0.1),
                ("wait_for", 1.1),
                ("timeout", 3.1),
                ("queue", 3.5),
                ("call_at", 4.0),
                ("call_later", 5.0),
                ("long", 1_000_003.5),
            ]
        )
        call.expect_elapsed(1_000_003.5)


def test_timers_of_one_moment_go_off_in_the_order_in_which_they_were_made():
    async def order():
        loop, seen = asyncio.get_running_loop(), []
        for number in range(50):
            loop.call_at(2000, seen.append, number)
        await asyncio.sleep(2000)
        return seen

    with Loop() as loop:
        loop.start(order).expect_result(list(range(50)))


def test_the_clocks_that_student_code_reads_go_with_virtual_time():
    async def measure():
        begin = time.monotonic(), time.perf_counter(), time.time(), time.monotonic_ns() // 1_000_000_000
        await asyncio.sleep(7)
        end = time.monotonic(), time.perf_counter(), time.time(), time.monotonic_ns() // 1_000_000_000
        return [round(after - before, 3) for before, after in zip(begin, end, strict=True)]

    with Loop() as loop:
        loop.start(measure).expect_result([7.0, 7.0, 7.0, 7])


def test_events_are_told_in_their_exact_order():
    async def two(jobs):
        await asyncio.wait([asyncio.create_task(job()) for job in jobs.values()], timeout=2)

    with Loop() as loop:
        jobs = loop.jobs({"a": 1, "b": OSError(), "c": 3}, seconds={"a": 2.5, "b": 1, "c": 0.5})
        call = loop.start(two, jobs)
        loop.expect_events("0 s: a begins", "0 s: b begins", "0 s: c begins", "0.5 s: c is done", "1 s: b raises")
        assert "event 4: 0.5 s: c is done" in message(loop.expect_events, *loop.events()[:3], "1 s: b raises")
        loop.expect_started("c", "b", "a")
        assert "begun: 'a', 'b', 'c'" in message(loop.expect_started, "a")
        assert "left behind: a task made" in message(call.expect_nothing_left)


def test_calls_prepared_together_run_together_and_later_ones_later():
    async def take(job, key):
        return await job(key)

    with Loop() as loop:
        job = loop.job("job", {"a": 1, "b": 2, "c": 3}, seconds={"a": 1, "b": 2, "c": 4})
        first, second = loop.start(take, job, "a"), loop.start(take, job, "b")
        first.expect_result(1)
        second.expect_result(2)
        third = loop.start(take, job, "c")
        third.expect_elapsed(4)
        loop.expect_begins(0, 0, 2)
        loop.expect_peak(2)


# threads


async def in_threads(urls, fetch, limit):
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await asyncio.to_thread(fetch, url)

    return await asyncio.gather(*map(one, urls))


async def in_own_pool(urls, fetch, limit):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(limit) as pool:
        return await asyncio.gather(*(loop.run_in_executor(pool, fetch, url) for url in urls))


async def in_wrapped_futures(urls, fetch, limit):
    with ThreadPoolExecutor(limit) as pool:
        return await asyncio.gather(*(asyncio.wrap_future(pool.submit(fetch, url)) for url in urls))


async def in_bare_threads(urls, fetch, limit):
    loop, free, futures, threads = asyncio.get_running_loop(), asyncio.Semaphore(limit), [], []
    for url in urls:
        await free.acquire()
        futures.append(loop.create_future())

        def work(url=url, future=futures[-1]):
            page = fetch(url)
            loop.call_soon_threadsafe(lambda: (future.set_result(page), free.release()))

        threads.append(threading.Thread(target=work))
        threads[-1].start()
    pages = [await future for future in futures]
    for thread in threads:
        thread.join()
    return pages


@pytest.mark.parametrize("function", [in_threads, in_own_pool, in_wrapped_futures, in_bare_threads])
def test_blocking_jobs_in_threads_take_exact_virtual_time(function):
    with Loop() as loop:
        call = loop.start(function, URLS, loop.blocking_job("fetch", PAGES), 3)
        call.expect_result([PAGES[url] for url in URLS])
        loop.expect_peak(3)
        call.expect_elapsed(4)
        call.expect_nothing_left()


def test_sleeping_in_a_thread_of_the_run_takes_virtual_time():
    async def sleeps():
        await asyncio.gather(asyncio.to_thread(time.sleep, 1000), asyncio.to_thread(time.sleep, 3000))

    with Loop() as loop:
        loop.start(sleeps).expect_elapsed(3000)


def test_time_stands_still_while_a_thread_computes():
    def compute():
        return sum(range(300_000))

    async def race():
        done, _ = await asyncio.wait([asyncio.ensure_future(asyncio.to_thread(compute))], timeout=0.001)
        return len(done)

    with Loop() as loop:
        call = loop.start(race)
        call.expect_result(1)
        call.expect_elapsed(0)


def test_what_a_thread_does_just_before_its_end_is_seen(monkeypatch):
    threads, go = [], threading.Event()
    threads_left = fence.Run.threads_left

    def ends_just_now(run):
        for thread in threads:
            go.set()
            thread.join()
        return threads_left(run)

    async def waits():
        loop = asyncio.get_running_loop()
        future = loop.create_future()

        def says():
            go.wait()
            loop.call_soon_threadsafe(future.set_result, "said")

        threads.append(threading.Thread(target=says))
        threads[0].start()
        return await future

    monkeypatch.setattr(fence.Run, "threads_left", ends_just_now)
    with Loop() as loop:
        loop.start(waits).expect_result("said")


async def blocks_by_the_job(urls, fetch, limit):
    return [fetch(url) for url in urls]


async def blocks_by_a_future(urls, fetch, limit):
    with ThreadPoolExecutor(limit) as pool:
        return [pool.submit(fetch, url).result() for url in urls]


async def blocks_by_a_lock(urls, fetch, limit):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


async def blocks_by_a_queue(urls, fetch, limit):
    return queue.SimpleQueue().get()


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (blocks_by_the_job, "`return [fetch(url) for url in urls]` blocks: it stopped the whole event loop for 1 s"),
        (blocks_by_a_future, "`return [pool.submit(fetch, url).result() for url in urls]`"),
        (blocks_by_a_lock, "`lock.acquire()`"),
        (blocks_by_a_queue, "`return queue.SimpleQueue().get()`"),
    ],
)
def test_what_blocks_the_loop_is_named(function, words):
    def check():
        with Loop() as loop:
            call = loop.start(function, URLS, loop.blocking_job("fetch", PAGES), 3)
            call.expect_result([PAGES[url] for url in URLS])
            loop.expect_not_blocked()

    text = message(check)
    assert words in text
    assert "blocks" in text or "the event loop stands still, because its own thread waits" in text


def test_a_thread_that_is_left_behind_is_named():
    async def leaves_a_thread():
        threading.Thread(target=threading.Lock().acquire, daemon=True).start()
        threading.Thread(target=queue.SimpleQueue().get, daemon=True).start()

    with Loop() as loop:
        assert "left 1 thread behind" in message(loop.start(leaves_a_thread).expect_nothing_left)


# code that does not end


def test_a_deadlock_is_seen_at_once_with_who_waits_where():
    async def deadlock():
        items = asyncio.Queue()

        async def work():
            return await items.get()

        return await asyncio.gather(work(), work())

    with Loop() as loop:
        text = message(loop.start(deadlock).expect_result, 1)
    assert "the call never ends: every task waits and nothing can wake one of them" in text
    assert "the call waits at line" in text
    assert "2 tasks waiting at line" in text
    assert "`return await items.get()`" in text


def test_waiting_for_a_job_that_does_not_end_is_told_as_such():
    async def waits(job):
        await job("x")

    with Loop() as loop:
        text = message(loop.start(waits, loop.job("job", seconds=NEVER)).expect_end)
    assert "the call has not ended; it waits at line" in text
    assert "while job('x') was still running" in text


@pytest.mark.parametrize("pause", [0, 0.25])
def test_a_loop_without_an_end_is_bounded_by_its_turns(pause):
    async def spins():
        while True:
            await asyncio.sleep(pause)

    with Loop() as loop:
        text = message(loop.start(spins).expect_end)
    assert "the call goes on and on: after 10,000 turns of the event loop it is at line" in text
    assert "`await asyncio.sleep(pause)`" in text


# bad input


async def nested_run(fetch):
    return asyncio.run(fetch("a"))


async def nested_loop(fetch):
    return asyncio.get_running_loop().run_until_complete(fetch("a"))


async def closes_the_loop(fetch):
    asyncio.get_running_loop().close()


async def stops_the_loop(fetch):
    asyncio.get_running_loop().stop()
    await asyncio.sleep(1)


async def exits(fetch):
    sys.exit(3)


async def exits_in_a_task(fetch):
    async def leave():
        sys.exit(3)

    await asyncio.gather(leave())


async def is_not_written(fetch):
    raise NotImplementedError()


async def subscripts_a_coroutine(fetch):
    return fetch("a")[0]


async def asks_a_coroutine_for_an_attribute(fetch):
    return fetch("a").text


async def takes_nothing():
    pass


async def yields(fetch):
    yield await fetch("a")


def is_plain(fetch):
    return [1, 2]


class Stubborn(BaseException):
    def __bool__(self):
        raise ValueError("not even that")


class LooksLikeAResult:
    def __eq__(self, other):
        raise ValueError("not even that")

    __hash__ = None


async def returns_what_cannot_be_compared(fetch):
    return [LooksLikeAResult()]


async def prints_without_an_end(fetch):
    while True:
        print("x" * 10_000)


async def raises_base_exception(fetch):
    raise Stubborn("no")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (nested_run, "A loop already runs in this thread"),
        (asks_a_coroutine_for_an_attribute, "What does the call of a coroutine function give"),
        (nested_loop, "A loop already runs in this thread"),
        (closes_the_loop, "raised RuntimeError('Cannot close a running event loop')"),
        (stops_the_loop, "the code stopped the event loop itself"),
        (exits, "raised SystemExit(3)"),
        (exits_in_a_task, "raised SystemExit(3)"),
        (is_not_written, "is_not_written is not written yet"),
        (subscripts_a_coroutine, "What does the call of a coroutine function give"),
        (takes_nothing, "raised TypeError("),
        (yields, "yields is not a coroutine function: its call gave an async_generator object at once"),
        (is_plain, "is_plain is not a coroutine function: its call gave [1, 2] at once"),
        (raises_base_exception, "raised Stubborn('no')"),
        (returns_what_cannot_be_compared, "returned [a LooksLikeAResult object]"),
        (prints_without_an_end, "the code printed more than 1,000,000 characters"),
        (3, "3 is 3, which cannot be called"),
        (student.name_that_nobody_defined, "name_that_nobody_defined is not defined"),
    ],
)
def test_bad_input_is_told_plainly_and_harms_nothing(function, words):
    def check():
        with Loop() as loop:
            loop.start(function, loop.job("fetch", PAGES)).expect_result("page a")

    assert words in message(check)
    check_limited(limited_by_gather)


def test_computing_without_an_end_is_stopped(monkeypatch):
    async def computes():
        number = 0
        while True:
            number += 1

    monkeypatch.setattr(fence, "SPIN", 0.1)
    with Loop() as loop:
        call = loop.start(computes)
        text = message(call.expect_result, 1)
        assert "the event loop stands still, because its own thread computes" in message(call.expect_result, 1)
    assert "the code goes on and on without an end" in text
    assert "`number += 1`" in text or "`while True:`" in text
    check_limited(limited_by_gather)


def test_a_loop_outside_its_with_block_is_refused():
    with pytest.raises(RuntimeError, match="with Loop"):
        Loop().start(limited_by_gather)


# nothing stays behind


def state():
    names = ("sleep", "monotonic", "perf_counter", "time", "time_ns", "monotonic_ns", "perf_counter_ns")
    return (
        [getattr(time, name) for name in names],
        imported_sleep,
        warnings._warn_unawaited_coroutine,
        asyncio.new_event_loop,
        asyncio.events.new_event_loop,
    )


async def patches_time(urls, fetch, limit):
    time.sleep = time.monotonic = print


@pytest.mark.parametrize(
    "function", [limited_by_gather, sleeps_by_imported_name, blocks_by_a_queue, tasks_dropped, patches_time]
)
def test_the_process_is_as_before_whatever_the_verdict(function):
    before = state()
    try:
        check_limited(function)
    except CheckFailed:
        pass
    assert state() == before
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_right_run_leaves_no_thread():
    before = set(threading.enumerate())
    for function in (limited_by_gather, in_own_pool):
        with Loop() as loop:
            job = loop.job if function is limited_by_gather else loop.blocking_job
            loop.start(function, URLS, job("fetch", PAGES), 3).expect_end()
    assert set(threading.enumerate()) <= before


def test_tasks_that_swallow_the_end_of_the_test_do_not_keep_it():
    async def undying(job):
        while True:
            try:
                await job("x")
            except BaseException:
                pass

    async def leaves(job):
        task = asyncio.create_task(undying(job))
        await asyncio.wait([task], timeout=1)

    before = set(threading.enumerate())
    with Loop() as loop:
        assert "left behind: a task" in message(loop.start(leaves, loop.job("job", seconds=5)).expect_nothing_left)
    assert set(threading.enumerate()) <= before


SWALLOWS_EVERYTHING = """
import asyncio, gc
from autograder.checks import CheckFailed
from autograder.checks.coroutines import Loop

async def undying():
    while True:
        try:
            await asyncio.sleep(1)
        except BaseException:
            pass

async def leaves():
    await asyncio.wait([asyncio.create_task(undying())], timeout=1)

for function in (leaves, undying):
    for how in ("start", "start_in_script"):
        with Loop() as loop:
            call = getattr(loop, how)(function if how == "start" else lambda: asyncio.run(function()))
            try:
                call.expect_nothing_left()
            except CheckFailed:
                print("failed")
    del loop, call
    gc.collect()
print("alive")
"""


def test_coroutines_that_swallow_everything_do_not_seize_the_thread_that_collects_garbage():
    done = subprocess.run([sys.executable, "-c", SWALLOWS_EVERYTHING], capture_output=True, text=True, timeout=60)
    assert done.stdout == "failed\n" * 4 + "alive\n", done.stderr


def test_other_threads_keep_their_own_time():
    with Loop() as loop:
        call = loop.start(limited_by_gather, URLS, loop.job("fetch", PAGES, seconds=1000), 3)
        before = time.monotonic(), time.time()
        time.sleep(1e-9)
        call.expect_elapsed(4000)
        assert 0 <= time.monotonic() - before[0] < 1000
        assert 0 <= time.time() - before[1] < 1000


def test_an_unawaited_coroutine_of_somebody_else_is_still_warned_of():
    async def other():
        pass

    with Loop() as loop:
        call = loop.start(limited_by_gather, URLS, loop.job("fetch", PAGES), 3)
        with pytest.warns(RuntimeWarning, match="never awaited"):
            other()
        call.expect_nothing_left()


# run_anywhere


def anywhere_by_a_thread(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def only_in_a_script(coroutine):
    return asyncio.run(coroutine)


def not_at_all(coroutine):
    return coroutine


async def both(job):
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        tasks = [group.create_task(job(number)) for number in (1, 2)]
    return [task.result() for task in tasks]


def check_anywhere(function, where):
    with Loop() as loop:
        start = loop.start_in_script if where == "script" else loop.start_in_notebook
        call = start(function, both(loop.job("job", {1: "one", 2: "two"})))
        call.expect_result(["one", "two"])
        call.expect_nothing_left()


@pytest.mark.parametrize("where", ["script", "notebook"])
def test_a_function_that_runs_anywhere_does(where):
    check_anywhere(anywhere_by_a_thread, where)


def anywhere_by_a_loop_in_a_thread(coroutine):
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_thread_that_has_the_number_of_an_ended_one_is_still_the_students():
    async def answer(job):
        return await job()

    for start in (Loop.start_in_script, Loop.start_in_notebook):
        with Loop() as loop:
            for _ in range(10):
                start(loop, anywhere_by_a_loop_in_a_thread, answer(loop.job("job", [42]))).expect_result(42)


def anywhere_by_a_second_loop_in_the_thread(coroutine):
    before = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    try:
        return asyncio.run(coroutine)
    finally:
        asyncio.events._set_running_loop(before)


def anywhere_without_looking_back(coroutine):
    asyncio.events._set_running_loop(None)
    return asyncio.run(coroutine)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="a thread has one running task since Python 3.14")
def test_a_second_loop_in_the_notebooks_thread_is_no_matter_if_the_first_is_put_back():
    for where in ("script", "notebook"):
        check_anywhere(anywhere_by_a_second_loop_in_the_thread, where)
    text = message(check_anywhere, anywhere_without_looking_back, "notebook")
    assert "the event loop that ran before is no longer known as the running one" in text


def test_a_function_that_runs_in_scripts_only_is_told_so():
    check_anywhere(only_in_a_script, "script")
    text = message(check_anywhere, only_in_a_script, "notebook")
    assert "A loop already runs in this thread: what can be done with a coroutine there?" in text


@pytest.mark.parametrize("where", ["script", "notebook"])
def test_a_coroutine_that_is_handed_back_is_told_as_such(where):
    assert "a coroutine was returned, never awaited" in message(check_anywhere, not_at_all, where)


def test_a_script_that_makes_its_own_loop_is_on_virtual_time():
    def script(fetch):
        time.sleep(1)
        pages = asyncio.run(limited_by_gather(URLS, fetch, 3))
        time.sleep(1)
        return pages

    with Loop() as loop:
        call = loop.start_in_script(script, loop.job("fetch", PAGES))
        call.expect_result([PAGES[url] for url in URLS])
        call.expect_elapsed(6)
        loop.expect_peak(3)


PATCHED = """
import {module}
{module}.apply()
import asyncio
import sys
from autograder.checks import CheckFailed
from tests.checks import test_coroutines as these

for function in these.RIGHT:
    these.check_limited(function)
these.check_backoff(these.retry_right)
these.check_cancelled(these.retry_right, 2.5)
these.check_deadline(these.deadline_by_wait)
these.check_deadline(these.deadline_by_group)

def anywhere(coroutine):
    {module}.apply()
    return asyncio.run(coroutine)

# nest_asyncio itself breaks timeouts and task groups in scripts on 3.14; nest_asyncio2 does not.
broken = sys.version_info >= (3, 14) and "{module}" == "nest_asyncio"
for where in ("notebook", "notebook") if broken else ("script", "notebook", "script", "notebook"):
    these.check_anywhere(anywhere, where)
for function, words in [
    (these.one_after_the_other, "one after the other"),
    (these.never_awaited, "never awaited"),
    (these.tasks_dropped, "vanished"),
    (these.sleeps_in_between, "blocks"),
]:
    assert words in these.message(these.check_limited, function), function
print("all as expected")
"""


@pytest.mark.parametrize("module", ["nest_asyncio", "nest_asyncio2"])
def test_everything_works_where_nest_asyncio_has_been_applied(module):
    pytest.importorskip(module)
    code = PATCHED.format(module=module)
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert done.stdout == "all as expected\n", done.stderr
