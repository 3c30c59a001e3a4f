"""Coroutines checked in a real kernel: its own loop runs in the main thread, and the next cell always works."""

from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

SOLUTION = """
import asyncio, threading, time
from time import sleep

async def right(urls, fetch, limit):
    free = asyncio.Semaphore(limit)
    async def one(url):
        async with free:
            return await fetch(url)
    return await asyncio.gather(*map(one, urls))

async def serial(urls, fetch, limit):
    return [await fetch(url) for url in urls]

async def blocking(urls, fetch, limit):
    sleep(1)
    return await right(urls, fetch, limit)

async def unawaited(urls, fetch, limit):
    for url in urls:
        fetch(url)
    return [url.upper() for url in urls]

async def dropped(urls, fetch, limit):
    for url in urls:
        asyncio.create_task(fetch(url))
    await asyncio.sleep(5)
    return [url.upper() for url in urls]

async def deadlocked(urls, fetch, limit):
    print("about to wait")
    await asyncio.Queue().get()

async def stuck(urls, fetch, limit):
    threading.Lock().acquire()
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()

async def spinning(urls, fetch, limit):
    while True:
        await asyncio.sleep(0)

async def closing(urls, fetch, limit):
    asyncio.get_running_loop().stop()
    await asyncio.sleep(1)

def nested(urls, fetch, limit):
    return asyncio.run(right(urls, fetch, limit))

class EchoServer:
    def __init__(self, port=0):
        self.port = port
    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]
    async def handle(self, reader, writer):
        while line := await reader.readline():
            writer.write(line)
        writer.close()
    async def stop(self):
        self.server.close()
        await asyncio.sleep(0.01)
"""

TEST = """
from autograder.checks import student
from autograder.checks.coroutines import Loop

urls = list("abcdefghij")
with Loop() as loop:
    call = loop.start(student.NAME, urls, loop.job("fetch", {url: url.upper() for url in urls}), 3)
    call.expect_result([url.upper() for url in urls])
    loop.expect_peak(3)
    call.expect_elapsed(4)
    call.expect_nothing_left()
"""

SERVER = """
with Loop(sockets=True) as loop:
    server = loop.serve(student.EchoServer)
    client = server.connect()
    client.send("hello\\n")
    client.expect_reply("hello\\n")
    client.finish()
    client.expect_closed()
    stop = loop.start(server.stop)
    stop.expect_nothing_left()
    server.expect_refused()
"""

ANYWHERE = """
import asyncio, nest_asyncio

def run_anywhere(coroutine):
    nest_asyncio.apply()
    return asyncio.run(coroutine)
"""

TEST_ANYWHERE = """
async def answer(job):
    return await job("x")

for where in ("start_in_script", "start_in_notebook"):
    with Loop() as loop:
        call = getattr(loop, where)(student.run_anywhere, answer(loop.job("job", {"x": 42})))
        call.expect_result(42)
"""


def at(text, number=1):
    """How a message names this line of the solution cell; `number` says which one of several alike."""
    lines = [n for n, line in enumerate(SOLUTION.strip().splitlines(), 1) if line.strip() == text]
    return f"line {lines[number - 1]}: `{text}`"


NEXT = "assert await asyncio.sleep(0, 'the next cell works') == 'the next cell works' and time.sleep(0) is None"

WRONG = {
    "serial": "one after the other",
    "blocking": at("sleep(1)") + " blocks",
    "unawaited": at("fetch(url)") + " was called but never awaited",
    "dropped": at("asyncio.create_task(fetch(url))") + " vanished",
    "deadlocked": "the call waits at " + at("await asyncio.Queue().get()"),
    "stuck": "the event loop's thread is at " + at("lock.acquire()", 2),
    "spinning": "it is at " + at("await asyncio.sleep(0)"),
    "closing": "the code stopped the event loop itself",
    "nested": "A loop already runs in this thread",
    "missing": "missing is not defined",
}


def cells():
    """The source of each cell, and the words that its failure must contain ("" if it must pass)."""
    made = [(SOLUTION, ""), (TEST.replace("NAME", "right"), "")]
    for name, words in WRONG.items():
        made += [(TEST.replace("NAME", name), words), (NEXT, "")]
    made += [(SERVER, ""), (ANYWHERE, ""), (TEST_ANYWHERE, ""), (NEXT, ""), (TEST_ANYWHERE, "")]
    made += [(TEST.replace("NAME", "right"), ""), (TEST.replace("NAME", "serial"), WRONG["serial"]), (SERVER, "")]
    return made


def judge(outcomes):
    for (source, words), (status, text) in zip(cells(), outcomes, strict=True):
        if words:
            assert status == "CheckFailed", (source, status, text)
            assert words in text, (source, text)
        else:
            assert status == "ok", (source, text)


def test_cell_by_cell():
    notebook = new_notebook(cells=[new_code_cell(source) for source, _ in cells()])
    NotebookClient(notebook, timeout=60, allow_errors=True, kernel_name="python3").execute()
    errors = [[output for output in cell.outputs if output.output_type == "error"] for cell in notebook.cells]
    judge([(found[0].ename, found[0].evalue) if found else ("ok", "") for found in errors])
    printed = [output.text for cell in notebook.cells for output in cell.outputs if output.output_type == "stream"]
    assert printed == ["about to wait\n"]


def test_all_cells_queued_at_once():
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        sent = [client.execute(source, stop_on_error=False) for source, _ in cells()]
        replies = {}
        while len(replies) < len(sent):
            reply = client.get_shell_msg(timeout=60)
            if reply["msg_type"] == "execute_reply":
                replies[reply["parent_header"]["msg_id"]] = reply["content"]
        judge([(replies[one].get("ename", "ok"), replies[one].get("evalue", "")) for one in sent])
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
