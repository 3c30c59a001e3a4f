"""Messages through a pipe: four bytes that say how long a message is, then the message as JSON.

The end in the interpreter is in the hands of the code that is graded: what arrives from there may be forged, cut off
or endless, and is read with that in mind.
"""

from __future__ import annotations

import json
import struct
from typing import Any

LENGTH = struct.Struct("!I")
LONGEST = 16_000_000  # bytes of one message
LONGEST_TEXT = 200_000  # characters of one text in it; nobody reads on to the end of more


class BrokenFrame(ValueError):
    """What arrived is no message."""


def pack(message: dict[str, Any]) -> bytes:
    """The bytes of a message."""
    text = json.dumps(message).encode()
    return LENGTH.pack(len(text)) + text


class Unpacker:
    """Gathers bytes as they arrive and gives the messages that are whole."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, piece: bytes) -> list[dict[str, Any]]:
        """The messages that this piece completes. Raises BrokenFrame."""
        self._bytes += piece
        messages = []
        while len(self._bytes) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._bytes)
            if length > LONGEST:
                raise BrokenFrame(f"a message of {length:,} bytes is announced; {LONGEST:,} is the most")
            end = LENGTH.size + length
            if len(self._bytes) < end:
                break
            try:
                message = _parse(bytes(self._bytes[LENGTH.size : end]))
            except (ValueError, RecursionError) as error:
                raise BrokenFrame("a message is no JSON") from error
            if not isinstance(message, dict):
                raise BrokenFrame("a message is no JSON object")
            messages.append(message)
            del self._bytes[:end]
        return messages


def _parse(text: bytes) -> Any:
    """The JSON value in the text; half characters, which no file could hold, become question marks."""
    value = json.loads(text)
    if b"\\ud" in text.lower():
        value = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value
