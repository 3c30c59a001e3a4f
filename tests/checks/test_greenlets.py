"""Checks of student code that uses gevent: virtual time, bounds, what is left behind, and servers on real sockets."""

from __future__ import annotations

import os
import socket
import socketserver
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import gevent
import gevent.socket
import nbformat
import pytest
from gevent import monkey
from gevent.event import AsyncResult, Event
from gevent.lock import Semaphore
from gevent.pool import Group, Pool
from gevent.server import StreamServer
from nbclient import NotebookClient

from autograder.checks import CheckFailed, sockets
from autograder.checks.greenlets import NEVER, Hub, clock, patched_modules

# Threads that a run leaves behind are ended by an exception, which pytest would report with the next test.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")

PAGES = {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E", "f": "F"}
SECONDS = {"a": 3, "b": 2, "c": 1, "d": 1, "e": 1, "f": 2}  # with two at a time: 6 seconds, and b ends before a


# crawl_all(urls, fetch, size): right ones


def by_map(urls, fetch, size):
    return Pool(size).map(fetch, urls)


def by_imap(urls, fetch, size):
    return list(Pool(size).imap(fetch, urls))


def by_spawn(urls, fetch, size):
    pool = Pool(size)
    jobs = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    return [job.get() for job in jobs]


def by_semaphore(urls, fetch, size):
    slots = Semaphore(size)

    def one(url):
        with slots:
            return fetch(url)

    jobs = [gevent.spawn(one, url) for url in urls]
    gevent.joinall(jobs, raise_error=True)
    return [job.value for job in jobs]


# and wrong ones


def serial(urls, fetch, size):
    return [fetch(url) for url in urls]


def joins_each(urls, fetch, size):
    return [gevent.spawn(fetch, url).get() for url in urls]


def unbounded(urls, fetch, size):
    return by_map(urls, fetch, len(urls))


def never_joined(urls, fetch, size):
    jobs = [gevent.spawn(fetch, url) for url in urls]
    return [job.value for job in jobs]


def unordered(urls, fetch, size):
    return list(Pool(size).imap_unordered(fetch, urls))


def blocks(urls, fetch, size):
    def one(url):
        time.sleep(1)
        return fetch(url)

    return Pool(size).map(one, urls)


def blocks_by_name(urls, fetch, size):
    sleep(1)
    return by_map(urls, fetch, size)


def in_threads(urls, fetch, size):
    with ThreadPoolExecutor(size) as pool:
        return list(pool.map(fetch, urls))


def patches(urls, fetch, size):
    monkey.patch_all()
    return by_map(urls, fetch, size)


def waits_for_nobody(urls, fetch, size):
    Event().wait()


def waits_for_a_thread_lock(urls, fetch, size):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def spins(urls, fetch, size):
    job = gevent.spawn(Event().wait)
    while not job.ready():
        gevent.sleep(0)


def polls(urls, fetch, size):
    job = gevent.spawn(Event().wait)
    while not job.ready():
        gevent.sleep(0.1)


def gives_up(urls, fetch, size):
    with gevent.Timeout(1.5):
        return by_map(urls, fetch, size)


def forgets_timeout(urls, fetch, size):
    gevent.Timeout(100).start()
    return by_map(urls, fetch, size)


def sleeps_and_looks(urls, fetch, size):
    job = gevent.spawn(fetch, urls[0])
    while not job.ready():
        time.sleep(0.01)


def in_batches(urls, fetch, size):
    pages = []
    for begin in range(0, len(urls), size):
        pages += Group().map(fetch, urls[begin : begin + size])
    return pages


def not_written(urls, fetch, size):
    raise NotImplementedError()


def loses_errors(urls, fetch, size):
    jobs = [gevent.spawn(lambda url: fetch(url) + 1, url) for url in urls]
    gevent.joinall(jobs)
    return [job.value for job in jobs]


def crawl(function, size=2):
    hub = Hub()
    return hub, hub.start(function, list(PAGES), hub.job("fetch", PAGES, SECONDS), size)


def everything(hub, call):
    hub.expect_peak(2)
    hub.expect_kept_full(2)
    call.expect_elapsed(6)
    call.expect_result(list(PAGES.values()))
    call.expect_nothing_left()


@pytest.mark.parametrize("function", [by_map, by_imap, by_spawn, by_semaphore])
def test_right_code_passes_every_check(function):
    hub, call = crawl(function)
    with hub:
        everything(hub, call)


@pytest.mark.parametrize(
    ("function", "check", "words"),
    [
        (serial, "peak", "fetch('a') ran in the greenlet that called serial"),
        (serial, "elapsed", "returned after 10 s"),
        (joins_each, "peak", "one after the other: never more than 1 fetch job"),
        (unbounded, "peak", "6 fetch jobs were running at the same time"),
        (unbounded, "elapsed", "returned after 3 s"),
        (never_joined, "result", "returned [None, None, None, None, None, None] while fetch('a')"),
        (never_joined, "elapsed", "returned after 0 s while fetch('a'), fetch('b')"),
        (never_joined, "left", "the call returned while fetch('a'), fetch('b')"),
        (unordered, "result", "returned ['B', 'A'"),
        (blocks, "elapsed", "`time.sleep(1)` blocks: it stopped the whole thread, with every greenlet in it, for 1 s"),
        (blocks_by_name, "elapsed", "returned after 7 s; line"),
        (blocks_by_name, "blocked", "`sleep(1)` blocks"),
        (in_threads, "peak", "fetch jobs ran in other threads, not in greenlets of the caller's"),
        (in_threads, "elapsed", "; fetch jobs ran in other threads"),
        (patches, "result", "`monkey.patch_all()`"),
        (waits_for_nobody, "result", "every greenlet waits and nothing can wake one of them"),
        (waits_for_a_thread_lock, "result", "`lock.acquire()` blocks: it stops the whole thread"),
        (spins, "result", "the code spins"),
        (polls, "result", "the code spins"),
        (sleeps_and_looks, "result", "nothing new happens; line"),
        (sleeps_and_looks, "elapsed", "`time.sleep(0.01)` blocks"),
        (in_batches, "full", "from 2 s to 3 s only fetch('a') ran, while fetch('c') waited"),
        (serial, "full", "from 0 s to 3 s only fetch('a') ran"),
        (not_written, "left", "not_written is not written yet"),
        (waits_for_nobody, "left", "every greenlet waits"),
        (never_joined, "result", "Who waits for the greenlets that were spawned?"),
        (gives_up, "result", "gevent.Timeout (1.5 seconds) left the function"),
        (gives_up, "left", "the call raised while fetch('a'), fetch('b') were still running"),
        (forgets_timeout, "left", "a gevent.Timeout that would strike what runs next"),
        (loses_errors, "result", "A greenlet raised TypeError"),
    ],
)
def test_wrong_code_is_told_what_it_did(function, check, words):
    hub, call = crawl(function)
    checks = {
        "peak": lambda: hub.expect_peak(2),
        "full": lambda: hub.expect_kept_full(2),
        "elapsed": lambda: call.expect_elapsed(6),
        "result": lambda: call.expect_result(list(PAGES.values())),
        "left": call.expect_nothing_left,
        "blocked": hub.expect_not_blocked,
    }
    with hub, pytest.raises(CheckFailed) as caught:
        checks[check]()
    assert words in str(caught.value)
    assert time.sleep is sleep


def test_patching_is_refused_each_time():
    for _ in range(2):
        hub, call = crawl(patches)
        with hub, pytest.raises(CheckFailed, match="no patching here"):
            call.expect_result(list(PAGES.values()))


def test_a_failed_check_shows_who_ran_what_and_when():
    hub, _call = crawl(unbounded)
    with hub, pytest.raises(CheckFailed, match=r"\n  fetch\('b'\) \|={20} +\| 0 - 2 s\n"):
        hub.expect_peak(2)


def test_code_that_looks_now_and_then_may_be_late():
    def looks(urls, fetch, size):
        slots, greenlets = Pool(size), []
        for url in urls:
            while slots.full():
                gevent.sleep(0.4)
            greenlets.append(slots.spawn(fetch, url))
        while not all(greenlet.ready() for greenlet in greenlets):
            gevent.sleep(0.4)

    hub, call = crawl(looks)
    with hub:
        hub.expect_kept_full(2, late=0.4)
        call.expect_elapsed(6, late=2)
        with pytest.raises(CheckFailed, match=r"from 3 s to 3\.2 s nothing ran, while fetch\('d'\) waited"):
            hub.expect_kept_full(2)
        with pytest.raises(CheckFailed, match=r"returned after 6\.4 s"):
            call.expect_elapsed(6, late=0.3)


def test_the_loop_tells_the_virtual_time():
    def waits(fetch):
        began = gevent.get_hub().loop.now()
        fetch("a")
        return gevent.get_hub().loop.now() - began

    with Hub() as hub:
        hub.start(waits, hub.job("fetch", PAGES, 3)).expect_result(3.0)


def test_a_wrong_result_is_explained_by_what_blocked():
    def looks_too_early(fetch):
        job = gevent.spawn(fetch, "a")
        time.sleep(2)
        return job.value

    with Hub() as hub:
        call = hub.start(looks_too_early, hub.job("fetch", PAGES))
        with pytest.raises(CheckFailed, match=r"returned None; line \d+ of \S+: `time.sleep\(2\)` blocks"):
            call.expect_result("A")


def test_an_error_is_explained_by_what_blocked():
    def gives_up(fetch):
        job = gevent.spawn(fetch, "a")
        time.sleep(2)
        if not job.ready():
            raise TimeoutError("too late")

    with Hub() as hub:
        call = hub.start(gives_up, hub.job("fetch", PAGES))
        with pytest.raises(CheckFailed, match=r"raised TimeoutError\('too late'\); line \d+ of \S+: `time.sleep"):
            call.expect_result("A")


def test_errors_of_jobs_reach_the_caller_or_are_missed():
    with Hub() as hub:
        fetch = hub.job("fetch", {"a": "A", "b": OSError("gone")})
        hub.start(by_spawn, ["a", "b"], fetch, 2).expect_error(OSError("gone"))
    with Hub() as hub:
        fetch = hub.job("fetch", {"a": "A", "b": OSError("gone")})
        call = hub.start(never_joined, ["a", "b"], fetch, 2)
        with pytest.raises(CheckFailed, match="OSError"):
            call.expect_error(OSError("gone"))


def test_a_deadlock_is_not_taken_for_an_expected_error():
    with Hub() as hub:
        call = hub.start(waits_for_nobody, [], None, 2)
        with pytest.raises(CheckFailed, match="LoopExit"):
            call.expect_error(Exception)


def test_jobs_that_began_are_listed():
    with Hub() as hub:
        hub.start(by_map, ["a", "b"], hub.job("fetch", PAGES), 1)
        hub.expect_started("b", "a")
        with pytest.raises(CheckFailed, match="begun: 'a', 'b'"):
            hub.expect_started("a")


# first_ok(fetchers, seconds)


def first_by_iwait(fetchers, seconds):
    jobs = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        with gevent.Timeout(seconds):
            for job in gevent.iwait(jobs):
                if job.successful():
                    return job.value
        raise RuntimeError("all failed")
    finally:
        gevent.killall(jobs)


def first_by_result(fetchers, seconds):
    first, group, running = AsyncResult(), Group(), [len(fetchers)]

    def run(fetcher):
        try:
            first.set(fetcher())
        except Exception as error:
            running[0] -= 1
            if not running[0]:
                first.set_exception(error)

    for fetcher in fetchers:
        group.spawn(run, fetcher)
    try:
        return first.get(timeout=seconds)
    finally:
        group.kill(block=False)


def first_not_killed(fetchers, seconds):
    jobs = [gevent.spawn(fetcher) for fetcher in fetchers]
    with gevent.Timeout(seconds):
        for job in gevent.iwait(jobs):
            if job.successful():
                return job.value
    raise RuntimeError("all failed")


def first_of_the_list(fetchers, seconds):
    jobs = [gevent.spawn(fetcher) for fetcher in fetchers]
    gevent.joinall(jobs, timeout=seconds)
    return next(job.value for job in jobs if job.successful())


def race(function, *names, seconds=10):
    hub = Hub()
    results = {"slow": "slow", "bad": ValueError("no"), "fast": "fast", "never": None}
    jobs = hub.jobs(results, {"slow": 5, "bad": 1, "fast": 2, "never": NEVER})
    return hub, hub.start(function, [jobs[name] for name in names], seconds)


@pytest.mark.parametrize("function", [first_by_iwait, first_by_result])
def test_the_first_success_wins_and_the_losers_are_killed(function):
    hub, call = race(function, "slow", "bad", "fast")
    with hub:
        call.expect_result("fast")
        call.expect_elapsed(2)
        call.expect_nothing_left()
        hub.expect_killed("slow")
    hub, call = race(function, "never", "bad", seconds=3)
    with hub:
        call.expect_timeout()
        call.expect_elapsed(3)
        call.expect_nothing_left()
    hub, call = race(function, "bad")
    with hub:
        call.expect_error(Exception)
        call.expect_elapsed(1)


def test_losers_that_run_on_and_waits_that_are_too_long_are_named():
    hub, call = race(first_not_killed, "slow", "fast")
    with hub, pytest.raises(CheckFailed, match="the call returned while slow was still running"):
        call.expect_nothing_left()
    hub, call = race(first_of_the_list, "slow", "fast")
    with hub, pytest.raises(CheckFailed, match="returned after 5 s"):
        call.expect_elapsed(2)
    hub, call = race(first_of_the_list, "slow", seconds=3)
    with hub, pytest.raises(CheckFailed, match="raised StopIteration"):
        call.expect_timeout()


def first_killed_without_waiting(fetchers, seconds):
    jobs = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        return next(iter(gevent.iwait(jobs))).get()
    finally:
        gevent.killall(jobs, block=False)


@pytest.mark.parametrize(("function", "ends"), [(first_by_iwait, True), (first_killed_without_waiting, False)])
def test_a_job_may_need_a_moment_to_end_when_it_is_killed(function, ends):
    with Hub() as hub:
        jobs = hub.jobs({"slow": 1, "fast": 2}, {"slow": 5}, cleanup=1)
        call = hub.start(function, list(jobs.values()), 10)
        if ends:
            call.expect_nothing_left()
            call.expect_elapsed(2)
        else:
            with pytest.raises(CheckFailed, match="the call returned while slow was still running"):
                call.expect_nothing_left()


def test_what_ends_at_the_very_moment_of_its_timeout_is_in_time():
    def fetch_in_time(fetch):
        with gevent.Timeout(2):
            return fetch("a")

    with Hub() as hub:
        hub.start(fetch_in_time, hub.job("fetch", PAGES, 2)).expect_result("A")
        hub.start(fetch_in_time, hub.job("fetch", PAGES, 2.1)).expect_timeout()


# EchoServer(port=0)


class Echo:
    def __init__(self, port=0):
        self.group = Pool()
        self.server = StreamServer(("127.0.0.1", port), self.handle, spawn=self.group)

    def handle(self, connection, _address):
        while data := connection.recv(100):
            connection.sendall(data)

    def start(self):
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.stop(timeout=0)


class EchoLeaves(Echo):
    def stop(self):
        self.server.close()


class EchoKillsAndGoes(Echo):
    def stop(self):
        self.server.close()
        self.group.kill(block=False)


class EchoSendsWhatFits(Echo):
    def handle(self, connection, _address):
        while data := connection.recv(65536):
            connection.send(data)


class EchoListensOn(Echo):
    def stop(self):
        self.group.kill()


class EchoLetsFinish(Echo):
    def stop(self):
        self.server.close()
        self.group.join()


class EchoOneByOne(Echo):
    def __init__(self, port=0):
        super().__init__(port)
        self.group.size = 1


class EchoServesForEver(Echo):
    def start(self):
        self.server.serve_forever()


class EchoBlocks(Echo):
    def handle(self, connection, address):
        time.sleep(1)
        super().handle(connection, address)


class EchoLimitsTime(Echo):
    def handle(self, connection, address):
        with gevent.Timeout(30, False):
            super().handle(connection, address)


class EchoReadsAfterTheEnd(Echo):
    def handle(self, connection, _address):
        while True:
            connection.sendall(connection.recv(100))


class EchoOnPlainSockets(Echo):
    def start(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        gevent.spawn(self.accept)

    def accept(self):
        self.listener.accept()


class EchoInThreads(Echo):
    def start(self):
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), EchoHandler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class EchoHandler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)


class EchoLines(Echo):
    def handle(self, connection, _address):
        file = connection.makefile("rb")
        while line := file.readline():
            connection.sendall(line)


class EchoStopsForGood(Echo):
    def stop(self):
        self.server.close()
        self.group.join()


class EchoWithoutPort(Echo):
    def start(self):
        self.server.start()
        self.port = "any"


def converse(kind):
    """Two clients, of whom the first says nothing at first; then the server stops."""
    with Hub(sockets=True) as hub:
        server = hub.serve(kind, 0)
        silent, quick = server.connect(), server.connect()
        quick.send("hello\n")
        quick.expect_reply("hello\n")
        silent.send("after all\n")
        silent.expect_reply("after all\n")
        hub.expect_no_threads()
        stop = hub.start(server.stop)
        stop.expect_end()
        silent.expect_closed()
        server.expect_refused()
        stop.expect_nothing_left()
        hub.expect_not_blocked()


@pytest.mark.parametrize("kind", [Echo, EchoLimitsTime, EchoLines])
def test_right_servers_pass_every_check(kind):
    converse(kind)


def test_a_server_may_let_its_clients_finish_when_it_stops():
    with Hub(sockets=True) as hub:
        server = hub.serve(EchoLetsFinish)
        client = server.connect()
        client.send("one")
        client.expect_reply("one")
        stop = hub.start(server.stop)
        client.send("two")
        client.expect_reply("two")
        client.close()
        stop.expect_end()
        stop.expect_nothing_left()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (EchoServesForEver, r"start\(\)\n  seen:      the call has not returned(.|\n)*`self.server.serve_forever\(\)`"),
        (EchoBlocks, r"`time.sleep\(1\)` blocks: it stopped the whole thread"),
        (EchoOnPlainSockets, r"`self.listener.accept\(\)` blocks: it stops the whole thread"),
        (EchoInThreads, r"the code works in 3 more threads"),
        (EchoStopsForGood, r"stop\(\)\n  seen:      the call has not returned(.|\n)*the call returns\n"),
        (EchoWithoutPort, "the port is 'any'"),
        (EchoOneByOne, "client 2 received nothing"),
        (EchoLeaves, "stays open"),
        (EchoListensOn, "a new client is still accepted"),
        (EchoKillsAndGoes, r"the call returned before 2 greenlets of it had ended"),
    ],
)
def test_wrong_servers_are_told_what_they_did(kind, words):
    with pytest.raises(CheckFailed, match=words):
        converse(kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Echo, ""),
        (EchoLines, ""),
        (EchoSendsWhatFits, r"received '[^\n]* in the place of byte [\d,]+ and those that"),
    ],
)
def test_a_client_that_reads_late_gets_every_byte(kind, words):
    text = "".join(f"{number:9}\n" for number in range(600_000))
    with Hub(sockets=True) as hub:
        client = hub.serve(kind).connect()
        client.pour(text)
        if words:
            with pytest.raises(CheckFailed, match=words):
                client.expect_reply(text)
        else:
            client.expect_reply(text)


def test_a_server_stops_though_a_client_reads_nothing():
    with Hub(sockets=True) as hub:
        server = hub.serve(Echo)
        server.connect().pour("x" * 6_000_000)
        hub.start(server.stop).expect_nothing_left()


@pytest.mark.parametrize(
    ("received", "expected", "words"),
    [
        (b"", b"a" * 200, ("nothing", "200 bytes")),
        (b"a" * 100, b"a" * 200, ("100 bytes and then nothing", "200 bytes")),
        (
            b"a" * 99 + b"b",
            b"a" * 99 + b"c" * 9,
            ("'b' in the place of byte 100 and those that follow", "'ccccccccc'"),
        ),
        (
            "协程".encode() * 20 + b"?",
            "协程".encode() * 21,
            ("'?' in the place of byte 121 and those that follow", "'协程'"),
        ),
        (b"b", b"a", ("'b'", "'a'")),
    ],
)
def test_long_replies_are_told_from_their_first_difference_on(received, expected, words):
    assert sockets._difference(received, expected) == words


def test_a_server_that_goes_on_and_on_is_shown_at_its_line():
    with Hub(sockets=True) as hub:
        client = hub.serve(EchoReadsAfterTheEnd).connect()
        client.finish()
        with pytest.raises(CheckFailed, match=r"goes on and on(.|\n)*is stopped at line .*`connection.sendall"):
            client.expect_closed()
    with Hub(sockets=True) as hub:  # the thread of the last run is at its end, or out of the way
        assert hub.serve(Echo).port


def test_a_connection_that_breaks_off_is_an_error_for_the_server_at_once():
    errors = []

    class EchoNotesErrors(Echo):
        def handle(self, connection, address):
            try:
                super().handle(connection, address)
            except OSError as error:
                errors.append(type(error))

    with Hub(sockets=True) as hub:
        client = hub.serve(EchoNotesErrors).connect()
        client.send("hello\n")
        client.expect_reply("hello\n")
        client.break_off()
        assert errors == [ConnectionResetError]


class EchoNeverAccepts(Echo):
    def start(self):
        self.listener = gevent.socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(0)
        self.port = self.listener.getsockname()[1]


def test_a_server_that_does_not_accept_is_told_so(monkeypatch):
    monkeypatch.setattr(sockets, "CONNECT_SECONDS", 0.2)
    with Hub(sockets=True) as hub:
        server = hub.serve(EchoNeverAccepts)
        with pytest.raises(CheckFailed, match="client 2 gets no connection: nobody accepts it"):
            server.connect(), server.connect()


def test_greenlets_that_outlive_their_server_are_counted():
    with Hub(sockets=True) as hub:
        server = hub.serve(EchoLeaves)
        client = server.connect()
        client.send("hello")
        client.expect_reply("hello")
        stop = hub.start(server.stop)
        with pytest.raises(CheckFailed, match=r"left 1 greenlet behind(.|\n)*connection.recv"):
            stop.expect_nothing_left()


# what the runs leave to the process


def test_runs_leave_no_hub_no_thread_and_no_file_behind():
    def once():
        for function in (by_map, never_joined, waits_for_nobody, spins):
            hub, call = crawl(function)
            with hub, pytest.raises(CheckFailed):
                call.expect_result("something else")
        converse(Echo)

    def seen():
        return threading.active_count(), len(clock._clocks), len(os.listdir("/proc/self/fd"))

    once()
    before = seen()
    once()
    assert seen() == before
    assert patched_modules() == []
    assert time.sleep is sleep


def test_a_patched_process_is_refused(monkeypatch):
    monkeypatch.setattr(monkey, "saved", {"socket": {}, "threading": {}})
    with pytest.raises(CheckFailed, match="has been patched: socket, threading"):
        Hub()


SOLUTION = "from gevent.pool import Pool\ndef crawl_all(urls, fetch, size):\n    return Pool(size).map(fetch, urls)\n"
TEST = """
from autograder.checks import student
from autograder.checks.greenlets import Hub

pages = {"a": "A", "b": "B", "c": "C"}
with Hub() as hub:
    call = hub.start(student.crawl_all, list(pages), hub.job("fetch", pages, {"a": 2, "b": 1, "c": 1}), 2)
    hub.expect_peak(2)
    call.expect_result(["A", "B", "C"])
    call.expect_elapsed(2)
    call.expect_nothing_left()
"""
WRONG = {
    "is not defined": "",
    "line 3: `time.sleep(1)` blocks": "import time\ndef crawl_all(urls, fetch, size):\n    time.sleep(1)\n",
    "line 3: `sleep(1)` blocks": "from time import sleep\ndef crawl_all(*a):\n    sleep(1)\n",
    "one after the other": "def crawl_all(urls, fetch, size):\n    return [fetch(url) for url in urls]\n",
    "patches the modules": "def crawl_all(*a):\n    from gevent import monkey\n    monkey.patch_all()\n",
    "LoopExit": "from gevent.event import Event\ndef crawl_all(*a):\n    Event().wait()\n",
}


def test_in_a_kernel_each_cell_gets_its_own_verdict():
    sources = [TEST]
    for code in (*list(WRONG.values())[1:], SOLUTION):
        sources += [code, TEST]
    sources.append("import gevent\nassert gevent._hub_local.get_hub_if_exists() is None")
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=60).execute()
    outputs = ["\n".join(output.get("evalue", "") for output in cell.outputs) for cell in notebook.cells]
    for words, output in zip(WRONG, outputs[0:-3:2], strict=True):
        assert words in output
    assert outputs[1:-2:2] == [""] * len(WRONG)
    assert outputs[-2:] == ["", ""]
    assert not any(output.get("name") == "stderr" for cell in notebook.cells for output in cell.outputs)
