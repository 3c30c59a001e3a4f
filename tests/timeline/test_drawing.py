"""The picture: readable on white, on a dark notebook and in grey; nothing cut, nothing on top of another."""

from __future__ import annotations

import base64
import io
import itertools
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from PIL import Image

from autograder.timeline import KINDS, Event, Timeline
from autograder.timeline.drawing import BLUE, BROWN, DPI, INK, LABELS, SHARPNESS, figure_of

MS = 10**6
LANES = ["MainThread", "ThreadPoolExecutor-0_0", "a lane with a name that is far too long to be shown"]
BUSY = [
    event
    for lane in LANES
    for at in range(12)
    for event in (
        Event("submitted", lane, f"page {at}", at * 7 * MS),
        Event("mark", lane, "a rather long text that is said here " + "and here " * at, at * 7 * MS + 1),
        Event("started", lane, f"page {at}", at * 7 * MS + MS),
        Event("waiting", lane, "stock", at * 7 * MS + 2 * MS),
        Event("got", lane, "stock", at * 7 * MS + 4 * MS),
        Event("released", lane, "stock", at * 7 * MS + 6 * MS),
        Event("failed" if at % 2 else "done", lane, f"page {at}", at * 7 * MS + 7 * MS),
    )
]


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return float(np.dot([0.2126, 0.7152, 0.0722], parts))


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("background", ["#ffffff", "#111111"])
@pytest.mark.parametrize("color", [INK, BLUE, BROWN])
def test_all_that_stands_on_the_background_is_seen_on_white_and_on_dark(color, background):
    assert contrast(color, background) >= 3
    assert color != INK or contrast(color, background) >= 4


def test_a_legend_of_all_there_is_has_room():
    events = [
        *(Event(kind, "one", "a", at) for at, kind in enumerate(("started", "waiting", "got", "released", "failed"))),
        *(Event(kind, "two", "b", at) for at, kind in enumerate(("started", "suspended", "resumed", "cancelled"))),
        Event("started", "three", "c", 5),
    ]
    figure = figure_of(events, end=9)
    (legend,) = figure.legends
    assert len(legend.get_texts()) == 7
    assert legend.get_window_extent().x0 >= 0
    assert legend.get_window_extent().x1 <= figure.bbox.x1


def test_labels_are_readable_on_their_bars():
    fills = {"running": BLUE, "holding": BROWN}
    assert all(contrast(LABELS[state], fill) >= 4.5 for state, fill in fills.items())


def test_running_and_holding_differ_in_grey():
    assert contrast(BLUE, BROWN) >= 1.6


def test_no_text_is_cut_or_lies_on_another():
    figure = figure_of([*BUSY, Event("mark", "calm", "the end of it all", 84 * MS)])
    figure.draw_without_rendering()
    (axes,) = figure.axes
    low, high = axes.get_xlim()
    ticks = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high]
    texts = [*axes.texts, *ticks, *axes.get_yticklabels(), axes.xaxis.label, *figure.legends[0].get_texts()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]
    assert len(boxes) > 40
    width, height = figure.get_size_inches() * figure.dpi
    for words, box in boxes:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, words
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        assert min(a.x1, b.x1) - max(a.x0, b.x0) <= 1 or min(a.y1, b.y1) - max(a.y0, b.y0) <= 1, (one, other)


def test_lanes_are_named_from_above_in_the_order_of_their_first_events():
    axes = figure_of(BUSY).axes[0]
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert names[:2] == LANES[:2] and "…" in names[2]
    bottom, top = axes.get_ylim()
    assert bottom > top and list(axes.get_yticks()) == sorted(axes.get_yticks())


@pytest.mark.parametrize(("end", "unit"), [(300, "µs"), (40 * MS, "ms"), (3000 * MS, "s")])
def test_the_time_axis_names_its_unit(end, unit):
    figure = figure_of([Event("started", "w", "a", 0), Event("done", "w", "a", end)])
    assert figure.axes[0].get_xlabel() == f"time ({unit})"


def test_what_was_left_out_is_said():
    timeline = Timeline(limit=1)
    timeline.mark("a")
    timeline.mark("b")
    assert "1 later ones are left out" in timeline.draw().axes[0].get_xlabel()


def test_a_notebook_keeps_a_sharp_transparent_picture_with_its_text():
    with Timeline() as timeline, timeline.span("job"):
        pass
    data, about = timeline._repr_mimebundle_()
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    size = about["image/png"]["width"], about["image/png"]["height"]
    assert image.size == pytest.approx([SHARPNESS * pixels for pixels in size], abs=SHARPNESS)
    assert size[0] == 9 * DPI
    pixels = np.asarray(image.convert("RGBA"))
    assert (pixels[:3, :3, 3] == 0).all() and (pixels[..., 3] == 255).any()
    assert data["text/plain"] == about["image/png"]["alt"] == timeline.text()
    assert data["text/plain"].startswith("MainThread  |job==")


@pytest.mark.filterwarnings("ignore:Glyph")  # not every machine has a Chinese font
@pytest.mark.parametrize("label", ["$x$", "$", "$\\nosuch$", "线程", "a\nb", "x" * 500, ""])
def test_any_label_can_be_drawn(label):
    events = [Event(kind, f"lane {label}", label, at) for at, kind in enumerate(("started", "mark", "done"))]
    figure_of(events)._repr_mimebundle_()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            Event,
            st.sampled_from(KINDS),
            st.sampled_from("ab"),
            st.sampled_from(["", "x", "y" * 9]),
            st.integers(0, 99),
        ),
        max_size=30,
    )
)
def test_any_events_can_be_drawn(events):
    figure_of(events).draw_without_rendering()


def test_no_events_and_no_time():
    assert figure_of([]).axes[0].get_xlabel() == "no events were recorded"
    figure_of([Event("mark", "w", "a")])._repr_mimebundle_()


def test_ten_thousand_events_are_drawn():
    events = [
        Event(kind, f"w{job % 4}", str(job), 10 * job + at)
        for job in range(5000)
        for at, kind in enumerate(("started", "done"))
    ]
    data, _ = figure_of(events)._repr_mimebundle_()
    assert data["image/png"]


def test_settings_backend_and_pyplot_are_left_alone():
    code = """
import sys, matplotlib
matplotlib.rcParams.update({"text.color": "red", "axes.grid": True, "text.usetex": True, "figure.facecolor": "black"})
settings = lambda: {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}
before = settings()
from autograder.timeline import Timeline
with Timeline() as timeline, timeline.span("a"):
    timeline.mark("m")
timeline._repr_mimebundle_()
print(settings() == before, "matplotlib.pyplot" in sys.modules)
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "True False\n"


def test_two_threads_may_draw_at_once():
    pictures = []
    threads = [threading.Thread(target=lambda: pictures.append(figure_of(BUSY)._repr_mimebundle_())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pictures[0] == pictures[1]


def test_a_lock_held_inside_another_has_an_outline_of_its_own():
    def outlines(*inner: Event) -> int:
        events = [Event("got", "A", "one", 0), *inner, Event("released", "A", "one", 90 * MS)]
        collections = figure_of(events).axes[0].collections
        return sum(len(one.get_paths()) for one in collections if len(one.get_edgecolor()))

    assert outlines() == 0
    assert outlines(Event("got", "A", "two", 30 * MS), Event("released", "A", "two", 60 * MS)) == 1
