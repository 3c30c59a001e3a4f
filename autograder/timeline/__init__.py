"""Records what really happened in concurrent code, by who did it, and draws it as lanes.

Lessons draw pictures with it and checks put its small text drawings into failure messages. Times are real and only
for showing: nothing may be decided by them. A thread pool, in a lesson:

    from autograder.timeline import Timeline

    with Timeline() as timeline, timeline.executor(ThreadPoolExecutor(3)) as pool:
        pages = list(pool.map(fetch, urls))
    timeline

`timeline` as the last line of a cell shows the picture. `timeline.job(function)` records each call of a function,
whoever runs it: a thread, a greenlet, a task (for an `async def`), a process (if the function can be pickled).
`timeline.span`, `waiting`, `mark` and `lock` record what happens inside. After `%load_ext autograder.timeline` a cell
that begins with `%%timeline` is recorded as a whole: the threads it starts, what it submits to pools, its tasks.
`timeline.draw_waits()` shows who waits for whose lock: a deadlock as a ring.

Checks that have recorded events themselves draw them with `text_of`, by their order, so that the same events in the
same order always give the same picture:

    text_of([Event("started", "worker-0", "a"), Event("started", "worker-1", "b"), Event("done", "worker-1", "b")])
"""

from autograder.timeline.events import KINDS, Event
from autograder.timeline.magic import load_ipython_extension, unload_ipython_extension
from autograder.timeline.recorder import Timeline
from autograder.timeline.text import text_of

__all__ = ["KINDS", "Event", "Timeline", "load_ipython_extension", "text_of", "unload_ipython_extension"]
