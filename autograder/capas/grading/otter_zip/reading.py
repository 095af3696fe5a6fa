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
    }
)
"""Names of what looks at the notebook's own process: its files, its figures, its namespace, its source."""
SEEDS = frozenset({"seed"})
SIZES = frozenset({"range", "zeros", "ones", "empty", "full", "arange", "linspace", "eye", "repeat", "tile", "pow"})
"""Names of what takes as long, or as much memory, as a number says."""


class Read(NamedTuple):
    """The names that a case may take from the notebook, why it must run beside it ("" for no reason), and more.

    ``seeds`` tells whether it seeds random numbers, ``sizes`` whether a number may decide how long it takes, and
    ``modules`` what it imports, besides Python's own.
    """

    names: tuple[str, ...]
    beside: str = ""
    seeds: bool = False
    modules: frozenset[str] = frozenset()
    sizes: bool = False


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
    """Return what an exception-based case reads: its parameters, whatever its own module has."""
    code = function.__code__
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return Read(tuple(name for name in parameters if name != "env"))


def _read(codes: Iterable[types.CodeType], more: tuple[str, ...]) -> Read:
    names: dict[str, None] = dict.fromkeys(more)
    used: set[str] = set()
    modules: set[str] = set()
    for code in codes:
        for inner in _all_codes(code):
            used |= set(inner.co_names)
            for instruction in dis.get_instructions(inner):
                if instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL"):
                    names[instruction.argval] = None
                elif instruction.opname == "IMPORT_NAME":
                    modules.add(str(instruction.argval).partition(".")[0])
    others = modules - _SAFE_IMPORTS
    reason = next(iter(sorted(others | (used & BESIDE))), "")
    return Read(
        tuple(names), reason, bool(used & SEEDS), frozenset(modules - sys.stdlib_module_names), bool(used & SIZES)
    )


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
