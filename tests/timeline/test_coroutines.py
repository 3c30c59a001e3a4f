"""Tasks and greenlets have lanes of their own, and it is seen when a coroutine is suspended."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from autograder.timeline import Timeline


def seen(timeline: Timeline, lane: str = "") -> list[tuple[str, str]]:
    return [(event.kind, event.label) for event in timeline.events if lane in ("", event.lane)]


def test_each_task_has_a_lane_and_shows_its_suspensions():
    timeline = Timeline()

    @timeline.job
    async def fetch(name: str) -> str:
        if name == "a":
            await first
        else:
            first.set_result(None)
        return name * 2

    async def main() -> list[str]:
        nonlocal first
        first = asyncio.get_running_loop().create_future()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(name), name=f"task {name}") for name in "ab"]
        return [task.result() for task in tasks]

    first: asyncio.Future[None]
    assert asyncio.run(main()) == ["aa", "bb"]
    assert [(event.lane, event.kind) for event in timeline.events] == [
        ("task a", "started"),
        ("task a", "suspended"),
        ("task b", "started"),
        ("task b", "done"),
        ("task a", "resumed"),
        ("task a", "done"),
    ]


def test_cancellation_reaches_the_coroutine_and_is_recorded():
    timeline, cleaned = Timeline(), []

    @timeline.job
    async def forever() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            cleaned.append(True)

    async def main() -> None:
        task = asyncio.create_task(forever(), name="t")
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert cleaned == [True]
    assert [kind for kind, _ in seen(timeline)] == ["started", "suspended", "resumed", "cancelled"]


def test_an_exception_thrown_in_at_an_await_can_be_caught_there():
    timeline = Timeline()

    @timeline.job
    async def careful() -> str:
        try:
            async with asyncio.timeout(0):
                await asyncio.get_running_loop().create_future()
        except TimeoutError:
            return "caught"

    assert asyncio.run(careful()) == "caught"
    assert seen(timeline)[-1] == ("done", "careful")


def test_spans_of_tasks_that_take_turns_do_not_mix():
    timeline = Timeline()

    async def work(name: str) -> None:
        with timeline.span(name):
            await asyncio.sleep(0)
            timeline.mark("again")

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for name in "ab":
                group.create_task(work(name), name=f"task {name}")

    asyncio.run(main())
    assert seen(timeline, "task a") == [("started", "a"), ("mark", "again"), ("done", "a")]
    assert seen(timeline, "task b") == [("started", "b"), ("mark", "again"), ("done", "b")]
    assert [kind for kind, _ in seen(timeline)][:2] == ["started", "started"]


def test_the_task_that_opened_the_timeline_is_the_main_thread():
    async def main() -> Timeline:
        with Timeline() as timeline:
            timeline.mark("x")
            await asyncio.create_task(timeline.job(asyncio.sleep, label="y")(0), name="other")
        return timeline

    timeline = asyncio.run(main())
    assert [(event.lane, event.kind) for event in timeline.events][:2] == [("MainThread", "mark"), ("other", "started")]


@pytest.mark.parametrize("patch", ["", "import gevent.monkey; gevent.monkey.patch_all()"])
def test_each_greenlet_has_a_lane(patch):
    code = f"""
{patch}
import gevent
from gevent.lock import BoundedSemaphore
from gevent.pool import Pool
from autograder.timeline import Timeline

def work(name):
    with lock:
        gevent.sleep(0)

with Timeline() as timeline:
    lock = timeline.lock("L", BoundedSemaphore(1))
    pool = Pool(2)
    for name in "ab":
        pool.spawn(timeline.job(work), name)
    killed = gevent.spawn(timeline.job(gevent.sleep, label="k"), 60)
    pool.join()
    killed.kill()
lanes = list(dict.fromkeys(event.lane for event in timeline.events))
for lane in lanes:
    print(*(event.kind + event.label for event in timeline.events if event.lane == lane))
print(all(lane.startswith("Greenlet-") for lane in lanes))
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == [
        "starteda gotL releasedL donea",
        "startedb waitingL gotL releasedL doneb",
        "startedk cancelledk",
        "True",
    ]
