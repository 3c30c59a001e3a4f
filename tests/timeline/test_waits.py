"""Who waits for whom: read from real locks, told in words, and drawn so that a deadlock is a ring."""

from __future__ import annotations

import threading
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.timeline import Event, Timeline
from autograder.timeline.waits import NOBODY, picture_of_waits, text_of_waits, waits_of

PATIENCE = 60


def ring(threads: int) -> list[Event]:
    """Each thread holds a lock and waits for that of the next one."""
    holds = [Event("got", f"thread {number}", f"lock {number}") for number in range(threads)]
    return holds + [Event("waiting", f"thread {number}", f"lock {(number + 1) % threads}") for number in range(threads)]


def test_two_real_threads_in_a_deadlock_are_seen_and_gone_when_it_is_over():
    with Timeline() as timeline:
        locks = timeline.lock("left"), timeline.lock("right")
        both_hold_one, over = threading.Barrier(2), threading.Event()

        def take(first, second):
            with first:
                both_hold_one.wait(PATIENCE)
                while not second.acquire(timeout=0.01):  # the first one that gives up gives way
                    if over.is_set():
                        return
                second.release()

        pairs = {"A": locks, "B": locks[::-1]}
        threads = [threading.Thread(target=take, args=pair, name=name) for name, pair in pairs.items()]
        for thread in threads:
            thread.start()
        seen = {}
        while len(seen) < 2:
            seen = timeline.waits_for()
        over.set()
        for thread in threads:
            thread.join(PATIENCE)
        assert seen == {"A": "B", "B": "A"}
        assert timeline.waits_for() == {}


def test_a_closed_timeline_still_says_who_waited_at_its_end():
    with Timeline() as timeline:
        lock = timeline.lock("stock")
        lock.acquire()
        waiter = threading.Thread(target=lock.acquire, name="waiter")
        waiter.start()
        while not timeline.waits_for():
            pass
    lock.release()
    waiter.join(PATIENCE)
    assert timeline.waits_for() == {"waiter": "MainThread"}
    assert "waits for stock, which MainThread holds" in timeline.draw_waits().alternative


def test_waiting_for_what_nobody_holds_is_no_waiting_for_somebody():
    events = [Event("waiting", "A", "a result"), Event("got", "B", "stock"), Event("released", "B", "stock")]
    assert waits_of([*events, Event("waiting", "C", "stock")]) == []


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([], NOBODY),
        (ring(1), "thread 0 holds lock 0 and waits for lock 0, which it itself holds"),
        (
            [Event("got", "A", "stock"), Event("waiting", "B", "stock"), Event("waiting", "C", "stock")],
            "B waits for stock, which A holds\nC waits for stock, which A holds\nA waits for no lock",
        ),
        (
            [*reversed(ring(2)[:2]), *reversed(ring(2)[2:])],
            "thread 1 holds lock 1 and waits for lock 0, which thread 0 holds\n"
            "thread 0 holds lock 0 and waits for lock 1, which thread 1 holds",
        ),
    ],
)
def test_the_words_follow_the_waiting(events, text):
    assert text_of_waits(waits_of(events)) == text


@pytest.mark.parametrize("threads", range(1, 9))
def test_in_a_ring_nothing_is_cut_or_on_top_of_another(threads):
    figure = picture_of_waits(waits_of(ring(threads)))
    figure.draw_without_rendering()
    (axes,) = figure.axes
    boxes = [text.get_bbox_patch().get_window_extent() for text in axes.texts if text.get_text()]
    boxes += [legend.get_window_extent() for legend in figure.legends]
    assert len(boxes) == 2 * threads + 1
    for box in boxes:
        assert figure.bbox.x0 <= box.x0 <= box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0 <= box.y1 <= figure.bbox.y1
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert sum(not text.get_text() for text in axes.texts) == 2 * threads  # the arrows


def test_names_are_shown_as_they_are_and_not_too_long():
    events = [Event("got", "$A$ " * 10, "a_lock"), Event("waiting", "B$", "a_lock")]
    figure = picture_of_waits(waits_of(events))
    shown = {text.get_text() for text in figure.axes[0].texts}
    assert {"a_lock", "B$"} <= shown
    assert max(map(len, shown)) <= 16
    assert figure._repr_mimebundle_()[1]["image/png"]["alt"] == figure.alternative


KINDS = ("got", "waiting", "released", "cancelled")
stories = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(KINDS), st.sampled_from("xy")), max_size=8)


@settings(max_examples=20, deadline=None)
@given(stories)
def test_whatever_happened_can_be_told_and_drawn(story):
    waits = waits_of(Event(kind, lane, lock, at) for at, (lane, kind, lock) in enumerate(story))
    assert text_of_waits(waits)
    picture_of_waits(waits).draw_without_rendering()
