"""The untrusted side of a notebook that is run as a kernel would: its cells in IPython's shell, and its names.

`otter` is stood in for: a check asks the judge, who looks at the notebook as it is at that moment. What the judge asks
then are calls of the `HELPERS`, which it knows by number.
"""

import contextlib
import copy
import operator
import os
import random
import sys
import time
import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from capas.sandbox import known, shell, wire
from capas.sandbox.alarm import Alarm, Interrupted
from capas.sandbox.cells import error_text, release
from capas.sandbox.examples import Outcome, run_examples
from capas.sandbox.loading import CellError, CellReport

HELPERS = (
    "fetch",
    "examples",
    "getattr",
    "len",
    "getitem",
    "iter",
    "next",
    "repr",
    "str",
    "bool",
    "contains",
    "operate",
    "isinstance",
    "callable",
    "type",
    "set_random",
    "get_random",
    "setattr",
    "delattr",
    "setitem",
    "delitem",
    "hasattr",
    "issubclass",
    "convert",
    "copy",
    "deepcopy",
)
"""What the judge may ask, by number: the place in this list."""
PATIENCE = 3.0
"""How many times its time a cell may take while the processor works for others, or it waits itself."""
LATE_SECONDS = 2.0
"""How long a cell may take at least, once the time of all is used up."""
OTTER_VERSION = "7.0.0"
_CHANGES_PRINTING = ("datascience",)
"""Libraries that, when they are loaded, change how NumPy shows numbers."""
_OTTER_MODULES = ("otter.check", "otter.check.notebook", "otter.test_files", "otter.utils", "otter.execute")


class ShellCells:
    """The cells of one notebook and the names that they define.

    Args:
        ask: asks the judge for a check, by the name of the test.
        running: is told the place of each cell before it is run.
    """

    def __init__(self, ask: Callable[[str], Any], running: Callable[[int], None]):
        from capas.sandbox.ipython_shell import PRINT_OPTIONS, SHELL

        self._print_options = PRINT_OPTIONS
        self._shell = SHELL
        self._running = running
        self._alarm = Alarm(PATIENCE)
        self._checking_seconds = 0.0
        self.namespace: dict[str, Any] = SHELL.user_ns
        sys.modules["__main__"] = SHELL.user_module
        sys.modules.update(_otter(lambda question: self._check(ask, question)))

    def run(self, cells: Sequence[str], cell_seconds: float, load_seconds: float) -> list[CellReport]:
        """Run all cells; one that fails or takes too long does not stop the next. Return the reports of those.

        With ``load_seconds`` used up, those that are left have little time each.
        """
        reports: list[CellReport] = []
        begin = time.monotonic()
        if not any(name in source for source in cells for name in _CHANGES_PRINTING):
            np.set_printoptions(**self._print_options)  # it was loaded for others
        for place, source in enumerate(cells):
            self._running(place)
            left = load_seconds - (time.monotonic() - begin - self._checking_seconds)
            seconds = min(cell_seconds, max(left, LATE_SECONDS))
            error = self.within(seconds, lambda source=source: self._run_cell(source))
            if error is not None:
                reports.append(CellReport(place, [_told(error)]))
                release(error)
            self._close_figures()
        return reports

    def _check(self, ask: Callable[[str], Any], question: str) -> Any:
        begin = time.monotonic()
        try:
            return self._alarm.paused(lambda: ask(question))
        finally:
            self._checking_seconds += time.monotonic() - begin

    def within(self, seconds: float, action: Callable[[], BaseException | None]) -> BaseException | None:
        """Do something for at most so many seconds; return the exception that it ended with, or returned."""
        returned: list[BaseException | None] = []
        error = self._alarm.interrupt_after(seconds, lambda: returned.append(action()))
        return error if error is not None or not returned else returned[0]

    def helpers(self) -> list[Callable[..., Any]]:
        """Return what the `HELPERS` are, in their order."""
        return [
            self._fetch,
            self._examples,
            getattr,
            len,
            operator.getitem,
            iter,
            next,
            repr,
            str,
            bool,
            operator.contains,
            lambda name, *values: getattr(operator, name)(*values),
            isinstance,
            callable,
            type,
            set_random_states,
            random_states,
            setattr,
            delattr,
            operator.setitem,
            operator.delitem,
            hasattr,
            issubclass,
            lambda name, *values: _CONVERSIONS[name](*values),
            copy.copy,
            copy.deepcopy,
        ]

    def _run_cell(self, source: str) -> BaseException | None:
        result = self._shell.run_cell(source, store_history=False)
        return result.error_before_exec or result.error_in_exec

    def _close_figures(self) -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            with contextlib.suppress(Exception):
                pyplot.close("all")

    def _fetch(self, names: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return those of ``names`` that there are, and how NumPy and pandas show what they do.

        In place of a value that may not travel stands what it is.
        """
        found = {name: self.namespace[name] for name in names if name in self.namespace}
        shown = known.print_options() | known.table_options()
        return {name: _or_unsendable(value) for name, value in found.items()}, shown

    def _examples(self, sources: list[str]) -> list[Outcome]:
        formatters = self._shell.display_formatter.formatters  # type: ignore[union-attr]
        self._shell.display_formatter.formatters = {}  # type: ignore[union-attr]
        try:
            return run_examples(sources, dict(self.namespace), (Interrupted,))
        finally:
            self._shell.display_formatter.formatters = formatters  # type: ignore[union-attr]


_CONVERSIONS = {kind.__name__: kind for kind in (int, float, complex, round, format, reversed, dir)} | {
    "array": np.asarray
}


def random_states() -> list[Any]:
    """Return the states of the random numbers of NumPy and of Python."""
    return [np.random.get_state(), random.getstate()]


def set_random_states(states: Any) -> None:
    """Set both states; what is none leaves things as they are."""
    with contextlib.suppress(Exception):
        np.random.set_state(states[0])
        random.setstate(states[1])


def form_of(value: Any, own_modules: frozenset[str]) -> str:
    """Return what the judge is told of an object that stays here: a kind, a colon, and the name of its class.

    The kinds are "function" (also a class), "class" (one that is a collection), "own" (of the program's classes, or of
    Python's) and "library".
    """
    kind = type(value)
    if isinstance(value, types.ModuleType):
        root = value.__name__.partition(".")[0]
        own = root in own_modules or root in sys.stdlib_module_names or root not in _installed(root)
        return f"{'own' if own else 'library'}:module"
    if isinstance(value, (type, *_CALLABLE)):
        what = "class" if hasattr(kind, "__iter__") else "function"
        return f"{what}:{getattr(value, '__name__', kind.__name__)}"
    root = str(kind.__module__).partition(".")[0]
    own = root in own_modules or root in sys.stdlib_module_names or not _is_as_its_library_made_it(kind)
    return f"{'own' if own else 'library'}:{kind.__name__}"


def _is_as_its_library_made_it(kind: type) -> bool:
    """Tell whether a class is found in the module that it says it is of, and compares as that module has it."""
    module = sys.modules.get(str(kind.__module__))
    if vars(module).get(kind.__name__) is not kind if module else True:
        return False
    for name in _COMPARES:
        code = getattr(getattr(kind, name, None), "__code__", None)
        if code is not None and code.co_filename.startswith("<"):
            return False
    return True


_COMPARES = [f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge", "bool", "len", "getattribute", "getattr")]


_CALLABLE = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
)


def _installed(root: str) -> frozenset[str]:
    """Return ``root`` alone where its module comes from an installed library, nothing where it is the program's."""
    file = getattr(sys.modules.get(root), "__file__", None) or ""
    return frozenset() if os.path.dirname(file).startswith(os.getcwd()) else frozenset({root})


def _or_unsendable(value: Any) -> Any:
    """Return a value, or where it cannot travel for its size or contents, what stands for it."""
    if type(value) in (bool, int, float, str, type(None)) or callable(value):
        return value
    try:
        wire.encode_reply(wire.Returned(0, wire.pack(known.described(value), lambda _: wire.ObjectReference(0))))
        return value
    except Exception as error:
        return wire.Composed("unsendable", type(error).__name__)


def _told(error: BaseException) -> CellError:
    kind = "interrupted" if isinstance(error, Interrupted) else "memory" if isinstance(error, MemoryError) else "raised"
    if isinstance(error, SyntaxError):
        kind = "syntax"
    line = getattr(error, "lineno", 0) or 0
    return CellError(kind, line if isinstance(line, int) else 0, type(error).__name__, error_text(error)[:500])


def _otter(ask: Callable[[str], Any]) -> dict[str, types.ModuleType]:
    """Return the modules that stand in for Otter: its checks ask, everything else does nothing."""

    class Notebook(shell.Nothing):
        """Stands in for `otter.Notebook`."""

        def __init__(self, *_arguments: Any, **_keywords: Any):
            pass

        def check(self, question: str, global_env: Any = None) -> shell.Nothing:
            """Ask for a check."""
            ask(str(question))
            return shell.Nothing()

    modules: dict[str, types.ModuleType] = {}
    for name in ("otter", *_OTTER_MODULES):
        module = modules[name] = shell.StandIn(name)
        module.__path__ = []
        vars(module).update(Notebook=Notebook, __version__=OTTER_VERSION)
    for name in _OTTER_MODULES:
        parent, _, own = name.rpartition(".")
        setattr(modules[parent], own, modules[name])
    return modules
