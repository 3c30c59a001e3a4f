"""What is recorded of real threads, and that nothing of it stays behind."""

from __future__ import annotations

import functools
import gc
import pickle
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.timeline import Event, Timeline


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where timelines of this test keep their files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def seen(timeline: Timeline, lane: str = "") -> list[tuple[str, str]]:
    return [(event.kind, event.label) for event in timeline.events if lane in ("", event.lane)]


def run(*threads: threading.Thread) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def double(number: int) -> int:
    return 2 * number


def test_a_pool_is_recorded_in_the_lanes_of_its_workers():
    both = threading.Barrier(2)
    with Timeline() as timeline, timeline.executor(ThreadPoolExecutor(2, thread_name_prefix="worker")) as pool:
        assert list(pool.map(lambda name: (both.wait(), name * 2)[1], "ab")) == ["aa", "bb"]
    assert seen(timeline, "MainThread") == [("submitted", "a"), ("submitted", "b")]
    assert {event.lane for event in timeline.events} == {"MainThread", "worker_0", "worker_1"}
    for lane in ("worker_0", "worker_1"):
        (started, label), end = seen(timeline, lane)
        assert started == "started" and end == ("done", label)
    kinds = [event.kind for event in timeline.events]
    assert kinds.index("done") > max(at for at, kind in enumerate(kinds) if kind == "started")
    assert [event.time for event in timeline.events] == sorted(event.time for event in timeline.events)


def test_an_executor_is_as_it_was_when_the_timeline_has_closed():
    with ThreadPoolExecutor(1) as pool:
        with Timeline() as timeline:
            assert timeline.executor(pool) is pool
            assert timeline.executor(pool) is pool
            assert pool.submit(double, 2).result() == 4
        assert seen(timeline) == [("submitted", "2"), ("started", "2"), ("done", "2")]
        assert "submit" not in vars(pool)
        assert pool.submit(double, 3).result() == 6
        assert len(timeline.events) == 3


def test_a_cancelled_future_and_a_refused_one_are_recorded():
    go = threading.Event()
    with Timeline() as timeline:
        pool = timeline.executor(ThreadPoolExecutor(1, thread_name_prefix="worker"), label=lambda *args: f"job {args}")
        first, second = pool.submit(go.wait), pool.submit(double, 7)
        assert second.cancel()
        go.set()
        pool.shutdown()
        with pytest.raises(RuntimeError, match="after shutdown"):
            pool.submit(double, 8)
    assert first.result() is True
    assert seen(timeline, "MainThread")[1:] == [
        ("submitted", "job (7,)"),
        ("cancelled", "job (7,)"),
        ("submitted", "job (8,)"),
        ("failed", "job (8,)"),
    ]


def test_an_exception_is_recorded_and_reaches_the_caller():
    with Timeline() as timeline, timeline.executor(ThreadPoolExecutor(1)) as pool:
        assert isinstance(pool.submit(lambda: 1 / 0).exception(), ZeroDivisionError)
    assert [kind for kind, _ in seen(timeline)] == ["submitted", "started", "failed"]


def test_jobs_spans_and_marks_of_bare_threads():
    def work(name: str) -> None:
        with timeline.span("inner"):
            timeline.mark("here")

    with Timeline() as timeline:
        run(threading.Thread(target=timeline.job(work), args=("first",), name="t1"))
    assert seen(timeline, "t1") == [
        ("started", "first"),
        ("started", "inner"),
        ("mark", "here"),
        ("done", "inner"),
        ("done", "first"),
    ]


def test_two_threads_of_one_name_have_a_lane_each():
    both = threading.Barrier(2)
    with Timeline() as timeline:
        run(*(threading.Thread(target=timeline.job(both.wait, label="x"), name="twin") for _ in range(2)))
        run(threading.Thread(target=timeline.job(double), args=(3,), name="twin"))
    assert {event.lane for event in timeline.events} == {"twin", "twin #2", "twin #3"}
    assert all(len(seen(timeline, lane)) == 2 for lane in ("twin", "twin #2", "twin #3"))


@pytest.mark.parametrize(
    ("function", "label", "args", "expected"),
    [
        (double, None, (21,), "21"),
        (double, None, ("https://example.org/pages/7/",), "7"),
        (double, None, ("/var/log/web.log",), "web.log"),
        (double, None, ("goes at 10 km/h, or so/such",), "goes at 10 km/h, or so/such"),
        (double, None, ("10km/h",), "10km/h"),
        (double, None, (0.1 + 0.2,), "0.3"),
        (double, None, ([4, 5],), "double"),
        (double, None, ([(4,)],), "4"),
        (functools.partial(double, 1), None, (), "double"),
        (functools.partial(print, double), None, ([1, 2],), "double"),
        (double, "two", (1,), "two"),
        (lambda x, y: x, lambda x, y: f"{x}+{y}", (1, 2), "1+2"),
    ],
)
def test_what_a_bar_is_called(function, label, args, expected):
    with Timeline() as timeline, ThreadPoolExecutor(1) as pool:
        future = timeline.executor(pool, label=label).submit(function, *args)
        future.exception()
    assert seen(timeline)[0] == ("submitted", expected)


def test_a_job_keeps_the_name_of_its_function_and_can_be_a_decorator():
    timeline = Timeline()

    @timeline.job
    def answer() -> int:
        """Say it."""
        return 42

    assert (answer(), answer.__name__, answer.__doc__) == (42, "answer", "Say it.")
    assert seen(timeline) == [("started", "answer"), ("done", "answer")]


def test_what_is_no_function_or_no_executor_is_refused():
    timeline = Timeline()
    with pytest.raises(TypeError, match=r"job\(\) was given 3: expected a function"):
        timeline.job(3)
    with pytest.raises(TypeError, match=r"executor\(\) was given 3: expected an executor"):
        timeline.executor(3)


class Contended:
    """A lock whose first owner releases it only when somebody else has asked for it."""

    def __init__(self) -> None:
        self.lock, self.asked = threading.Lock(), threading.Event()

    def acquire(self, blocking: bool = True) -> bool:
        if blocking:
            self.asked.set()
        return self.lock.acquire(blocking)

    def release(self) -> None:
        self.asked.wait()
        self.lock.release()


def test_a_lock_shows_who_waits_and_who_holds():
    contended, held = Contended(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()

    def wait() -> None:
        held.wait()
        with lock:
            pass

    with Timeline() as timeline:
        lock = timeline.lock("L", contended)
        run(threading.Thread(target=hold, name="one"), threading.Thread(target=wait, name="two"))
    assert seen(timeline, "one") == [("got", "L"), ("released", "L")]
    assert seen(timeline, "two") == [("waiting", "L"), ("got", "L"), ("released", "L")]
    order = [(event.lane, event.kind) for event in timeline.events]
    assert order.index(("one", "released")) < order.index(("two", "got"))
    assert order.index(("one", "got")) < order.index(("two", "waiting"))


def test_a_lock_that_is_not_had_is_not_recorded_as_had():
    with Timeline() as timeline:
        lock = timeline.lock("L")
        assert lock.acquire() and lock.locked()
        assert not lock.acquire(blocking=False)
        assert not lock.acquire(timeout=0)
        lock.release()
        assert not lock.locked()
    assert [kind for kind, _ in seen(timeline)] == ["got", "waiting", "cancelled", "released"]


def test_waiting_for_anything():
    future: Future[int] = Future()
    future.cancel()
    with Timeline() as timeline, pytest.raises(CancelledError), timeline.waiting("result"):
        future.result()
    assert seen(timeline) == [("waiting", "result"), ("resumed", "result")]


def test_events_beyond_the_limit_are_counted():
    with Timeline(limit=5) as timeline:
        for number in range(8):
            timeline.mark(str(number))
        assert len(timeline._events) == 5
    assert [label for _, label in seen(timeline)] == ["0", "1", "2", "3", "4"]
    assert timeline.left_out == 3
    assert timeline.text().endswith("(the first 5 events; 3 later ones are left out)")


def test_many_threads_lose_no_event():
    def work() -> None:
        barrier.wait()
        for _ in range(200):
            timeline.mark("x")

    barrier = threading.Barrier(8)
    with Timeline() as timeline:
        run(*(threading.Thread(target=work, name=f"t{number}") for number in range(8)))
    assert all(len(seen(timeline, f"t{number}")) == 200 for number in range(8))
    assert [event.time for event in timeline.events] == sorted(event.time for event in timeline.events)


def test_nothing_is_recorded_after_the_end():
    with Timeline() as timeline:
        timeline.mark("in time")
    timeline.mark("too late")
    assert seen(timeline) == [("mark", "in time")]


def test_what_goes_on_at_the_end_is_drawn_as_not_finished():
    with Timeline() as timeline:
        span = timeline.span("endless")
        span.__enter__()
    assert "> not finished" in timeline.text() and "> not finished" in timeline.text(by="order")


def test_nothing_is_left_on_disk(temporary: Path):
    with Timeline() as timeline:
        assert list(temporary.iterdir())
    assert not list(temporary.iterdir())
    forgotten = Timeline()
    del forgotten
    gc.collect()
    assert not list(temporary.iterdir())
    assert timeline.closed


def test_a_copy_by_pickle_in_the_same_process_is_the_timeline_itself():
    timeline = Timeline()
    assert pickle.loads(pickle.dumps(timeline)) is timeline


def test_importing_it_loads_nothing_heavy():
    heavy = ["matplotlib", "numpy", "asyncio", "multiprocessing", "concurrent.futures", "gevent", "IPython", "nbgrader"]
    rooms = ["autograder.checks", "autograder.grading", "autograder.reporting", "autograder.authoring"]
    code = f"import sys, autograder.timeline; print([name for name in {heavy + rooms} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_a_timeline_says_how_much_it_has():
    timeline = Timeline()
    timeline.mark("x")
    assert repr(timeline) == "<Timeline: 1 events in 1 lanes>"
    assert isinstance(timeline.events[0], Event)
