"""The untrusted side: run the cells of a program, then answer calls. Everything here may be tampered with.

It runs in a forked process and talks to the host over one socket. The host trusts nothing that it sends: the
host checks every frame, and keeps its own copies of all that is compared.
"""

import builtins
import io
import os
import socket
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from capas.sandbox import wire

PRINTED_CHARACTERS = 2_000
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
        runner.answer(message)


class Runner:
    """One namespace, one pipe."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._frames = wire.FrameReader(connection.recv)
        self._module = types.ModuleType("__main__")
        self._namespace = self._module.__dict__
        self._printed = _Printed()
        self._callbacks = 0
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
        elif isinstance(message, wire.Replace):
            self._namespace.update((name, self._callback(number)) for name, number in message.names.items())
            self._send(wire.Returned(message.number, None))
        elif isinstance(message, wire.GetValue):
            self._get(message)

    def _send(self, message: Any) -> None:
        data = wire.encode(message)
        wire.refuse_too_many_items(data)
        self._send_frame(data)

    def _send_frame(self, data: bytes) -> None:
        if os.getpid() != self._pid:  # a child that the program forgot to end must not answer for it
            os._exit(0)
        wire.send_frame(self._connection, data)

    def _load(self, message: wire.Load) -> wire.Loaded:
        os.chdir(message.directory)
        sys.path[:0] = [message.directory]
        sys.modules["__main__"] = self._module
        sys.stdout = sys.stderr = self._printed
        self._namespace.update(__builtins__=builtins, display=_ignore, get_ipython=lambda: _Shell(self._namespace))
        sys.modules.update((name, _StandIn(name)) for name in message.stand_ins)
        given = set(self._namespace)
        errors = [_run_cell(cell, index, self._namespace) for index, cell in enumerate(message.cells)]
        functions, values = [], []
        for name, value in list(self._namespace.items()):
            if name in given or not isinstance(name, str):
                continue
            (functions if callable(value) else values).append(name)
        return wire.Loaded(message.number, functions, values, errors)

    def _call(self, message: wire.CallFunction) -> None:
        arguments = [self._import(argument) for argument in message.arguments]
        keywords = {name: self._import(value) for name, value in message.keywords.items()}
        given = [*arguments, *keywords.values()]
        before = [_snapshot(argument) for argument in given]
        self._printed.clear()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = self._namespace[message.function](*arguments, **keywords)
            except BaseException as error:
                self._send(self._raised(message.number, error))
                return
        changed = {
            position: argument
            for position, argument in enumerate(given)
            if before[position] is not None and _snapshot(argument) != before[position]
        }
        self._reply(message.number, value, changed, caught)

    def _get(self, message: wire.GetValue) -> None:
        try:
            value = self._namespace[message.name]
        except KeyError as error:
            self._send(self._raised(message.number, error))
        else:
            self._reply(message.number, value, {}, [])

    def _reply(self, number: int, value: Any, changed: dict[int, Any], caught: Any) -> None:
        try:
            reply = wire.Returned(
                number,
                wire.pack(simplify(value)),
                {position: wire.pack(simplify(argument)) for position, argument in changed.items()},
                [(warning.category.__name__, _error_text(warning.message)[:500]) for warning in caught[:20]],
                self._printed.text(),
            )
            data = wire.encode(reply)
            wire.refuse_too_many_items(data)
        except Exception as error:
            text = str(error) if isinstance(error, wire.WireError) else type(error).__name__
            data = wire.encode(wire.Raised(number, "WireError", text, unsendable=True, printed=self._printed.text()))
        self._send_frame(data)

    def _raised(self, number: int, error: BaseException) -> wire.Raised:
        bases = [kind.__name__ for kind in PYTHON_EXCEPTIONS if issubclass(type(error), kind)]
        return wire.Raised(number, type(error).__name__, _error_text(error), printed=self._printed.text(), bases=bases)

    def _import(self, value: Any) -> Any:
        if isinstance(value, wire.FunctionReference):
            return self._callback(value.number)
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
                    [wire.pack(simplify(argument)) for argument in arguments],
                    {name: wire.pack(simplify(value)) for name, value in keywords.items()},
                )
            )
            while True:
                message = self.receive()
                if isinstance(message, wire.Returned):
                    return message.value
                if isinstance(message, wire.Raised):
                    raise getattr(builtins, message.exception, RuntimeError)(message.text)
                # The function asked for may itself call back into this program.
                self.answer(message)

        return callback


_PLAIN: tuple[Any, ...] = (bool, int, float, complex, str)
_LONG_DOUBLES = {"g": "d", "G": "D"}


def simplify(value: Any) -> Any:
    """Return ``value`` as plain data where ``np.asarray`` would take it for numbers, like subclasses and ranges."""
    kind = type(value)
    if kind in (bool, int, float, str) or value is None:
        return value
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.char in _LONG_DOUBLES:
        return simplify(value.astype(_LONG_DOUBLES[value.dtype.char]))
    if kind is np.ndarray or isinstance(value, np.generic):
        return value
    if isinstance(value, np.ndarray):
        return np.array(value, subok=False)
    if isinstance(value, (list, range)):
        return [simplify(item) for item in value]
    if isinstance(value, tuple):
        return tuple(simplify(item) for item in value)
    if isinstance(value, dict):
        return {key: simplify(item) for key, item in value.items()}
    for plain in _PLAIN:
        if isinstance(value, plain):
            return plain(value)
    if hasattr(value, "__array__"):
        return np.array(value, subok=False)
    return value


def _snapshot(argument: Any) -> bytes | None:
    if not isinstance(argument, (list, dict, np.ndarray, tuple)):
        return None
    try:
        return wire.encode([wire.pack(simplify(argument), refer=id)])
    except Exception:
        return b"no longer plain data"


def _run_cell(source: str, index: int, namespace: dict[str, Any]) -> str:
    try:
        exec(compile(source, f"<cell {index + 1}>", "exec"), namespace)
    except BaseException as error:  # a failing cell does not stop the next, nor does exit()
        return f"{type(error).__name__}: {_error_text(error)}"
    return ""


def _error_text(error: BaseException | str) -> str:
    try:
        return _sendable(str(error)[: wire.MAX_TEXT])
    except BaseException:  # a __str__ of the program's own may do anything
        return ""


def _sendable(text: str) -> str:
    """Return ``text`` without lone surrogates, which may not travel."""
    return text.encode("utf-8", "replace").decode()


def _ignore(*_arguments: Any, **_keywords: Any) -> None:
    return None


class _StandIn(types.ModuleType):
    """A module in which everything exists, can be called, and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()


class _Nothing:
    def __call__(self, *_arguments: Any, **_keywords: Any) -> "_Nothing":
        return self

    def __getattr__(self, name: str) -> "_Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _Printed(io.TextIOBase):
    """Standard output of the program: the first characters since the last call are kept."""

    def __init__(self) -> None:
        self._text = ""

    def write(self, text: str, /) -> int:
        room = PRINTED_CHARACTERS - len(self._text)
        if room > 0:
            self._text += str(text)[:room]
        return len(text)

    def clear(self) -> None:
        self._text = ""

    def text(self) -> str:
        return _sendable(self._text)


class _Shell:
    """What ``get_ipython()`` returns: magics do nothing, except those that only wrap Python and leave its names."""

    _WRAPPERS = ("time", "timeit", "capture", "prun")

    def __init__(self, namespace: dict[str, Any]):
        self._namespace = namespace

    def run_cell_magic(self, name: str, _line: str, body: str) -> None:
        if name in self._WRAPPERS:
            exec(compile(body, f"<%%{name}>", "exec"), self._namespace)

    def run_line_magic(self, name: str, line: str, *_more: Any) -> Any:
        if name == "time" and line.strip():
            exec(compile(line, f"<%{name}>", "exec"), self._namespace)

    def getoutput(self, _command: str) -> list[str]:
        return []

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return _ignore
