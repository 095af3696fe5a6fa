"""What a case reads of the notebook, found in its code, and what of it only works beside the notebook."""

import builtins
import dis
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from capas.sandbox.known import SAFE_MODULES

_SAFE_IMPORTS = SAFE_MODULES | {
    *("abc", "base64", "bisect", "calendar", "contextlib", "copy", "dataclasses", "enum", "hashlib", "heapq"),
    *("json", "numbers", "pprint", "struct", "textwrap", "types", "typing", "unicodedata", "unittest", "warnings"),
}
"""Modules that are the same in the judge's process."""
BESIDE = frozenset(
    {
        *("open", "globals", "locals", "vars", "dir", "eval", "exec", "compile", "input", "get_ipython", "__import__"),
        *("plt", "pyplot", "gcf", "gca", "getsource", "signature"),
        *("read_csv", "read_table", "read_excel", "read_json", "loadtxt", "genfromtxt", "to_csv", "savefig"),
        *("patch", "mock", "stdin", "stdout", "_getframe"),
    }
)
"""Names of what looks at the notebook's own process, or changes it: its files, figures, namespace, source, input."""
_LOADS = ("LOAD_NAME", "LOAD_GLOBAL")
SEEDS = frozenset({"seed"})
SIZES = frozenset({"range", "zeros", "ones", "empty", "full", "arange", "linspace", "eye", "repeat", "tile", "pow"})
"""Names of what takes as long, or as much memory, as a number says."""


class Read(NamedTuple):
    """The names that a case may take from the notebook, why it must run beside it ("" for no reason), and more.

    ``seeds`` tells whether it seeds random numbers, ``sizes`` whether a number may decide how long it takes, and
    ``modules`` what it imports, besides Python's own. With ``own_classes`` it catches, derives from, or looks at
    classes, which it could not do with one of the notebook's from here. With ``all_names`` it may read any name.
    ``looked_into`` are names of which it takes attributes or items, "" for what is returned or kept on the way.
    """

    names: tuple[str, ...]
    beside: str = ""
    seeds: bool = False
    modules: frozenset[str] = frozenset()
    sizes: bool = False
    own_classes: bool = False
    all_names: bool = False
    looked_into: frozenset[str] = frozenset()


def read_by_examples(sources: Sequence[str]) -> Read:
    """Return what the examples of a doctest read; one that does not compile reads nothing."""
    codes = []
    for source in sources:
        try:
            codes.append(compile(source, "<doctest>", "single", dont_inherit=True))
        except (SyntaxError, ValueError):
            continue
    return _read(codes, ())


def read_by_function(function: Any) -> Read:
    """Return what an exception-based case reads: its parameters. What else it names is its own module's."""
    code = function.__code__
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    names = tuple(name for name in parameters if name != "env")
    read = _read([one.__code__ for one in _with_its_helpers(function)], ())
    return read._replace(names=names, all_names="env" in parameters)


def _with_its_helpers(function: Any) -> list[types.FunctionType]:
    """Return a function of a test file and those of the file that it may call, in turn."""
    found = [function]
    for one in found:
        named = [one.__globals__.get(name) for code in _all_codes(one.__code__) for name in code.co_names]
        found += [
            value
            for value in named
            if isinstance(value, types.FunctionType) and value.__globals__ is one.__globals__ and value not in found
        ]
    return found


def _read(codes: Iterable[types.CodeType], more: tuple[str, ...]) -> Read:
    names: dict[str, None] = dict.fromkeys(more)
    used: set[str] = set()
    modules: set[str] = set()
    own_classes = False
    looked_into: set[str] = set()
    for code in codes:
        for inner in _all_codes(code):
            used |= set(inner.co_names)
            instructions = list(dis.get_instructions(inner))
            own_classes |= _needs_classes(instructions)
            looked_into.update(_looked_into(instructions))
            for instruction in instructions:
                if instruction.opname in _LOADS:
                    names[instruction.argval] = None
                elif instruction.opname == "IMPORT_NAME":
                    modules.add(str(instruction.argval).partition(".")[0])
    others = modules - _SAFE_IMPORTS
    reason = next(iter(sorted(others | (used & BESIDE))), "")
    return Read(
        tuple(names),
        reason,
        bool(used & SEEDS),
        frozenset(modules - sys.stdlib_module_names),
        bool(used & SIZES),
        own_classes or "__class__" in used,
        looked_into=frozenset(looked_into),
    )


def _needs_classes(instructions: Sequence[dis.Instruction]) -> bool:
    """Tell whether code makes a class, or catches exceptions of other classes than Python's own."""
    for place, instruction in enumerate(instructions):
        if instruction.opname == "LOAD_BUILD_CLASS":
            return True
        if instruction.opname == "CHECK_EXC_MATCH":
            caught = instructions[place - 1]
            count = caught.argval if caught.opname == "BUILD_TUPLE" else 0
            several = instructions[place - 1 - count : place - 1] if count else [caught]
            if not all(one.opname in _LOADS and is_builtin(str(one.argval)) for one in several):
                return True
    return False


def _looked_into(instructions: Sequence[dis.Instruction]) -> Iterator[str]:
    """Yield the names of which attributes or items are taken, "" for those of anything else."""
    for place, instruction in enumerate(instructions):
        back = 1 if instruction.opname in ("LOAD_ATTR", "LOAD_METHOD") else 2
        if back == 1 or instruction.opname == "BINARY_SUBSCR":
            of = instructions[max(place - back, 0)]
            yield str(of.argval) if of.opname in (*_LOADS, "LOAD_FAST") else ""


def _all_codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _all_codes(constant)


def is_builtin(name: str) -> bool:
    """Tell whether a name means something without being defined."""
    return hasattr(builtins, name)


def imported_roots(source: str) -> set[str]:
    """Return the top-level modules, besides Python's own, that a file imports."""
    try:
        code = compile(source, "<file>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return set()
    found = {
        str(instruction.argval).partition(".")[0]
        for inner in _all_codes(code)
        for instruction in dis.get_instructions(inner)
        if instruction.opname == "IMPORT_NAME"
    }
    return found - sys.stdlib_module_names - {""}
