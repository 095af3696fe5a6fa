"""Programs that keep no state: what they answer does not depend on what they were asked before.

That is read off the code, which is not run. Only functions that leave nothing behind count: they read constants, each
other, and what NumPy and `math` compute (`capas.grading.pure`). Of a program with anything else in it nothing is said.

A failing question of such a program is not asked again by a fresh sandbox, for it would be answered the same, nor with
earlier functions right that it does not use. Where the program does nothing but define, its code decides what its
functions answer, and what is known of that code need not be asked again either: see `Stateless.is_alone`.
"""

import functools
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from capas.grading.pure import PURE_BUILTINS, PURE_OF
from capas.grading.pure_statements import CONSTANT, FUNCTION, OTHER, Bound, Reads, joined, statements_in
from capas.sandbox import ProgramSource

MAX_BOUND, MAX_CODE = 200, 100_000
"""Of the names that a program may bind, and of its characters: more than anybody writes, and all may reach all."""


@dataclass(frozen=True)
class Stateless:
    """A program that keeps no state.

    ``reached`` is what each of its functions reads, itself or by way of others. Of ``others`` nothing is known: such a
    name may be that of a function that was made elsewhere, and keeps state.
    """

    reached: Mapping[str, frozenset[str]]
    others: frozenset[str]
    loading: str | None
    """What decides which names are there once the program has run, where it does nothing but define; else None."""
    _bound: Sequence[Bound]
    _codes: dict[tuple[str, frozenset[str]], str] = field(default_factory=dict)

    @property
    def is_alone(self) -> bool:
        """Whether it does nothing but define: all its functions find is what their own code, and Python's, is."""
        return self.loading is not None

    def code_of(self, function: str, without: Collection[str] = ()) -> str:
        """Return a digest of all code that decides what a function does, where the names ``without`` are given."""
        key = function, frozenset(without)
        if key not in self._codes:
            names = {function} | self._reached_without(function, key[1])
            code = "\n".join(f"{one.name} {one.code}" for one in self._bound if one.name in names)
            self._codes[key] = hashlib.sha256(code.encode()).hexdigest()
        return self._codes[key]

    def _reached_without(self, function: str, without: frozenset[str]) -> set[str]:
        found, waiting = set[str](), [function]
        while waiting:
            name = waiting.pop()
            read = {other for one in self._bound if one.name == name and one.reads for other in one.reads.names}
            new = read - found - without
            found |= new
            waiting += new
        return found


def stateless(source: ProgramSource, functions: Collection[str]) -> Stateless | None:
    """Return what is known of a program that keeps no state, with ``functions`` once loaded; None where it may."""
    known = presumed_stateless(source)
    return None if known is None or not known.others.isdisjoint(functions) else known


def presumed_stateless(source: ProgramSource) -> Stateless | None:
    """Return the same of a program that is not loaded yet: a name of which nothing is known may be a function."""
    return None if source.files or source.shell else _stateless((*source.given, *source.cells))


@functools.lru_cache(maxsize=2)  # asked several times a submission
def _stateless(cells: tuple[str, ...]) -> Stateless | None:
    parts = []
    if sum(map(len, cells)) > MAX_CODE:
        return None
    for cell in cells:
        found = statements_in(cell)
        if found is None:
            return None
        parts.append(found)
    bound, loading = joined(parts)
    if len(bound) > MAX_BOUND:
        return None
    kinds: dict[str, str] = {}
    for name, kind, *_ in bound:
        kinds[name] = kind if kinds.get(name, kind) == kind else OTHER
    if not all(_is_pure(one.reads, kinds) for one in bound if one.reads is not None):
        return None
    others = frozenset(name for name, kind in kinds.items() if kind == OTHER)
    return Stateless(_all_reached(bound), others, loading, bound)


def _is_pure(reads: Reads, kinds: Mapping[str, str]) -> bool:
    for name in reads.names:
        kind = kinds.get(name, CONSTANT if name in PURE_BUILTINS else OTHER)
        if kind in (FUNCTION, CONSTANT):
            continue
        if kind == OTHER or name in reads.whole:
            return False
        if not all(_is_pure_attribute(kind, path) for base, path in reads.attributes if base == name):
            return False
    return True


def _is_pure_attribute(module: str, path: str) -> bool:
    first, _, second = path.partition(".")
    return first in PURE_OF[module] or second in PURE_OF.get(f"{module}.{first}", ())


def _all_reached(bound: Iterable[Bound]) -> dict[str, frozenset[str]]:
    reads: dict[str, set[str]] = {}
    for one in bound:
        if one.reads is not None:
            reads.setdefault(one.name, set()).update(one.reads.names)
    return {name: _closed(name, reads) for name in reads}


def _closed(name: str, reads: Mapping[str, set[str]]) -> frozenset[str]:
    found, waiting = set[str](), [name]
    while waiting:
        new = reads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)
