"""Namespaces of the kernel: a network, processes and mounts of the sandboxes' own.

What one sandbox does, no other can see: files are read-only and keep no times of access, each sandbox writes in a file
system of its own, `/proc` shows a process to nobody but itself, and process numbers do not count on.
"""

import contextlib
import os
import random
import signal
from pathlib import Path

from capas.sandbox import kernel
from capas.sandbox.scratch import ENTRY_BYTES

HARMLESS = kernel.MS_NOSUID | kernel.MS_NODEV
PROC_OPTIONS = ("hidepid=ptraceable,subset=pid", "hidepid=invisible")
"""How little of `/proc` is shown, from a kernel of 5.8 on, and before."""
FIRST_PID, LAST_PID = 1_000, 30_000


class Namespaces:
    """The namespaces that this process has entered, in which sandboxes are made.

    Args:
        scratch: the folder below which sandboxes have theirs; the only one that can be written to.

    Raises:
        OSError: when the kernel or the container refuses; nothing has changed then.
    """

    def __init__(self, scratch: str):
        enter_namespaces()
        kernel.mount(scratch, scratch, None, kernel.MS_BIND)
        _make_read_only()
        for writable in (scratch, "/proc"):
            kernel.mount_attributes(writable, cleared=kernel.MOUNT_ATTR_RDONLY)
        # Opened before it is hidden. A kernel without it (no CONFIG_CHECKPOINT_RESTORE) counts on.
        self._last_pid: int | None = None
        with contextlib.suppress(OSError):
            self._last_pid = os.open("/proc/sys/kernel/ns_last_pid", os.O_WRONLY | os.O_CLOEXEC)
        _hide_processes()
        self._protected: set[str] = set()
        # Shared memory that dies with the namespace, not the machine's.
        with contextlib.suppress(OSError):
            kernel.mount("tmpfs", "/dev/shm", "tmpfs", HARMLESS, "size=16m,mode=1777")

    def open_folder(self, folder: str, uid: int, max_bytes: int) -> None:
        """Give the next sandbox, of user ``uid``, a file system at ``folder``, and a process number by chance.

        No more than ``max_bytes`` can be written there, each file counted as in `capas.sandbox.scratch`.

        Numbers of files, too, would tell how many were made by others.

        Raises:
            OSError: when it cannot be had.
        """
        owner = f"mode=700,uid={uid},gid={uid}" if os.getuid() == 0 else "mode=700"
        kernel.mount(
            "tmpfs", folder, "tmpfs", HARMLESS, f"size={max_bytes},nr_inodes={max_bytes // ENTRY_BYTES},{owner}"
        )
        if self._last_pid is not None:
            os.pwrite(self._last_pid, str(random.randrange(FIRST_PID, LAST_PID)).encode(), 0)

    def protect(self, folder: str) -> None:
        """Let nobody here write in a folder, or change its files, whoever owns them.

        Raises:
            OSError: when the kernel refuses.
        """
        if folder not in self._protected:
            kernel.mount(folder, folder, None, kernel.MS_BIND)
            kernel.mount_attributes(folder, kernel.MOUNT_ATTR_RDONLY)
            self._protected.add(folder)

    def close_folder(self, folder: str) -> None:
        """Remove the file system at ``folder`` with all that is in it."""
        with contextlib.suppress(OSError):
            kernel.unmount(folder)


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
    kernel.mount("proc", "/proc", "proc", HARMLESS | kernel.MS_NOEXEC)


def _hide_processes() -> None:
    for options in PROC_OPTIONS:
        with contextlib.suppress(OSError):
            kernel.mount("proc", "/proc", "proc", HARMLESS | kernel.MS_NOEXEC, options)
            return
    raise OSError("the processes of others cannot be hidden")


def _make_read_only() -> None:
    """Make all mounts read-only, without times of access; in a user namespace those may be out of reach."""
    try:
        kernel.mount_attributes("/", kernel.MOUNT_ATTR_RDONLY | kernel.MOUNT_ATTR_NOATIME, kernel.MOUNT_ATTR_ATIME)
    except OSError:
        if os.getuid() == 0:
            raise
        kernel.mount_attributes("/", kernel.MOUNT_ATTR_RDONLY)
