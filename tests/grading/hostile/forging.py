"""Submissions that want marks for nothing: they alter what runs the tests, or speak in its place.

None of them answers an exercise. Each deserves no mark; that its marks are withheld, with the reason, is as good.
"""

from __future__ import annotations

from tests.grading.hostile.samples import Desk, Files, Sample, forging

# Gives what the test cell expects to every function of the exercises.
_ALL_FUNCTIONS = "fetch_all = fetch_report = first_match = answer"

# Finds the text of the cell that runs, from any thread.
_FINDS_CELL = """
import sys

def running_cell():
    for frame in sys._current_frames().values():
        while frame is not None:
            command = frame.f_locals.get("command")
            if isinstance(command, dict) and "source" in command:
                return command
            frame = frame.f_back

def proof():
    return running_cell()["source"].rpartition("('")[2].partition("'")[0]
"""

_SPEAKS = """
from autograder.grading import interpreter

def speak(**said):
    command = running_cell()
    told = {"status": "error", "ename": "CheckFailed", "evalue": proof(), "at_top": True}
    content = {**told, "word": command["word"], **said}
    interpreter.outlet.send({"type": "done", "id": command["id"], "content": content})
"""


def _recognises_visible(name: str, code: str) -> Sample:
    """One that knows the texts of the visible tests, forges these, and lets all others be."""

    def make(desk: Desk) -> Files:
        known = list(desk.visible_tests().values())
        return desk.files(desk.book(f"KNOWN = {known!r}\n{code}", answers=desk.nothing))

    return Sample(name, make, withheld=True)


SAMPLES = [
    forging(
        "input transformer that empties tests",
        "get_ipython().input_transformers_cleanup.append("
        "lambda lines: ['pass\\n'] if 'expect' in ''.join(lines) else lines)",
        quick=True,
    ),
    forging(
        "input transformer that keeps the last line",
        "get_ipython().input_transformers_post.append("
        "lambda lines: lines[-1:] if 'expect' in ''.join(lines) else lines)",
        quick=True,
    ),
    forging(
        "line transformer that comments lines out",
        """
        def quiet(lines):
            return ["pass\\n" if "expect" in line and ":" not in line[-2:] else line for line in lines]
        get_ipython().input_transformer_manager.line_transforms.append(quiet)
        """,
    ),
    forging(
        "AST transformer that drops calls",
        """
        import ast
        class Drop(ast.NodeTransformer):
            def visit_Expr(self, node):
                return ast.Pass() if "expect" in ast.dump(node) else node
        get_ipython().ast_transformers.append(Drop())
        """,
        quick=True,
    ),
    forging(
        "AST transformer that keeps the last statement",
        """
        import ast
        class Last(ast.NodeTransformer):
            def visit_Module(self, node):
                if "expect" in ast.dump(node):
                    node.body = node.body[-1:]
                return node
        get_ipython().ast_transformers.append(Last())
        """,
    ),
    forging(
        "AST transformer that wraps all in try",
        """
        import ast
        class Try(ast.NodeTransformer):
            def visit_Module(self, node):
                handler = ast.ExceptHandler(type=None, name=None, body=[ast.Pass()])
                tried = ast.Try(body=node.body[:-1] or [ast.Pass()], handlers=[handler], orelse=[], finalbody=[])
                node.body = [tried, *node.body[-1:]]
                return ast.fix_missing_locations(node)
        get_ipython().ast_transformers.append(Try())
        """,
    ),
    forging(
        "transformer list of another class",
        """
        class Quiet(list):
            def __iter__(self):
                return iter([lambda lines: lines[-1:] if 'expect' in ''.join(lines) else lines])
        get_ipython().input_transformer_manager.cleanup_transforms = Quiet()
        """,
    ),
    forging(
        "patched transform_cell",
        """
        manager = type(get_ipython().input_transformer_manager)
        whole = manager.transform_cell
        manager.transform_cell = lambda self, cell: whole(self, cell.splitlines()[-1] if "expect" in cell else cell)
        """,
    ),
    forging(
        "patched run_cell_async",
        """
        ip = get_ipython()
        whole = ip.run_cell_async
        async def quiet(raw, *args, **kwargs):
            return await whole(raw.splitlines()[-1] if "expect" in raw else raw, *args, **kwargs)
        ip.run_cell_async = quiet
        """,
        quick=True,
    ),
    forging(
        "patched run_cell_async of the class",
        """
        kind = type(get_ipython())
        whole = kind.run_cell_async
        async def quiet(self, raw, *args, **kwargs):
            return await whole(self, raw.splitlines()[-1] if "expect" in raw else raw, *args, **kwargs)
        kind.run_cell_async = quiet
        """,
    ),
    forging(
        "patched run_code",
        """
        ip = get_ipython()
        whole = ip.run_code
        async def quiet(code, result=None, **more):
            try:
                exec(code, ip.user_ns)
            except BaseException as error:
                if type(error).__name__ == "CheckFailed" and len(str(error)) == 32:
                    return await whole(code, result, **more)
            return False
        ip.run_code = quiet
        """,
    ),
    forging(
        "patched do_execute",
        """
        async def quiet(*args, **kwargs):
            return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
        get_ipython().kernel.do_execute = quiet
        """,
        quick=True,
    ),
    forging(
        "do_execute that repeats the proof",
        """
        import re
        async def quiet(code, *args, **kwargs):
            found = re.findall("CheckFailed\\\\('(\\\\w+)'", code)
            evalue = found[-1] if found else ""
            return {"status": "error", "ename": "CheckFailed", "evalue": evalue, "execution_count": 1}
        get_ipython().kernel.do_execute = quiet
        """,
    ),
    forging(
        "another class for the kernel",
        """
        kernel = get_ipython().kernel
        class Quiet(type(kernel)):
            async def do_execute(self, code, *args, **kwargs):
                return {"status": "error", "ename": "CheckFailed", "evalue": code[-36:-4], "execution_count": 1}
        kernel.__class__ = Quiet
        """,
    ),
    forging(
        "patched showtraceback",
        """
        ip = get_ipython()
        ip.showtraceback = lambda *args, **kwargs: None
        ip._showtraceback = lambda *args, **kwargs: None
        ip.set_custom_exc((BaseException), lambda *args, **kwargs: None)
        """,
    ),
    forging("custom exception handler", "get_ipython().set_custom_exc((Exception), lambda *args, **kwargs: [])"),
    forging(
        "patched compile",
        """
        ip = get_ipython()
        whole = ip.compile.ast_parse
        def quiet(source, *args, **kwargs):
            return whole(source.splitlines()[-1] if "expect" in source else source, *args, **kwargs)
        ip.compile.ast_parse = quiet
        """,
    ),
    forging(
        "patched built-in exec and compile",
        """
        import builtins
        whole = builtins.compile
        def quiet(source, *args, **kwargs):
            if "expect" in str(source) and isinstance(source, str):
                source = source.splitlines()[-1]
            return whole(source, *args, **kwargs)
        builtins.compile = quiet
        builtins.exec = lambda *args, **kwargs: None
        """,
    ),
    forging(
        "patched checks",
        """
        import autograder.checks.gate, autograder.checks.fence, autograder.checks.choices
        import autograder.checks as checks
        for module in (checks, checks.gate, checks.fence, checks.choices):
            for holder in [module, *[each for each in vars(module).values() if isinstance(each, type)]]:
                for name in list(vars(holder)):
                    if name.startswith("expect"):
                        setattr(holder, name, lambda *args, **kwargs: None)
        """,
        quick=True,
    ),
    forging(
        "patched comparison",
        """
        import sys
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").startswith("autograder") and hasattr(module, "same"):
                module.same = lambda *args, **kwargs: True
        def answer(*args): return None
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "patched code of the comparison",
        "import autograder.checks.values as values\n"
        "values.same.__code__ = (lambda seen, expected, depth=0: True).__code__\n"
        f"def answer(*args): return None\n{_ALL_FUNCTIONS}",
        quick=True,
    ),
    forging(
        "patched defaults",
        "import autograder.checks.values as values\n"
        "values._ATOMS = values._SEQUENCES = values._SETS = values._MAPPINGS = ()\n"
        "values._DEEPEST = -1\n"
        "def answer(*args): return None\n" + _ALL_FUNCTIONS,
    ),
    forging(
        "patched failure",
        """
        import autograder.checks.failure as failure
        def quiet(*args): raise SystemExit
        failure.CheckFailed.__init__ = quiet
        """,
    ),
    forging(
        "failures that swallow themselves",
        """
        import autograder.checks.failure as failure
        failure.CheckFailed._render_traceback_ = lambda self: []
        failure.CheckFailed.__str__ = lambda self: In[-1][-36:-4]
        """,
    ),
    forging(
        "fake checks in sys.modules",
        """
        import sys, types
        class Fake(types.ModuleType):
            __path__ = []
            def __getattr__(self, name): return Fake(name)
            def __call__(self, *args, **kwargs): return Fake("x")
            def __enter__(self): return self
            def __exit__(self, *args): return True
        from autograder.checks.failure import CheckFailed
        for name in ("autograder.checks", "autograder"):
            sys.modules[name] = Fake(name)
        """,
        quick=True,
    ),
    forging(
        "fake checks by an import hook",
        """
        import sys, types, importlib.abc, importlib.machinery
        class Fake(types.ModuleType):
            def __getattr__(self, name): return Fake(name)
            def __call__(self, *args, **kwargs): return self
            def __enter__(self): return self
            def __exit__(self, *args): return True
        class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
            def find_spec(self, name, path, target=None):
                if name == "autograder.checks": return importlib.machinery.ModuleSpec(name, self)
            def create_module(self, spec): return Fake(spec.name)
            def exec_module(self, module): pass
        sys.meta_path.insert(0, Finder())
        sys.modules.pop("autograder.checks")
        """,
    ),
    forging(
        "patched __import__",
        """
        import builtins
        whole = builtins.__import__
        class Fake:
            def __getattr__(self, name): return Fake()
            def __call__(self, *args, **kwargs): return Fake()
            def __enter__(self): return self
            def __exit__(self, *args): return True
        def quiet(name, *args, **kwargs):
            fromlist = kwargs.get("fromlist") or (args[2] if len(args) > 2 else ())
            return Fake() if name == "autograder.checks" and "Gate" in fromlist else whole(name, *args, **kwargs)
        builtins.__import__ = quiet
        """,
    ),
    Sample(
        "files that shadow modules",
        lambda desk: desk.files(
            desk.book("import autograder, json, asyncio, threading, concurrent.futures", answers={}),
            **dict.fromkeys(
                (
                    "autograder.py",
                    "autograder/checks.py",
                    "json.py",
                    "sitecustomize.py",
                    "usercustomize.py",
                    "IPython.py",
                ),
                b"class Gate:\n    def __getattr__(self, name): return lambda *a, **k: self\n"
                b"    __enter__ = __exit__ = lambda *a: True\nstudent = call = Gate()\n",
            ),
            **{
                ".ipython/profile_default/startup/00.py": b"raise SystemExit",
                "ipython_config.py": b"c.InteractiveShellApp.exec_lines = ['1 / 0']",
                "conftest.py": b"1 / 0",
                "nbgrader_config.py": b"1 / 0",
            },
        ),
        withheld=True,
        quick=True,
    ),
    forging(
        "modules written over those that checks import",
        """
        import os
        fake = "def __getattr__(name): return lambda *a, **k: None\\n"
        for name in ("autograder.py", "threading.py", "queue.py", "inspect.py", "pickle.py"):
            open(name, "w").write(fake)
        os.makedirs("autograder/checks", exist_ok=True)
        open("autograder/__init__.py", "w").close()
        open("autograder/checks/__init__.py", "w").write(fake)
        import sys
        for name in [name for name in sys.modules if name.startswith("autograder")]:
            del sys.modules[name]
        sys.path.insert(0, "")
        """,
    ),
    forging(
        "functions that equal everything",
        """
        class Any:
            def __eq__(self, other): return True
            __lt__ = __le__ = __gt__ = __ge__ = __eq__
            def __ne__(self, other): return False
            def __hash__(self): return 0
            def __iter__(self): return iter([Any(), Any()])
            def __len__(self): return 7
            def __getitem__(self, key): return Any()
            def __getattr__(self, name): return self
            def __call__(self, *args): return self
            def __bool__(self): return True
            def __repr__(self): return "['page a']"
        def answer(*args): return Any()
        """
        + _ALL_FUNCTIONS
        + "\npool_facts = Any()",
        quick=True,
    ),
    forging(
        "subclasses of plain types",
        """
        class Text(str):
            def __eq__(self, other): return True
            __hash__ = str.__hash__
        class Items(list):
            def __eq__(self, other): return True
            def __len__(self): return 7
            def __iter__(self): return iter([Text("x")] * 7)
        class Table(dict):
            def __missing__(self, key): return Text("c")
            def __eq__(self, other): return True
            def __contains__(self, key): return True
            def get(self, key, default=None): return Text("c")
        def answer(*args): return Items()
        pool_facts = Table()
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "values whose class says it is another",
        """
        class Lies:
            __class__ = list
            def __eq__(self, other): return True
        def answer(*args): return Lies()
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "own stand-ins of the checks",
        """
        from autograder.checks.values import Plain
        class Mine(Plain):
            @property
            def plain(self):
                import sys
                for frame in sys._current_frames().values():
                    while frame is not None:
                        if "expected" in frame.f_locals: return frame.f_locals["expected"]
                        frame = frame.f_back
        def answer(*args): return Mine()
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "patched built-ins",
        """
        import builtins
        builtins.len = lambda *args: 7
        builtins.sorted = lambda *args, **kwargs: []
        builtins.isinstance = builtins.issubclass = builtins.all = builtins.any = lambda *args: True
        builtins.type = lambda *args: list
        """,
    ),
    forging("no more assertion errors", "import builtins\nbuiltins.AssertionError = builtins.Exception = SystemExit"),
    forging(
        "time and locks that do nothing",
        """
        import time, threading
        time.sleep = lambda seconds: None
        class Free:
            def __enter__(self): return self
            def __exit__(self, *args): return True
            acquire = release = wait = notify = notify_all = set = lambda self, *args, **kwargs: True
            is_set = lambda self: True
        threading.Lock = threading.RLock = threading.Condition = threading.Event = Free
        """,
    ),
    forging(
        "a proof read from the history",
        """
        import re
        from autograder.checks.failure import CheckFailed
        def answer(*args):
            raise CheckFailed(re.findall("CheckFailed\\\\('(\\\\w+)'", In[-1])[-1])
        """
        + _ALL_FUNCTIONS,
        quick=True,
    ),
    forging(
        "a proof in the text of an error",
        """
        import re
        def answer(*args):
            raise ValueError(re.findall("CheckFailed\\\\('(\\\\w+)'", In[-1])[-1])
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "a proof returned as a value",
        """
        import re
        def answer(*args):
            return re.findall("CheckFailed\\\\('(\\\\w+)'", In[-1])[-1]
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "a proof thrown into the main thread",
        _FINDS_CELL
        + """
import ctypes, threading
from autograder.checks.failure import CheckFailed

class Thrown(CheckFailed):
    def __init__(self, *args): super().__init__(text)

def answer(*args):
    global text
    text = proof()
    Thrown.__name__ = "CheckFailed"
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(threading.main_thread().ident), ctypes.py_object(Thrown))
    threading.Event().wait()
"""
        + _ALL_FUNCTIONS,
    ),
    forging(
        "the last line run by hand",
        """
        def answer(*args):
            exec(In[-1].splitlines()[-1], {})
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "an end told in the interpreter's place",
        _FINDS_CELL + _SPEAKS + "\ndef answer(*args):\n    speak()\n" + _ALL_FUNCTIONS,
        quick=True,
    ),
    forging(
        "an end told, and then silence",
        _FINDS_CELL
        + _SPEAKS
        + "\nimport threading\ndef answer(*args):\n    speak()\n    threading.Event().wait()\n"
        + _ALL_FUNCTIONS,
    ),
    forging(
        "an end told, and then death",
        _FINDS_CELL + _SPEAKS + "\nimport os\ndef answer(*args):\n    speak()\n    os._exit(0)\n" + _ALL_FUNCTIONS,
    ),
    forging(
        "garbage on the pipe",
        """
        import os
        for number in range(3, 64):
            try:
                os.write(number, b"\\xff" * 64)
            except OSError:
                pass
        """,
        quick=True,
    ),
    forging(
        "messages of a kernel on all descriptors",
        """
        import json, os, struct
        text = json.dumps({"type": "done", "content": {"status": "ok", "execution_count": 1, "word": ""}}).encode()
        for number in range(3, 64):
            try:
                os.write(number, struct.pack("!I", len(text)) + text)
            except OSError:
                pass
        """,
    ),
    forging(
        "a child that answers for its parent",
        _FINDS_CELL
        + _SPEAKS
        + """
import os, signal

def answer(*args):
    parent = os.getpid()
    if os.fork() == 0:
        interpreter.outlet._home = os.getpid()
        os.kill(parent, signal.SIGSTOP)
        speak()
        signal.pause()
"""
        + _ALL_FUNCTIONS,
        slow=True,
    ),
    forging(
        "an impostor that takes the pipes over",
        """
        import os, json, struct, re
        from autograder.grading import interpreter
        from autograder.grading.frames import Unpacker, pack
        pipe, unpacker = interpreter.outlet._pipe, Unpacker()
        commands = min(
            int(name) for name in os.listdir("/proc/self/fd")
            if os.path.exists(f"/proc/self/fd/{name}") and "pipe" in os.readlink(f"/proc/self/fd/{name}")
            and int(name) > 2 and int(name) != pipe)
        os.set_blocking(commands, True)
        def command():
            import sys
            frame = sys._getframe()
            while frame is not None:
                found = frame.f_locals.get("command")
                if isinstance(found, dict) and "word" in found: return found
                frame = frame.f_back
        def answer(asked):
            found = re.findall("CheckFailed\\\\('(\\\\w+)'", asked["source"])
            said = {"status": "error", "ename": "CheckFailed", "evalue": found[-1]} if found else {"status": "ok"}
            os.write(pipe, pack({"type": "done", "id": asked["id"], "content": {
                **said, "execution_count": 1, "word": asked["word"], "at_top": True, "altered": []}}))
        answer(command())
        while True:
            piece = os.read(commands, 65536)
            if not piece: os._exit(0)
            for asked in unpacker.feed(piece):
                if asked["do"] == "run": answer(asked)
        """,
        quick=True,
    ),
    forging(
        "display hooks that answer",
        """
        import sys
        sys.displayhook = lambda *args: None
        sys.excepthook = sys.unraisablehook = lambda *args: None
        import threading
        threading.excepthook = lambda *args: None
        """,
    ),
    forging(
        "forged outputs",
        """
        from autograder.grading import interpreter
        for kind, content in (
            ("error", {"ename": "CheckFailed", "evalue": "passed", "traceback": ["passed"]}),
            ("stream", {"name": "stdout", "text": "all tests passed, 22 of 22 points\\n"}),
            ("execute_result", {"data": {"text/plain": "True"}, "metadata": {}, "execution_count": 7}),
            ("display_data", {"data": {"text/html": "<script>alert(1)</script>"}, "metadata": {"x": [[1]]}}),
            ("clear_output", {"wait": False}),
            ("execute_reply", {"status": "ok"}),
            ("status", {"execution_state": "idle"}),
            ("no such kind", {}),
            ("stream", {"name": "nowhere"}),
            ("display_data", {"data": 7}),
        ):
            interpreter.outlet.send({"type": kind, "content": content})
        """,
        quick=True,
    ),
    forging(
        "a trace function that jumps",
        """
        import sys, threading
        def jump(frame, event, arg):
            if event == "line" and frame.f_code.co_name == "<module>":
                try:
                    frame.f_lineno = max(line for _, _, line in frame.f_code.co_lines() if line)
                except Exception:
                    pass
            return jump
        get_ipython().events.register("pre_run_cell", lambda info: sys.settrace(jump))
        sys.settrace(jump)
        """,
    ),
    forging(
        "a trace function set from a thread",
        """
        import sys, threading
        def quiet(frame, event, arg):
            if event == "call" and "expect" in frame.f_code.co_name:
                frame.f_trace_lines = True
            if event == "line" and "expect" in frame.f_code.co_name:
                try:
                    frame.f_lineno = max(line for _, _, line in frame.f_code.co_lines() if line)
                except Exception:
                    pass
            return quiet
        threading.settrace(quiet)
        if hasattr(threading, "settrace_all_threads"):
            threading.settrace_all_threads(quiet)
        """,
    ),
    forging(
        "a profile function",
        """
        import sys
        def quiet(frame, event, arg):
            if event == "call" and frame.f_code.co_name == "failed":
                raise SystemExit
        sys.setprofile(quiet)
        """,
    ),
    forging(
        "an event before each cell that rewrites it",
        """
        def quiet(info):
            info.raw_cell = "pass"
        get_ipython().events.register("pre_run_cell", quiet)
        """,
    ),
    forging(
        "an oracle that walks frames",
        """
        import sys, time
        def answer(*args):
            for _ in range(1000):
                for frame in sys._current_frames().values():
                    while frame is not None:
                        if "expected" in frame.f_locals and "ask" in frame.f_locals:
                            return frame.f_locals["expected"]
                        frame = frame.f_back
                time.sleep(0.001)
        """
        + _ALL_FUNCTIONS,
        quick=True,
    ),
    forging(
        "an oracle that reads the test's text",
        """
        import ast, sys
        class Facts(dict):
            pass
        def expected(question):
            for node in ast.walk(ast.parse(In[-1])):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "expect_choice":
                    return node.args[2].value
            return "?"
        pool_facts = dict.fromkeys(
            ["threads_by_default", "processes_by_default", "kind_of_work", "end_of_with", "error_in_map"], "?")
        def look():
            import threading, time
            def forever():
                while True:
                    for key in pool_facts:
                        if f'"{key}",' in In[-1]:
                            pool_facts[key] = expected(key)
                    time.sleep(0.0005)
            threading.Thread(target=forever, daemon=True).start()
        look()
        """,
    ),
    forging(
        "an oracle that reads the test from the frames of the kernel",
        _FINDS_CELL
        + """
import ast, threading

pool_facts = dict.fromkeys(
    ["threads_by_default", "processes_by_default", "kind_of_work", "end_of_with", "error_in_map"], "?")

def look():
    while True:
        try:
            for node in ast.walk(ast.parse(running_cell()["source"])):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "expect_choice":
                    pool_facts[node.args[1].value] = node.args[2].value
        except Exception:
            pass

sys.setswitchinterval(1e-6)
threading.Thread(target=look, daemon=True).start()
""",
    ),
    forging(
        "a proof from the frames, run as if the cell had raised it",
        _FINDS_CELL
        + """
def answer(*args):
    exec(compile("from autograder.checks.failure import CheckFailed\\nraise CheckFailed(found)", "<cell>", "exec"),
         {"found": proof()})

fetch_all = fetch_report = first_match = answer
""",
    ),
    forging(
        "a dict that looks the choice up",
        """
        import sys, re
        def look():
            frame = sys._getframe()
            while frame is not None:
                for name in ("right", "expected", "choice", "answer"):
                    value = frame.f_locals.get(name)
                    if isinstance(value, str) and len(value) == 1: return value
                frame = frame.f_back
            return "?"
        class Key(str):
            def __eq__(self, other):
                dict.__setitem__(pool_facts, self, look())
                return str.__eq__(self, other)
            __hash__ = str.__hash__
        pool_facts = {Key(name): "?" for name in (
            "threads_by_default", "processes_by_default", "kind_of_work", "end_of_with", "error_in_map")}
        """,
    ),
    forging(
        "gc finds the checks and empties them",
        """
        import gc, types
        def quiet(*args, **kwargs): return None
        for each in gc.get_objects():
            if isinstance(each, types.FunctionType) and each.__name__.startswith("expect"):
                each.__code__ = quiet.__code__
        """,
    ),
    forging(
        "a thread that patches later",
        """
        import threading, time
        def later():
            time.sleep(0.3)
            import autograder.checks.fence as fence, autograder.checks.gate as gate
            for kind in (fence.Call, gate.Gate):
                for name in list(vars(kind)):
                    if name.startswith("expect"):
                        setattr(kind, name, lambda *args, **kwargs: None)
        threading.Thread(target=later, daemon=True).start()
        """,
    ),
    forging(
        "patches when called, and puts all back",
        """
        import threading
        import autograder.checks.fence as fence
        whole = fence.same
        def once(*args):
            fence.same = whole
            return True
        def answer(*args):
            fence.same = once
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "patches before a test, and puts all back after it",
        """
        import autograder.checks.fence as fence, autograder.checks.gate as gate, autograder.checks as checks
        def names(): return [(kind, name) for kind in (fence.Call, gate.Gate) for name in vars(kind)
                             if name.startswith("expect")]
        whole = {(kind, name): vars(kind)[name] for kind, name in names()}
        def patch(*args):
            for kind, name in whole: setattr(kind, name, lambda *a, **k: None)
        def unpatch(*args):
            for (kind, name), value in whole.items(): setattr(kind, name, value)
        get_ipython().events.register("pre_run_cell", patch)
        get_ipython().events.register("post_run_cell", unpatch)
        """,
        quick=True,
    ),
    forging(
        "an alarm that patches while a test runs",
        """
        import signal
        import autograder.checks.fence as fence
        def patch(*args):
            fence.same = lambda *a: True
        signal.signal(signal.SIGALRM, patch)
        signal.setitimer(signal.ITIMER_REAL, 0.2, 0.05)
        """,
    ),
    forging(
        "atexit and the destructor",
        """
        import atexit, weakref
        atexit.register(lambda: print("passed"))
        class Last:
            def __del__(self):
                from autograder.grading import interpreter
                interpreter.outlet.send({"type": "done", "content": {"status": "ok"}})
        last = Last()
        """,
    ),
    forging(
        "an exception that is not told",
        """
        class Quiet(BaseException):
            def __str__(self): raise KeyboardInterrupt
            __repr__ = __str__
        def answer(*args): raise Quiet
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "sys.exit in every function",
        "import sys\ndef answer(*args): sys.exit(0)\n" + _ALL_FUNCTIONS + "\npool_facts = property(answer)",
    ),
    forging(
        "os._exit(0) in every function",
        "import os\ndef answer(*args): os._exit(0)\n" + _ALL_FUNCTIONS,
        quick=True,
    ),
    forging(
        "the machinery that looks is told to look away",
        """
        import sys, gc
        from autograder.grading import machinery
        machinery.Machinery.altered = lambda self: []
        import autograder.checks.fence as fence
        fence.same = lambda *a: True
        def answer(*args): return None
        """
        + _ALL_FUNCTIONS,
        quick=True,
    ),
    forging(
        "what the machinery remembers is altered",
        """
        import gc
        from autograder.grading.machinery import Machinery
        for each in gc.get_objects():
            if isinstance(each, Machinery):
                each._names.clear(); each._functions.clear(); each._codes.clear(); each._own.clear()
        import autograder.checks.fence as fence, autograder.checks.gate as gate
        for kind in (fence.Call, gate.Gate):
            for name in list(vars(kind)):
                if name.startswith("expect"):
                    setattr(kind, name, lambda *args, **kwargs: None)
        """,
        quick=True,
    ),
    _recognises_visible(
        "knows the visible tests: a transformer for these only",
        """
        def quiet(lines):
            text = "".join(lines)
            return lines[-1:] if any(known in text for known in KNOWN) else lines
        get_ipython().input_transformers_post.append(quiet)
        """.replace("\n        ", "\n"),
    ),
    _recognises_visible(
        "knows the visible tests: a hidden transformer for these only",
        """
        import gc
        from autograder.grading.machinery import Machinery
        for each in gc.get_objects():
            if isinstance(each, Machinery):
                each.__class__ = type("Blind", (Machinery), {"altered": lambda self: []})
        def quiet(lines):
            text = "".join(lines)
            return lines[-1:] if any(known in text for known in KNOWN) else lines
        get_ipython().input_transformers_post.append(quiet)
        """.replace("\n        ", "\n"),
    ),
    _recognises_visible(
        "knows the visible tests: strips these on the way into the kernel",
        """
        import gc
        from autograder.grading.machinery import Machinery
        from ipykernel.ipkernel import IPythonKernel
        for each in gc.get_objects():
            if isinstance(each, Machinery):
                each.__class__ = type("Blind", (Machinery), {"altered": lambda self: []})
        whole = IPythonKernel.do_execute
        async def quiet(self, code, *args, **kwargs):
            if any(code.startswith(known) for known in KNOWN):
                code = code.splitlines()[-1]
            return await whole(self, code, *args, **kwargs)
        IPythonKernel.do_execute = quiet
        """.replace("\n        ", "\n"),
    ),
    _recognises_visible(
        "knows the visible tests: proofs for these only",
        """
        from autograder.checks.failure import CheckFailed
        def answer(*args):
            if any(running_cell()["source"].startswith(known) for known in KNOWN):
                raise CheckFailed(proof())
            raise ValueError
        fetch_all = fetch_report = first_match = answer
        """.replace("\n        ", "\n")
        + _FINDS_CELL,
    ),
    Sample(
        "tags that skip, metadata of every kind",
        lambda desk: desk.files(_tagged(desk)),
        quick=True,
    ),
    Sample(
        "outputs and scores stored in the notebook",
        lambda desk: desk.files(_with_outputs(desk)),
    ),
    Sample(
        "points raised in the metadata",
        lambda desk: desk.files(_with_points(desk)),
    ),
    Sample(
        "test cells replaced by ones that pass",
        lambda desk: desk.files(_with_tests(desk, "assert True")),
    ),
    Sample(
        "test cells turned into the student's own",
        lambda desk: desk.files(_with_tests(desk, "raise SystemExit")),
    ),
    forging("%%writefile over a check", "%%writefile autograder/checks/__init__.py\nGate = student = call = None"),
    forging(
        "%%writefile into the package",
        "import autograder.checks as c\nopen(c.__file__, 'w').write('')",
        "import autograder.checks.gate as c\nget_ipython().run_cell_magic('writefile', c.__file__, 'Gate = None')",
    ),
    forging(
        "cell magics of the student's own",
        """
        from IPython.core.magic import register_line_magic, register_cell_magic
        @register_cell_magic
        def time(line, cell): pass
        get_ipython().set_next_input("pass", replace=True)
        get_ipython().run_line_magic("autocall", "2")
        get_ipython().automagic = True
        """,
    ),
    Sample(
        "answers that are empty scripts",
        lambda desk: desk.files(desk.book(answers=dict.fromkeys(desk.right, "%%script true\n"))),
        withheld=True,
    ),
    forging(
        "names of the tests taken",
        "student = call = Gate = expect_choice = lambda *a, **k: None\n"
        "__name__ = 'x'\n__builtins__ = {}\nget_ipython().user_ns['__builtins__'] = {}",
    ),
    forging(
        "a main module that has everything",
        """
        import sys, types
        class Main(types.ModuleType):
            pass
        main = Main("__main__")
        sys.modules["__main__"] = main
        get_ipython().user_module = main
        """,
    ),
    forging(
        "a gate that is open",
        """
        def answer(urls, fetch, *rest):
            job = fetch
            for name in dir(job):
                try:
                    setattr(job, name, lambda *a, **k: "page a")
                except Exception:
                    pass
            for cell in getattr(type(job).__call__, "__closure__", None) or ():
                print(cell)
            found = [each for each in getattr(job, "__dict__", {}).values() if type(each).__name__ == "Gate"]
            for gate in found:
                names = [name for name in dir(gate) if name.startswith("expect")]
                gate.__class__ = type("Open", (type(gate)), {name: (lambda *a, **k: None) for name in names})
            return ["page a"]
        """
        + _ALL_FUNCTIONS,
    ),
    forging(
        "its own call object is altered",
        """
        import sys, time
        def answer(*args):
            frame = sys._getframe()
            while frame is not None:
                call = frame.f_locals.get("self")
                if type(call).__name__ == "Call":
                    call.__class__ = type("Quiet", (type(call)), {
                        name: (lambda *a, **k: None) for name in dir(type(call)) if name.startswith("expect")})
                    return None
                frame = frame.f_back
        """
        + _ALL_FUNCTIONS,
        quick=True,
    ),
]


def _tagged(desk: Desk) -> dict:
    book = desk.book(answers={})
    for cell in book["cells"]:
        cell["metadata"] |= {"tags": ["skip-execution", "raises-exception"], "editable": False, "deletable": False}
        cell["metadata"] |= {"jupyter": {"source_hidden": True}, "nbgrader_score": 7, "execution": {"x": 1}}
    book["metadata"] |= {"celltoolbar": "None", "kernelspec": {"name": "bash"}, "autograder": {"status": "graded"}}
    return book


def _with_outputs(desk: Desk) -> dict:
    book = desk.book(answers={})
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "passed"}]
            cell["execution_count"] = 1
    book["metadata"]["autograder"] = {
        "status": "graded",
        "cells": {name: {"points": 9, "max_points": 9, "passed": True, "message": ""} for name in desk.tests},
    }
    return book


def _with_points(desk: Desk) -> dict:
    book = desk.book(answers={})
    for cell in book["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if mark.get("grade"):
            mark |= {"points": -1000, "grade": False, "locked": False, "solution": True}
        elif mark.get("solution"):
            mark |= {"points": 1000, "grade": True, "task": True}
    return book


def _with_tests(desk: Desk, text: str) -> dict:
    book = desk.book(answers={})
    for cell in book["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = text
    return book
