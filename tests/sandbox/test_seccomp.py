"""What the filter of system calls lets through, and what not: tried in a sandbox that has nothing but the filter."""

import sys
from collections.abc import Iterator

import pytest

from capas.sandbox import Limits, Sandbox, Zygote, kernel, seccomp

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or kernel.MACHINE not in seccomp.TABLES, reason="no filter for this machine"
)

TRY = '''
import ctypes, fcntl, os, resource, signal, socket, threading, time

def attempt(what):
    try:
        return str(eval(what))
    except OSError as error:
        return error.strerror
    except ValueError as error:
        return str(error)

for name in ("file", "mapped"):
    open(name, "w").write("text")
reading, writing = os.pipe()
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
PAGE = libc.mmap(None, ctypes.c_size_t(4096), 3, 34, -1, 0)
FUTEX, STATX = {"x86_64": (202, 332), "aarch64": (98, 291)}[os.uname().machine]
PRIVATE = 128

def ask(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def futex(operation, file):
    """Wait at, or wake who waits at, a place that is mapped from a file, or one of memory."""
    page = libc.mmap(None, ctypes.c_size_t(4096), 1, 2, os.open(file, os.O_RDONLY), 0) if file else PAGE
    value = ctypes.c_uint32.from_address(page).value
    seconds = (ctypes.c_long * 2)(0, 50_000_000)
    ask("syscall", FUTEX, ctypes.c_void_p(page), operation, value, seconds, None, -1)

def map_private(flags):
    if libc.mmap(None, ctypes.c_size_t(2**21), 3, flags, -1, 0) == 2**64 - 1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def in_thread():
    done = []
    thread = threading.Thread(target=lambda: done.append(1))
    thread.start()
    thread.join()
    return done
'''
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
    "socket.socket(fileno=reading).sendmsg([b''])",
    "map_private(34 | 0x40000)",
]
TOLD_APART = {
    "ask('clock_gettime', (~os.getppid() << 3) | 2, ctypes.create_string_buffer(16))": "Invalid argument",
    "time.clock_gettime_ns((~1 << 3) | 2)": "Invalid argument",
    "ask('madvise', ctypes.c_void_p(PAGE), ctypes.c_size_t(4096), 21)": "Invalid argument",
    "ask('madvise', ctypes.c_void_p(PAGE), ctypes.c_size_t(4096), 12)": "Invalid argument",
    "futex(0, 'mapped')": "Resource temporarily unavailable",
    "futex(9, 'mapped')": "Resource temporarily unavailable",
    "futex(0, '')": "Resource temporarily unavailable",
    "futex(11, 'mapped')": "Resource temporarily unavailable",
    "ask('syscall', STATX, -100, b'.', 0, 0x4000, ctypes.create_string_buffer(256))": "Function not implemented",
}
"""What is refused in a way of its own, so that libraries go on."""
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
    "futex(1, 'mapped')": "None",
    "futex(0 | PRIVATE, '')": "Connection timed out",
    "ask('madvise', ctypes.c_void_p(PAGE), ctypes.c_size_t(4096), 4)": "None",
    "in_thread()": "[1]",
    "time.process_time() > 0 and time.thread_time() > 0 and time.clock_getres(time.CLOCK_MONOTONIC) > 0": "True",
    "time.sleep(0.001)": "None",
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


@pytest.mark.parametrize("what", TOLD_APART)
def test_refused_in_a_way_of_its_own(filtered: Sandbox, what: str) -> None:
    assert filtered.call("attempt", (what,), {}) == TOLD_APART[what]
