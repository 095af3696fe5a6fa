"""The trusted side: a sandbox with one program loaded."""

import socket
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capas.sandbox import wire
from capas.sandbox.errors import (
    CallCrashed,
    CallExited,
    TooLargeResult,
    UnsendableArgument,
    UnsendableResult,
)
from capas.sandbox.limits import Limits
from capas.sandbox.loading import CellReport, LeftOut, Loaded, ProgramSource, plausible_reports
from capas.sandbox.pipe import Pipe
from capas.sandbox.planned import Answer
from capas.sandbox.shared import NO_DATA, SharedData
from capas.sandbox.values import Handle, change_in_place, exception_of, name_of_exception, warn_again, with_handles
from capas.sandbox.zygote import Zygote
from capas_check.operations import Operation

GRACE_SECONDS = 2.0
"""How much longer than it may run we wait for a cell: it is interrupted in its own process, which may be slow."""
MAX_TIMES_RUNNING = 4
"""How often a cell may begin to run: once, and with time of its own after interruptions."""

# A program that behaves keeps to these by itself; see runner.py.
MAX_NAME, MAX_BASES = 100, 10


class Sandbox(Pipe):
    """One process with one program. After a time-out or a crash it is ``dead`` and answers nothing.

    Args:
        zygote: where the process is forked from.
        limits: deadlines of loading and of every call.
        data: what it may read besides, as the zygote keeps it.
    """

    patience = 1.0  # how many times its time a cell is waited for

    def __init__(self, zygote: Zygote, limits: Limits, data: SharedData = NO_DATA):
        self._zygote = zygote
        uid, directory = zygote.new_scratch()
        connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            forked = zygote.fork(theirs, uid, directory, data)
        super().__init__(connection, limits, directory, data.room)
        self._data = data
        self.number, self._pid = forked.number, forked.pid
        self.caller: Callable[..., Any] = self.call
        """What its handles call."""
        self._message_number = 0
        self.printed = ""
        self.running: int | None = None
        """The cell that is run while the program is loaded."""
        self.interrupted: list[CellReport] = []
        """What was interrupted so far while it was loaded."""
        self._cells = self._times_running = 0
        self._load_end = 0.0

    def load(
        self,
        source: ProgramSource | Sequence[str],
        stand_ins: Sequence[str] = (),
        left_out: Sequence[LeftOut] = (),
        seconds: float | None = None,
    ) -> Loaded:
        """Run a program, or the cells of a notebook, in one namespace; a failing cell does not stop the next.

        Importing a module named in ``stand_ins`` gives the program one that does nothing. Statements that are
        ``left_out`` are not run to their end. All may take ``seconds``, by default ``load_seconds``.

        Raises:
            CallTimedOut: when a cell cannot be interrupted, or all take too long; ``running`` is the cell then.
            CallCrashed: when the process ends.
        """
        source = source if isinstance(source, ProgramSource) else ProgramSource(source)
        self._message_number += 1
        seconds = self._limits.load_seconds if seconds is None else seconds
        message = wire.Load(
            number=self._message_number,
            given=list(source.given),
            cells=list(source.cells),
            is_script=source.is_script,
            file=source.file,
            files={name: contents for name, contents in source.files.items() if name not in self._data.names},
            tables=source.tables,
            directory=self._directory,
            stand_ins=list(stand_ins),
            left_out=list(left_out),
            cell_seconds=self._limits.cell_seconds,
            load_seconds=seconds,
            shell=source.shell,
            call_seconds=self._limits.call_seconds,
        )
        self._given.begin_call()
        self._cells, self._times_running = len(source.cells), 0
        cell_seconds = self.patience * self._limits.cell_seconds
        self._load_end = time.monotonic() + seconds + cell_seconds - self._limits.cell_seconds + GRACE_SECONDS
        reply = self._exchange(message, min(cell_seconds, seconds) + GRACE_SECONDS)
        if not isinstance(reply, wire.Loaded):
            raise self._end(CallCrashed("the program's answer is not in the protocol"))
        self._cells, self.running = 0, None
        return Loaded(reply.functions, reply.values, plausible_reports(reply.reports, len(source.cells)))

    def _note_running(self, reply: wire.Running) -> None:
        """Give the cell that is now run its time."""
        self._times_running += 1
        if not 0 <= reply.cell < self._cells or self._times_running > MAX_TIMES_RUNNING * self._cells:
            raise wire.WireError("a cell that there is not")
        self.running = reply.cell
        if reply.error is not None:
            self.interrupted += plausible_reports([CellReport(reply.cell, [reply.error])], self._cells)
        own_end = time.monotonic() + self.patience * self._limits.cell_seconds + GRACE_SECONDS
        self._deadline = min(own_end, self._load_end)

    def replace(self, answers: Mapping[str, Any]) -> None:
        """Make names of the program call back to functions here, or have values of ours, with the errors of `call`."""
        self._message_number += 1
        names, values = self._given.replace(answers)
        self._value_of(self._exchange(wire.Replace(self._message_number, names, values), self._limits.call_seconds))

    def call(
        self,
        target: str | Handle,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        operations: Sequence[Operation] = (),
    ) -> Any:
        """Call a function with plain data and objects of this sandbox; return plain data, and handles of its objects.

        It is that of the name ``target``, or an object of the program, and what ``operations`` make of it.
        Arguments that it changed in place are changed here too, as if it had run in this process.

        Raises:
            CallTimedOut: when it takes longer than ``call_seconds``.
            CallCrashed: when the process ends or breaks the protocol.
            CallExited: when the function asks for the end of its program.
            UnsendableArgument: when an argument is not plain data.
            TooLargeResult: when the result is far more data than any case asks for.
            UnsendableResult: when the result is not plain data.
            Exception: of the built-in type and with the text that the function raised.
        """
        self._message_number += 1
        self._given.begin_call()
        called = target.form if isinstance(target, Handle) else target
        try:
            packed = [wire.pack(self.sendable(argument), self._given.refer) for argument in arguments]
            packed_keywords = {
                name: wire.pack(self.sendable(value), self._given.refer) for name, value in keywords.items()
            }
        except wire.WireError as error:
            raise UnsendableArgument(f"`{called}` cannot be called with {error}") from None
        number = self._given.number_of(target) if isinstance(target, Handle) else target
        message = wire.CallFunction(self._message_number, number, packed, packed_keywords, list(operations))
        reply = self._exchange(message, self._limits.of_call(target))
        return self._result_of(reply, [*arguments, *keywords.values()])

    def result_of(self, answer: Answer, given: Sequence[Any]) -> Any:
        """Return what ``call`` would have: of a call with the arguments ``given`` that was answered ahead."""
        if not isinstance(answer.reply, wire.Unread):
            raise answer.reply
        try:
            reply = wire.decode_for_host(answer.reply.data)
        except wire.WireError as error:
            raise self._end(CallCrashed(str(error))) from None
        return self._result_of(reply, given)

    def _result_of(self, reply: wire.ToHost, given: Sequence[Any]) -> Any:
        self.printed = reply.printed if isinstance(reply, wire.Returned | wire.Raised) else ""
        value = self._value_of(reply)
        if isinstance(reply, wire.Returned):
            warn_again(reply.warnings)
        for position, changed in reply.changed.items() if isinstance(reply, wire.Returned) else ():
            if 0 <= position < len(given):
                change_in_place(given[position], self.restored(changed))
        return value

    def get(self, name: str, seconds: float | None = None) -> Any:
        """Return the value of a name that is not a function, with the same errors as ``call``, within ``seconds``."""
        self._message_number += 1
        message = wire.GetValue(self._message_number, name)
        return self._value_of(self._exchange(message, self._limits.call_seconds if seconds is None else seconds))

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

    def _value_of(self, reply: wire.ToHost) -> Any:
        if isinstance(reply, wire.Raised):
            text = reply.text[: wire.MAX_TEXT]
            if reply.unsendable:
                raise (TooLargeResult if reply.exception == "TooLargeError" else UnsendableResult)(text)
            if reply.exception == "SystemExit":
                raise CallExited("it asked for the end of the program")
            bases = reply.bases[:MAX_BASES]
            raise exception_of(name_of_exception(reply.exception[:MAX_NAME], bases), text, bases)
        if not isinstance(reply, wire.Returned):
            raise self._end(CallCrashed("an answer of another kind"))
        return self.restored(reply.value)

    def sendable(self, value: Any) -> Any:
        """Return what is packed of a value that goes to the program."""
        return value

    def restored(self, value: Any) -> Any:
        """Return what our side works with for a value that came from the program."""
        return with_handles(value, self)
