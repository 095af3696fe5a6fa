"""The untrusted side of a notebook that is run as a kernel would: `ShellCells` on the pipe."""

import os
import sys
from typing import Any

from capas.sandbox import known, wire
from capas.sandbox.alarm import Interrupted
from capas.sandbox.runner import Runner, write_files
from capas.sandbox.shell_cells import PATIENCE, ShellCells, form_of


class TookTooLong(Exception):
    """What the judge asked for was not finished in time."""


class ShellRunner(Runner):
    """Answers for one notebook. What it returns travels exactly as it is, or stays here and travels by number."""

    def _load(self, message: wire.Load) -> wire.Loaded:
        os.chdir(message.directory)
        sys.path.append(message.directory)
        sys.path.insert(0, "")
        sys.stdout = sys.stderr = self._printed
        write_files(message.files)
        own = {name.partition("/")[0].removesuffix(".py") for name in message.files if name.endswith(".py")}
        self._own = frozenset({"__main__", *own})
        self._call_seconds = 0.8 * message.call_seconds / PATIENCE  # before the host ends it all

        def running(place: int) -> None:
            self._printed.clear()
            self._send(wire.Running(message.number, place))

        self._cells = ShellCells(self._callback(wire.PERMANENT), running)
        self._namespace = self._cells.namespace
        for helper in self._cells.helpers():
            self._objects.keep(helper)
        return wire.Loaded(
            message.number, [], [], self._cells.run(message.cells, message.cell_seconds, message.load_seconds)
        )

    def _called(self, message: wire.CallFunction) -> Any:
        called = super()._called(message)

        def within_its_time(*arguments: Any, **keywords: Any) -> Any:
            returned: list[Any] = []
            error = self._cells.within(self._call_seconds, lambda: returned.append(called(*arguments, **keywords)))
            if isinstance(error, Interrupted):
                raise TookTooLong
            if error is not None:
                raise error
            return returned[0]

        return within_its_time

    def _pack(self, value: Any) -> Any:
        return wire.pack(known.described(value), self._refer)

    def _refer(self, value: Any) -> wire.ObjectReference:
        return wire.ObjectReference(self._objects.keep(value).number, form_of(value, self._own))

    def _import(self, value: Any) -> Any:
        if isinstance(value, wire.Composed):
            return known.rebuilt(wire.Composed(value.kind, self._import(value.parts)))
        return super()._import(value)
