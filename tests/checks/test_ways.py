"""Jobs in threads, greenlets, coroutines and processes: told apart, counted, released, and what is said of each."""

from __future__ import annotations

import asyncio
import copy
import gc
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import gevent
import pytest
from gevent.pool import Pool
from gevent.threadpool import ThreadPool

from autograder.checks import CheckFailed, Ways

PAGES = {url: f"page {url}" for url in "abcd"}
KINDS = ("thread", "greenlet", "coroutine")


def by_threads(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, urls))


def by_gevent(urls, fetch, workers):
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    return [greenlet.get() for greenlet in greenlets]


async def by_asyncio(urls, fetch, workers):
    places = asyncio.Semaphore(workers)

    async def one(url):
        async with places:
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))


def in_a_thread(function, *arguments):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def loop_in_a_thread(urls, fetch_async, workers):
    return in_a_thread(lambda: asyncio.run(by_asyncio(urls, fetch_async, workers)))


def three_ways(urls, fetch, fetch_async, workers, threads=by_threads, greenlets=by_gevent, loop=loop_in_a_thread):
    first, second = threads(urls, fetch, workers), greenlets(urls, fetch, workers)
    return [first, second, loop(urls, fetch_async, workers)]


def judge(function, workers=2, start="start"):
    with Ways() as ways:
        fetch, fetch_async = ways.job("fetch", PAGES), ways.async_job("fetch_async", PAGES)
        call = getattr(ways, start)(function, list(PAGES), fetch, fetch_async, workers)
        for _ in range(3):
            ways.expect_way(workers, len(PAGES))
        ways.expect_each(PAGES, *KINDS)
        call.expect_result([list(PAGES.values())] * 3)
        call.expect_nothing_left()


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("start", ["start", "start_in_notebook"])
def test_three_ways_are_told_apart_and_counted(workers, start):
    judge(three_ways, workers, start)


def blocking_coroutines(urls, fetch, workers):
    async def one(url):
        return fetch(url)

    async def every():
        return await asyncio.gather(*map(one, urls))

    return in_a_thread(asyncio.run, every())


def all_at_once(urls, fetch, fetch_async, workers):
    with ThreadPoolExecutor(3) as lanes:
        ways = (by_threads, fetch), (by_gevent, fetch), (loop_in_a_thread, fetch_async)
        return list(lanes.map(lambda way: way[0](urls, way[1], workers), ways))


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (partial(three_ways, threads=lambda urls, fetch, _: [*map(fetch, urls)]), "fetch('a') ran in the thread that"),
        (partial(three_ways, threads=lambda urls, fetch, _: by_threads(urls, fetch, 1)), "only 1 of the threads at"),
        (partial(three_ways, greenlets=lambda urls, fetch, _: by_gevent(urls, fetch, 3)), "3 jobs were running at"),
        (partial(three_ways, greenlets=lambda *_: None), "so far jobs ran in threads and in coroutines; now the call"),
        (all_at_once, "and in threads at the same time: fetch"),
        (
            lambda urls, fetch, _, workers: three_ways(urls, fetch, fetch, workers, loop=blocking_coroutines),
            "fetch('a') was called in a coroutine, and its whole event loop stood still meanwhile",
        ),
    ],
)
def test_what_runs_is_told_where_it_is_wrong(function, words):
    with pytest.raises(CheckFailed) as caught:
        judge(function)
    assert words in str(caught.value)


def gevents_threads(urls, fetch, workers):
    pool = ThreadPool(workers)
    try:
        return pool.map(fetch, urls)
    finally:
        pool.kill()


def loop_for_each(urls, fetch_async, workers):
    return by_threads(urls, lambda url: asyncio.run(fetch_async(url)), workers)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (partial(three_ways, greenlets=gevents_threads), "in threads: 'a', 'a', 'b', 'b', 'c', 'c' and 2 more"),
        (lambda urls, fetch, *_: [by_threads(urls, fetch, 2)] * 3, "in greenlets: nothing\n"),
        (partial(three_ways, loop=loop_for_each), "the coroutines ran in 4 threads"),
    ],
)
def test_whoever_takes_the_wrong_way_is_told_which(function, words):
    with Ways() as ways:
        fetch, fetch_async = ways.job("fetch", PAGES), ways.async_job("fetch_async", PAGES)
        ways.start(function, list(PAGES), fetch, fetch_async, 2)
        ways.finish_all()
        with pytest.raises(CheckFailed) as caught:
            ways.expect_each(PAGES, *KINDS)
    assert words in str(caught.value)


def test_errors_may_differ_between_the_ways():
    error = OSError("b is down")
    with Ways() as ways:
        fetch = ways.job("fetch", PAGES, in_greenlets={**PAGES, "b": error})
        call = ways.start(lambda: (by_threads(PAGES, fetch, 2), by_gevent(PAGES, fetch, 2)))
        ways.finish_all()
        call.expect_error(error)


def test_greenlets_that_are_killed_and_tasks_that_are_cancelled_have_ended():
    def kills(fetch, fetch_async):
        greenlets = [gevent.spawn(fetch, url) for url in "ab"]
        gevent.idle()
        gevent.killall(greenlets)

        async def cancels():
            task = asyncio.create_task(fetch_async("c"))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        asyncio.run(cancels())

    with Ways() as ways:
        call = ways.start(kills, ways.job("fetch"), ways.async_job("fetch_async"))
        ways.expect_started("a", "b", "c")
        call.expect_nothing_left()


def test_greenlets_left_behind_are_told():
    def leaves(fetch):
        gevent.spawn(fetch, "a")
        gevent.idle()

    with Ways() as ways:
        ways.start(leaves, ways.job("fetch"))
        with pytest.raises(CheckFailed, match=r"returned while fetch\('a'\) was still running"):
            ways.expect_jobs_awaited()


def test_hubs_end_with_their_calls():
    def once():
        judge(three_ways)

    once()
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        once()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before


# units


def in_process(job):
    process = multiprocessing.get_context("fork").Process(target=job)
    process.start()
    process.join()


def in_thread(job):
    thread = threading.Thread(target=job)
    thread.start()
    thread.join()


def in_greenlet(job):
    gevent.spawn(job).join()


def in_coroutine(job):
    async def call():
        job()

    asyncio.run(call())


def by_hand(job):
    async def call():
        job()

    with pytest.raises(StopIteration):
        call().send(None)


def in_copy(job):
    in_thread(copy.deepcopy(job))


def thrice(job, start):
    for _ in range(3):
        start(job)


RIGHT = [
    ("process", in_process),
    ("thread", in_thread),
    ("thread", in_copy),
    ("greenlet", in_greenlet),
    ("coroutine", in_coroutine),
    ("coroutine", by_hand),
]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of a fork where there are threads
@pytest.mark.parametrize(("kind", "start"), RIGHT)
def test_a_unit_is_known_by_who_calls_it(kind, start):
    with Ways() as ways:
        call = ways.start(thrice, ways.unit("job"), start)
        ways.expect_units(kind, 3)
        call.expect_nothing_left()


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_unit_is_found_by_a_process_however_it_starts(method):
    def start(job):
        process = multiprocessing.get_context(method).Process(target=job)
        process.start()
        process.join()

    with Ways() as ways:
        ways.start(thrice, ways.unit("job"), start)
        ways.expect_units("process", 3)


def all_in_one(job):
    in_thread(lambda: [job() for _ in range(3)])


def at_once(job):
    threads = [threading.Thread(target=job) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def leaves(job):
    threading.Thread(target=job).start()


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda job: thrice(job, lambda job: job()), "3 calls, in the calling thread itself"),
        (lambda job: thrice(job, in_greenlet), "3 calls, in greenlets"),
        (lambda job: thrice(job, in_coroutine), "3 calls, in coroutines"),
        (all_in_one, "3 calls in 1 thread\n"),
        (at_once, "3 calls at the same time"),
        (leaves, "the call ended while the job was still running"),
        (in_thread, "1 call\n"),
        (lambda job: None, "no calls"),
    ],
)
def test_units_in_other_workers_are_told(function, words):
    with Ways() as ways:
        ways.start(function, ways.unit("job"))
        with pytest.raises(CheckFailed) as caught:
            ways.expect_units("thread", 3)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"thread": 1}, "for 'thread' it gave 1"),
        ({"thread": 0.0}, "for 'thread' it gave 0.0"),
        ({"thread": -1.0}, "for 'thread' it gave -1.0"),
        ({"thread": float("nan")}, "for 'thread' it gave nan"),
        ({"thread": float("inf")}, "for 'thread' it gave inf"),
        ({"thread": 1.0, "process": 1.0}, "returned {'thread': 1.0, 'process': 1.0}"),
        ([1.0], "returned [1.0]"),
    ],
)
def test_seconds_are_positive_floats(value, words):
    with Ways() as ways:
        call = ways.start(lambda: value)
        with pytest.raises(CheckFailed) as caught:
            ways.expect_seconds(call, "thread")
        ways.expect_seconds(ways.start(lambda: {"thread": 1e-9}), "thread")
    assert words in str(caught.value)
