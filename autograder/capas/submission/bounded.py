"""Work on what students hand in, done in a process of its own that may take only so much time and memory.

Nothing of a student's is run there; it is only read. What takes too much ends that process and nothing else: the next
work has a new one. It stays warm from one piece of work to the next, so that each costs a message there and back.
"""

import contextlib
import gc
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Literal

import msgspec

try:
    import resource
except ImportError:  # Windows has none: there only the time by the clock is bounded.
    resource = None

MAX_TRIES = 2
"""How often work is begun whose process ended for a reason that may have been another's."""


class Bounds(msgspec.Struct, frozen=True):
    """What one piece of work may take: seconds of the processor and by the clock, and memory in MB, beyond the start's.

    The clock is generous, for machines that have much else to do. The system refuses a quarter more memory.
    """

    seconds: float = 10.0
    clock_seconds: float = 120.0
    memory_mb: int = 256


BOUNDS = Bounds()


class TooMuchError(Exception):
    """Work that took more than it may."""


class _Reply(msgspec.Struct, frozen=True):
    """What came of one piece of work; after the ``last`` reply the process is gone."""

    outcome: Literal["done", "failed", "too much"]
    data: bytes = b""
    last: bool = False


def call_bounded(function: Callable[..., bytes], *arguments: Any) -> bytes:
    """Return what ``function`` makes of ``arguments``, all of which can be pickled.

    Raises:
        TooMuchError: when it takes more than `BOUNDS`.
        RuntimeError: when it fails otherwise, which is an error of ours.
    """
    return _worker.call(pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL))


def start_bounded() -> None:
    """Start the process now, which other work would find warm."""
    _worker.start()


class _Worker:
    """The process that works for this one, started when it is first needed, and anew after it ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Any = None
        self._process: Any = None
        self._bounds = BOUNDS

    def call(self, work: bytes) -> bytes:
        with self._lock:
            for _ in range(MAX_TRIES):
                reply = self._reply(work)
                if reply is None:
                    continue
                if reply.outcome == "failed":
                    raise RuntimeError(reply.data.decode())
                if reply.outcome == "too much":
                    break
                return reply.data
        raise TooMuchError

    def start(self) -> None:
        with self._lock:
            self._start()

    def _reply(self, work: bytes) -> _Reply | None:
        """Return the reply, None where the process was gone without one."""
        self._start()
        deadline = time.monotonic() + self._bounds.clock_seconds
        try:
            self._connection.send_bytes(work)
            if not self._connection.poll(max(deadline - time.monotonic(), 0.0)):
                self.end()
                return _Reply("too much")
            reply = msgspec.msgpack.decode(self._connection.recv_bytes(), type=_Reply)
        except (EOFError, OSError):
            return _Reply("too much") if self.end() == _TIME_IS_UP else None
        except BaseException:
            self.end()  # its reply would be taken for the next one's
            raise
        if reply.last:
            self.end()
        return reply

    def _start(self) -> None:
        if self._connection is not None and self._bounds == BOUNDS:
            return
        self.end()
        self._bounds = BOUNDS
        if hasattr(os, "fork"):
            self._connection, self._process = _forked(BOUNDS)
        else:
            self._connection, self._process = _spawned(BOUNDS)

    def end(self) -> int | None:
        """End the process, and return the signal that had ended it already, if one did."""
        if self._connection is None:
            return None
        self._connection.close()
        process, self._connection, self._process = self._process, None, None
        if not isinstance(process, int):
            process.kill()
            process.join()
            return None
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            # One that is at its end already says how it came to it.
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        return None

    def forget(self) -> None:
        """Leave the process to the one that started it."""
        if self._connection is not None:
            self._connection.close()
        self.__init__()


_worker = _Worker()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_worker.forget)

_TIME_IS_UP = getattr(signal, "SIGPROF", None)


def _forked(bounds: Bounds) -> tuple[Connection, int]:
    ours, theirs = get_context().Pipe()
    with warnings.catch_warnings():
        # That other threads may hold locks: what is done there takes none of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        theirs.close()
        return ours, pid
    try:
        gc.freeze()  # what was left to be collected may have files whose numbers are others' from here on
        _let_go_of_files(theirs.fileno())
        _serve(theirs, bounds)
    finally:
        os._exit(1)


def _spawned(bounds: Bounds) -> tuple[Any, Any]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, bounds), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _let_go_of_files(kept: int) -> None:
    """Close what belongs to the parent: whoever waits for its files to be closed must not wait for this process."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _serve(connection: Any, bounds: Bounds) -> None:
    """Do one piece of work after the other until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _TIME_IS_UP is not None:
        signal.signal(_TIME_IS_UP, signal.SIG_DFL)
    gc.disable()
    warnings.simplefilter("ignore")  # what Python thinks of a student's code
    _limit_memory(bounds)
    before = _peak_mb()
    with contextlib.suppress(EOFError, OSError):
        while True:
            work = connection.recv_bytes()
            _set_timer(bounds.seconds)
            reply = _done(work)
            # Errors for want of memory may have been taken for faults of the file.
            grown = _peak_mb() - before
            if grown > bounds.memory_mb:
                reply = _Reply("too much", last=True)
            elif grown > bounds.memory_mb / 4:
                # The next work shall have as much as this one had.
                reply = msgspec.structs.replace(reply, last=True)
            _set_timer(0.0)
            connection.send_bytes(msgspec.msgpack.encode(reply))
            if reply.last:
                return
            del work, reply
            gc.collect()  # while nobody waits


def _done(work: bytes) -> _Reply:
    try:
        function, arguments = pickle.loads(work)
        return _Reply("done", function(*arguments))
    except MemoryError:
        return _Reply("too much", last=True)
    except Exception as error:
        return _Reply("failed", f"{type(error).__name__}: {error}".encode("utf-8", "replace"), last=True)


def _set_timer(seconds: float) -> None:
    if _TIME_IS_UP is not None:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(bounds: Bounds) -> None:
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        most = now + bounds.memory_mb * 2**20 * 5 // 4
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _peak_mb() -> float:
    """Return the most memory that this process had at any time."""
    with contextlib.suppress(OSError, StopIteration), open("/proc/self/status", "rb") as file:
        # The system's other count goes on from the program that was there before this one.
        line = next(line for line in file if line.startswith(b"VmHWM:"))
        return int(line.split()[1]) / 2**10
    if resource is None:
        return 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
