"""Where in a student's bytecode another thread may get in, and what each such place reads or writes.

A place matters only if it touches what other threads can see: attributes, globals, cells and containers. What two
places touch is compared by name (`attribute balance`), or as CONTENTS for what an instruction does not name (an item
of a list, what a called function changes), so that two places that could affect each other always compare as such.
"""

from __future__ import annotations

import dis
from dataclasses import dataclass, field
from types import CodeType

CONTENTS = "contents"  # stands for what containers and library objects hold
EVERYTHING = "everything"  # what `setattr`, `exec` and the like may change: compares with all else

_NONE: frozenset[str] = frozenset()
_CONTENTS = frozenset({CONTENTS})

_LOADS = {
    "LOAD_GLOBAL": "global",
    "LOAD_NAME": "global",
    "LOAD_FROM_DICT_OR_GLOBALS": "global",
    "LOAD_DEREF": "cell",
    "LOAD_CLASSDEREF": "cell",
    "LOAD_FROM_DICT_OR_DEREF": "cell",
    "LOAD_ATTR": "attribute",
    "LOAD_METHOD": "attribute",
    "LOAD_SUPER_ATTR": "attribute",
}
_STORES = {
    f"{verb}_{what}": kind
    for verb in ("STORE", "DELETE")
    for what, kind in (("GLOBAL", "global"), ("NAME", "global"), ("DEREF", "cell"), ("ATTR", "attribute"))
}
_READ_CONTENTS = {
    *("BINARY_SUBSCR", "BINARY_SLICE", "CONTAINS_OP", "GET_ITER", "FOR_ITER", "UNPACK_SEQUENCE", "UNPACK_EX"),
    *("LIST_EXTEND", "SET_UPDATE", "DICT_UPDATE", "DICT_MERGE", "MATCH_KEYS", "MATCH_SEQUENCE", "MATCH_MAPPING"),
}
_CALLS = {"CALL", "CALL_KW", "CALL_FUNCTION_EX", "BEFORE_WITH", "WITH_EXCEPT_START"}
_CHANGE_CONTENTS = {"STORE_SUBSCR", "DELETE_SUBSCR", "STORE_SLICE"}
_WILD = {"setattr", "delattr", "getattr", "vars", "globals", "locals", "exec", "eval", "__setattr__"}
_OPERATORS = {"BINARY_OP", "COMPARE_OP", "TO_BOOL"}
# Built-in functions that touch nothing shared by themselves; student code that they call back has places of its own.
_HARMLESS = {
    *("range", "print", "isinstance", "issubclass", "int", "float", "str", "repr", "bool", "abs", "round", "type"),
    *("id", "super", "callable", "format", "Exception", "BaseException", "divmod", "pow", "chr", "ord", "object"),
}


@dataclass(eq=False, slots=True)
class Point:
    """One instruction before which another thread may get in.

    `reads` and `writes` are what it touches; `callee` is the name of the function that it calls, where that can be
    told; `entry` marks the beginning of a function and `loop` a jump back.
    """

    code: CodeType | None
    line: int
    reads: frozenset[str] = _NONE
    writes: frozenset[str] = _NONE
    callee: str = ""
    entry: bool = False
    loop: bool = False
    call: bool = False
    inner: Point | None = field(default=None, repr=False)  # the same call, known to touch nothing by itself
    operands: frozenset[str] | None = None  # local variables from which it computes, if it does nothing else


_disassembled: dict[int, tuple[CodeType, list[dis.Instruction]]] = {}  # by id: the hash of a code object is slow


def instructions_of(code: CodeType) -> list[dis.Instruction]:
    """The instructions of a code object, which are looked at in each exploration and never change."""
    known = _disassembled.get(id(code))
    if known is None:
        known = _disassembled[id(code)] = code, list(dis.get_instructions(code))
    return known[1]


def points_of(code: CodeType) -> dict[int, Point]:
    """The points of one code object (not of the functions within it) by the offset of their instruction."""
    found: dict[int, Point] = {}
    instructions = instructions_of(code)
    loaders = [i for i in instructions if i.opname in _LOADS and i.positions is not None]
    counting = _counting_loops(instructions, loaders)
    lines = {i.offset: i.positions.lineno for i in instructions if i.positions and i.positions.lineno is not None}
    line = code.co_firstlineno
    for at, one in enumerate(instructions):
        if one.positions is not None and one.positions.lineno is not None:
            line = one.positions.lineno
        if one.offset in counting or ("JUMP" in one.opname and one.argval in counting):
            continue
        point = _point(code, line, one, instructions[at - 1] if at else None, loaders)
        if point is not None:
            found[one.offset] = point
            if point.loop:  # shown at its head
                point.line = min(line, lines.get(one.argval, line))
            if one.opname in _OPERATORS:
                point.operands = _operands(instructions[:at], 1 if one.opname == "TO_BOOL" else 2)
    return found


def _operands(before: list[dis.Instruction], count: int) -> frozenset[str] | None:
    """The local variables in the last operands on the stack; None when there is anything but them and constants."""
    loads = [load for one in before[-12:] for load in _loads(one)]
    names: set[str] = set()
    while count:
        if not loads:
            return None
        kind, name = loads.pop()
        if kind == "other":
            return None
        count += kind == "operator"
        count -= kind != "operator"
        names.update([name] * (kind == "local"))
    return frozenset(names)


def _loads(one: dis.Instruction) -> list[tuple[str, str]]:
    if one.opname.startswith("LOAD_FAST"):
        names = one.argval if isinstance(one.argval, tuple) else (one.argval,)
        return [("local", name) for name in names]
    if one.opname == "STORE_FAST_LOAD_FAST":
        return [("other", ""), ("local", one.argval[1])]
    if one.opname in ("LOAD_CONST", "LOAD_SMALL_INT"):
        return [("constant", "")]
    return [("operator" if one.opname == "BINARY_OP" and one.argrepr != "[]" else "other", "")]


def _counting_loops(instructions: list[dis.Instruction], loaders: list[dis.Instruction]) -> set[int]:
    """The offsets of each `for ... in range(...)`, which ends by itself and reads nothing that others change."""
    found = set()
    for call, get, take in zip(instructions, instructions[1:], instructions[2:], strict=False):
        iterated = (call.opname, get.opname, take.opname) == ("CALL", "GET_ITER", "FOR_ITER")
        if iterated and _callee(call, loaders) == "range":
            found.add(take.offset)
    return found


def _point(
    code: CodeType, line: int, one: dis.Instruction, before: dis.Instruction | None, loaders: list[dis.Instruction]
) -> Point | None:
    name = one.opname
    if name == "RESUME":
        return Point(code, line, entry=True) if not one.arg else None
    if name in _LOADS:
        if one.argval == "__dict__":
            return Point(code, line, writes=frozenset({EVERYTHING}))
        return Point(code, line, reads=frozenset({f"{_LOADS[name]} {one.argval}"}))
    if name in _STORES:
        return Point(code, line, writes=frozenset({f"{_STORES[name]} {one.argval}"}))
    if "JUMP" in name and name[-12:] != "NO_INTERRUPT" and isinstance(one.argval, int) and one.argval < one.offset:
        return Point(code, line, loop=True)
    if name in _CALLS:
        return _call(code, line, _callee(one, loaders))
    if name in _CHANGE_CONTENTS:
        return Point(code, line, writes=_CONTENTS)
    # Next to a constant stands a number or a text, which nobody can change; `[...]` is a BINARY_OP from 3.14 on.
    constant = before is not None and before.opname in ("LOAD_CONST", "LOAD_SMALL_INT") and before.argval is not None
    operator = name == "COMPARE_OP" or (name == "BINARY_OP" and one.argrepr != "[]")
    if name in _READ_CONTENTS or name == "BINARY_OP" or name == "COMPARE_OP":
        if operator and constant:
            return None
        if name == "BINARY_OP" and "=" in one.argrepr:
            return Point(code, line, writes=_CONTENTS)
        return Point(code, line, reads=_CONTENTS)
    truth = name in ("TO_BOOL", "UNARY_NOT") or "JUMP_IF" in name or "JUMP_FORWARD_IF" in name
    if truth and before is not None and before.opname.startswith("LOAD_"):
        return Point(code, line, reads=_CONTENTS)
    return None


def _call(code: CodeType, line: int, callee: str) -> Point:
    if callee in _WILD:
        return Point(code, line, writes=frozenset({EVERYTHING}), callee=callee, call=True)
    if callee in _HARMLESS or callee.endswith("Error"):
        return Point(code, line, callee=callee, call=True)
    inner = Point(code, line, callee=callee, call=True)
    return Point(code, line, writes=_CONTENTS, callee=callee, call=True, inner=inner)


def _callee(call: dis.Instruction, loaders: list[dis.Instruction]) -> str:
    """The last name in what is called: `put` in `self.queue.put(item)`; found by their places in the source."""
    where, best, name = call.positions, (-1, -1), ""
    if where is None or where.end_lineno is None:
        return ""
    for one in loaders:
        at = one.positions
        if at.end_lineno is None or (at.lineno, at.col_offset) != (where.lineno, where.col_offset):
            continue
        end = (at.end_lineno, at.end_col_offset)
        if best < end < (where.end_lineno, where.end_col_offset):
            best, name = end, str(one.argval)
    return name
