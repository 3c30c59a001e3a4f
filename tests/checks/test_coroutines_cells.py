"""The test cells that the documentation of `coroutines` shows pass with right code and fail with wrong code."""

import ast
import asyncio
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.checks import CheckFailed, coroutines


async def gather_in_order(jobs):
    return await asyncio.gather(*(job() for job in jobs))


async def fetch_limited(urls, fetch, limit):
    free = asyncio.Semaphore(limit)

    async def one(url):
        async with free:
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))


async def retry(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except Exception:
            if attempt == attempts - 1:
                raise
        await asyncio.sleep(base * 2**attempt)


async def with_deadline(jobs, seconds):
    names = {asyncio.create_task(job()): name for name, job in jobs.items()}
    done, pending = await asyncio.wait(names, timeout=seconds)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return {names[task]: task.result() for task in done}, {names[task] for task in pending}


class EchoServer:
    def __init__(self, port=0):
        self.port, self.tasks = port, set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def handle(self, reader, writer):
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            while line := await reader.readline():
                writer.write(line)
                await writer.drain()
        finally:
            self.tasks.discard(task)
            writer.close()

    async def stop(self):
        self.server.close()
        if self.tasks:
            await asyncio.wait(self.tasks)


def run_anywhere(coroutine):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def gather_one_by_one(jobs):
    return [await job() for job in jobs]


async def gather_by_completion(jobs):
    return [await done for done in asyncio.as_completed([job() for job in jobs])]


async def fetch_all_at_once(urls, fetch, limit):
    return await asyncio.gather(*map(fetch, urls))


async def retry_everything(operation, attempts, base):
    for attempt in range(attempts):
        try:
            return await operation()
        except BaseException:
            pass
        try:
            await asyncio.sleep(base * 2**attempt)
        except BaseException:
            continue


async def with_deadline_and_no_cancel(jobs, seconds):
    names = {asyncio.create_task(job()): name for name, job in jobs.items()}
    done, pending = await asyncio.wait(names, timeout=seconds)
    return {names[task]: task.result() for task in done}, {names[task] for task in pending}


class HastyServer(EchoServer):
    async def stop(self):
        self.server.close()


RIGHT = {
    function.__name__: function
    for function in (gather_in_order, fetch_limited, retry, with_deadline, EchoServer, run_anywhere)
}


def cells():
    """The `with` statements of the documentation, each as (the student's name that it is about, code to run it)."""
    code = textwrap.dedent("    " + coroutines.__doc__.partition("\n\n    ")[2])
    body = ast.parse(code).body
    setup = [statement for statement in body if not isinstance(statement, ast.With)]
    for statement in body:
        if isinstance(statement, ast.With):
            name = next(node.attr for node in ast.walk(statement) if getattr(node, "attr", None) in RIGHT)
            module = ast.Module([*setup, statement], [])
            yield name, compile(module, "<documentation>", "exec")


def run(name):
    for about, code in cells():
        if about == name:
            exec(code, {})


@pytest.fixture(autouse=True)
def notebook(monkeypatch):
    for name, function in RIGHT.items():
        monkeypatch.setattr(sys.modules["__main__"], name, function, raising=False)
    monkeypatch.setattr("autograder.checks.Loop", coroutines.Loop, raising=False)
    monkeypatch.setattr("autograder.checks.NEVER", coroutines.NEVER, raising=False)


@pytest.mark.parametrize("name", RIGHT)
def test_right_code_passes(name):
    assert name in {about for about, _ in cells()}
    run(name)


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("gather_in_order", gather_one_by_one, "after 6 s"),
        ("gather_in_order", gather_by_completion, "the order in which the jobs ended"),
        ("fetch_limited", fetch_all_at_once, "10 fetch jobs were running at the same time"),
        ("retry", retry_everything, "the cancel was swallowed"),
        ("with_deadline", with_deadline_and_no_cancel, "left behind: 2 tasks"),
        ("EchoServer", HastyServer, "What happens to the exchange with the slow client?"),
        ("run_anywhere", asyncio.run, "A loop already runs in this thread"),
    ],
)
def test_wrong_code_fails(monkeypatch, name, wrong, words):
    monkeypatch.setattr(sys.modules["__main__"], name, wrong)
    with pytest.raises(CheckFailed) as caught:
        run(name)
    assert words in str(caught.value)
