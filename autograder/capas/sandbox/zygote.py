"""The host's handle of a fork server."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from capas.sandbox.errors import SandboxError
from capas.sandbox.fork_server import ANSWER, REQUEST

START_SECONDS = 30.0

# All that a sandbox's environment holds: one thread per numeric library, no display, nothing of the caller.
ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}


class Zygote:
    """A running fork server. Use it as a context manager; one serves any number of sandboxes in turn.

    Raises:
        SandboxError: when it cannot be started.
    """

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        package_root = Path(__file__).resolve().parents[2]
        start = (
            f"import sys; sys.path.insert(0, {str(package_root)!r}); "
            "from capas.sandbox import fork_server; fork_server.main()"
        )
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", start, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        self._control.settimeout(START_SECONDS)
        self._answer()

    def fork(self, theirs: socket.socket) -> int:
        """Fork a sandbox that serves on the socket ``theirs`` and return its process id."""
        socket.send_fds(self._control, [REQUEST.pack(b"F", 0)], [theirs.fileno()])
        return self._answer()

    def end(self, pid: int) -> int:
        """Kill the sandbox ``pid`` with its process group, wait for it, and return its exit status."""
        self._control.sendall(REQUEST.pack(b"K", pid))
        return self._answer()

    def close(self) -> None:
        """End the fork server and every sandbox that it still has."""
        self._control.close()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answer(self) -> int:
        try:
            data = self._control.recv(ANSWER.size, socket.MSG_WAITALL)
        except OSError as error:
            raise SandboxError(f"the fork server does not answer ({error})") from error
        if len(data) < ANSWER.size:
            raise SandboxError("the fork server ended; no student code can be run")
        return ANSWER.unpack(data)[0]

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
