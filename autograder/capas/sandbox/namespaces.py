"""Namespaces of the kernel: a network, processes and mounts of the sandboxes' own."""

import contextlib
import os
import signal
from pathlib import Path

from capas.sandbox import kernel


def enter_namespaces() -> None:
    """Move this process into namespaces of its own, as their first process, with its own `/proc`.

    The process that calls it stays outside and waits; the one that returns is inside. As root without a user
    namespace; as an ordinary user with one, where the machine allows it.

    Raises:
        OSError: when the kernel or the container refuses; nothing has changed then.
    """
    flags = kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS
    uid, gid = os.getuid(), os.getgid()
    if uid == 0:
        kernel.unshare(flags)
    else:
        kernel.unshare(flags | kernel.CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    # Shared memory that dies with the namespace, not the machine's.
    with contextlib.suppress(OSError):
        kernel.mount("tmpfs", "/dev/shm", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=16m,mode=1777")
