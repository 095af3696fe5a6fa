"""The main program of a zygote: a clean interpreter with NumPy loaded that forks sandboxes on request.

It is started with nothing in its environment, holds no secret, and loads nothing of its caller's. Requests
come on one socket: ``F`` with a file descriptor forks a child that serves on it and answers with its
process id; ``K`` with a process id kills that child, waits for it and answers with its exit status.
"""

import contextlib
import gc
import os
import signal
import socket
import struct
import sys

import numpy as np

from capas.sandbox import runner

REQUEST = struct.Struct("!ci")
ANSWER = struct.Struct("!i")


def main() -> None:
    """Serve requests on the socket whose descriptor is the first argument, until its other end closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    _warm_up()
    children: set[int] = set()
    control.sendall(ANSWER.pack(os.getpid()))
    while True:
        data, descriptors, _flags, _address = socket.recv_fds(control, REQUEST.size, 1)
        if not data:
            break
        command, pid = REQUEST.unpack(data)
        if command == b"F":
            pid = _fork(control, descriptors[0])
            children.add(pid)
            control.sendall(ANSWER.pack(pid))
        elif command == b"K" and pid in children:
            children.discard(pid)
            control.sendall(ANSWER.pack(_end(pid)))
    for pid in children:
        _end(pid)


def _warm_up() -> None:
    # What nearly every program touches first, so that it is loaded once and not in every fork.
    np.exp(np.zeros((2, 2)) @ np.ones((2, 2))).sum(axis=-1, keepdims=True)
    np.random.default_rng(0).normal(size=2)
    gc.collect()
    gc.freeze()


def _fork(control: socket.socket, descriptor: int) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    # In the child: whatever happens, never return into the loop above.
    try:
        control.close()
        os.setsid()
        runner.serve(socket.socket(fileno=descriptor))
    finally:
        os._exit(0)


def _end(pid: int) -> int:
    for target in (-pid, pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(target, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


if __name__ == "__main__":
    main()
