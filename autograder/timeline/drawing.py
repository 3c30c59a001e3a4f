"""Draws events as a picture of lanes: who did what when, in milliseconds.

The background is transparent; every colour that stands on it has a contrast of at least 3 to 1 against white and
against the near-black of a dark notebook. States differ in lightness, pattern and shape too, so that nothing is lost
in grey or to a colour-blind reader. Neither pyplot nor the reader's matplotlib settings are touched.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font_names
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from autograder.timeline.events import (
    CANCELLED,
    FAILED,
    HOLDING,
    MARK,
    RUNNING,
    SUBMITTED,
    SUSPENDED,
    WAITING,
    Event,
    Stretch,
    end_of,
    lanes_of,
    read_back,
    shorten,
)
from autograder.timeline.text import text_of

INK = "#777777"
BLUE, BROWN, RED = "#3f96d2", "#a84300", "#c8102e"
LABELS = {RUNNING: "#000000", HOLDING: "#ffffff", WAITING: INK}
UNFINISHED = "not finished"

WIDTH = 9.0
DPI = 100
SHARPNESS = 2
CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC", "Microsoft YaHei", "SimHei")
FAMILY = ["DejaVu Sans", *sorted(set(CHINESE) & set(get_font_names()), key=CHINESE.index)]
FONT = 10.5
SMALL_FONT = 9.5
BAR = 0.30
ROW = 0.19
GAP = 0.07
MOST_ROWS = 3
LONGEST_LANE = 26
LONGEST_TEXT = 48
UNITS = ((10**6, 10**3, "µs"), (2 * 10**9, 10**6, "ms"), (None, 10**9, "s"))

_STYLES: dict[str, dict[str, Any]] = {
    RUNNING: {"facecolor": BLUE, "edgecolor": "none"},
    "inner": {"facecolor": BLUE, "edgecolor": "#04263f", "linewidth": 1.2},
    HOLDING: {"facecolor": BROWN, "edgecolor": "none"},
    "inner holding": {"facecolor": BROWN, "edgecolor": "#ffffff", "linewidth": 1.2},
    WAITING: {"facecolor": "none", "edgecolor": INK, "hatch": "////", "linewidth": 0},
    "outline": {"facecolor": "none", "edgecolor": INK, "linewidth": 1},
    SUSPENDED: {"facecolor": BLUE, "edgecolor": "none"},
}
_MARKERS: dict[str, dict[str, Any]] = {
    MARK: {"marker": "v", "color": INK, "markersize": 7},
    SUBMITTED: {"marker": "o", "color": INK, "markersize": 5},
    CANCELLED: {"marker": "o", "color": INK, "markersize": 8, "markerfacecolor": "none", "markeredgewidth": 1.8},
    FAILED: {"marker": "X", "color": RED, "markersize": 10, "markeredgecolor": "#ffffff"},
    UNFINISHED: {"marker": ">", "color": INK, "markersize": 8},
}


class Picture(Figure):
    """A figure that a notebook shows by itself, sharp, and with its drawing in text as the alternative."""

    alternative = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=DPI * SHARPNESS, transparent=True)
        width, height = (round(inches * DPI) for inches in self.get_size_inches())
        data = {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": self.alternative}
        return data, {"image/png": {"width": width, "height": height, "alt": self.alternative}}


def figure_of(events: Iterable[Event], *, end: int | None = None, note: str = "") -> Picture:
    """Draw the events as lanes over time, the lanes from above in the order of their first events.

    Parameters: `end`, the time in ns up to which what is not finished is drawn; `note`, words that are put after the
    name of the time axis.
    """
    events = list(events)
    lanes = lanes_of(events)
    first = min((event.time for event in events), default=0)
    last = end_of(events, end)
    scale, unit = next((scale, unit) for most, scale, unit in UNITS if most is None or last - first < most)
    stretches, points = read_back(events)
    for one in stretches:
        if one.end is None:
            one.end, one.outcome = last, UNFINISHED

    figure = Picture(figsize=(WIDTH, 3), dpi=DPI, layout="constrained", facecolor="none")
    FigureCanvasAgg(figure)
    figure.alternative = text_of(events, by="time", end=last, note=note)
    axes = figure.add_subplot(facecolor="none")
    names = [shorten(lane, LONGEST_LANE) for lane in lanes]
    _style(axes, f"time ({unit})   {note}".rstrip() if events else "no events were recorded")
    _name_ticks(axes.yaxis, range(len(lanes)), names)
    span = max(last - first, 1) / scale
    axes.set_xlim(-0.01 * span, 1.015 * span)
    ticks = [tick for tick in MaxNLocator(8, steps=[1, 2, 5, 10]).tick_values(0, span) if 0 <= tick <= 1.01 * span]
    _name_ticks(axes.xaxis, ticks, [f"{tick:.6g}" for tick in ticks])
    _add_legend(figure, stretches, points)
    figure.draw_without_rendering()

    sheet = _Sheet(axes, first, scale)
    for lane in lanes:
        sheet.add_lane([one for one in stretches if one.lane == lane], [one for one in points if one.lane == lane])
    sheet.finish()
    _name_ticks(axes.yaxis, sheet.middles, names)
    axes.set_ylim(sheet.bottom, 0)
    # One unit of y is one inch: the figure gets the height that makes it so.
    for _ in range(2):
        figure.draw_without_rendering()
        missing = sheet.bottom - axes.get_window_extent().height / figure.dpi
        figure.set_size_inches(WIDTH, figure.get_size_inches()[1] + missing)
    return figure


@dataclass
class _Above:
    """What stands above a lane's bars: points of one kind with a text, or (of no kind) the label of a narrow bar."""

    text: str
    places: list[float]
    kind: str = ""
    row: int = 0
    text_at: float = 0.0


class _Sheet:
    """Lays out lanes one under the other; x in the axis's unit of time, y in inches downwards."""

    def __init__(self, axes: Any, first: int, scale: int) -> None:
        self.axes, self.first, self.scale = axes, first, scale
        left, self.right = axes.get_xlim()
        self.pixel = (self.right - left) / axes.get_window_extent().width
        self.renderer = axes.figure.canvas.get_renderer()
        self.bottom = 0.0
        self.middles: list[float] = []
        self.boxes: dict[tuple[int, str], list[Any]] = {}
        self.markers: dict[str, list[tuple[float, float]]] = {}
        self.widths: dict[tuple[str, float], float] = {}

    def add_lane(self, stretches: Sequence[Stretch], points: Sequence[Event]) -> None:
        """One lane: bars with their labels inside, and above them the points and the labels that did not fit."""
        above = self.grouped(points)
        inside: dict[int, tuple[float, str]] = {}
        for place, one in enumerate(stretches):
            text = shorten(one.label, LONGEST_TEXT) if one.state in LABELS else ""
            left, right = max(self.free_pieces(one), key=lambda piece: piece[1] - piece[0])
            room = self.width(text, FONT) + (40 if one.state == WAITING else 6) * self.pixel
            if text and room <= right - left:
                inside[place] = (left + right) / 2, text
            elif text:
                above.append(_Above(text, [self.at(one.start)]))
        rows = self.stack(above)

        bar = BAR if stretches else 0.0
        top = self.bottom + GAP + rows * ROW
        middle = top + bar / 2
        for place, one in enumerate(stretches):
            x, text = inside.get(place, (0.0, ""))
            self.add_boxes(one, middle, text)
            self.write(x, middle, text, FONT, LABELS.get(one.state, INK), "center")
            if one.outcome in _MARKERS and one.state in (RUNNING, WAITING):
                x = self.at(one.end) + (4 * self.pixel if one.outcome == UNFINISHED else 0)
                self.markers.setdefault(one.outcome, []).append((x, middle))
        for one in above:
            y = top - (one.row + 0.5) * ROW
            for x in one.places if one.kind else []:
                self.markers.setdefault(one.kind, []).append((x, y))
            self.write(one.text_at, y, one.text, SMALL_FONT, INK, "left")
        self.middles.append(middle if stretches else top - ROW / 2)
        self.bottom = top + bar + GAP
        self.axes.axhline(self.bottom, color=INK, linewidth=0.6, alpha=0.4, zorder=0)

    def finish(self) -> None:
        """Draw all boxes and markers that were laid out, one collection for each kind."""
        for (level, state), boxes in self.boxes.items():
            collection = PolyCollection(boxes, zorder=2 + level / 10, **_STYLES[state])
            self.axes.add_collection(collection, autolim=False)
        for kind, places in self.markers.items():
            style = _MARKERS.get(kind, _MARKERS[MARK])
            self.axes.plot(*zip(*places, strict=True), linestyle="none", zorder=50, clip_on=False, **style)
        self.bottom = max(self.bottom, BAR)

    def add_boxes(self, one: Stretch, middle: float, text: str) -> None:
        """The box of a stretch, without the parts in which it was suspended or had to wait.

        The hatching is left out around the text, which could not be read on it.
        """
        state = "inner" if one.state == RUNNING and one.level else one.state
        state = "inner holding" if one.state == HOLDING and one.level > one.depth else state
        height = BAR * 0.72 ** (one.depth if one.state == RUNNING else max(one.depth - 1, 0))
        height = 0.07 if one.state == SUSPENDED else height * 0.72 if state == "inner holding" else height
        low, high = middle - height / 2, middle + height / 2
        cuts = [inner for inner in one.inner if inner.state in (WAITING, SUSPENDED)]
        pieces = self.pieces(one, cuts)
        if one.state == WAITING:
            self.add_box(one.level, "outline", (self.at(one.start), self.at(one.end)), low, high)
        if one.state == WAITING and text and not cuts:
            left, right = pieces[0]
            side = (right - left - self.width(text, FONT)) / 2 - 4 * self.pixel
            pieces = [(left, left + side), (right - side, right)]
        for piece in pieces:
            self.add_box(one.level, state, piece, low, high)

    def add_box(self, level: int, style: str, piece: tuple[float, float], low: float, high: float) -> None:
        """A pixel of background is left between neighbours, and never less than two pixels of box."""
        left, right = piece
        right = max(right - self.pixel, left + 2 * self.pixel)
        box = [(left, low), (left, high), (right, high), (right, low)]
        self.boxes.setdefault((level, style), []).append(box)

    def free_pieces(self, one: Stretch) -> list[tuple[float, float]]:
        """The parts of a stretch in which its label would be seen."""
        start = self.at(one.start)
        return self.pieces(one, [inner for inner in one.inner if inner.level == one.level + 1]) or [(start, start)]

    def pieces(self, one: Stretch, cuts: Sequence[Stretch]) -> list[tuple[float, float]]:
        """From and to of the parts of a stretch that the others, given in the order of time, leave of it."""
        pieces, left = [], self.at(one.start)
        for cut in cuts:
            if self.at(cut.start) > left:
                pieces.append((left, self.at(cut.start)))
            left = max(left, self.at(cut.end))
        if self.at(one.end) > left or not cuts:
            pieces.append((left, self.at(one.end)))
        return pieces

    def grouped(self, points: Sequence[Event]) -> list[_Above]:
        """The points; those of a kind that stand close together share one text."""
        groups: list[list[Event]] = []
        latest: dict[str, list[Event]] = {}
        for event in points:
            group = latest.get(event.kind)
            if group and self.at(event.time) - self.at(group[-1].time) < 10 * self.pixel:
                group.append(event)
            else:
                latest[event.kind] = [event]
                groups.append(latest[event.kind])
        return [_Above(_words(group), [self.at(event.time) for event in group], group[0].kind) for group in groups]

    def stack(self, above: Sequence[_Above]) -> int:
        """Give each its row and the place of its text, so that nothing overlaps; how many rows that takes.

        What finds no room loses its text and, if it is a point, goes to a row above all texts. The labels of bars
        stand only in the row next to the bars.
        """
        taken: list[list[tuple[float, float]]] = [[] for _ in range(MOST_ROWS + 1)]
        for one in above:
            beside = 9 * self.pixel if one.kind else 0
            left, right = one.places[0] - beside, one.places[-1] + beside
            width = self.width(one.text, SMALL_FONT)
            one.text_at = right
            if right + width > self.right:
                one.text_at = left = left - width if one.kind else self.right - width
            right = max(right, one.text_at + width) + 4 * self.pixel
            for row in range(MOST_ROWS if one.kind else 1):
                if all(right < start or left > stop for start, stop in taken[row]):
                    one.row = row
                    break
            else:
                one.text, one.row = "", MOST_ROWS
            if one.text or one.kind:
                taken[one.row].append((left, right))
        return max((row + 1 for row, others in enumerate(taken) if others), default=0)

    def at(self, time: int | None) -> float:
        return ((time or 0) - self.first) / self.scale

    def width(self, text: str, size: float) -> float:
        """How wide the text will be, in units of x."""
        if (text, size) not in self.widths:
            font = FontProperties(family=FAMILY, size=size)
            pixels, _, _ = self.renderer.get_text_width_height_descent(text, font, False)
            self.widths[text, size] = pixels * self.pixel
        return self.widths[text, size]

    def write(self, x: float, y: float, text: str, size: float, color: str, align: str) -> None:
        if not text:
            return
        self.axes.text(
            x, y, text, fontsize=size, fontfamily=FAMILY, color=color, ha=align, va="center_baseline", zorder=40,
            parse_math=False, usetex=False,
        )  # fmt: skip


def _words(group: Sequence[Event]) -> str:
    """The text for points of one kind that stand close together."""
    labels = shorten(", ".join(dict.fromkeys(event.label for event in group)), LONGEST_TEXT)
    if group[0].kind == MARK:
        return labels
    return f"{labels} {group[0].kind}" if len(labels) <= 24 else f"{len(group)} {group[0].kind}"


def _style(axes: Any, name: str) -> None:
    """Ink and fonts of its own for everything, whatever the reader's settings are."""
    axes.spines[:].set_visible(False)
    axes.spines["bottom"].set(visible=True, color=INK, linewidth=1)
    axes.tick_params(axis="x", color=INK, labelcolor=INK, labelsize=FONT, direction="out", bottom=True, top=False)
    axes.tick_params(axis="y", labelcolor=INK, labelsize=FONT, left=False, right=False)
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x", color=INK, alpha=0.3, linewidth=0.7, linestyle="-")
    axes.set_axisbelow(True)
    axes.set_xlabel(name, color=INK, fontsize=FONT, fontfamily=FAMILY, parse_math=False, usetex=False)
    axes.tick_params(labelfontfamily=FAMILY)


def _name_ticks(axis: Any, places: Sequence[float], names: Sequence[str]) -> None:
    axis.set_ticks(places, names)
    for text in axis.get_ticklabels():
        text.set(parse_math=False, usetex=False)


def _add_legend(figure: Figure, stretches: Sequence[Stretch], points: Sequence[Event]) -> None:
    """Explain the patterns and signs that are used, if any needs it."""
    states = {one.state for one in stretches}
    outcomes = {one.outcome for one in stretches if one.state in (RUNNING, WAITING)}
    names = {RUNNING: "running", WAITING: "waiting", HOLDING: "holding a lock", SUSPENDED: "suspended"}
    handles: list[Any] = []
    if states - {RUNNING}:
        for state in names:
            if state == SUSPENDED and state in states:
                handles.append(Line2D([], [], color=BLUE, linewidth=3, label=names[state]))
            elif state in states:
                handles.append(Patch(label=names[state], **_STYLES[state] | {"linewidth": 1}))
    for kind in (FAILED, CANCELLED, UNFINISHED):
        if kind in outcomes:
            handles.append(Line2D([], [], linestyle="none", label=kind, **_MARKERS[kind]))
    if handles:
        put_legend(figure, handles, "outside upper left", 1.8)


def put_legend(figure: Figure, handles: Sequence[Any], place: str, length: float) -> None:
    """Put a legend into one row. Parameters: `place`, matplotlib's `loc`; `length` of a handle, in letters' heights."""
    legend = figure.legend(
        handles=handles, loc=place, ncols=len(handles), frameon=False, labelcolor=INK,
        prop={"family": FAMILY, "size": FONT}, columnspacing=1.2, handletextpad=0.5, handlelength=length,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_usetex(False)
