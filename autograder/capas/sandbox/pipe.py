"""The trusted side's end of a pipe: messages with deadlines, and callbacks that come before their answers."""

import contextlib
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from capas.sandbox import scratch, wire
from capas.sandbox.errors import CallCrashed, CallTimedOut, SandboxError
from capas.sandbox.given import GivenFunctions
from capas.sandbox.limits import Limits
from capas.sandbox.planned import Answer, KnownAnswers, PlannedCall

MAX_CALLBACKS_A_CALL = 10_000
"""How often one call may ask functions of ours: more than any case needs."""
MAX_BYTES_AHEAD = 2**24
"""Of answers to calls that were sent ahead, which are kept together until they are judged."""
WATCH_SECONDS = 0.2


class Pipe:
    """What a sandbox is asked through. After a time-out, or what is not in the protocol, it is ``dead``.

    Args:
        connection: the socket.
        limits: deadlines.
        directory: where the program may write.
        room: how many bytes of what is there do not count.
    """

    def __init__(self, connection: socket.socket, limits: Limits, directory: str, room: int):
        self._connection, self._limits, self._directory, self._room = connection, limits, directory, room
        self.dead = False
        """Whether the process has been ended."""
        self.waited_seconds = 0.0
        """How long the program has kept us waiting, in all."""
        self.callback_seconds = 0.0
        """How long it has kept our own functions busy by calling them."""
        self._frames = wire.FrameReader(self._receive, wire.MAX_REPLY_BYTES)
        self._deadline = 0.0
        self._looked = time.monotonic()
        self._given = GivenFunctions(self)

    def close(self) -> None:
        """End the process."""
        raise NotImplementedError

    def sendable(self, value: Any) -> Any:
        """Return what is packed of a value that goes to the program."""
        raise NotImplementedError

    def restored(self, value: Any) -> Any:
        """Return what our side works with for a value that came from the program."""
        raise NotImplementedError

    def _note_running(self, reply: wire.Running) -> None:
        """Give the cell that is now run its time."""
        raise NotImplementedError

    def _end(self, error: SandboxError) -> SandboxError:
        self.close()
        return error

    def _exchange(self, message: Any, seconds: float) -> wire.ToHost:
        """Send ``message`` and return its reply, serving callbacks that come before it."""
        if self.dead:
            raise CallCrashed("the program has ended")
        return self._answer_to(message, message.number, seconds, wire.decode_for_host)

    def ask_ahead(
        self, calls: Sequence[PlannedCall], seconds: float, known: KnownAnswers | None = None
    ) -> list[Answer]:
        """Send calls in one piece; return what came of each, in order, up to the one that ended the process.

        Each has its deadline from the end of the one before, and together they have ``seconds`` and `MAX_BYTES_AHEAD`:
        then the process is ended. What they took is told beside each answer, and is not yet counted in
        ``waited_seconds``. Callbacks whose answers are ``known`` are not answered anew.
        """
        answers: list[Answer] = []
        before, kept_bytes = self.waited_seconds, 0
        piece: bytes | None = b"".join(
            [wire.framed(wire.encode(wire.Ahead(len(calls)))), *(call.data for call in calls)]
        )
        for call in calls:
            begin = self.waited_seconds
            self._given.begin_call(call.functions, call.number, known)
            try:
                reply = self._answer_to(piece, call.number, self._limits.of_call(call.target), wire.decode_number)
            except (CallTimedOut, CallCrashed) as error:
                reply = error
            answers.append(Answer(reply, self.waited_seconds - begin))
            piece = None
            kept_bytes += len(reply.data) if isinstance(reply, wire.Unread) else 0
            if self.waited_seconds - before >= seconds or kept_bytes > MAX_BYTES_AHEAD:
                self.close()
            if self.dead:
                break
        self.waited_seconds = before
        return answers

    def _answer_to(self, message: Any, number: int, seconds: float, decode: Callable[[bytes], Any]) -> Any:
        """Send ``message``, if there is one, and return the next reply, which has ``number``."""
        outer_deadline, self._deadline = self._deadline, time.monotonic() + seconds
        try:
            for _ in range(MAX_CALLBACKS_A_CALL):
                data = self._ask(message)
                if (message := self._given.known_answer(data)) is not None:
                    continue
                reply = decode(data)
                while isinstance(reply, wire.Running):
                    self._note_running(reply)
                    data = self._ask(None)
                    reply = decode(data)
                if not isinstance(reply, wire.CallBack):
                    if reply.number != number:
                        raise wire.WireError("an answer to another question")
                    return reply
                message = self._own_time(self._given.answer_and_know, reply, data)
            raise TimeoutError
        except TimeoutError:
            raise self._end(CallTimedOut(f"not finished after {seconds:g} s")) from None
        except (wire.WireError, EOFError, OSError) as error:
            raise self._end(CallCrashed(str(error))) from None
        finally:
            self._deadline = outer_deadline

    def _ask(self, message: Any) -> bytes:
        begin = time.monotonic()
        try:
            if message is not None:
                self._send(message)
            return self._frames.read()
        finally:
            self.waited_seconds += time.monotonic() - begin

    def _own_time(self, answer: Callable[[wire.CallBack, bytes], bytes], request: wire.CallBack, data: bytes) -> bytes:
        """Answer a callback in time that is ours: it is taken off no deadline of the program's.

        But a program that keeps our functions busy for as long as it may run itself is not answered any more.
        """
        begin = time.monotonic() - self.waited_seconds
        try:
            return answer(request, data)
        finally:
            seconds = time.monotonic() - self.waited_seconds - begin
            self._deadline += seconds
            self.callback_seconds += seconds
            if self.callback_seconds > self._limits.program_seconds:
                self._deadline = 0.0

    def _send(self, message: Any) -> None:
        self._connection.settimeout(self._seconds_left())
        self._connection.sendall(message if isinstance(message, bytes) else wire.framed(wire.encode(message)))

    def _receive(self, length: int) -> bytes:
        while True:
            left = self._seconds_left()
            # Whoever keeps us waiting, or busy with short calls, may be filling the disk.
            if time.monotonic() - self._looked > WATCH_SECONDS:
                if scratch.is_too_large(self._directory, self._room):
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
