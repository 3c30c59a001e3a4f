"""What can happen in a lane, and how a row of such events is read back as stretches of running and waiting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

SUBMITTED = "submitted"
STARTED = "started"
WAITING = "waiting"
GOT = "got"
RELEASED = "released"
SUSPENDED = "suspended"
RESUMED = "resumed"
DONE = "done"
FAILED = "failed"
CANCELLED = "cancelled"
MARK = "mark"
KINDS = (SUBMITTED, STARTED, WAITING, GOT, RELEASED, SUSPENDED, RESUMED, DONE, FAILED, CANCELLED, MARK)

RUNNING = "running"
HOLDING = "holding"

_BEGINS = {STARTED: RUNNING, WAITING: WAITING, GOT: HOLDING, SUSPENDED: SUSPENDED}
_ENDS = {
    GOT: (WAITING,),
    RELEASED: (HOLDING,),
    RESUMED: (WAITING, SUSPENDED),
    DONE: (RUNNING,),
    FAILED: (RUNNING, WAITING),
    CANCELLED: (RUNNING, WAITING),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` (one of KINDS), `lane` (who), `label` (to what), `time` (ns since the beginning).

    Events that are only drawn by their order need no time. The label of a job is its name, that of waiting, got and
    released the lock's name, that of a mark its text. Raises: ValueError for another kind.
    """

    kind: str
    lane: str
    label: str = ""
    time: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"an event of kind {self.kind!r}: expected one of {', '.join(KINDS)}")


@dataclass(slots=True)
class Stretch:
    """What a lane did from one event to another; times in ns, `end` is None while it lasts.

    `outcome` is the kind of the event that ended it, `level` the number of stretches around it, `depth` that of jobs
    and spans around it, `inner` all that began inside it.
    """

    lane: str
    state: str
    label: str
    start: int
    end: int | None = None
    outcome: str = ""
    level: int = 0
    depth: int = 0
    inner: list[Stretch] = field(default_factory=list)


def advance(doing: list[Stretch], event: Event) -> tuple[list[Stretch], Stretch | None]:
    """Let one event happen in its lane: what ended by it, and what began.

    `doing` is what the lane is in the middle of, the innermost last; it is changed. A job that ends without having
    released its lock leaves the lock held, because that is so.
    """
    ended = []
    if event.kind in _ENDS:
        at = _find(doing, _ENDS[event.kind], event.label)
        if at is not None:
            ended = [doing.pop(at)]
            if ended[0].state == RUNNING:
                ended += [one for one in doing[at:] if one.state in (SUSPENDED, WAITING)]
                doing[at:] = [one for one in doing[at:] if one.state not in (SUSPENDED, WAITING)]
            for one in ended:
                one.end, one.outcome = event.time, event.kind
    begun = None
    if event.kind in _BEGINS:
        begun = Stretch(event.lane, _BEGINS[event.kind], event.label, event.time)
        begun.level, begun.depth = len(doing), sum(one.state == RUNNING for one in doing)
        for outer in doing:
            outer.inner.append(begun)
        doing.append(begun)
    return ended, begun


def read_back(events: Iterable[Event]) -> tuple[list[Stretch], list[Event]]:
    """All stretches in the order in which they began, and the events that neither began nor ended one."""
    lanes: dict[str, list[Stretch]] = {}
    stretches, points = [], []
    for event in events:
        ended, begun = advance(lanes.setdefault(event.lane, []), event)
        if begun:
            stretches.append(begun)
        if not ended and not begun:
            points.append(event)
    return stretches, points


def end_of(events: Iterable[Event], end: int | None) -> int:
    """When a drawing ends: with the last event, or at `end` (both in ns) if something goes on after that."""
    events = list(events)
    last = max((event.time for event in events), default=0)
    goes_on = any(one.end is None for one in read_back(events)[0])
    return max(last, end or 0) if goes_on else last


def lanes_of(events: Iterable[Event]) -> list[str]:
    """The lanes in the order of their first events."""
    return list(dict.fromkeys(event.lane for event in events))


def shorten(text: str, longest: int) -> str:
    """The text on one line without unprintable characters, its middle replaced by an ellipsis if it is longer."""
    text = "".join(character if character.isprintable() else " " for character in text[:1000])
    text = " ".join(text.split())
    if len(text) <= longest or longest < 3:
        return text[:longest]
    tail = (longest - 1) // 2
    return text[: longest - 1 - tail] + "…" + text[len(text) - tail :]


def _find(doing: list[Stretch], states: tuple[str, ...], label: str) -> int | None:
    """The innermost that is in one of the states and has the label; without a label, the innermost in one of them."""
    fitting = (at for at, one in enumerate(doing) if one.state in states and label in ("", one.label))
    return max(fitting, default=None)
