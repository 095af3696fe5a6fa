"""What the filter of system calls lets through, and what not: tried in a sandbox that has nothing but the filter."""

import sys
from collections.abc import Iterator

import pytest

from capas.sandbox import Limits, Sandbox, Zygote, kernel, seccomp

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or kernel.MACHINE not in seccomp.TABLES, reason="no filter for this machine"
)

TRY = """
import ctypes, fcntl, os, resource, signal, socket, threading

def attempt(what):
    try:
        return str(eval(what))
    except OSError as error:
        return error.strerror
    except ValueError as error:
        return str(error)

open("file", "w").write("text")
reading, writing = os.pipe()
"""
REFUSALS = ("Operation not permitted", "Permission denied", "not allowed to raise maximum limit")
REFUSED = [
    "os.fork()",
    "os.execv('/bin/true', ['true'])",
    "os.kill(os.getpid(), signal.SIGTERM)",
    "os.kill(1, 0)",
    "signal.pthread_kill(threading.main_thread().ident, 0) or os.kill(os.getppid(), 0)",
    "socket.socket()",
    "socket.socketpair()",
    "os.symlink('file', 'link')",
    "os.link('file', 'other')",
    "os.chmod('file', 0o777)",
    "os.chown('file', 0, 0)",
    "os.utime('file')",
    "os.truncate('file', 0)",
    "os.mkfifo('pipe')",
    "os.setuid(0)",
    "os.setpriority(os.PRIO_PROCESS, 0, 5)",
    "os.memfd_create('memory')",
    "os.open('file', os.O_RDONLY | os.O_TRUNC)",
    "fcntl.fcntl(reading, fcntl.F_SETOWN, 1)",
    "fcntl.fcntl(reading, 10, signal.SIGKILL)",
    "fcntl.fcntl(reading, 15, bytes(8))",
    "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
]
ALLOWED = {
    "os.ftruncate(os.open('file', os.O_RDWR), 2)": "None",
    "os.open('file', os.O_RDWR | os.O_TRUNC) > 0": "True",
    "fcntl.fcntl(reading, fcntl.F_GETFD)": "1",
    "resource.getrlimit(resource.RLIMIT_CORE) is None": "False",
    "os.mkdir('folder') or os.rename('folder', 'other') or os.rmdir('other')": "None",
    "os.unlink('file')": "None",
    "os.stat('.').st_size > 0": "True",
    "threading.Thread(target=print).start()": "None",
    "len(os.urandom(4))": "4",
}


@pytest.fixture(scope="module")
def filtered() -> Iterator[Sandbox]:
    with Zygote(Limits(), max_level=4) as zygote, Sandbox(zygote, Limits(load_seconds=60, call_seconds=60)) as sandbox:
        if "seccomp" not in zygote.confinement.layers:
            pytest.skip("this machine has no seccomp")
        assert sandbox.load([TRY]).errors == []
        yield sandbox


@pytest.mark.parametrize("what", REFUSED)
def test_refused(filtered: Sandbox, what: str) -> None:
    assert filtered.call("attempt", (what,), {}) in REFUSALS


@pytest.mark.parametrize("what", ALLOWED)
def test_allowed(filtered: Sandbox, what: str) -> None:
    assert filtered.call("attempt", (what,), {}) == ALLOWED[what]
