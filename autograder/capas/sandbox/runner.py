"""The untrusted side: run the cells of a program, then answer calls. Everything here may be tampered with.

It runs in a forked process and talks to the host over one socket. The host trusts nothing that it sends: the
host checks every frame, and keeps its own copies of all that is compared.
"""

import builtins
import contextlib
import importlib
import os
import socket
import sys
import types
import warnings
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from capas.sandbox import shell, wire
from capas.sandbox.cells import CellRunner, error_text
from capas.sandbox.loading import CellError, CellReport
from capas.sandbox.objects import HandedOut, Stays
from capas.sandbox.printed import Printed
from capas.sandbox.simplify import simplify, snapshot
from capas_check import chance, drawn_figures, members, printing  # noqa: F401  operations, which no stand-in has
from capas_check.operations import Beside, apply
from capas_check.statements import UNFINISHED

PYTHON_EXCEPTIONS = sorted(
    {kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Exception)},
    key=lambda kind: (-len(kind.__mro__), kind.__name__),
)
"""Python's own exceptions, the most special first."""


def serve(connection: socket.socket) -> None:
    """Answer the host's messages until it closes the pipe."""
    runner = Runner(connection)
    while True:
        try:
            message = runner.receive()
        except (EOFError, OSError):
            return
        if isinstance(message, wire.Load) and message.shell:
            # The host says nothing more before it has its answer.
            runner = importlib.import_module("capas.sandbox.shell_runner").ShellRunner(connection)
        runner.answer(message)


class Runner:
    """One namespace, one pipe."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._frames = wire.FrameReader(connection.recv)
        self._module = types.ModuleType("__main__")
        self._namespace = self._module.__dict__
        self._printed = Printed()
        self._callbacks = 0
        self._tables = False
        self._objects = HandedOut([])
        self._pid = os.getpid()

    def receive(self) -> wire.ToSandbox:
        """Return the next message of the host."""
        return wire.decode_for_sandbox(self._frames.read())

    def answer(self, message: wire.ToSandbox) -> None:
        """Do what ``message`` asks and send the reply."""
        if isinstance(message, wire.Load):
            self._send(self._load(message))
        elif isinstance(message, wire.CallFunction):
            self._call(message)
        elif isinstance(message, wire.Ahead):
            # All are taken off the pipe first: what comes next may answer a callback of one of them.
            for call in [self.receive() for _ in range(message.calls)]:
                self.answer(call)
        elif isinstance(message, wire.Replace):
            self._namespace.update((name, self._callback(number)) for name, number in message.names.items())
            self._namespace.update((name, self._import(value)) for name, value in message.values.items())
            self._send(wire.Returned(message.number, None))
        elif isinstance(message, wire.GetValue):
            self._get(message)

    def _send(self, message: Any) -> None:
        self._send_frame(wire.encode_reply(message))

    def _send_frame(self, data: bytes) -> None:
        if os.getpid() != self._pid:  # a child that the program forgot to end must not answer for it
            os._exit(0)
        wire.send_frame(self._connection, data)

    def _load(self, message: wire.Load) -> wire.Loaded:
        os.chdir(message.directory)
        sys.path[:0] = [message.directory]
        sys.stdout = sys.stderr = self._printed
        self._become(message)
        if message.tables:
            self._tables = _load_pandas()
        modules = {name: shell.StandIn(name) for name in message.stand_ins if f"{name}.py" not in message.files}
        sys.modules.update(modules)
        write_files(message.files)
        own = {name.removesuffix(".py") for name in message.files if name.endswith(".py")}
        self._objects = HandedOut({"__main__", self._module.__name__, *own})
        around = set(self._namespace)
        reports = self._run_cells(message)
        shell.forget_error_handling()
        functions, values = [], []
        for name, value in list(self._namespace.items()):
            if name in around or not isinstance(name, str):
                continue
            (functions if callable(value) else values).append(name)
        return wire.Loaded(message.number, functions, values, reports)

    def _become(self, message: wire.Load) -> None:
        """Be the module that the program runs in: a script's own, or `__main__`."""
        file = os.path.join(message.directory, os.path.basename(message.file) or "notebook.ipynb")
        sys.argv = [file]
        sys.modules["__main__"] = self._module
        if message.is_script:
            sys.modules["__main__"] = types.ModuleType("__main__")
            self._module.__name__ = _module_name(message.file)
            sys.modules[self._module.__name__] = self._module
        names = {"__builtins__": builtins, "__file__": file}
        self._namespace.update(shell.around(self._namespace, names))

    def _run_cells(self, message: wire.Load) -> list[CellReport]:
        """Run the cells and return the reports of those with errors; one that fills the memory is the last."""
        number, begin = message.number, len(message.given)

        def running(place: int, error: CellError | None) -> None:
            if place >= begin:
                self._send(wire.Running(number, place - begin, error))

        file = os.path.basename(message.file) if message.is_script else ""
        runner = CellRunner(self._namespace, message.cell_seconds, message.load_seconds, running, file)
        for place, source in enumerate(message.given):
            runner.run(source, place)
        left_out = {one.cell: one for one in message.left_out}
        reports: list[CellReport] = []
        for cell, source in enumerate(message.cells):
            errors = runner.run(source, begin + cell, left_out.get(cell))
            if errors:
                reports.append(CellReport(cell, errors))
            if any(error.kind == "memory" for error in errors):
                break
        return reports

    def _call(self, message: wire.CallFunction) -> None:
        arguments = [self._import(argument) for argument in message.arguments]
        keywords = {name: self._import(value) for name, value in message.keywords.items()}
        given = [*arguments, *keywords.values()]
        before = [snapshot(argument) for argument in given]
        self._printed.clear()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                called = self._called(message)
                value = called(*arguments, **keywords)
                if message.operations and isinstance(value, Beside):
                    value = (self._as_it_can_be_sent(value.result), value.noted)
            except BaseException as error:
                self._send(self._raised(message.number, error))
                return
        changed = {
            position: argument
            for position, argument in enumerate(given)
            if before[position] is not None and snapshot(argument) != before[position]
        }
        self._reply(message.number, value, changed, caught, keep=self._objects.is_own_class(called))

    def _called(self, message: wire.CallFunction) -> Any:
        target = message.target
        called = self._namespace[target] if isinstance(target, str) else self._objects.get(target)
        for operation in message.operations:
            called = apply(operation, called)
        return called

    def _as_it_can_be_sent(self, value: Any) -> Any:
        try:
            wire.encode_reply(wire.Returned(0, self._pack(value)))
        except Exception:
            return value if type(value).__name__ in UNFINISHED else Stays(value)
        return value

    def _get(self, message: wire.GetValue) -> None:
        try:
            value = self._namespace[message.name]
        except KeyError as error:
            self._send(self._raised(message.number, error))
        else:
            self._reply(message.number, value, {}, [])

    def _reply(self, number: int, value: Any, changed: dict[int, Any], caught: Any, keep: bool = False) -> None:
        """Send a result; with ``keep`` it stays here, and only its number goes."""
        try:
            reply = wire.Returned(
                number,
                wire.pack_reference(self._objects.keep(value)) if keep else self._pack(value),
                {position: self._pack(argument) for position, argument in changed.items()},
                [(warning.category.__name__, error_text(warning.message)[:500]) for warning in caught[:20]],
                self._printed.text(),
            )
            data = wire.encode_reply(reply)
        except Exception as error:
            text = str(error) if isinstance(error, wire.WireError) else type(error).__name__
            name = "TooLargeError" if isinstance(error, wire.TooLargeError) else "WireError"
            data = wire.encode_reply(wire.Raised(number, name, text, unsendable=True, printed=self._printed.text()))
        self._send_frame(data)

    def _pack(self, value: Any) -> Any:
        return wire.pack(simplify(value, self._tables), self._objects.refer)

    def _raised(self, number: int, error: BaseException) -> wire.Raised:
        bases = [kind.__name__ for kind in PYTHON_EXCEPTIONS if issubclass(type(error), kind)]
        return wire.Raised(number, type(error).__name__, error_text(error), printed=self._printed.text(), bases=bases)

    def _import(self, value: Any) -> Any:
        if isinstance(value, wire.FunctionReference):
            return self._callback(value.number)
        if isinstance(value, wire.ObjectReference):
            return self._objects.get(value.number)
        if type(value) is list:
            return [self._import(item) for item in value]
        if type(value) is tuple:
            return tuple(self._import(item) for item in value)
        if type(value) is dict:
            return {key: self._import(item) for key, item in value.items()}
        return value

    def _callback(self, function: int) -> Callable[..., Any]:
        def callback(*arguments: Any, **keywords: Any) -> Any:
            self._callbacks += 1
            number = self._callbacks
            self._send(
                wire.CallBack(
                    number,
                    function,
                    [self._pack(argument) for argument in arguments],
                    {name: self._pack(value) for name, value in keywords.items()},
                )
            )
            while True:
                message = self.receive()
                if isinstance(message, wire.Returned):
                    sys.stdout.write(message.printed)
                    return self._import(message.value)
                if isinstance(message, wire.Raised):
                    raise getattr(builtins, message.exception, RuntimeError)(message.text)
                # The function asked for may itself call back into this program.
                self.answer(message)

        return callback


def _module_name(file: str) -> str:
    """Return the name under which a script is imported: its file's, where no module of the system has it."""
    stem = os.path.basename(file).rpartition(".")[0]
    taken = stem in sys.modules or stem in sys.stdlib_module_names
    return stem if stem.isidentifier() and not taken else "submission"


def _load_pandas() -> bool:
    """Load pandas, which arguments or results may be tables of; tell whether that can be done."""
    try:
        importlib.import_module("pandas")
    except Exception:
        return False
    return True


def write_files(files: dict[str, bytes]) -> None:
    """Put the program's own modules and data where it is run. A name that leads elsewhere is not written."""
    for name, data in files.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            continue
        with contextlib.suppress(OSError, ValueError):
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "wb") as file:
                file.write(data)
    if files:
        importlib.invalidate_caches()
