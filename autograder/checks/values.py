"""Compares and describes plain data without running a line of the student's code.

Equality is strict: the same built-in type at every level and the same content, so `True` is not 1, a list is not a
tuple, and no `__eq__` or `__repr__` of a class that the student wrote takes part. A kind of dict, list or tuple (a
defaultdict, a NamedTuple) counts as one, by what it really holds.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

_ATOMS = (int, float, complex, bool, str, bytes, bytearray, type(None), range)
_SEQUENCES = (list, tuple, deque)
_SETS = (set, frozenset)
_MAPPINGS = (dict, Counter, OrderedDict, defaultdict)
_CONTAINERS = (dict, list, tuple)
_DEEPEST = 20
_MOST_ITEMS = 8
_LONGEST_ATOM = 80
_MOST_BITS = 10_000  # of an int that is written in digits, which Python refuses to do for very long ones


class Plain:
    """Marks the checks' own stand-ins for plain data: they compare and print as the value that they carry."""

    plain: Any


def plain(value: Any) -> Any:
    """The value itself, with the checks' own stand-ins replaced by what they stand for, at every level."""
    kind = type(value)
    if issubclass(kind, Plain):
        return value.plain
    if kind in (list, tuple, set, frozenset):
        return kind(map(plain, value))
    if kind is deque:
        return deque(map(plain, value), value.maxlen)
    if kind is defaultdict:
        return defaultdict(value.default_factory, {plain(key): plain(item) for key, item in value.items()})
    if kind in (dict, OrderedDict, Counter):
        return kind({plain(key): plain(item) for key, item in value.items()})
    return value


def same(seen: Any, expected: Any, depth: int = 0) -> bool:
    """Whether two values are the same plain data: exact types, exact content; anything else must be the same object.

    What was seen may be of a subclass where a dict, list or tuple is expected; it is read past that class's methods.
    An expected exception matches one of the same class with the same arguments. Dicts compare without regard to
    order, as Python's own do.
    """
    if seen is expected:
        return True
    kind = type(expected)
    if kind in _CONTAINERS and issubclass(type(seen), kind) and type(seen) is not kind:
        seen = kind(dict.items(seen) if kind is dict else kind.__iter__(seen))
    if type(seen) is not kind or depth > _DEEPEST:
        return False
    if kind in _ATOMS:
        return seen == expected
    if isinstance(expected, PurePath):
        return str(seen) == str(expected)
    if kind in _SEQUENCES:
        return len(seen) == len(expected) and all(
            same(a, b, depth + 1) for a, b in zip(list(seen), list(expected), strict=True)
        )
    if kind in _SETS:
        return len(seen) == len(expected) and all(any(same(a, b, depth + 1) for a in list(seen)) for b in expected)
    if kind in _MAPPINGS:
        return len(seen) == len(expected) and all(
            any(same(key, other, depth + 1) and same(seen[key], item, depth + 1) for key in list(seen))
            for other, item in expected.items()
        )
    if issubclass(kind, BaseException):
        return same(tuple(seen.args), tuple(expected.args), depth + 1)
    return False


def look_up(table: Any, key: Any, number: int) -> Any:
    """The entry for an argument, or for the number of a call, of a table; what is no table is the entry itself."""
    if isinstance(table, Mapping):
        return next((value for known, value in table.items() if same(known, key)), None)
    if isinstance(table, list):
        return table[min(number, len(table) - 1)]
    return table


def listed(items: Iterable[str]) -> str:
    """The first few texts, by commas, and how many more there are; "nothing" if there are none."""
    items = list(items)
    return ", ".join(items[:6]) + (f" and {len(items) - 6} more" if len(items) > 6 else "") or "nothing"


def describe(value: Any, depth: int = 0) -> str:
    """A short text of a value, as Python would write it where it is plain data, and its class's name elsewhere."""
    kind = type(value)
    if issubclass(kind, Plain):
        return describe(value.plain, depth)
    if kind is int and value.bit_length() > _MOST_BITS:
        return f"{'-' * (value < 0)}(an int of {value.bit_length():,} bits)"
    if kind in _ATOMS:
        return _cut(repr(value)) if kind not in (str, bytes, bytearray) else _cut(repr(value[: _LONGEST_ATOM + 1]))
    if kind in (*_SEQUENCES, *_SETS, *_MAPPINGS) and depth > 4:
        return "..."
    if kind in _SEQUENCES or kind in _SETS:
        items = list(value) if kind in _SEQUENCES else sorted(value, key=lambda item: describe(item, depth + 1))
        text = ", ".join(describe(item, depth + 1) for item in items[:_MOST_ITEMS])
        text += f", ... {len(items)} items" if len(items) > _MOST_ITEMS else ""
        if kind is list:
            return f"[{text}]"
        if kind is tuple:
            return f"({text},)" if len(items) == 1 else f"({text})"
        if kind is set:
            return f"{{{text}}}" if items else "set()"
        return f"{kind.__name__}([{text}])" if kind is deque else f"{kind.__name__}({{{text}}})"
    if kind in _MAPPINGS:
        pairs = list(value.items())
        text = ", ".join(f"{describe(k, depth + 1)}: {describe(v, depth + 1)}" for k, v in pairs[:_MOST_ITEMS])
        text += f", ... {len(pairs)} keys" if len(pairs) > _MOST_ITEMS else ""
        return f"{{{text}}}" if kind is dict else f"{kind.__name__}({{{text}}})"
    if issubclass(kind, BaseException):
        return describe_exception(value)
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if issubclass(kind, PurePath) and kind.__module__.startswith("pathlib"):
        return repr(str(value))
    name = getattr(value, "__name__", None) if callable(value) else None
    if type(name) is str:
        return name
    return f"{'an' if kind.__name__[:1] in 'AEIOUaeio' else 'a'} {kind.__name__} object"


def describe_exception(error: BaseException) -> str:
    """`ValueError('text')`, from the class's name and plain arguments only."""
    arguments = ", ".join(describe(argument, 3) for argument in error.args[:3])
    return _cut(f"{type(error).__name__}({arguments})", 200)


def where_unlike(seen: Any, expected: Any) -> str:
    """Where two values differ that read the same in a message, as a clause to append; else nothing."""
    if describe(seen) != describe(expected):
        return ""
    if type(seen) is type(expected) and type(seen) in (list, tuple) and len(seen) == len(expected):
        pairs = enumerate(zip(seen, expected, strict=True))
        place = next((place for place, pair in pairs if not same(*pair)), None)
        if place is not None and describe(seen[place]) != describe(expected[place]):
            return f", where [{place}] is {describe(seen[place])} and not {describe(expected[place])}"
        if place is not None:
            return f", where [{place}] only looks the same"
    return ", which only looks the same"


def _cut(text: str, longest: int = _LONGEST_ATOM) -> str:
    return text if len(text) <= longest else f"{text[: longest - 15]}...{text[-10:]}"
