"""Right and wrong code for every kind of check, as cells of a notebook: what tests and `make stability` run.

Three collections: the cells that the documentation of `autograder.checks` shows, with a right and a wrong answer to
each; bad input, whatever a student's cell may leave behind in place of an answer; the course's own exercises with all
their answers.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from autograder import checks
from autograder.authoring.answers import ExerciseRef, read_answers
from autograder.course import Course
from autograder.notebooks import exercises, grade_id, magic_of, read


@dataclass(frozen=True)
class Case:
    """One verdict: what the student's cells hold, the test cell, and the words of its failure ("" if it passes).

    `kind` names the sort of check; `group` the notebook to which the case belongs, whose folder it needs.
    """

    kind: str
    name: str
    before: tuple[str, ...]
    test: str
    words: str = ""
    group: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the test cell must pass."""
        return not self.words


def kind_of(test: str) -> str:
    """The sort of check that a test cell makes, by the names that it uses."""
    for kind, names in _NAMES.items():
        if re.search(rf"\b({names})\b", test):
            return kind
    return "values"


_NAMES = {
    "brokers": "Broker",
    "programs": "Program",
    "sockets": "sockets=True",
    "asyncio": "Loop",
    "gevent": "Hub",
    "schedules": "explore",
    "choices": "expect_choice|expect_answered",
    "processes": "module",
    "threads": "Gate",
}

# The documentation's cells

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
    "then": """
        from concurrent.futures import Future

        def then(future, function):
            new = Future()

            def resolve(done):
                new.set_result(function(done.result()))

            future.add_done_callback(resolve)
            return new
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
    "schedule_sms": """
        def schedule_sms(task, number, text, when):
            return task.apply_async((number, text), eta=when)
    """,
}
# By name: a part of the right code, what stands in its place in a wrong one, words of the message.
WRONG = {
    "fetch_all": ("list(pool.map(fetch, urls))", "[pool.submit(fetch, u).result() for u in urls]", "only 1 at a time"),
    "count_primes": ("ProcessPoolExecutor", "ThreadPoolExecutor", "no worker process ever received one"),
    "SafeCounter": ("with self.lock:", "with threading.Lock():", "counter.value is 1"),
    "fetch_limited": ("Semaphore(limit)", "Semaphore(99)", "10 fetch jobs were running at the same time"),
    "EchoServer": ("self.server.close()", "pass", "a new client is still accepted"),
    "crawl_all": ("Pool(size).map(fetch, urls)", "[fetch(url) for url in urls]", "one after the other"),
    "patched_fetch": ("monkey.patch_all()", "", "sockets were never patched"),
    "then": ("function(done.result())", "done.result()", "the new future: \"result 'four'\""),
    "find_deadlock": ("return cycle", "return ''.join(cycle)", "returned 'AB'"),
    "pool_facts": ('"a"', '"c"', "What does `wait` stand for?"),
    "consume": ("results.append(parse(page))", "results.append(page)", "'a' was never worked on"),
    "schedule_sms": ("eta=when", "task_id=text", "expected:  nothing was done"),
}


def documented() -> list[Case]:
    """A right and a wrong answer to each test cell that the documentation of `autograder.checks` shows."""
    cases = []
    for name, test in documented_cells().items():
        code = textwrap.dedent(RIGHT[name]).lstrip()
        part, other, words = WRONG[name]
        kind, file = kind_of(test), _file(test)
        cases.append(Case(kind, f"{name}, right", (file + code,), test))
        cases.append(Case(kind, f"{name}, wrong", (file + code.replace(part, other),), test, words))
    return cases


def documented_cells() -> dict[str, str]:
    """The cells of the documentation, by the name of the student's that each is about."""
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", checks.__doc__, re.MULTILINE)
    codes = [textwrap.dedent(text).strip() for text in found if text.strip()]
    about = re.compile(r"student\.(\w+)|module\(\"\w+\"\)\.(\w+)|Program\(\"(\w+)\.py\"")
    return {[next(filter(None, found)) for found in about.findall(code)][-1]: code for code in codes}


def _file(test: str) -> str:
    """The first line of the solution cell, if the test cell asks for a file."""
    file = re.search(r'module\("(\w+)"\)|Program\("(\w+)\.py"', test)
    return f"%%writefile {file[1] or file[2]}.py\n" if file else ""


# The course's own exercises


def answered(course: Course) -> Iterator[Case]:
    """Every test cell of every exercise, on the solution and on each answer, in the order of the course."""
    for assignment in course.assignments():
        for path in sorted((course.source / assignment).glob("*.ipynb")):
            yield from _of_notebook(course, assignment, path.stem)


def _of_notebook(course: Course, assignment: str, notebook: str) -> Iterator[Case]:
    path = course.source / assignment / f"{notebook}.ipynb"
    book = read(path)
    found = exercises(book)
    refs = [ExerciseRef.of(assignment, notebook, each) for each in found]
    answers = [each for each in read_answers(course.answers, refs)[0] if each.notebook == notebook]
    for each in found:
        cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
        own = [cell for cell in cells if grade_id(cell) in ("", each.name)]
        tried = [("solution", None, {})]
        tried += [(answer.name, answer.code, answer.fails) for answer in answers if answer.exercise == each.name]
        for name, code, fails in tried:
            solution = each.solution["source"] if code is None else magic_of(each.solution) + code
            before = tuple(solution if cell is each.solution else cell["source"] for cell in own)
            for test in each.tests:
                words, text = fails.get(grade_id(test), ""), test["source"]
                yield Case(kind_of(text), f"{name} {grade_id(test)}", before, text, words, f"{assignment}/{notebook}")


# Bad input: what may be in the place of an answer. Each test cell asks for the same: [2, 4] for [1, 2].

TESTS = {
    "values": """
        from autograder.checks import call, student

        call(student.answer, [1, 2], int).expect_result([2, 4])
    """,
    "threads": """
        from autograder.checks import Gate, student

        with Gate() as gate:
            call = gate.start(student.answer, [1, 2], gate.job("double", {1: 2, 2: 4}))
            gate.expect_at_once(2)
            gate.finish_all()
            call.expect_result([2, 4])
            call.expect_nothing_left()
    """,
    "processes": """
        from autograder.checks import Gate, module

        with Gate() as gate:
            call = gate.start(module("doubling").answer, gate.values([1, 2]), None)
            gate.expect_at_once(2)
            gate.finish_all()
            call.expect_result([2, 4])
            call.expect_nothing_left()
    """,
    "schedules": """
        from autograder.checks import explore, student

        def two_calls(run):
            first, second = (run.start(student.answer, [1, 2], run.job("double", {1: 2, 2: 4})) for _ in range(2))
            run.finish()
            run.expect("both results", [first.value, second.value], [[2, 4], [2, 4]])

        explore(two_calls)
    """,
    "asyncio": """
        from autograder.checks import Loop, student

        with Loop() as loop:
            call = loop.start(student.answer, [1, 2], loop.job("double", {1: 2, 2: 4}))
            call.expect_result([2, 4])
            call.expect_nothing_left()
    """,
    "sockets": """
        from autograder.checks import Loop, student

        with Loop(sockets=True) as loop:
            server = loop.serve(student.answer)
            client = server.connect()
            client.send("hello\\n")
            client.expect_reply("hello\\n")
            client.close()
            loop.start(server.stop).expect_nothing_left()
            server.expect_refused()
    """,
    "gevent": """
        from autograder.checks import Hub, refuse_patching, student

        refuse_patching()
        with Hub() as hub:
            call = hub.start(student.answer, [1, 2], hub.job("double", {1: 2, 2: 4}))
            call.expect_result([2, 4])
            call.expect_nothing_left()
    """,
    "programs": """
        from autograder.checks import Program

        with Program("answer.py", {"double": {1: 2, 2: 4}}) as program:
            call = program.start("1", "2")
            program.expect_at_once(1)
            program.finish_all()
            call.expect_output("2\\n4\\n")
            call.expect_exit()
    """,
    "choices": """
        from autograder.checks import expect_choice, student

        expect_choice(student.answer, "doubled", "b", {"a": "What is twice 1?"})
    """,
    "brokers": """
        from autograder.checks import Broker, student

        with Broker() as broker:
            call = broker.start(student.answer, [1, 2], broker.job("double", {1: 2, 2: 4}))
            call.expect_result([2, 4])
            call.expect_nothing_left()
    """,
}
SOUND = {
    "values": """
        def answer(numbers, job):
            return [2 * number for number in numbers]
    """,
    "threads": """
        from concurrent.futures import ThreadPoolExecutor

        def answer(numbers, job):
            with ThreadPoolExecutor(2) as pool:
                return list(pool.map(job, numbers))
    """,
    "processes": """
        from concurrent.futures import ProcessPoolExecutor

        def double(number):
            return 2 * number

        def answer(numbers, job):
            with ProcessPoolExecutor(2) as pool:
                return list(pool.map(double, numbers))
    """,
    "schedules": """
        def answer(numbers, job):
            return [job(number) for number in numbers]
    """,
    "asyncio": """
        async def answer(numbers, job):
            return [await job(number) for number in numbers]
    """,
    "sockets": RIGHT["EchoServer"].replace("EchoServer", "answer"),
    "gevent": """
        def answer(numbers, job):
            return [job(number) for number in numbers]
    """,
    "programs": """
        from world import double

        print(double(1))
        print(double(2))
    """,
    "choices": """
        answer = {"doubled": "b"}
    """,
    "brokers": """
        def answer(numbers, job):
            return [job(number) for number in numbers]
    """,
}
FUNCTIONS = ("values", "threads", "processes", "schedules", "asyncio", "gevent", "brokers")
"""The kinds whose test cells call a function of the student's."""

_RETURNS = ("returned None", "returned 3", "returned an EqualToAll object")
# By name: the body of a function that takes whatever it is given, or a whole cell, and words of the message.
BODIES = {
    "never returns": ("threading.Event().wait()", "never ends"),
    "returns None": ("pass", "returned None"),
    "returns what equals everything": ("return EqualToAll()", "returned an EqualToAll object"),
    "raises KeyboardInterrupt": ("raise KeyboardInterrupt", "raised KeyboardInterrupt()"),
    "raises SystemExit": ("sys.exit('bye')", "raised SystemExit('bye')"),
    "raises GeneratorExit": ("raise GeneratorExit", "raised GeneratorExit()"),
    "raises what cannot be printed": ("raise Unprintable('x')", "raised Unprintable('x')"),
    "recurses": ("return answer(*arguments)", "RecursionError"),
    "ends its thread": ("_thread.exit()", "raised SystemExit()"),
    "patches a module": ("time.sleep = print; return [2, 4]", "changed time.sleep"),
    "deletes builtins": ("del builtins.len, builtins.isinstance; return [2, 4]", "builtins.len"),
    "prints a gigabyte": ("while True: print('x' * 100_000)", "printed more than 1,000,000 characters"),
    "closes stdin": ("sys.stdin.close(); sys.stdin = None; os.close(0); return 3", "returned 3"),
    "sets a trace function": ("sys.settrace(trace); threading.settrace(trace); return 3", "returned 3"),
    "has a daemon thread that raises": ("threading.Thread(target=crash, daemon=True).start(); return 3", "returned 3"),
    "changes what the process shares": (
        "os.chdir('/'); os.environ.clear(); sys.setrecursionlimit(150); gc.disable(); sys.path.clear(); return 3",
        "returned 3",
    ),
}
# Where a kind of check says it in other words.
IN_OTHER_WORDS = {
    "threads": {"never ends": "no job ever starts"},
    "processes": {"never ends": "no job ever starts", **dict.fromkeys(_RETURNS, "no worker process ever received")},
    "schedules": {
        "never ends": "A waits for ever",
        "returned None": "both results is [None, None]",
        "returned 3": "both results is [3, 3]",
        "returned an EqualToAll object": "both results is [an EqualToAll object, an EqualToAll object]",
        "closes stdin": "has no attribute 'close'",  # for the second of two calls
        "prints a gigabyte": "goes on and on",
    },
    "gevent": {"never ends": "blocks: it stops the whole thread"},
    "asyncio": {"never ends": "the event loop stands still", "recurses": "returned a coroutine object"},
}
HEAD = """
import _thread, asyncio, builtins, gc, os, sys, threading, time

class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no text")
    __repr__ = __str__

class EqualToAll:
    def __eq__(self, other):
        return True
    __hash__ = None

def crash():
    1 / 0

def trace(*arguments):
    time.time()
    return trace
"""

# By kind and name: the whole cell, and words of the message.
CELLS = {
    ("values", "computes without end"): ("def answer(*arguments):\n    while True: pass", "goes on and on"),
    ("sockets", "has no stop"): ("class answer:\n    port = 1\n    async def start(self): pass", "nobody listens"),
    ("sockets", "raises SystemExit"): ("class answer:\n    def __init__(self): raise SystemExit('bye')", "SystemExit"),
    ("sockets", "closes the loop"): (
        "class answer:\n    async def start(self): asyncio.get_running_loop().close()",
        "Cannot close a running event loop",
    ),
    ("asyncio", "closes the loop"): (
        "async def answer(*arguments): asyncio.get_running_loop().close()",
        "Cannot close a running event loop",
    ),
    ("asyncio", "stops the loop"): (
        "async def answer(*arguments): asyncio.get_running_loop().stop(); await asyncio.sleep(1)",
        "the code stopped the event loop itself",
    ),
    ("asyncio", "is no coroutine function"): ("def answer(*arguments): return [2, 4]", "is not a coroutine function"),
    ("gevent", "patches the process"): (
        "def answer(*arguments):\n    from gevent import monkey; monkey.patch_all()",
        "a call that patches the modules of the notebook's own process",
    ),
    ("gevent", "ends its hub"): (
        "def answer(*arguments):\n    import gevent; gevent.get_hub().destroy(destroy_loop=True); return 3",
        "answer([1, 2], double)",
    ),
    ("programs", "is no Python"): ("%%writefile answer.py\nprint(", "SyntaxError"),
    ("programs", "raises KeyboardInterrupt"): ("%%writefile answer.py\nraise KeyboardInterrupt", "KeyboardInterrupt"),
    ("programs", "kills itself"): ("%%writefile answer.py\nimport os; os.abort()", "SIGABRT"),
    ("programs", "prints a gigabyte"): (
        "%%writefile answer.py\nwhile True: print('x' * 100_000)",
        "written 1,000,000 bytes",
    ),
    ("programs", "never ends"): ("%%writefile answer.py\nimport threading; threading.Event().wait()", "never imported"),
    ("programs", "kills its parent's signals"): (
        "%%writefile answer.py\nimport signal, threading\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "from world import double\nprint(double(1), double(2))",
        "line 1 of the output is '2 4'",
    ),
    ("choices", "is a dict of its own kind"): (
        "class D(dict):\n    def get(self, *a): return 'b'\nanswer = D()",
        "answer is a D object",
    ),
    ("choices", "has an answer that equals everything"): (
        "class A(str):\n    def __eq__(self, other): return True\nanswer = {'doubled': A('x')}",
        "the answer an A object",
    ),
    ("brokers", "empties the server"): (
        "def answer(*arguments):\n    import redis; raise redis.ConnectionError('gone')",
        "ConnectionError('gone')",
    ),
}


def bad_input() -> list[Case]:
    """Each bad input for each kind of check where it makes sense, each followed by a right answer to the same test."""
    cases = []
    for kind, test in TESTS.items():
        file = _file(test)
        wrong = {
            "is missing": ("", f"there is no file {file.split()[-1]}" if file else "answer is not defined"),
            "is not called so": (f"{file}{HEAD}other = 42", "never imported" if kind == "programs" else "not defined"),
        }
        if kind != "programs":
            wrong["is not callable"] = (f"{file}answer = 42", "a dict of" if kind == "choices" else "cannot be called")
        if kind in FUNCTIONS:
            define = "async def" if kind == "asyncio" else "def"
            wrong["takes other parameters"] = (f"{file}{define} answer(one, two, three): return 3", "TypeError")
            for name, (body, words) in BODIES.items():
                words = IN_OTHER_WORDS.get(kind, {}).get(name if name in IN_OTHER_WORDS.get(kind, {}) else words, words)
                code = f"{file}{HEAD}\n{define} answer(*arguments):\n    {body}\n"
                wrong[name] = (code, words)
        wrong |= {
            name: (HEAD * (kind != "programs") + code, words)
            for (one, name), (code, words) in CELLS.items()
            if one == kind
        }
        right = (file + textwrap.dedent(SOUND[kind]).lstrip(),)
        test = textwrap.dedent(test).strip()
        for name, (code, words) in wrong.items():
            cases.append(Case(kind, name, (code,), test, words, "bad input"))
            cases.append(Case(kind, f"right after: {name}", right, test, "", "bad input"))
    return cases
