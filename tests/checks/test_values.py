"""Plain data is compared strictly and described shortly, without a line of the student's code."""

from collections import Counter, OrderedDict, defaultdict, deque
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.values import describe, describe_exception, plain, same, where_unlike

atoms = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
data = st.recursive(
    atoms,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


class Liar:
    def __eq__(self, other):
        raise AssertionError("the student's code was run")

    __hash__ = object.__hash__
    __repr__ = __len__ = __iter__ = __str__ = __eq__


class ListOfTheirs(list):
    def __eq__(self, other):
        return True

    __hash__ = None


class DictOfTheirs(dict):
    def __getitem__(self, key):
        raise AssertionError("the student's code was run")

    __len__ = __iter__ = items = keys = get = __eq__ = __contains__ = __getitem__


class Pair(NamedTuple):
    first: object
    second: object


@given(data, data)
def test_same_is_equality_of_content_and_of_type_at_every_level(one, other):
    assert same(one, one)
    if one != other:
        assert not same(one, other)


@given(data)
def test_a_plain_value_stays_what_it_is_and_is_described_in_a_few_hundred_characters(value):
    assert same(plain(value), value)
    assert len(describe(value)) < 60_000


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (True, 1), (1, 1.0), ([1], (1,)), ((1, 2), [1, 2]), ({1}, frozenset({1})), ("a", b"a"), ({}, Counter()),
        ({"a": 1}, OrderedDict(a=1)), ({"a": 1}, Counter(a=1)), (ListOfTheirs([2]), [1]), (Liar(), 1), ([Liar()], [1]),
        (DictOfTheirs(b=1), {"a": 1}), (DictOfTheirs(b=1), {}), (Pair(1, 2), (1, 3)), (Pair(1, 2), [1, 2]),
        ({"a": Liar()}, {"a": 1}), ({1: True}, {1: 1}), (ValueError("a"), ValueError("b")), (KeyError(), ValueError()),
        ([1, 2], [1]), ({"a": 1}, {"a": 1, "b": 2}), (None, 0), ("", None),
    ],
)  # fmt: skip
def test_what_only_looks_equal_is_not_the_same(seen, expected):
    assert not same(seen, expected)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (OrderedDict(a=1), {"a": 1}), (Counter(a=1), {"a": 1}), (defaultdict(list, a=[1]), {"a": [1]}),
        (ListOfTheirs([1]), [1]), (DictOfTheirs(a=1), {"a": 1}), (Pair({"a": 1}, 2), ({"a": 1}, 2)),
    ],
)  # fmt: skip
def test_a_kind_of_dict_list_or_tuple_is_what_it_really_holds(seen, expected):
    assert same(seen, expected)
    assert same([seen], [expected])


@pytest.mark.parametrize(
    "value",
    [
        [1, "a", None, (2.5, b"x")], {"b": {1, 2}, "a": [deque([1])]}, Counter("abca"), defaultdict(list, a=[1]),
        frozenset({"x"}), ValueError("text", 3), Path("a/b"), range(3), OrderedDict(a=1),
    ],
)  # fmt: skip
def test_plain_data_of_every_kind_is_the_same_as_its_copy(value):
    import copy

    assert same(copy.deepcopy(value), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1, "a"], "[1, 'a']"), ((1,), "(1,)"), (set(), "set()"), ({2, 1}, "{1, 2}"), ({"a": [1]}, "{'a': [1]}"),
        (Counter(a=2), "Counter({'a': 2})"), (list(range(20)), "[0, 1, 2, 3, 4, 5, 6, 7, ... 20 items]"),
        (Liar(), "a Liar object"), (Liar, "the class Liar"), (ValueError("x"), "ValueError('x')"),
        (ListOfTheirs(), "a ListOfTheirs object"), (len, "len"), (deque([1]), "deque([1])"), (None, "None"),
    ],
)  # fmt: skip
def test_values_are_described_as_python_writes_them(value, text):
    assert describe(value) == text


def test_a_list_that_contains_itself_is_described():
    endless = []
    endless.append(endless)
    assert describe(endless).endswith("...]]]]]")


def test_an_int_too_long_for_python_to_write_is_described_by_its_length():
    assert describe([2**200_000, 7]) == "[(an int of 200,001 bits), 7]"
    assert describe({-(3**9): -(2**200_000)}) == "{-19683: -(an int of 200,001 bits)}"
    assert describe_exception(ValueError(2**200_000)) == "ValueError((an int of 200,001 bits))"


@pytest.mark.parametrize(
    ("seen", "expected", "words"),
    [
        ([1, 2], [1, 3], ""),
        ([*range(9), 9, 10], [*range(9), 10, 9], ", where [9] is 9 and not 10"),
        ([1, Liar()], [1, Liar()], ", where [1] only looks the same"),
        (Liar(), Liar(), ", which only looks the same"),
        (dict.fromkeys(range(9), 0), {number: number // 8 for number in range(9)}, ", which only looks the same"),
    ],
)  # fmt: skip
def test_where_two_values_differ_that_read_the_same_is_told(seen, expected, words):
    assert where_unlike(seen, expected) == words
