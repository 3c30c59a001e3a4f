"""Who waits for whom: read from the events of locks, told in words, and drawn as a ring where it is one.

Threads and the locks between them stand on a circle, each followed by the one that it waits for, so that a deadlock of
threads is seen as what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

from autograder.timeline.events import HOLDING, WAITING, Event, read_back, shorten

if TYPE_CHECKING:
    from autograder.timeline.drawing import Picture

LONGEST_NAME = 16
NOBODY = "nobody waits for a lock that somebody holds"


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody waits: `lane` for `lock`, which `holder` holds; maybe that is `lane` itself."""

    lane: str
    lock: str
    holder: str


def waits_of(events: Iterable[Event]) -> list[Wait]:
    """Who waits after the last event for a lock that somebody holds, in the order in which they began to wait.

    A lock is known by its label. A wait for something that nobody holds, such as a result, is left out.
    """
    lasting = [one for one in read_back(events)[0] if one.end is None]
    holders = {one.label: one.lane for one in lasting if one.state == HOLDING}
    waiting = {one.lane: one for one in lasting if one.state == WAITING and one.label in holders}
    return [Wait(one.lane, one.label, holders[one.label]) for one in waiting.values()]


def text_of_waits(waits: Sequence[Wait]) -> str:
    """One line for each who waits, and one for each who holds a lock and waits for none."""
    lines = [
        f"{one.lane}{_held(one.lane, waits)} waits for {one.lock}, which {_who(one)} holds" for one in _in_order(waits)
    ]
    free = dict.fromkeys(one.holder for one in waits if one.holder not in {other.lane for other in waits})
    return "\n".join([*lines, *(f"{lane} waits for no lock" for lane in free)]) or NOBODY


def picture_of_waits(waits: Sequence[Wait]) -> Picture:
    """Threads and locks on a circle; an arrow leads from each thread to its lock, and from the lock to its holder."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from autograder.timeline.drawing import BLUE, BROWN, DPI, FAMILY, FONT, INK, WIDTH, Picture

    nodes = _nodes(waits)
    across, down = WIDTH * 0.3, max(0.85, 0.17 * len(nodes))
    figure = Picture(figsize=(WIDTH, 2 * down + 1.3 if nodes else 0.6), dpi=DPI, layout="none", facecolor="none")
    FigureCanvasAgg(figure)
    figure.alternative = text_of_waits(waits)
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set_axis_off()
    axes.set(xlim=(-width / 2, width / 2), ylim=(0.25 - height / 2, 0.25 + height / 2))
    words: dict[str, Any] = {"fontsize": FONT, "fontfamily": FAMILY, "parse_math": False, "usetex": False}
    if not nodes:
        axes.text(0, 0.25, NOBODY, color=INK, ha="center", va="center", **words)
        return figure

    boxes = {}
    for at, (kind, name) in enumerate(nodes):
        angle = pi / 2 - 2 * pi * at / len(nodes)
        style = {"boxstyle": "round,pad=0.5", "facecolor": BLUE} if kind == "thread" else {}
        style = style or {"boxstyle": "square,pad=0.45", "facecolor": BROWN}
        place = across * cos(angle), down * sin(angle)
        text = axes.text(
            *place, shorten(name, LONGEST_NAME), color="#000000" if kind == "thread" else "#ffffff", zorder=2,
            ha="center", va="center", bbox={**style, "edgecolor": "none"}, **words,
        )  # fmt: skip
        boxes[kind, name] = place, text
    figure.draw_without_rendering()  # gives the boxes their sizes, at which the arrows end
    arrows = [(("thread", one.lane), ("lock", one.lock), (0, (4, 2))) for one in waits]
    arrows += [(("lock", lock), ("thread", holder), "solid") for lock, holder in _holders(waits).items()]
    for start, end, line in arrows:
        neighbours = (nodes.index(end) - nodes.index(start)) % len(nodes) == 1
        _arrow(axes, boxes[start], boxes[end], INK, line, bend=-0.2 if neighbours else 0.25)
    _add_legend(figure)
    return figure


def _holders(waits: Sequence[Wait]) -> dict[str, str]:
    return {one.lock: one.holder for one in waits}


def _held(lane: str, waits: Sequence[Wait]) -> str:
    locks = dict.fromkeys(one.lock for one in waits if one.holder == lane)
    return f" holds {' and '.join(locks)} and" if locks else ""


def _who(one: Wait) -> str:
    return "it itself" if one.holder == one.lane else one.holder


def _in_order(waits: Sequence[Wait]) -> list[Wait]:
    """Each one followed by the one for whom it waits, as far as that goes."""
    of = {one.lane: one for one in waits}
    ordered: dict[str, Wait] = {}
    for one in waits:
        following: Wait | None = one
        while following and following.lane not in ordered:
            ordered[following.lane] = following
            following = of.get(following.holder)
    return list(ordered.values())


def _nodes(waits: Sequence[Wait]) -> list[tuple[str, str]]:
    """Threads and locks in the order in which they stand on the circle."""
    nodes = [
        node for one in _in_order(waits) for node in (("thread", one.lane), ("lock", one.lock), ("thread", one.holder))
    ]
    return list(dict.fromkeys(nodes))


def _arrow(axes: Any, start: tuple[Any, Any], end: tuple[Any, Any], color: str, line: Any, bend: float) -> None:
    (begin, first), (tip, last) = start, end
    axes.annotate(
        "", tip, begin, zorder=3,
        arrowprops={
            "arrowstyle": "-|>", "mutation_scale": 16, "color": color, "linewidth": 1.6, "linestyle": line,
            "connectionstyle": f"arc3,rad={bend}", "patchA": first.get_bbox_patch(), "patchB": last.get_bbox_patch(),
            "shrinkA": 2, "shrinkB": 3,
        },
    )  # fmt: skip


def _add_legend(figure: Picture) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from autograder.timeline.drawing import BLUE, BROWN, INK, put_legend

    handles = [
        Patch(label="thread", facecolor=BLUE),
        Patch(label="lock", facecolor=BROWN),
        Line2D([], [], label="waits for", color=INK, linewidth=1.6, linestyle=(0, (4, 2))),
        Line2D([], [], label="is held by", color=INK, linewidth=1.6),
    ]
    put_legend(figure, handles, "upper left", 2.4)
