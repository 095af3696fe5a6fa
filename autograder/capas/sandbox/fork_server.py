"""The main program of a zygote: a clean interpreter with NumPy loaded that forks sandboxes on request.

Its environment is empty and it loads no module of the judge's, so that no sandbox forked from it can find a
reference, a hidden case or a token in its memory. Requests come as packets on one socket:
`Fork` with a file descriptor makes a sandbox that serves on it and answers with its number; `End` kills the sandbox
of a number with all that it left behind. How one ended is not looked at: the next is forked from this memory.
"""

import contextlib
import gc
import importlib
import itertools
import os
import shutil
import signal
import socket
import sys
import time

import msgspec
import numpy as np

from capas.sandbox import confinement, kernel, runner, shared
from capas.sandbox.affinity import set_patient
from capas.sandbox.layers import LAYER_LEVELS
from capas.sandbox.namespaces import Namespaces
from capas.sandbox.probe import probe
from capas.sandbox.scratch import remove

PACKET_BYTES = 8192
END_SECONDS = 5.0


class Start(msgspec.Struct, frozen=True):
    """What a fork server is started with, as JSON in its first argument."""

    descriptor: int
    max_level: int
    memory_bytes: int
    cpu_seconds: int
    scratch: str
    first_number: int
    """The number of the first sandbox: one that no earlier fork server of this zygote has given."""
    modules: list[str]
    """What is loaded before anything is forked."""


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """Make a sandbox as user ``uid`` that may write ``max_bytes`` in the folder ``scratch``; a descriptor comes along.

    With ``core`` it runs on that core of the machine. It may read what is in the folder ``data``, where there is one.
    """

    uid: int
    scratch: str
    core: int | None
    max_bytes: int
    data: str = ""


class End(msgspec.Struct, frozen=True, tag="end"):
    """End the sandbox with this number; one that this fork server has not made is none of its business."""

    number: int


class Forked(msgspec.Struct, frozen=True):
    """The answer to `Fork`. Process ids come round again; numbers never do."""

    number: int
    pid: int


class Child:
    """A sandbox as its parent holds it: by a descriptor that no other process can ever be meant by, where there is one.

    Until it is waited for, and only we do that, its process id and its group's cannot be given to another.
    """

    def __init__(self, pid: int, scratch: str):
        self.pid = pid
        self.scratch = scratch
        self._descriptor: int | None = None
        with contextlib.suppress(OSError, AttributeError):  # a kernel before 5.3
            self._descriptor = os.pidfd_open(pid)

    def kill(self) -> None:
        """Kill the process and its group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._descriptor is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def wait(self) -> None:
        """Wait for its end."""
        try:
            kernel.wait_for(self.pid)
        finally:
            if self._descriptor is not None:
                os.close(self._descriptor)


_requests = msgspec.msgpack.Decoder(Fork | End)


def main() -> None:
    """Serve requests until the other end of the socket closes."""
    start = msgspec.json.decode(sys.argv[1], type=Start)
    if kernel.IS_LINUX:
        set_patient(False)  # who starts it anew may be
    # Opened outside: inside, the folder that the scratch folder is in is read-only.
    outside = os.open(os.path.dirname(start.scratch), os.O_RDONLY | os.O_DIRECTORY)
    namespaces = None
    if start.max_level >= LAYER_LEVELS["namespaces"] and _namespaces_work(start.scratch):
        namespaces = Namespaces(start.scratch)
    if kernel.IS_LINUX:
        # What a sandbox leaves behind becomes our child, so that it can be found and ended.
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    children: dict[int, Child] = {}
    # The other end may go at any moment, in the middle of an answer too.
    with contextlib.suppress(OSError), socket.socket(fileno=start.descriptor) as control:
        _serve(control, start, namespaces, children)
    for number in list(children):
        _end(number, children, namespaces)
    if namespaces is None:
        remove(start.scratch)
    else:
        namespaces.close_folder(start.scratch)
        shutil.rmtree(os.path.basename(start.scratch), ignore_errors=True, dir_fd=outside)


def _serve(control: socket.socket, start: Start, namespaces: Namespaces | None, children: dict[int, Child]) -> None:
    probed = probe(start.max_level, start.memory_bytes, start.cpu_seconds, start.scratch, namespaces is not None)
    confiner = confinement.Confiner(probed)
    _warm_up(start)
    confiner.prepare()
    control.send(msgspec.msgpack.encode(probed))
    numbers = itertools.count(start.first_number)
    while True:
        data, descriptors, _flags, _address = socket.recv_fds(control, PACKET_BYTES, 1)
        if not data:
            return
        request = _requests.decode(data)
        if isinstance(request, Fork):
            if request.core is not None:
                with contextlib.suppress(OSError):
                    os.sched_setaffinity(0, {request.core})
            if namespaces is not None:
                namespaces.open_folder(request.scratch, request.uid, request.max_bytes)
                if request.data:
                    namespaces.protect(request.data)
            if request.data:
                shared.listed(request.data)  # once, here: every sandbox has it
            pid = _fork(confiner, request, descriptors[0])
            number = next(numbers)
            children[number] = Child(pid, request.scratch)
            control.send(msgspec.msgpack.encode(Forked(number, pid)))
        else:
            _end(request.number, children, namespaces)
            control.send(msgspec.msgpack.encode(None))


def _warm_up(start: Start) -> None:
    # Matplotlib wants a folder for its caches, now; there is no home here.
    os.environ["MPLCONFIGDIR"] = start.scratch
    for module in start.modules:
        # What is missing or broken is told to the program that imports it.
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    del os.environ["MPLCONFIGDIR"]
    # What nearly every program touches first, so that it is loaded once and not in every fork.
    np.exp(np.zeros((2, 2)) @ np.ones((2, 2))).sum(axis=-1, keepdims=True)
    np.random.default_rng(0).normal(size=2)
    gc.collect()
    gc.freeze()


def _namespaces_work(scratch: str) -> bool:
    if not kernel.IS_LINUX:
        return False
    pid = os.fork()
    if pid == 0:
        try:
            Namespaces(scratch).open_folder(scratch, confinement.FIRST_UID, 2**20)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _fork(confiner: confinement.Confiner, request: Fork, descriptor: int) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    # In the child: whatever happens, never return into the loop above.
    try:
        os.setsid()
        _open_null_anew()
        _close_all_but({0, 1, 2, descriptor, *confiner.kept_descriptors})
        connection = socket.socket(fileno=descriptor)
        if request.data:
            confiner.give(request.data, request.uid, request.scratch)
        confiner.confine(request.uid, request.scratch, request.data)
        runner.serve(connection)
    finally:
        os._exit(0)


def _open_null_anew() -> None:
    """Give this process a `/dev/null` of its own: those who share an open file see each other's flags and places."""
    own = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(own, standard)
    os.close(own)


def _close_all_but(kept: set[int]) -> None:
    begin = 0
    for descriptor in sorted(kept):
        if begin < descriptor:  # an empty range would be taken for all there are
            os.closerange(begin, descriptor)
        begin = descriptor + 1
    os.closerange(begin, begin + 1024)


def _end(number: int, children: dict[int, Child], namespaces: Namespaces | None) -> None:
    """Kill a sandbox, its process group, and whatever of it has become our child."""
    child = children.pop(number, None)
    if child is None:
        return
    child.kill()
    with contextlib.suppress(OSError):
        child.wait()
    _end_orphans({other.pid for other in children.values()})
    if namespaces is not None:
        namespaces.close_folder(child.scratch)


def _end_orphans(others: set[int]) -> None:
    # Each one killed may leave others to us, and some may be making more.
    patience = time.monotonic() + END_SECONDS
    while (orphans := _children() - others) and time.monotonic() < patience:
        for orphan in orphans:
            with contextlib.suppress(OSError):
                os.kill(orphan, signal.SIGKILL)
                kernel.wait_for(orphan)


def _children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return {int(pid) for pid in file.read().split()}
    except (OSError, ValueError):
        return set()


if __name__ == "__main__":
    main()
