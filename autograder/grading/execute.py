"""Runs a notebook's code cells and tells what became of each: a notebook in, a notebook and facts out.

A real ipykernel runs the cells, in a session of its own, so that the end of the run ends whatever the cells started.
Nothing waits for the kernel's good will: a cell that hangs is interrupted and then its kernel killed, a kernel that
dies is noticed at once, and the end is always a kill.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty

from jupyter_client import AsyncKernelClient
from jupyter_client.connect import write_connection_file
from nbformat import NotebookNode
from nbformat.v4 import new_output, output_from_msg

START_SECONDS = 60
INTERRUPTS = 3
INTERRUPT_SECONDS = 2
LONGEST_SOCKET_FOLDER = 80
LONGEST_TEXT = 200_000

HAS_GROUPS = hasattr(os, "killpg")


class KernelStartError(RuntimeError):
    """The kernel itself could not be started; says nothing about the notebook."""


@dataclass(frozen=True)
class CellOutcome:
    """What became of one code cell; `ename` and `message` are empty when it passed."""

    passed: bool
    message: str = ""
    ename: str = ""


@dataclass(frozen=True)
class Execution:
    """The notebook with outputs; outcomes of graded test cells by grade_id, of other code cells by grade_id or cell id.

    `died` says why the kernel was gone before the end, and is empty when every cell had its turn.
    """

    notebook: NotebookNode
    outcomes: dict[str, CellOutcome]
    others: dict[str, CellOutcome]
    died: str = ""


def execute(notebook: NotebookNode, folder: Path | None = None, *, timeout: float = 60) -> Execution:
    """Run all code cells in order in a fresh kernel, on after errors, and kill the kernel in the end.

    Parameters: `notebook`, which is not changed; `folder`, the kernel's working directory (a new one, removed
    afterwards, if not given); `timeout`, seconds that one cell may take. A cell that takes longer is interrupted and
    fails with ename `CellTimeout`; when it cannot be interrupted the kernel is killed. After the death of a kernel
    each later cell fails with ename `DeadKernel` and the reason. A test cell passes when it raised nothing; stderr
    and all else that it prints decide nothing, nor do its tags. Call it from a thread without a running event loop.

    Raises: KernelStartError.
    """
    notebook = copy.deepcopy(notebook)
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as name:
        room = Path(name)
        if folder is None:
            folder = room / "work"
            folder.mkdir()
        died = asyncio.run(_run_cells(notebook, folder, room, timeout))
    outcomes: dict[str, CellOutcome] = {}
    others: dict[str, CellOutcome] = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            graded = cell.metadata.get("nbgrader", {}).get("grade", False)
            (outcomes if graded else others)[_name(cell, index)] = _outcome(cell)
    return Execution(notebook, outcomes, others, died)


def _name(cell: NotebookNode, index: int) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id") or f"#{index}"


def _outcome(cell: NotebookNode) -> CellOutcome:
    for output in cell.outputs:
        if output.output_type == "error":
            return CellOutcome(False, output.evalue, output.ename)
    return CellOutcome(True)


async def _run_cells(notebook: NotebookNode, folder: Path, room: Path, timeout: float) -> str:
    """Run the cells, put their outputs into the notebook; returns why the kernel died, or an empty string."""
    died = ""
    async with _kernel(folder, room) as kernel:
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs = []
            cell.execution_count = None
            if died:
                cell.outputs.append(_error("DeadKernel", f"not run, because {died}"))
            elif cell.source.strip():
                problem = await kernel.run(cell, timeout)
                if problem:
                    cell.outputs.append(problem)
                if kernel.ended:
                    died = f"the kernel was gone after the cell {_name(cell, index)} ({kernel.ended})"
    return died


def _error(ename: str, message: str) -> NotebookNode:
    return new_output("error", ename=ename, evalue=message, traceback=[f"{ename}: {message}"])


@contextlib.asynccontextmanager
async def _kernel(folder: Path, room: Path) -> AsyncIterator[_Kernel]:
    """A kernel that listens; killed at the end together with all processes of its session."""
    # Sockets in a folder need no free port, and no other program can take one of them first.
    ipc = HAS_GROUPS and len(os.fsencode(room)) <= LONGEST_SOCKET_FOLDER
    address = {"transport": "ipc", "ip": str(room / "k")} if ipc else {}
    file, _ = write_connection_file(str(room / "kernel.json"), key=os.urandom(16).hex().encode(), **address)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
    environment["IPYTHONDIR"] = str(room / "ipython")
    if HAS_GROUPS:
        environment["JPY_PARENT_PID"] = str(os.getpid())
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", file, "--HistoryManager.hist_file=:memory:"]
    with open(room / "kernel.log", "wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
    client = AsyncKernelClient(connection_file=file)
    kernel = _Kernel(process, client)
    try:
        client.load_connection_file()
        client.start_channels(stdin=False, hb=False, control=False)
        if not await kernel.listens():
            last = (room / "kernel.log").read_text(errors="replace").strip().rpartition("\n")[2]
            why = kernel.ended or f"no answer for {START_SECONDS} s"
            raise KernelStartError(f"the Jupyter kernel of {sys.executable} did not start ({why}): {last}")
        yield kernel
    finally:
        kernel.send(getattr(signal, "SIGKILL", signal.SIGTERM))
        await kernel.death
        client.stop_channels()


class _Kernel:
    """One running kernel, the way to it, and its death as something that can be waited for."""

    def __init__(self, process: asyncio.subprocess.Process, client: AsyncKernelClient) -> None:
        self.process = process
        self.client = client
        self.death = asyncio.ensure_future(process.wait())

    @property
    def ended(self) -> str:
        """How the process ended; empty while it runs."""
        if not self.death.done():
            return ""
        code = self.death.result()
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def send(self, number: int) -> None:
        """Send a signal to all processes of the kernel's session."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if HAS_GROUPS:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)

    async def listens(self) -> bool:
        """Wait until the kernel's messages reach us; False when it ended or said nothing for START_SECONDS."""
        for _ in range(START_SECONDS):
            # Anything at all that comes by iopub shows that we are subscribed: a welcome, or the state around a reply.
            self.client.kernel_info()
            word = asyncio.ensure_future(self.client.get_iopub_msg(timeout=1))
            await asyncio.wait({word, self.death}, return_when=asyncio.FIRST_COMPLETED)
            if self.death.done():
                word.cancel()
                return False
            with contextlib.suppress(Empty):
                word.result()
                return True
        return False

    async def run(self, cell: NotebookNode, timeout: float) -> NotebookNode | None:
        """Run one cell and gather its outputs; an error output when it did not come to its own end."""
        run = asyncio.ensure_future(
            self.client.execute_interactive(
                cell.source, allow_stdin=False, stop_on_error=False, output_hook=lambda message: _hear(message, cell)
            )
        )

        async def over(seconds: float) -> bool:
            await asyncio.wait({run, self.death}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            return run.done() or self.death.done()

        try:
            if await over(timeout):
                if run.done():
                    run.result()
                    return None
                return _error("DeadKernel", f"the kernel ended while this cell ran ({self.ended})")
            why = f"not done after {timeout:g} s"
            for _ in range(INTERRUPTS if HAS_GROUPS else 0):
                self.send(signal.SIGINT)
                if await over(INTERRUPT_SECONDS):
                    break
            else:
                why += ", and could not be interrupted"
                self.send(getattr(signal, "SIGKILL", signal.SIGTERM))
                await self.death
            cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
            return _error("CellTimeout", why)
        finally:
            run.cancel()


def _hear(message: dict, cell: NotebookNode) -> None:
    """Put one message of the kernel into the cell; texts that no person reads to the end are cut."""
    kind = message["header"]["msg_type"]
    content = message["content"]
    outputs = cell.outputs
    if kind == "execute_input":
        cell.execution_count = content["execution_count"]
    elif kind == "clear_output":
        outputs.clear()
    elif kind == "stream":
        if not outputs or outputs[-1].get("name") != content["name"]:
            outputs.append(new_output("stream", name=content["name"], text=""))
        outputs[-1].text += content["text"][: LONGEST_TEXT - len(outputs[-1].text)]
    elif kind == "error":
        lines = [line[:LONGEST_TEXT] for line in content["traceback"]]
        outputs.append(
            new_output(kind, ename=content["ename"], evalue=content["evalue"][:LONGEST_TEXT], traceback=lines)
        )
    elif kind in ("display_data", "execute_result"):
        outputs.append(output_from_msg(message))
