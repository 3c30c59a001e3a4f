"""Draws events as lanes of text, for failure messages and for readers who do not see the picture.

worker-0  |a=====|c==|         a job from its start to its end, the job's name after its start
worker-1  |b=?L...[L###]==|    waits for the lock L, holds it, releases it
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from autograder.timeline.events import (
    CANCELLED,
    DONE,
    FAILED,
    GOT,
    HOLDING,
    MARK,
    RELEASED,
    RESUMED,
    RUNNING,
    STARTED,
    SUBMITTED,
    SUSPENDED,
    WAITING,
    Event,
    Stretch,
    advance,
    end_of,
    lanes_of,
    shorten,
)

LONGEST_LANE = 24
LONGEST_LABEL = 16
FEWEST_COLUMNS = 12
_INDENT = "  "

_GLYPHS = {
    SUBMITTED: "+",
    STARTED: "|",
    WAITING: "?",
    GOT: "[",
    RELEASED: "]",
    SUSPENDED: "~",
    RESUMED: "=",
    DONE: "|",
    FAILED: "!",
    CANCELLED: "x",
    MARK: "*",
}
_FILLS = {RUNNING: "=", WAITING: ".", HOLDING: "#", SUSPENDED: "~"}
_UNFINISHED = ">"
_LEGEND = {
    SUBMITTED: "+ submitted",
    WAITING: "?... waiting",
    GOT: "[###] holding a lock",
    SUSPENDED: "~~~ suspended",
    FAILED: "! failed",
    CANCELLED: "x cancelled",
    MARK: "* mark",
}
_SAYS_ITS_LABEL = {SUBMITTED, STARTED, WAITING, GOT, MARK}


def text_of(
    events: Iterable[Event], width: int = 72, by: str = "order", *, end: int | None = None, note: str = ""
) -> str:
    """Draw the events as lines of text, one lane a worker, the lanes in the order of their first events.

    Parameters: `width`, the most characters in a line (a little more if the lanes' names leave no room); `by`,
    "order" (columns are numbers of events: the same events in the same order give the same drawing; when they do not
    fit, the last ones are drawn) or "time" (columns are times; `end`, in ns, is up to where what is not finished is
    drawn); `note`, a last line. Raises: ValueError for another `by`.
    """
    if by not in ("order", "time"):
        raise ValueError(f"a drawing by {by!r}: expected 'order' or 'time'")
    events = list(events)
    if not events:
        return "(no events were recorded)"
    lanes = lanes_of(events)
    names = {lane: shorten(lane, LONGEST_LANE) for lane in lanes}
    margin = max(map(_cells, names.values())) + 2
    columns = max(width - margin, FEWEST_COLUMNS)
    longest = LONGEST_LABEL
    if by == "order":
        places, longest = _places_by_order(events, columns)
        columns = min(columns, places[-1] + _cells(shorten(events[-1].label, longest)) + 4)
    else:
        end = end_of(events, end)
        places = _places_by_time(events, columns, end)
    skipped = sum(place < 0 for place in places)
    rows = {lane: _row(events, places, lane, columns, longest) for lane in lanes}
    lines = [f"{names[lane]}{' ' * (margin - _cells(names[lane]))}{row}".rstrip() for lane, (row, _) in rows.items()]
    if by == "time":
        lines.append(" " * margin + _axis(min(event.time for event in events), end, columns))
    if skipped:
        lines.append(
            f"(not drawn: {skipped} events before these)" if skipped > 1 else "(not drawn: 1 event before these)"
        )
    used = {event.kind for event in events[skipped:]}
    legend = [words for kind, words in _LEGEND.items() if kind in used]
    legend += ["> not finished"] if any(goes_on for _, goes_on in rows.values()) else []
    for words in legend:
        if lines and lines[-1].startswith(_INDENT) and len(lines[-1]) + len(words) + 3 <= width:
            lines[-1] += "   " + words
        else:
            lines.append(_INDENT + words)
    return "\n".join(lines + [note] * bool(note))


def _places_by_order(events: Sequence[Event], columns: int) -> tuple[list[int], int]:
    """A column for each event and the longest label: as roomy as fits; negative for the first ones if nothing does."""
    for gap, longest in ((4, 16), (3, 16), (2, 16), (1, 16), (1, 8), (1, 4)):
        places = _spread(events, gap, longest)
        if places[-1] < columns - 1:
            return places, longest
    places = _spread(events, gap=1, longest=8)
    beyond = places[-1] - columns + 2
    return [place - beyond for place in places], 8


def _spread(events: Sequence[Event], gap: int, longest: int) -> list[int]:
    """Columns from left to right, `gap` apart or more, so that each label has room before its lane goes on."""
    places: list[int] = []
    free: dict[str, int] = {}
    for at, event in enumerate(events):
        before = events[at - 1] if at else None
        if before is None:
            place = 0
        elif event.kind == STARTED and before.kind == DONE and before.lane == event.lane:
            place = places[-1]
        else:
            place = max(places[-1] + gap, free.get(event.lane, 0))
        places.append(place)
        label = _cells(shorten(event.label, longest)) if event.kind in _SAYS_ITS_LABEL else 0
        free[event.lane] = place + label + 2
    return places


def _places_by_time(events: Sequence[Event], columns: int, end: int) -> list[int]:
    start = min(event.time for event in events)
    scale = (columns - 2) / max(end - start, 1)
    return [round((event.time - start) * scale) for event in events]


def _row(events: Sequence[Event], places: Sequence[int], lane: str, columns: int, longest: int) -> tuple[str, bool]:
    """One lane: between its events what it was doing, at each event a sign, after it the label if there is room.

    And whether it goes on after the last event.
    """
    cells = [" "] * columns
    doing: list[Stretch] = []
    here: dict[int, list[Event]] = {}
    for place, event in zip(places, events, strict=True):
        if event.lane == lane:
            here.setdefault(max(place, -1), []).append(event)
    stops = [*list(here)[1:], columns - 1]
    for (place, group), stop in zip(here.items(), stops, strict=True):
        for event in group:
            advance(doing, event)
        start = place + 1
        for column in range(start, stop):
            cells[column] = _FILLS[doing[-1].state] if doing else " "
        if place >= 0:
            cells[place] = _sign(group)
        label = _label(group, doing) if place >= 0 else doing[-1].label if doing else ""
        text = shorten(label, longest)
        text = text if _cells(text) <= stop - start else shorten(label, stop - start) if stop - start > 2 else ""
        _write(cells, start, stop, text)
    if doing:
        cells[-1] = _UNFINISHED
    return "".join(cells).rstrip(), bool(doing)


def _sign(group: Sequence[Event]) -> str:
    """The sign for events of a lane that share a column: a bad end is not hidden, nor is the edge of a bar."""
    signs = [_GLYPHS[event.kind] for event in group]
    return next((sign for sign in "!x|" if sign in signs), signs[-1])


def _label(group: Sequence[Event], doing: Sequence[Stretch]) -> str:
    """The label after events of a lane that share a column: of what began last and goes on, or of a single point."""
    begun = [event for event in group if event.kind in (STARTED, WAITING, GOT)]
    going_on = [event.label for event in begun if any(one.label == event.label for one in doing)]
    points = [event.label for event in group if event.kind in (SUBMITTED, MARK)]
    return going_on[-1] if going_on else points[0] if len(points) == 1 else ""


def _write(cells: list[str], start: int, stop: int, text: str) -> None:
    """Put the text into the cells if it fits before `stop`, or as much of its beginning as does."""
    for character in text:
        taken = _cells(character)
        if start + taken > stop:
            return
        cells[start : start + taken] = [character] + [""] * (taken - 1)
        start += taken


def _axis(start: int, end: int, columns: int) -> str:
    words = f"{(end - start) / 1e6:.3g} ms" if end - start < 10**9 else f"{(end - start) / 1e9:.3g} s"
    return "0" + words.rjust(columns - 1)


def _cells(text: str) -> int:
    """Columns that the text takes in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
