"""Messages as they arrive from a process that is not to be trusted."""

from __future__ import annotations

import pytest

from autograder.grading.frames import LENGTH, LONGEST, BrokenFrame, Unpacker, pack


def test_messages_are_whole_however_they_arrive():
    messages = [{"text": "a"}, {"text": "错 😀"}, {}]
    data = b"".join(map(pack, messages))
    unpacker = Unpacker()
    assert [message for byte in data for message in unpacker.feed(bytes([byte]))] == messages
    assert Unpacker().feed(data) == messages


def test_half_characters_become_question_marks():
    assert Unpacker().feed(pack({"text": "\ud800 😀", "\udfff": ["\udc00"]})) == [{"text": "? 😀", "?": ["?"]}]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"3", b"[" * 100_000])
def test_what_is_no_message_is_refused(text):
    with pytest.raises(BrokenFrame):
        Unpacker().feed(LENGTH.pack(len(text)) + text)


def test_an_endless_message_is_refused_at_its_announcement():
    with pytest.raises(BrokenFrame, match="is announced"):
        Unpacker().feed(LENGTH.pack(LONGEST + 1))
