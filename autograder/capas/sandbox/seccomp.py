"""The seccomp filter: the system calls that numeric Python needs; every other one fails with EPERM.

Fails, not kills: a library that tries something is refused as on a locked-down machine, and goes on.

What is left says nothing of other processes: no locks, no figures of the machine's load, memory or page cache, no
clocks of others' work, no waiting at a place in a file for those who have it mapped too.
"""

import errno
from collections.abc import Sequence

# Numbers by architecture, as in the kernel's tables (`unistd_64.h`, asm-generic `unistd.h`).
_X86_64: dict[str, int] = {
    "read": 0, "write": 1, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8, "mmap": 9,
    "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15,
    "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20, "access": 21, "pipe": 22, "select": 23,
    "sched_yield": 24, "mremap": 25, "msync": 26, "madvise": 28, "dup": 32, "dup2": 33,
    "nanosleep": 35, "getitimer": 36, "setitimer": 38, "getpid": 39, "sendto": 44, "recvfrom": 45,
    "shutdown": 48, "clone": 56, "exit": 60, "uname": 63, "fcntl": 72, "fsync": 74,
    "fdatasync": 75, "ftruncate": 77, "getcwd": 79, "chdir": 80, "rename": 82, "mkdir": 83,
    "rmdir": 84, "unlink": 87, "readlink": 89, "umask": 95, "gettimeofday": 96, "getrlimit": 97,
    "getrusage": 98, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108,
    "getppid": 110, "sigaltstack": 131, "arch_prctl": 158, "gettid": 186, "futex": 202,
    "sched_getaffinity": 204, "getdents64": 217, "clock_gettime": 228, "clock_getres": 229,
    "clock_nanosleep": 230, "exit_group": 231, "tgkill": 234, "openat": 257, "mkdirat": 258, "newfstatat": 262,
    "unlinkat": 263, "renameat": 264, "readlinkat": 267, "faccessat": 269, "pselect6": 270, "ppoll": 271,
    "set_robust_list": 273, "pipe2": 293, "dup3": 292, "prlimit64": 302, "getcpu": 309, "renameat2": 316,
    "getrandom": 318, "statx": 332, "rseq": 334, "clone3": 435, "close_range": 436, "faccessat2": 439, "open": 2,
}  # fmt: skip
_AARCH64: dict[str, int] = {
    "getcwd": 17, "dup": 23, "dup3": 24, "fcntl": 25, "mkdirat": 34, "unlinkat": 35,
    "renameat": 38, "ftruncate": 46, "faccessat": 48, "chdir": 49, "openat": 56, "close": 57,
    "pipe2": 59, "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66,
    "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "readlinkat": 78, "newfstatat": 79, "fstat": 80,
    "fsync": 82, "fdatasync": 83, "exit": 93, "exit_group": 94, "futex": 98, "set_robust_list": 99,
    "nanosleep": 101, "getitimer": 102, "setitimer": 103, "clock_gettime": 113, "clock_getres": 114,
    "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124, "tgkill": 131, "sigaltstack": 132,
    "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160, "getrlimit": 163,
    "getrusage": 165, "umask": 166, "getcpu": 168, "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174,
    "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sendto": 206,
    "recvfrom": 207, "shutdown": 210, "brk": 214, "munmap": 215, "mremap": 216,
    "clone": 220, "mmap": 222, "mprotect": 226, "msync": 227, "madvise": 233, "prlimit64": 261,
    "renameat2": 276, "getrandom": 278, "statx": 291, "rseq": 293, "clone3": 435, "close_range": 436,
    "faccessat2": 439,
}  # fmt: skip

TABLES = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}
"""Audit number and system calls of each architecture that has a filter."""

# What is decided by its arguments, below, and not by its number alone.
_DECIDED = ("clone", "clone3", "tgkill", "prlimit64", "fcntl", "open", "openat", "statx", "futex", "madvise", "mmap")
_CLOCKS = ("clock_gettime", "clock_getres", "clock_nanosleep")
_MAX_CLOCK = 0x80000000
"""From here on a clock is that of the processor time of a process, by its number: of any process."""
_CLONE_THREAD = 0x00010000
_OWN_DESCRIPTORS = (0, 1, 2, 3, 1030)
"""What `fcntl` may do: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC. Locks and leases are seen by all who may
read the file, status flags by all who have it open; an owner of a file is sent signals."""
_ACCESS_MODE, _TRUNCATE = 0o3, 0o1000
_OWN_MEMORY = (0, 1, 2, 3, 4, 8, 10, 11, 14, 15, 16, 17)
"""What `madvise` may do: say how memory will be used, give it back, keep it from forks and dumps; large pages. Not take
pages of a file out of memory, or share pages that are the same."""
_HUGE_PAGES = 0x40000
"""A flag of `mmap`: pages from a store that all processes draw from."""
_PRIVATE, _COMMAND, _WAKE, _WAKE_BITSET = 0x80, 0x7F, 1, 10
"""Of `futex`: only this process is meant; which of its operations."""

Instruction = tuple[int, int, int, int]

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def build_filter(machine: str, pid: int) -> list[Instruction]:
    """Return the BPF program for ``machine``, for the process ``pid`` (which may signal only itself).

    Raises:
        KeyError: for an architecture that has no table.
    """
    audit, numbers = TABLES[machine]
    refuse: Instruction = (_RETURN, 0, 0, _ERROR | errno.EPERM)
    allow: Instruction = (_RETURN, 0, 0, _ALLOW)
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        # The x32 calls of x86-64 share its audit number and would go around the list.
        (_AT_LEAST, 0, 1, 0x40000000),
        (_RETURN, 0, 0, _KILL),
    ]
    for name, number in numbers.items():
        if name not in (*_DECIDED, *_CLOCKS):
            program += [(_EQUAL, 0, 1, number), allow]
    # Threads, but no processes. glibc falls back to clone when clone3 does not exist; its flags can be read.
    program += _when(
        numbers["clone"],
        [(_LOAD, 0, 0, _ARGUMENTS), (_AND, 0, 0, _CLONE_THREAD), (_EQUAL, 0, 1, _CLONE_THREAD), allow, refuse],
    )
    absent: Instruction = (_RETURN, 0, 0, _ERROR | errno.ENOSYS)
    program += _when(numbers["clone3"], [absent])
    # It tells how many file systems were ever mounted; who lacks it takes `fstatat`.
    program += _when(numbers["statx"], [absent])
    invalid: Instruction = (_RETURN, 0, 0, _ERROR | errno.EINVAL)
    for name in _CLOCKS:
        program += _when(numbers[name], [(_LOAD, 0, 0, _ARGUMENTS), (_AT_LEAST, 0, 1, _MAX_CLOCK), invalid, allow])
    advice = [instruction for code in _OWN_MEMORY for instruction in ((_EQUAL, 0, 1, code), allow)]
    program += _when(numbers["madvise"], [(_LOAD, 0, 0, _ARGUMENTS + 16), *advice, invalid])
    huge = [(_LOAD, 0, 0, _ARGUMENTS + 24), (_AND, 0, 0, _HUGE_PAGES), (_EQUAL, 0, 1, _HUGE_PAGES), refuse, allow]
    program += _when(numbers["mmap"], huge)
    program += _when(numbers["futex"], _own_futex(allow))
    program += _when(numbers["tgkill"], [(_LOAD, 0, 0, _ARGUMENTS), (_EQUAL, 0, 1, pid), allow, refuse])
    # Reading limits (no new value, third argument) is harmless; of others' processes it is not.
    program += _when(
        numbers["prlimit64"],
        [
            (_LOAD, 0, 0, _ARGUMENTS),
            (_EQUAL, 0, 4, 0),
            (_LOAD, 0, 0, _ARGUMENTS + 16),
            (_EQUAL, 0, 2, 0),
            (_LOAD, 0, 0, _ARGUMENTS + 20),
            (_EQUAL, 1, 0, 0),
            refuse,
            allow,
        ],
    )
    own = [instruction for command in _OWN_DESCRIPTORS for instruction in ((_EQUAL, 0, 1, command), allow)]
    program += _when(numbers["fcntl"], [(_LOAD, 0, 0, _ARGUMENTS + 8), *own, refuse])
    # Opened for reading, a file can still be emptied; Landlock does not see that before its third version.
    for name, flags in (("open", 8), ("openat", 16)):
        if name in numbers:
            emptied = (_EQUAL, 0, 1, _TRUNCATE)
            look = [(_LOAD, 0, 0, _ARGUMENTS + flags), (_AND, 0, 0, _ACCESS_MODE | _TRUNCATE), emptied, refuse, allow]
            program += _when(numbers[name], look)
    return [*program, refuse]


def _own_futex(allow: Instruction) -> list[Instruction]:
    """Let nobody wait for a process that has the same page of a file mapped: waiting in vain is over at once.

    Joining a thread waits so, and looks again. Who wakes such waiters finds none.
    """
    return [
        (_LOAD, 0, 0, _ARGUMENTS + 8),
        (_AND, 0, 0, _PRIVATE),
        (_EQUAL, 0, 1, _PRIVATE),
        allow,
        (_LOAD, 0, 0, _ARGUMENTS + 8),
        (_AND, 0, 0, _COMMAND),
        (_EQUAL, 1, 0, _WAKE),
        (_EQUAL, 0, 1, _WAKE_BITSET),
        allow,
        (_RETURN, 0, 0, _ERROR | errno.EAGAIN),
    ]


def _when(number: int, body: Sequence[Instruction]) -> list[Instruction]:
    """Return instructions that run ``body``, which ends the filter, when the call is ``number``."""
    return [(_EQUAL, 0, len(body), number), *body]
