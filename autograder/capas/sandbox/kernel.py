"""The few Linux system calls that Python has no function for, by ctypes. Each raises OSError on failure.

Numbers and structures are those of the kernel's own headers: `prctl(2)`, `landlock(7)`, `seccomp(2)`,
`unshare(2)`, `mount(2)`, `mount_setattr(2)`, `capset(2)`.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 36, 38
SECCOMP_MODE_FILTER = 2
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOATIME, MOUNT_ATTR_ATIME = 1, 0x10, 0x70
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE, MNT_DETACH = 442, -100, 0x8000, 2
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_RULE_PATH_BENEATH = 1
LANDLOCK_CREATE_RULESET_VERSION = 1
CAPABILITY_VERSION = 0x20080522

IS_LINUX = sys.platform == "linux"
MACHINE = platform.machine()

_libc = ctypes.CDLL(None, use_errno=True) if IS_LINUX else None


def prctl(option: int, argument: object = 0, more: object = 0) -> None:
    """Set an attribute of this process."""
    _call("prctl", option, argument, more, 0, 0)


def present_core() -> int:
    """Return the number of the core that this thread runs on."""
    return _call("sched_getcpu")


def wait_for(pid: int) -> None:
    """Wait for the end of a child, and do not learn how it ended: that is a number of its own choosing."""
    _call("waitpid", pid, None, 0)


def unshare(flags: int) -> None:
    """Move this process into new namespaces."""
    _call("unshare", flags)


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Mount a file system, in this process's namespace."""
    _call(
        "mount",
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        data.encode() if data else None,
    )


def unmount(target: str) -> None:
    """Take a file system away, at once for who comes and at last for who is in it."""
    _call("umount2", target.encode(), MNT_DETACH)


def mount_attributes(target: str, added: int = 0, cleared: int = 0) -> None:
    """Change attributes of the mount at ``target``, and with any added of all below it, too."""
    attributes = ctypes.create_string_buffer(struct.pack("QQQQ", added, cleared, 0, 0), 32)
    depth = AT_RECURSIVE if added else 0
    _syscall(MOUNT_SETATTR, AT_FDCWD, target.encode(), depth, attributes, ctypes.c_size_t(32))


def drop_capabilities() -> None:
    """Give up every capability of this process, those of a user namespace too."""
    header = ctypes.create_string_buffer(struct.pack("Ii", CAPABILITY_VERSION, 0))
    none = ctypes.create_string_buffer(24)
    _call("capset", header, none)


class SeccompFilter:
    """A filter packed once, for many processes to install with their own process id in it.

    Args:
        instructions: BPF as (code, jump if true, jump if false, constant).
        any_pid: the constant that stands for the process id.
    """

    def __init__(self, instructions: Sequence[tuple[int, int, int, int]], any_pid: int = -1):
        self._program = ctypes.create_string_buffer(b"".join(_BPF.pack(*instruction) for instruction in instructions))
        self._places = [index for index, instruction in enumerate(instructions) if instruction[3] == any_pid]
        self._header = ctypes.create_string_buffer(
            struct.pack("HxxxxxxP", len(instructions), ctypes.addressof(self._program))
        )

    def install(self, pid: int = 0) -> None:
        """Install it on this process."""
        for place in self._places:
            struct.pack_into("I", self._program, place * _BPF.size + _BPF_CONSTANT, pid)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self._header)


_BPF, _BPF_CONSTANT = struct.Struct("HBBI"), 4


def landlock_version() -> int:
    """Return the version of Landlock that the kernel offers, 0 for none."""
    try:
        return _syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_CREATE_RULESET_VERSION)
    except OSError:
        return 0


LandlockRule = ctypes.Array[ctypes.c_char]


def landlock_rule(descriptor: int, rights: int) -> LandlockRule:
    """Return the rule that gives ``rights`` on what an O_PATH descriptor leads to, and below it."""
    return ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor))


def landlock(handled: int, scoped: int, rules: Sequence[LandlockRule]) -> None:
    """Allow this process only the rights that ``rules`` give.

    Args:
        handled: the rights that are taken away where no rule gives them.
        scoped: what else is confined to this domain (signals, abstract sockets); 0 before version 6.
        rules: as made by `landlock_rule`; their descriptors must be open still.
    """
    attributes = struct.pack("QQQ", handled, 0, scoped)
    size = 8 if not scoped else 24
    buffer = ctypes.create_string_buffer(attributes)
    ruleset = _syscall(LANDLOCK_CREATE_RULESET, buffer, ctypes.c_size_t(size), 0)
    try:
        for rule in rules:
            _syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0)
        _syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _syscall(number: int, *arguments: object) -> int:
    return _call("syscall", ctypes.c_long(number), *arguments)


def _call(name: str, *arguments: object) -> int:
    if _libc is None:
        raise OSError(f"no {name} on {sys.platform}")
    result = getattr(_libc, name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result
