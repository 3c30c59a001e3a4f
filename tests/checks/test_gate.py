"""Threads at the gate: what is true of the student's code is said, and said the same way each time."""

import _thread
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from contextlib import suppress
from queue import Empty, Queue, SimpleQueue

import pytest

from autograder.checks import CheckFailed, Gate, Run, call

PAGES = {url: f"page {url}" for url in "abcdef"}


def by_map(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, urls))


def by_as_completed(urls, fetch, workers):
    pages = [None] * len(urls)
    with ThreadPoolExecutor(workers) as pool:
        futures = {pool.submit(fetch, url): place for place, url in enumerate(urls)}
        for future in as_completed(futures):
            pages[futures[future]] = future.result()
    return pages


def by_bare_threads(urls, fetch, workers):
    places, pages = SimpleQueue(), [None] * len(urls)
    for place in range(len(urls)):
        places.put(place)
    for _ in range(workers):
        places.put(None)

    def work():
        while (place := places.get()) is not None:
            pages[place] = fetch(urls[place])

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pages


def by_raw_threads(urls, fetch, workers):
    free, pages, ended = threading.Semaphore(workers), [None] * len(urls), threading.Semaphore(0)

    def work(place):
        pages[place] = fetch(urls[place])
        free.release()
        ended.release()

    for place in range(len(urls)):
        free.acquire()
        _thread.start_new_thread(work, (place,))
    for _ in urls:
        ended.acquire()
    return pages


def calls_and_submits(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return [pool.submit(fetch(url)).result() for url in urls]


def submits_the_result(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return [pool.submit(str(url)).result() for url in urls]


def waits_in_the_loop(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return [pool.submit(fetch, url).result() for url in urls]


def never_waits(urls, fetch, workers):
    pool, pages = ThreadPoolExecutor(workers), []
    for url in urls:
        pool.submit(lambda url=url: pages.append(fetch(url)))
    return pages


def leaves_an_idle_pool(urls, fetch, workers, pools=[]):  # noqa: B006 - it is kept alive on purpose
    pools.append(ThreadPoolExecutor(workers))
    return list(pools[-1].map(fetch, urls))


def in_order_of_arrival(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return [future.result() for future in as_completed([pool.submit(fetch, url) for url in urls])]


def drops_its_pool(urls, fetch, workers):
    pool = ThreadPoolExecutor(workers)  # its threads end when it is collected, which is after the return
    return [future.result() for future in [pool.submit(fetch, url) for url in urls]]


def takes_a_plain_lock_twice(urls, fetch, workers):
    lock = threading.Lock()
    with lock, lock:
        return []


def passes(function, workers=3, last_first=True):
    with Gate() as gate:
        started = gate.start(function, list(PAGES), gate.job("fetch", PAGES), workers)
        gate.expect_at_once(workers)
        gate.finish_all(last_first)
        gate.expect_peak(workers)
        started.expect_result(list(PAGES.values()))
        started.expect_nothing_left()


def message(function, workers=3):
    with pytest.raises(CheckFailed) as caught:
        passes(function, workers)
    return str(caught.value)


@pytest.mark.parametrize("function", [by_map, by_as_completed, by_bare_threads, by_raw_threads])
@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("last_first", [True, False])
def test_right_code_of_any_kind_passes(function, workers, last_first):
    passes(function, workers, last_first)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (calls_and_submits, "fetch('a') ran in the thread that called calls_and_submits"),
        (submits_the_result, "a function, or what a function has returned already?"),
        (waits_in_the_loop, "only 1 at a time, one after the other: fetch('a')"),
        (never_waits, "returned [] while fetch('a'), fetch('b'), fetch('c') were still running"),
        (lambda urls, fetch, workers: by_map(urls, fetch, 7), "6 at the same time: fetch('a'), fetch('b')"),
        (lambda urls, fetch, workers: by_map(urls, fetch, 2), "only 2 at the same time: fetch('a'), fetch('b')"),
        (lambda urls, fetch, workers: [], "returned [] without running any job"),
        (in_order_of_arrival, "returned ['page c', 'page d', 'page e', 'page f', 'page b', 'page a']"),
        (leaves_an_idle_pool, "the call returned and left 3 threads behind"),
        (drops_its_pool, "the call returned and left 3 threads behind"),
        (takes_a_plain_lock_twice, "`with lock, lock:`"),
        (lambda urls, fetch: [], "raised TypeError"),
    ],
)
def test_wrong_code_is_told_what_it_did(function, words):
    first = message(function)
    assert words in first
    assert message(function) == first, "the message differs from one time to the next"


def test_threads_of_an_executor_are_told_from_others():
    for function in (by_map, by_bare_threads):
        with Gate() as gate:
            gate.start(function, ["a", "b"], gate.job("fetch"), 2)
            gate.finish_all()
            if function is by_map:
                gate.expect_in_executor()
            else:
                with pytest.raises(CheckFailed, match=r"fetch\('a'\), fetch\('b'\) ran in threads that belong to no"):
                    gate.expect_in_executor()


def test_a_job_that_is_not_running_cannot_be_finished():
    with Gate() as gate:
        gate.start(by_map, list(PAGES), gate.job("fetch", PAGES), 2)
        with pytest.raises(CheckFailed, match=r"'d' is not being worked on; fetch\('a'\), fetch\('b'\) are"):
            gate.finish("d")


def test_exceptions_of_a_job_reach_the_code_that_called_it():
    error = OSError("b is down")
    with Gate() as gate:
        started = gate.start(by_map, ["a", "b"], gate.job("fetch", {"a": "page a", "b": error}), 2)
        gate.finish("b", "a")
        started.expect_error(error)
        assert started.error is error


def test_a_call_that_should_wait_and_does_not_is_told_what_still_runs():
    with Gate() as gate:
        gate.start(never_waits, ["a", "b", "c"], gate.job("fetch", PAGES), 2)
        with pytest.raises(CheckFailed, match=r"the call returned while fetch\('a'\), fetch\('b'\) were"):
            gate.expect_jobs_awaited()


def test_a_call_that_waits_needlessly_is_told_for_what():
    with Gate() as gate:
        started = gate.start(by_map, ["a", "b"], gate.job("fetch", PAGES), 2)
        gate.finish("b")
        with pytest.raises(CheckFailed, match=r"the call has not ended; it waits while fetch\('a'\) was running"):
            started.expect_result("b")


def test_a_list_that_is_filled_after_the_return_is_seen_as_it_was_returned():
    with Gate() as gate:
        started = gate.start(never_waits, list(PAGES), gate.job("fetch", PAGES), 1)
        gate.finish_all()
        with pytest.raises(CheckFailed, match=r"returned \[\] while fetch\('a'\) was still running"):
            started.expect_result(list(PAGES.values()))


def test_started_and_never_started_jobs_are_told():
    with Gate() as gate:
        gate.start(by_map, ["a", "b", "c"], gate.job("fetch", PAGES), 2)
        gate.expect_started("b", "a")
        gate.expect_never_started("c")
        with pytest.raises(CheckFailed, match="started: 'a', 'b'"):
            gate.expect_started("a")
        with pytest.raises(CheckFailed, match=r"fetch\('b'\) was started"):
            gate.expect_never_started("b", "c")
        gate.expect_started_at_most(2)
        with pytest.raises(CheckFailed, match=r"2 fetch jobs were started: fetch\('a'\), fetch\('b'\)\n"):
            gate.expect_started_at_most(1)


def test_what_a_failed_run_leaves_behind_neither_disturbs_the_next_nor_stays_at_the_gate():
    for wrong in (never_waits, takes_a_plain_lock_twice, leaves_an_idle_pool, waits_in_the_loop):
        message(wrong)
        passes(by_map)
    held = [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]
    with Gate() as gate:
        gate.settle()
        assert gate.threads_left() == []
    assert all(thread.daemon for thread in held), "a thread that never ends would keep the kernel from ending"


def test_code_comes_to_its_own_end_after_the_test_but_not_for_ever(capfd):
    def for_ever(fetch):
        while True:
            fetch("a")

    with Gate() as gate:
        ends = gate.start(by_map, list(PAGES), gate.job("fetch", PAGES), 2)
    ends.expect_result(list(PAGES.values()))
    with Gate() as gate:
        endless = gate.start(for_ever, gate.job("fetch", PAGES))
    endless.expect_error(SystemExit("the test is over"))
    assert capfd.readouterr() == ("", "")


def test_two_calls_can_share_a_gate():
    lock = threading.Lock()

    def one_at_a_time(job):
        with lock:
            return job("x")

    with Gate() as gate:
        job = gate.job("job", {"x": 1})
        first, second = gate.start(one_at_a_time, job), gate.start(one_at_a_time, job)
        gate.settle()
        assert len(gate.held) == 1
        gate.finish_all()
        first.expect_result(1)
        second.expect_result(1)
        assert gate.peak == 1


def test_code_that_polls_with_a_time_out_is_not_taken_for_stuck():
    def polls(urls, fetch, workers):
        with ThreadPoolExecutor(workers) as pool:
            waiting = {pool.submit(fetch, url): url for url in urls}
            while waiting:
                done, _ = wait(waiting, timeout=0.01)
                for future in done:
                    del waiting[future]
        return "done"

    with Gate() as gate:
        started = gate.start(polls, ["a", "b"], gate.job("fetch", PAGES), 2)
        gate.expect_at_once(2)
        gate.finish_all()
        started.expect_result("done")


@pytest.mark.parametrize("seconds", [1, 5, 3600])
def test_long_time_outs_count_as_waiting_while_the_test_holds_the_jobs(seconds):
    def by_result(urls, fetch, workers):
        with ThreadPoolExecutor(workers) as pool:
            return [future.result(timeout=seconds) for future in [pool.submit(fetch, url) for url in urls]]

    def by_wait(urls, fetch, workers):
        with ThreadPoolExecutor(workers) as pool:
            futures = [pool.submit(fetch, url) for url in urls]
            assert not wait(futures, timeout=seconds).not_done
            return [future.result() for future in futures]

    def one_by_one(urls, fetch, workers):
        with ThreadPoolExecutor(workers) as pool:
            return [pool.submit(fetch, url).result(timeout=seconds) for url in urls]

    passes(by_result)
    passes(by_wait)
    assert "only 1 at a time, one after the other: fetch('a')" in message(one_by_one)


def test_time_outs_end_when_the_test_holds_nothing_that_could_end_them_earlier():
    def works_till_nothing_comes(urls, fetch, workers):
        places, pages = Queue(), [None] * len(urls)
        for place in range(len(urls)):
            places.put(place)

        def work():
            with suppress(Empty):
                while True:
                    place = places.get(timeout=0.7)
                    pages[place] = fetch(urls[place])

        threads = [threading.Thread(target=work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return pages

    passes(works_till_nothing_comes)


def test_a_wait_that_ends_after_the_test_is_told_as_one_that_never_ends():
    with Gate() as gate:
        started = gate.start(lambda: threading.Event().wait(3600))
        with pytest.raises(CheckFailed, match=r"(?s)the call never ends: every thread waits.*\.wait\(3600\)"):
            started.expect_end()


def test_a_worker_that_is_free_and_starts_nothing_is_told():
    def in_batches(urls, fetch, workers):
        pages = []
        with ThreadPoolExecutor(workers) as pool:
            for begin in range(0, len(urls), workers):
                pages += pool.map(fetch, urls[begin : begin + workers])
        return pages

    with Gate() as gate:
        started = gate.start(in_batches, list(PAGES), gate.job("fetch", PAGES), 3)
        gate.expect_at_once(3)
        gate.finish_one()
        seen = r"when fetch\('a'\) had ended, only 2 at the same time: fetch\('b'\), fetch\('c'\)"
        with pytest.raises(CheckFailed, match=seen):
            gate.expect_at_once(3)
        gate.finish_all()
        started.expect_result(list(PAGES.values()))
        with pytest.raises(CheckFailed, match="one of the inputs is not being worked on, and the call has ended"):
            gate.finish_one()


def test_nothing_is_concluded_from_a_run_that_is_closed():
    with pytest.raises(RuntimeError, match=r"with Run\(\) as run"):
        call(leaves_an_idle_pool, ["a"], str.upper, 2).expect_nothing_left()


def test_a_call_that_returns_and_one_that_raises_are_told_apart():
    call(sorted, [2, 1]).expect_return()
    with pytest.raises(CheckFailed, match=r"(?s)raised TypeError.*expected:  the call to return\n  question:  Of what"):
        call(sorted, 1).expect_return(ask="Of what?")
    with pytest.raises(CheckFailed, match=r"(?s)raised TypeError.*question:  Of what"):
        call(sorted, 1).expect_result([], ask="Of what?")


def test_a_pool_that_hangs_over_a_job_that_it_cannot_send_is_told_as_one_that_raises():
    def hangs():
        # As `concurrent.futures.process` does now and then where a pool is shut down meanwhile.
        def _on_queue_feeder_error(e, obj):
            threading.Event().wait()

        error = AttributeError("Can't get local object 'hangs.<locals>.job'")
        thread = threading.Thread(target=_on_queue_feeder_error, args=(error, None))
        thread.start()
        thread.join()

    for _ in range(2):
        with pytest.raises(
            CheckFailed, match=r"(?s)raised AttributeError.*by its module and name: can it find this one"
        ):
            call(hangs).expect_result(1)
    with pytest.raises(CheckFailed, match="the call never ends"):
        call(lambda: threading.Event().wait())


def test_a_look_at_the_threads_keeps_nothing_alive():
    with Run() as run:  # the pool goes with the name, and its threads with the pool
        run.start(drops_its_pool, list(PAGES), str.upper, 3).expect_nothing_left()


def test_a_note_on_an_exception_belongs_to_its_text():
    def raises():
        error = OSError("cannot be read")
        error.add_note("while reading web.log")
        raise error

    call(raises).expect_error_text("web.log")
    with pytest.raises(CheckFailed, match=r"(?s)with the text 'cannot be read.*a text that contains 'mail.log'"):
        call(raises).expect_error_text("mail.log")


def test_a_call_without_a_gate_is_judged_too():
    call(sorted, [3, 1, 2]).expect_result([1, 2, 3])
    with pytest.raises(CheckFailed, match=r"(?s)returned \[1, 2, 3\].*expected:  \[3, 2, 1\]"):
        call(sorted, [3, 1, 2]).expect_result([3, 2, 1])


def test_jobs_without_arguments_and_what_the_test_noted():
    def in_order_of_ending(jobs, on_result):
        with ThreadPoolExecutor(2) as pool:
            for future in as_completed([pool.submit(job) for job in jobs]):
                on_result(future.result())

    noted = []
    with Gate() as gate:
        jobs = gate.jobs("download", {0: "a", 1: "b", 2: KeyError("c")})
        started = gate.start(in_order_of_ending, jobs, noted.append)
        gate.expect("the results", noted, [])
        gate.finish(1)
        gate.expect("the results", noted, ["b"])
        assert str(gate.held[0]) == "download(0)"
        gate.start(gate.job("on_progress"), 1, 3)
        gate.settle()
        assert str(gate.held[-1]) == "on_progress(1, 3)"
        gate.finish((1, 3))
        with pytest.raises(CheckFailed, match=r"(?s)seen:      the results: \['b'\]\n.*the results: \['a'\].*Which\?"):
            gate.expect("the results", noted, ["a"], ask="Which?")
        gate.finish_all()
        started.expect_error(KeyError("c"))
        with pytest.raises(CheckFailed, match=r"results: \['b'\], and in_order_of_ending raised KeyError"):
            gate.expect("the results", noted, [])


def test_what_was_noted_of_code_that_is_stuck_comes_with_the_place():
    with Gate() as gate:
        gate.start(lambda: threading.Event().wait())
        with pytest.raises(CheckFailed, match=r"(?s)calls: \[\], and every thread waits.*line \d+"):
            gate.expect("calls", [], [1])


def test_code_that_starts_jobs_without_an_end_is_stopped():
    def again_and_again(job):
        while True:
            job("x")

    with Gate() as gate:
        gate.start(again_and_again, gate.job("fetch"))
        with pytest.raises(CheckFailed, match=r"201 jobs were started \(fetch\('x'\), .* and 195 more\)"):
            gate.finish_all()
