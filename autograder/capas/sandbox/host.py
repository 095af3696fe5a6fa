"""The trusted side: a sandbox with one program loaded, and proxies of its functions."""

import builtins
import contextlib
import socket
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from capas.sandbox import scratch, wire
from capas.sandbox.errors import (
    CallCrashed,
    CallExited,
    CallTimedOut,
    SandboxError,
    UnsendableArgument,
    UnsendableResult,
)
from capas.sandbox.limits import Limits
from capas.sandbox.zygote import Zygote

MAX_CALLBACKS_A_CALL = 100_000
WATCH_SECONDS = 0.2

# A program that behaves keeps to these by itself; see runner.py.
MAX_WARNINGS, MAX_WARNING_TEXT = 20, 500
MAX_NAME, MAX_BASES = 100, 10


class Loaded(msgspec.Struct, frozen=True):
    """What a program defined: names of functions and of other values; an error text a cell, "" for none."""

    functions: list[str]
    values: list[str]
    errors: list[str]


class Sandbox:
    """One process with one program. After a time-out or a crash it is ``dead`` and answers nothing.

    Args:
        zygote: where the process is forked from.
        limits: deadlines of loading and of every call.
    """

    def __init__(self, zygote: Zygote, limits: Limits):
        self._zygote = zygote
        self._limits = limits
        uid, self._directory = zygote.new_scratch()
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            forked = zygote.fork(theirs, uid, self._directory)
        self.number, self._pid = forked.number, forked.pid
        self.dead = False
        """Whether the process has been ended."""
        self.waited_seconds = 0.0
        """How long the program has kept us waiting, in all."""
        self.callback_seconds = 0.0
        """How long it has kept our own functions busy by calling them."""
        self._frames = wire.FrameReader(self._receive)
        self._message_number = 0
        self._deadline = 0.0
        self._looked = time.monotonic()
        self._permanent: list[Callable[..., Any]] = []
        self._functions: list[Callable[..., Any]] = []
        self.printed = ""

    def load(self, cells: Sequence[str], stand_ins: Sequence[str] = ()) -> Loaded:
        """Run ``cells`` one after the other in one namespace; a failing cell does not stop the next.

        Importing a module named in ``stand_ins`` gives the program one that does nothing.

        Raises:
            CallTimedOut: when that takes longer than ``load_seconds``.
            CallCrashed: when the process ends.
        """
        self._message_number += 1
        message = wire.Load(self._message_number, list(cells), self._directory, list(stand_ins))
        reply = self._exchange(message, self._limits.load_seconds)
        if not isinstance(reply, wire.Loaded):
            raise self._end(CallCrashed("the program's answer is not in the protocol"))
        return Loaded(reply.functions, reply.values, reply.errors)

    def replace(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        """Make names of the program call back to ``functions`` here, with the errors of `call`."""
        self._message_number += 1
        names = {name: number for number, name in enumerate(functions, len(self._permanent))}
        self._permanent += functions.values()
        self._value_of(self._exchange(wire.Replace(self._message_number, names), self._limits.call_seconds))

    def call(self, function: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call ``function`` with plain data and return plain data.

        Arguments that it changed in place are changed here too, as if it had run in this process.

        Raises:
            CallTimedOut: when it takes longer than ``call_seconds``.
            CallCrashed: when the process ends or breaks the protocol.
            CallExited: when the function asks for the end of its program.
            UnsendableArgument: when an argument is not plain data.
            UnsendableResult: when the result is not plain data.
            Exception: of the built-in type and with the text that the function raised.
        """
        self._message_number += 1
        self._functions = list(self._permanent)
        try:
            packed = [wire.pack(argument, self._refer) for argument in arguments]
            packed_keywords = {name: wire.pack(value, self._refer) for name, value in keywords.items()}
        except wire.WireError as error:
            raise UnsendableArgument(f"`{function}` cannot be called with {error}") from None
        message = wire.CallFunction(self._message_number, function, packed, packed_keywords)
        reply = self._exchange(message, self._limits.call_seconds)
        self.printed = reply.printed if isinstance(reply, wire.Returned | wire.Raised) else ""
        value = self._value_of(reply)
        given = [*arguments, *keywords.values()]
        for position, changed in reply.changed.items() if isinstance(reply, wire.Returned) else ():
            if 0 <= position < len(given):
                _change_in_place(given[position], changed)
        return value

    def get(self, name: str) -> Any:
        """Return the value of a name that is not a function, with the same errors as ``call``."""
        self._message_number += 1
        return self._value_of(self._exchange(wire.GetValue(self._message_number, name), self._limits.call_seconds))

    def close(self) -> None:
        """End the process and remove its scratch directory."""
        if not self.dead:
            self.dead = True
            # Killed first: a program that sees the pipe closed would wake up to end itself.
            try:
                self._zygote.end(self.number, self._directory)
            finally:
                self._connection.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _end(self, error: SandboxError) -> SandboxError:
        self.close()
        return error

    def _refer(self, function: Callable[..., Any]) -> int:
        self._functions.append(function)
        return len(self._functions) - 1

    def _exchange(self, message: Any, seconds: float) -> wire.ToHost:
        """Send ``message`` and return its reply, serving callbacks that come before it."""
        if self.dead:
            raise CallCrashed("the program has ended")
        number = self._message_number
        outer_deadline, self._deadline = self._deadline, time.monotonic() + seconds
        try:
            for _ in range(MAX_CALLBACKS_A_CALL):
                reply = self._ask(message)
                if not isinstance(reply, wire.CallBack):
                    if reply.number != number:
                        raise wire.WireError("an answer to another question")
                    return reply
                message = self._own_time(self._answer_callback, reply)
            raise TimeoutError
        except TimeoutError:
            raise self._end(CallTimedOut(f"not finished after {seconds:g} s")) from None
        except (wire.WireError, EOFError, OSError) as error:
            raise self._end(CallCrashed(str(error))) from None
        finally:
            self._deadline = outer_deadline

    def _ask(self, message: Any) -> wire.ToHost:
        begin = time.monotonic()
        try:
            self._send(message)
            return wire.decode_for_host(self._frames.read())
        finally:
            self.waited_seconds += time.monotonic() - begin

    def _own_time(self, answer: Callable[[wire.CallBack], Any], request: wire.CallBack) -> Any:
        """Answer a callback in time that is ours: it is taken off no deadline of the program's.

        But a program that keeps our functions busy for as long as it may run itself is not answered any more.
        """
        begin = time.monotonic() - self.waited_seconds
        try:
            return answer(request)
        finally:
            seconds = time.monotonic() - self.waited_seconds - begin
            self._deadline += seconds
            self.callback_seconds += seconds
            if self.callback_seconds > self._limits.program_seconds:
                self._deadline = 0.0

    def _send(self, message: Any) -> None:
        self._connection.settimeout(self._seconds_left())
        wire.send_frame(self._connection, wire.encode(message))

    def _receive(self, length: int) -> bytes:
        while True:
            left = self._seconds_left()
            # Whoever keeps us waiting, or busy with short calls, may be filling the disk.
            if time.monotonic() - self._looked > WATCH_SECONDS:
                if scratch.is_too_large(self._directory):
                    raise wire.WireError("more files than a program may write")
                self._looked = time.monotonic()
            self._connection.settimeout(min(left, WATCH_SECONDS))
            with contextlib.suppress(TimeoutError):
                return self._connection.recv(length)

    def _seconds_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _answer_callback(self, request: wire.CallBack) -> wire.Returned | wire.Raised:
        if not 0 <= request.function < len(self._functions):
            raise wire.WireError("a callback to no function")
        functions = self._functions
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = functions[request.function](*request.arguments, **request.keywords)
            return wire.Returned(request.number, wire.pack(value))
        except Exception as error:
            if self.dead:  # a call inside this one was its end
                raise
            return wire.Raised(request.number, type(error).__name__, str(error)[:500])
        finally:
            self._functions = functions

    def _value_of(self, reply: wire.ToHost) -> Any:
        if isinstance(reply, wire.Raised):
            text = reply.text[: wire.MAX_TEXT]
            if reply.unsendable:
                raise UnsendableResult(text)
            if reply.exception == "SystemExit":
                raise CallExited("it asked for the end of the program")
            raise _exception(reply.exception[:MAX_NAME], text, reply.bases[:MAX_BASES])
        if not isinstance(reply, wire.Returned):
            raise self._end(CallCrashed("an answer of another kind"))
        for category, text in reply.warnings[:MAX_WARNINGS]:
            known = {"RuntimeWarning": RuntimeWarning, "DeprecationWarning": DeprecationWarning}
            warnings.warn(text[:MAX_WARNING_TEXT], known.get(category, UserWarning), stacklevel=3)
        return reply.value


class Proxy:
    """Stands in the judge's namespace for a function of a program: calling it calls that one.

    Args:
        call: what does it, like `Sandbox.call`.
        name: the function's name.
    """

    def __init__(self, call: Callable[[str, tuple[Any, ...], dict[str, Any]], Any], name: str):
        self._call = call
        self.__name__ = name

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the function in its sandbox, with the errors of `Sandbox.call`."""
        return self._call(self.__name__, arguments, keywords)

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Proxy":
        return self  # as a function would


def _exception(name: str, text: str, bases: Sequence[str]) -> Exception:
    """Return an exception of this name and text, so that a message says of it what Python would.

    It is one of Python's own, or derives from ``bases``, which are; what is no Exception comes out as RuntimeError.
    """
    for kind in _exception_classes(name, bases):
        with contextlib.suppress(Exception):  # UnicodeDecodeError and its like need more than a text
            return kind(_Verbatim(text))
    return RuntimeError(f"{name}: {text}")


def _exception_classes(name: str, bases: Sequence[str]) -> Iterator[type[Exception]]:
    if own := _python_exception(name):
        yield own
    known = [kind for base in bases if (kind := _python_exception(base))]
    for begin in range(len(known)):
        with contextlib.suppress(Exception):  # a name that no class may have, bases that do not go together
            yield type(name, tuple(known[begin:]), {})


def _python_exception(name: str) -> type[Exception] | None:
    kind = getattr(builtins, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else None


class _Verbatim(str):
    """Text that stays as it is in a KeyError, which would put it in quotes once more."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _change_in_place(argument: Any, changed: Any) -> None:
    with contextlib.suppress(ValueError, TypeError, OverflowError, AttributeError):
        if isinstance(argument, np.ndarray):
            if isinstance(changed, np.ndarray) and changed.size == argument.size:
                argument.shape = changed.shape
            argument[...] = changed
        elif isinstance(argument, tuple) and isinstance(changed, tuple):
            for item, changed_item in zip(argument, changed, strict=False):
                _change_in_place(item, changed_item)
        elif isinstance(argument, list) and isinstance(changed, list):
            argument[:] = changed
        elif isinstance(argument, dict) and isinstance(changed, dict):
            argument.clear()
            argument.update(changed)
