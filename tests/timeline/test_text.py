"""Text drawings of events that a test made itself: exact, the same every time, never wider than asked."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.timeline import KINDS, Event, text_of

POOL = [
    Event("submitted", "caller", "a"),
    Event("submitted", "caller", "b"),
    Event("started", "worker-0", "a"),
    Event("started", "worker-1", "b"),
    Event("done", "worker-0", "a"),
    Event("started", "worker-0", "c"),
    Event("failed", "worker-1", "b"),
    Event("done", "worker-0", "c"),
]
CONVOY = [
    Event("started", "one", "a"),
    Event("got", "one", "L"),
    Event("started", "two", "b"),
    Event("waiting", "two", "L"),
    Event("released", "one", "L"),
    Event("got", "two", "L"),
    Event("done", "one", "a"),
]


def drawing(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_pool_by_order():
    assert text_of(POOL) == drawing("""
        caller    +a  +b
        worker-0          |a======|c======|
        worker-1              |b======!
          + submitted   ! failed
    """)


def test_a_label_that_ends_like_what_is_not_finished():
    assert text_of([Event("mark", "one", "a -->")]) == drawing("""
        one  *a -->
          * mark
    """)
    assert text_of([Event("started", "one", "a"), Event("mark", "one", "b>")]).endswith("> not finished")


def test_waiting_for_a_lock_holding_it_and_not_finishing():
    assert text_of(CONVOY) == drawing("""
        one  |a==[L##########]=======|
        two          |b==?L......[L######>
          ?... waiting   [###] holding a lock   > not finished
    """)


def test_a_job_that_keeps_its_lock_is_drawn_as_holding_it_after_its_end():
    events = [Event("started", "one", "a"), Event("got", "one", "L"), Event("failed", "one", "a"), Event("mark", "two")]
    assert "[L##!######>" in text_of(events)


def test_suspended_coroutines():
    kinds = ("started", "suspended", "resumed", "done")
    assert text_of([Event(kind, "Task-1", "a") for kind in kinds]).startswith("Task-1  |a==~~~~====|\n")


def test_only_order_decides_about_a_drawing_by_order():
    late = [Event(event.kind, event.lane, event.label, time=at**3) for at, event in enumerate(POOL)]
    assert text_of(late, by="order") == text_of(POOL)


def test_times_decide_about_a_drawing_by_time():
    events = [
        Event("started", "w0", "a", 0),
        Event("started", "w1", "b", 10_000_000),
        Event("done", "w1", "b", 20_000_000),
        Event("done", "w0", "a", 40_000_000),
    ]
    assert text_of(events, width=26, by="time") == drawing("""
        w0  |a==================|
        w1       |b===|
            0                40 ms
    """)


def test_only_what_goes_on_is_drawn_beyond_the_last_event():
    events = [Event("started", "w", "a", 0), Event("done", "w", "a", 1_000_000)]
    assert text_of(events, by="time", end=9_000_000).endswith(" 1 ms")
    assert text_of(events[:1], by="time", end=9_000_000).splitlines()[1].endswith(" 9 ms")


def test_a_failure_is_seen_even_if_the_next_job_starts_at_the_same_column():
    events = [Event("started", "w", "a", 0), Event("failed", "w", "a", 500), Event("started", "w", "b", 500)]
    assert "!b" in text_of([*events, Event("done", "w", "b", 1000)], by="time")


def test_a_label_that_does_not_fit_is_never_cut_to_look_like_another():
    events = [Event("started", "w", "12", 0), Event("done", "w", "12", 16), Event("mark", "w", "", 200)]
    assert text_of(events, width=30, by="time").startswith("w  |=|  ")


def test_more_events_than_fit_show_the_end():
    events = [Event(kind, "w", str(job)) for job in range(100) for kind in ("started", "done")]
    lines = text_of(events, width=60).splitlines()
    assert lines[0].endswith("|99=|") and len(lines[0]) <= 60
    assert lines[1].startswith("(not drawn: ") and lines[1].endswith(" events before these)")


def test_what_goes_on_since_before_the_drawn_part_is_drawn_from_its_edge():
    events = [Event("started", "long", "whole"), *(Event("mark", "w", "tick") for _ in range(100))]
    assert text_of(events, width=60).startswith("long  whole====")


def test_chinese_labels_keep_the_lanes_aligned():
    events = [Event("started", "w", "线程"), Event("done", "w", "线程"), Event("mark", "v", "x")]
    assert text_of(events).splitlines()[:2] == ["w  |线程=|", "v            *x"]


def test_labels_cannot_break_the_lines():
    text = text_of([Event("started", "w\x1b[31m", "a\nb\x00c"), Event("done", "w\x1b[31m", "a\nb\x00c")])
    assert text == "w [31m  |a b c=|"


def test_no_events():
    assert text_of([]) == "(no events were recorded)"


def test_unknown_kinds_and_orders_are_refused():
    with pytest.raises(ValueError, match=r"kind 'begun': expected one of submitted, started"):
        Event("begun", "w")
    with pytest.raises(ValueError, match="by 'colour': expected 'order' or 'time'"):
        text_of(POOL, by="colour")


events_of_any_kind = st.builds(
    Event,
    st.sampled_from(KINDS),
    st.sampled_from(["main", "worker-0", "a lane with a name that is far too long"]),
    st.text(max_size=20),
    st.integers(0, 10**9),
)


@given(st.lists(events_of_any_kind, max_size=60), st.integers(45, 120), st.sampled_from(["order", "time"]))
def test_any_events_are_drawn_within_the_width(events, width, by):
    text = text_of(events, width, by)
    assert all(len(line) <= width for line in text.splitlines())
    assert text == text_of(events, width, by)
    assert len(text.splitlines()) <= len({event.lane for event in events}) + 6
