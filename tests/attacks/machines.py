"""Other machines than this one, made of it by root: to run a command as an ordinary user, or in a Docker container.

`python machines.py KIND COMMAND ...` with one of `KINDS`. The command sees only its own processes. Where the
interpreter lies in a folder that only root may enter, that is covered by one with nothing but the interpreter in it.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from capas.sandbox import kernel
from capas.sandbox.confinement import python_folders

KINDS = ("root", "docker", "user", "user without namespaces")
UID = 47_113

PR_CAPBSET_DROP, CAPABILITIES = 24, 64
# Docker's default: chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, net_bind_service, net_raw,
# sys_chroot, mknod, audit_write, setfcap.
DOCKER_KEEPS = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31}

MS_BIND = 4096
LOAD, AND, EQUAL, RETURN = 0x20, 0x54, 0x15, 0x06
ALLOW, ERROR = 0x7FFF0000, 0x00050000
EPERM, ENOSYS = 1, 38
NEW_NAMESPACES = 0x7E020000
# What Docker's default profile refuses without CAP_SYS_ADMIN and its like, by number.
CALLS = {
    "x86_64": {
        "refused": {
            "unshare": 272,
            "setns": 308,
            "mount": 165,
            "umount2": 166,
            "pivot_root": 155,
            "keyctl": 250,
            "add_key": 248,
            "request_key": 249,
            "bpf": 321,
            "perf_event_open": 298,
            "userfaultfd": 323,
            "swapon": 167,
            "reboot": 169,
            "init_module": 175,
            "kexec_load": 246,
            "fsopen": 430,
            "move_mount": 429,
        },
        "clone": 56,
        "clone3": 435,
    },
    "aarch64": {
        "refused": {
            "unshare": 97,
            "setns": 268,
            "mount": 40,
            "umount2": 39,
            "pivot_root": 41,
            "keyctl": 219,
            "add_key": 217,
            "request_key": 218,
            "bpf": 280,
            "perf_event_open": 241,
            "userfaultfd": 282,
            "swapon": 224,
            "reboot": 142,
            "init_module": 105,
            "kexec_load": 104,
            "fsopen": 430,
            "move_mount": 429,
        },
        "clone": 220,
        "clone3": 435,
    },
}


def run_in(kind: str, command: Sequence[str]) -> int:
    """Run ``command`` on a machine of ``kind``; return its exit status."""
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            _enter(kind, command)
        os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _enter(kind: str, command: Sequence[str]) -> None:
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWIPC)
    pid = os.fork()
    if pid:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/tmp"}
    if kind.startswith("user"):
        _open_the_way([*python_folders(), sys.prefix, sys.base_prefix, str(Path(__file__).parents[2])])
        if kind == "user without namespaces":
            kernel.SeccompFilter(_refusing(CALLS[kernel.MACHINE], errno=EPERM)).install()
        os.setgroups([])
        os.setresgid(UID, UID, UID)
        os.setresuid(UID, UID, UID)
    elif kind == "docker":
        kernel.SeccompFilter(_refusing(CALLS[kernel.MACHINE], errno=EPERM)).install()
        for capability in set(range(CAPABILITIES)) - DOCKER_KEEPS:
            with contextlib.suppress(OSError):  # more than this kernel knows
                kernel.prctl(PR_CAPBSET_DROP, capability)
    os.execve(command[0], list(command), environment)


def _open_the_way(needed: Sequence[str]) -> None:
    """Cover folders that are closed to others by ones with only what is needed, from there."""
    closed: dict[str, list[str]] = {}
    for path in needed:
        real = os.path.realpath(path)
        shut = [part for part in (Path(real), *Path(real).parents) if not part.stat().st_mode & 0o001]
        if shut:
            closed.setdefault(str(shut[-1]), []).append(real)
    for folder, paths in closed.items():
        kept = {path: os.open(path, os.O_PATH | os.O_DIRECTORY) for path in sorted(set(paths))}
        kernel.mount("tmpfs", folder, "tmpfs", 0, "mode=755")
        for path, descriptor in kept.items():
            if not os.path.isdir(path):
                os.makedirs(path)
                kernel.mount(f"/proc/self/fd/{descriptor}", path, None, MS_BIND | kernel.MS_REC)


def _refusing(calls: dict, errno: int) -> list[tuple[int, int, int, int]]:
    program = [(LOAD, 0, 0, 0)]
    for number in calls["refused"].values():
        program += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ERROR | errno)]
    program += [(EQUAL, 0, 1, calls["clone3"]), (RETURN, 0, 0, ERROR | ENOSYS)]
    program += [
        (EQUAL, 0, 4, calls["clone"]),
        (LOAD, 0, 0, 16),
        (AND, 0, 0, NEW_NAMESPACES),
        (EQUAL, 1, 0, 0),
        (RETURN, 0, 0, ERROR | errno),
    ]
    return [*program, (RETURN, 0, 0, ALLOW)]


if __name__ == "__main__":
    sys.exit(run_in(sys.argv[1], sys.argv[2:]))
