"""The test cells that the documentation of `autograder.checks` shows pass with right code and fail with wrong code."""

import re
import subprocess
import sys
import textwrap
import uuid

import pytest

from autograder import checks
from autograder.checks import CheckFailed

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # Celery's own

RIGHT = {
    "fetch_all": """
        from concurrent.futures import ThreadPoolExecutor

        def fetch_all(urls, fetch, workers):
            with ThreadPoolExecutor(workers) as pool:
                return list(pool.map(fetch, urls))
    """,
    "count_primes": """
        from concurrent.futures import ProcessPoolExecutor

        def count(limit):
            return sum(all(n % d for d in range(2, n)) for n in range(2, limit))

        def count_primes(limits, workers):
            with ProcessPoolExecutor(workers) as pool:
                return list(pool.map(count, limits))
    """,
    "SafeCounter": """
        import threading

        class SafeCounter:
            def __init__(self):
                self.value, self.lock = 0, threading.Lock()

            def increment(self):
                with self.lock:
                    self.value += 1
    """,
    "fetch_limited": """
        import asyncio

        async def fetch_limited(urls, fetch, limit):
            free = asyncio.Semaphore(limit)

            async def one(url):
                async with free:
                    return await fetch(url)

            return await asyncio.gather(*map(one, urls))
    """,
    "EchoServer": """
        import asyncio

        class EchoServer:
            def __init__(self, port=0):
                self.port, self.tasks = port, set()

            async def start(self):
                self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
                self.port = self.server.sockets[0].getsockname()[1]

            async def handle(self, reader, writer):
                task = asyncio.current_task()
                self.tasks.add(task)
                while line := await reader.readline():
                    writer.write(line)
                writer.close()
                self.tasks.discard(task)

            async def stop(self):
                self.server.close()
                if self.tasks:
                    await asyncio.wait(self.tasks)
    """,
    "crawl_all": """
        from gevent.pool import Pool

        def crawl_all(urls, fetch, size):
            return Pool(size).map(fetch, urls)
    """,
    "patched_fetch": """
        from gevent import monkey
        monkey.patch_all()
        import sys
        import gevent
        from world import fetch

        jobs = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
        for job in jobs:
            print(job.get())
    """,
    "find_deadlock": """
        def find_deadlock(waits_for):
            for start in sorted(waits_for):
                cycle = [start]
                while (next_one := waits_for.get(cycle[-1])) not in cycle and next_one is not None:
                    cycle.append(next_one)
                if next_one == start:
                    return cycle
            return None
    """,
    "pool_facts": """
        pool_facts = {"end_of_with": "a"}
    """,
    "consume": """
        def produce(client, pages):
            client.lpush("pages", *pages)

        def consume(client, parse):
            while client.lmove("work", "pages", "RIGHT", "RIGHT"):
                pass
            results = []
            while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
                results.append(parse(page))
                client.lrem("work", 1, page)
            return results
    """,
    "student.then": """
        from concurrent.futures import Future

        def then(future, function):
            new = Future()

            def resolve(done):
                new.set_result(function(done.result()))

            future.add_done_callback(resolve)
            return new
    """,
    "schedule_sms": """
        def schedule_sms(task, number, text, when):
            return task.apply_async((number, text), eta=when)
    """,
}
WRONG = [
    ("fetch_all", "list(pool.map(fetch, urls))", "[pool.submit(fetch, u).result() for u in urls]", "only 1 at a time"),
    ("count_primes", "ProcessPoolExecutor", "ThreadPoolExecutor", "no worker process ever received one"),
    ("SafeCounter", "with self.lock:", "with threading.Lock():", "counter.value is 1"),
    ("fetch_limited", "Semaphore(limit)", "Semaphore(99)", "10 fetch jobs were running at the same time"),
    ("EchoServer", "self.server.close()", "pass", "a new client is still accepted"),
    ("crawl_all", "Pool(size).map(fetch, urls)", "[fetch(url) for url in urls]", "one after the other"),
    ("patched_fetch", "monkey.patch_all()", "", "sockets were never patched"),
    ("find_deadlock", "return cycle", "return ''.join(cycle)", "returned 'AB'"),
    ("pool_facts", '"a"', '"c"', "What does `wait` stand for?"),
    ("student.then", "function(done.result())", "done.result()", "the new future: \"result 'four'\""),
    ("consume", "results.append(parse(page))", "results.append(page)", "'a' was never worked on"),
    ("schedule_sms", "eta=when", "task_id=text", "expected:  nothing was done"),
]


def cells() -> dict[str, str]:
    """The cells of the documentation, by the student's name that each is about."""
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", checks.__doc__, re.MULTILINE)
    codes = [textwrap.dedent(text).strip() for text in found if text.strip()]
    return {max((name for name in RIGHT if name in code), key=code.index): code for code in codes}


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Run the cell that is about a name, after the student's code in a module and in the notebook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(name, code):
        code = textwrap.dedent(code)
        cell, file = cells()[name], tmp_path / f"{name}.py"
        if written := re.search(r'module\("(\w+)"\)|Program\("(\w+).py"', cell):
            file = tmp_path / f"{written[1] or written[2]}.py"
        file.write_text(code)
        if written is None:
            defined = {"__name__": f"students_{uuid.uuid4().hex}"}
            exec(compile(code, str(file), "exec"), defined)
            for one, value in defined.items():
                if not one.startswith("__"):
                    monkeypatch.setattr(sys.modules["__main__"], one, value, raising=False)
        exec(compile(cell, "<documentation>", "exec"), {})

    yield run
    sys.modules.pop("primes", None)


def test_there_is_a_cell_for_each_topic():
    assert cells().keys() == RIGHT.keys()


@pytest.mark.parametrize("name", RIGHT)
def test_right_code_passes(judge, name):
    judge(name, RIGHT[name])


@pytest.mark.parametrize(("name", "right", "wrong", "words"), WRONG)
def test_wrong_code_fails(judge, name, right, wrong, words):
    assert right in RIGHT[name]
    with pytest.raises(CheckFailed) as caught:
        judge(name, RIGHT[name].replace(right, wrong))
    assert words in str(caught.value)


def test_names_are_there_and_the_heavy_ones_come_with_their_first_use():
    code = """
import sys
import autograder.checks as checks
light = {name.split(".")[0] for name in sys.modules}
assert not light & {"asyncio", "gevent", "redis", "celery", "matplotlib"}, light
for name in checks.__all__:
    assert name in dir(checks) and getattr(checks, name) is not None
assert not hasattr(checks, "no_such_name")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
