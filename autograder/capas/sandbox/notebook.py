"""The trusted side of a notebook that is run as a kernel would: what the judge may ask of it, while it runs too."""

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

from capas.sandbox import known, wire
from capas.sandbox.errors import CallCrashed, CallTimedOut, SandboxError
from capas.sandbox.examples import Outcome
from capas.sandbox.host import Sandbox
from capas.sandbox.limits import Limits
from capas.sandbox.loading import Loaded, ProgramSource
from capas.sandbox.shadows import handle_of, shadow_of
from capas.sandbox.shared import NO_DATA, SharedData
from capas.sandbox.shell_cells import HELPERS, PATIENCE, random_states, set_random_states
from capas.sandbox.values import Handle
from capas.sandbox.zygote import Zygote

SHELL_MODULE = "capas.sandbox.ipython_shell"
"""What a zygote loads before it forks sandboxes for notebooks."""
_QUIET = ("fetch", "examples", "set_random", "get_random")
"""Helpers that are asked for reasons of ours: what is printed meanwhile is none of a case's."""


class NotPlain(BaseException):
    """A value cannot be had here: it is too large, or holds what does not travel."""


class Notebook(Sandbox):
    """One notebook in its sandbox.

    Args:
        zygote: one that has loaded `SHELL_MODULE`.
        limits: of its cells and calls.
        check: is called while the notebook runs, each time it asks for the check of a name; may ask back.
        data: what it may read besides, as the zygote keeps it.
    """

    patience = PATIENCE

    def __init__(self, zygote: Zygote, limits: Limits, check: Callable[[str], None], data: SharedData = NO_DATA):
        importlib.import_module("pandas")  # any value of a notebook may be a table
        super().__init__(zygote, limits, data)
        self._given.replace({"": self._checked})
        self._given.lasting = True  # what the notebook makes of a function of ours calls it later
        self._check = check
        self._too_long: set[int] = set()
        self.print_options: Any = {}
        """How NumPy and pandas showed what they do there when something was last fetched."""
        self.end_kind = "crashed"
        """Why its process ended, once it has."""
        self.shares_random = False
        """Whether functions of the notebook draw from the random numbers of this process, and go on with them."""
        self.not_plain = ""
        """The class of the last value that could not be had here."""
        self.seen: set[str] = set()
        """The kinds of objects that came from the notebook, see `capas.sandbox.shell_cells.form_of`."""

    def run(self, cells: Sequence[str], files: dict[str, bytes]) -> Loaded:
        """Run the cells in a folder with ``files``, with the errors of `Sandbox.load`."""
        return self.load(ProgramSource(cells, files=files, shell=True))

    def _checked(self, question: str) -> None:
        """Check a question; the time that it takes is not the cell's."""
        begin = self.waited_seconds
        try:
            self._check(str(question))
        finally:
            spent = self.waited_seconds - begin
            self._deadline += spent
            self._load_end += spent

    def _own_time(self, answer: Callable[[wire.CallBack, bytes], bytes], request: wire.CallBack, data: bytes) -> bytes:
        before = self._deadline
        try:
            return super()._own_time(answer, request, data)
        finally:
            self._load_end += max(self._deadline - before, 0.0)

    def __enter__(self) -> "Notebook":
        return self

    def _end(self, error: SandboxError) -> SandboxError:
        self.end_kind = error.kind
        return super()._end(error)

    def begin_case(self) -> None:
        """Forget what the last case gave to the notebook, and what came from there."""
        self._given.forget()
        self.seen.clear()

    def fetch(self, names: Sequence[str]) -> dict[str, Any]:
        """Return those of ``names`` that there are now.

        Raises:
            NotPlain: when one cannot be had.
        """
        told = self._ask_helper("fetch", list(names))
        if not (isinstance(told, tuple) and len(told) == 2 and isinstance(told[0], dict)):
            raise self._end(CallCrashed("an answer of another kind"))
        found, self.print_options = told
        return found

    def run_examples(self, sources: Sequence[str]) -> list[Outcome]:
        """Run a case's examples beside the notebook, on a copy of its names."""
        told = self._ask_helper("examples", list(sources))
        if not (isinstance(told, list) and len(told) == len(sources)):
            raise wire.WireError("outcomes of other examples")
        return [(str(printed), None if error is None else str(error)) for printed, error in told]

    def _ask_helper(self, helper: str, *arguments: Any) -> Any:
        return self._call_there(Handle(self, HELPERS.index(helper), helper), arguments, {})

    def _call_there(self, handle: Handle, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        if handle.number in self._too_long:
            raise CallTimedOut("it took too long before")
        shares = self.shares_random and handle.number >= len(HELPERS)
        try:
            if shares:
                self._ask_helper("set_random", random_states())
            value = self.call(handle, arguments, keywords)
            printed = self.printed
            if shares:
                set_random_states(self._ask_helper("get_random"))
                self.printed = printed
            return value
        except Exception as error:
            if type(error).__name__ == "TookTooLong":
                if handle.number >= len(HELPERS):
                    self._too_long.add(handle.number)
                raise CallTimedOut(f"not finished after {self._limits.call_seconds:g} s") from None
            if type(error).__module__.startswith("capas.sandbox.values"):
                type(error).__module__ = "__main__"  # a class of the notebook's own
            raise
        finally:
            if handle.form not in _QUIET and self.printed:
                sys.stdout.write(self.printed)

    def sendable(self, value: Any) -> Any:
        """Return what travels of a value of ours: exactly what it is."""
        return known.described(value, handle_of)

    def restored(self, value: Any) -> Any:
        """Return a value of the notebook's: data as such, a `Shadow` for functions and objects of its own classes."""
        if isinstance(value, wire.ObjectReference):
            return self._shadow(value)
        if isinstance(value, wire.Composed):
            if value.kind == "unsendable":
                raise self._refused(value.kind)
            return known.rebuilt(wire.Composed(value.kind, self.restored(value.parts)))
        if type(value) in (list, tuple, set, frozenset):
            return type(value)(self.restored(item) for item in value)
        if type(value) is dict:
            return {self.restored(key): self.restored(item) for key, item in value.items()}
        return value

    def _shadow(self, reference: wire.ObjectReference) -> Any:
        kind, _, name = reference.type_name.partition(":")
        if name != "module":
            self.seen.add(kind)
        self.not_plain = name if kind == "library" else self.not_plain
        return shadow_of(Handle(self, reference.number, reference.type_name), self._ask_helper, self._call_there)

    def _refused(self, what: str) -> NotPlain:
        self.not_plain = what
        return NotPlain(what)
