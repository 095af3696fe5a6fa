"""Confining a process: its limits, its user, the files that it may read, the system calls that it may make.

What the layers are is in `layers.py`, which of them work here in `probe.py`.
"""

import contextlib
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from capas.sandbox import kernel, seccomp, shared
from capas.sandbox.layers import Confinement

try:
    import resource
except ImportError:  # not on Windows
    resource = None

FIRST_UID, UIDS = 10_000, 50_000
ANY_PID = 0x7FFFFFFE
"""Stands in the prepared filter for the process id that is known only in the sandbox."""
MAX_FILE_BYTES, MAX_OPEN_FILES, MAX_THREADS = 16 * 2**20, 64, 32


class Confiner:
    """Puts layers on the process it is called in. Made once in the zygote, before any student code runs.

    Args:
        confinement: which layers.
    """

    def __init__(self, confinement: Confinement):
        self._confinement = confinement
        self._python = python_folders()
        self._descriptors: dict[str, int] = {}
        if "uid" in confinement.layers:
            # Folders that another uid could not reach (an interpreter in a closed home) stay open by descriptor.
            for folder in self._python:
                if not reachable_by_all(Path(folder)):
                    self._descriptors[folder] = os.open(folder, os.O_PATH | os.O_DIRECTORY)
            # Done once, here: every sandbox has the same descriptors, under the same numbers.
            _rewrite_paths({folder: f"/proc/self/fd/{descriptor}" for folder, descriptor in self._descriptors.items()})
        self._opened: list[int] = []
        self._prepared = False

    def prepare(self) -> None:
        """Do what is the same for every sandbox, once all that they start with is loaded: they only do the rest."""
        self._address_space = _address_space()
        if "landlock" in self._confinement.layers:
            self._landlock_version = kernel.landlock_version()
            self._rules = [kernel.landlock_rule(*readable) for readable in self._readable()]
        if "seccomp" in self._confinement.layers:
            self._filter = kernel.SeccompFilter(seccomp.build_filter(kernel.MACHINE, ANY_PID), ANY_PID)
        self._prepared = True

    @property
    def kept_descriptors(self) -> list[int]:
        """Descriptors that must be open when `confine` is called; those that the sandbox does not need it closes."""
        return [*self._descriptors.values(), *self._opened]

    def give(self, data: str, uid: int, scratch: str) -> None:
        """Put what is in the folder ``data`` into the sandbox's own; to be done before `confine`."""
        layers = self._confinement.layers
        shared.put(data, scratch, uid if "uid" in layers else None, shared.way_for(layers))

    def confine(self, uid: int, scratch: str, data: str = "") -> None:
        """Put on every layer, in order. What is in the folder ``data`` may be read.

        Raises:
            OSError: when one cannot be put on; the process must not go on then.
        """
        if not self._prepared:
            self.prepare()
        steps: dict[str, Callable[[], None]] = {
            "rlimits": self._limit,
            "uid": lambda: self._become(uid),
            "userns": kernel.drop_capabilities,
            "landlock": lambda: self._close_files(scratch, data),
            "seccomp": self._refuse_system_calls,
            "namespaces": lambda: None,
        }
        for layer in self._confinement.layers:
            steps[layer]()

    def _limit(self) -> None:
        assert resource is not None
        limits = {
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_CPU: self._confinement.cpu_seconds,
            resource.RLIMIT_FSIZE: MAX_FILE_BYTES,
            resource.RLIMIT_NOFILE: MAX_OPEN_FILES,
            resource.RLIMIT_AS: self._address_space + self._confinement.memory_bytes,
        }
        if {"uid", "userns"} & set(self._confinement.layers):
            # Counted by uid and user namespace: with neither it would count everybody's processes.
            limits[resource.RLIMIT_NPROC] = MAX_THREADS
        for kind, value in limits.items():
            _, hard = resource.getrlimit(kind)
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (most, most))
        if kernel.IS_LINUX:
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            if "uid" not in self._confinement.layers:
                kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)

    def _become(self, uid: int) -> None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        # A change of uid takes this away, so it comes after.
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)

    def _readable(self) -> Iterator[tuple[int, int]]:
        """Yield descriptor and rights of everything that may be read."""
        for path in [*self._python, *SYSTEM_READABLE]:
            descriptor = self._descriptors.get(path)
            if descriptor is None:
                with contextlib.suppress(OSError):
                    descriptor = os.open(path, os.O_PATH)
                    self._opened.append(descriptor)
            if descriptor is not None:
                yield descriptor, READ_FOLDER if stat.S_ISDIR(os.fstat(descriptor).st_mode) else READ_FILE

    def _close_files(self, scratch: str, data: str) -> None:
        handled = _handled(self._landlock_version)
        rules = list(self._rules)
        given = [(data, READ_FILE | READ_DIR)] if data else []
        for path, rights in [(scratch, WRITE_FOLDER), ("/dev/null", READ_FILE | WRITE_FILE), *given]:
            self._opened.append(os.open(path, os.O_PATH))
            rules.append(kernel.landlock_rule(self._opened[-1], rights & handled))
        kernel.landlock(handled, SCOPES if self._landlock_version >= 6 else 0, rules)
        for descriptor in self._opened:
            os.close(descriptor)

    def _refuse_system_calls(self) -> None:
        self._filter.install(os.getpid())


# Landlock's rights, by bit (`landlock(7)`).
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
TRUNCATE = 1 << 14
READ_FOLDER = EXECUTE | READ_FILE | READ_DIR
WRITE_FOLDER = READ_FILE | READ_DIR | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
SCOPES = 3
"""Abstract sockets and signals: no reaching out of the domain with them."""

SYSTEM_READABLE = (
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/urandom",
    "/dev/zero",
)


def _handled(version: int) -> int:
    """Return every right over files that this version of Landlock knows of."""
    if version >= 5:
        return (1 << 16) - 1
    return (1 << {1: 13, 2: 14, 3: 15, 4: 15}[version]) - 1


def _address_space() -> int:
    """Return the bytes of address space that this process has now; most of it is mapped, not used."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 2**30


def python_folders() -> list[str]:
    """Return the folders that this interpreter imports from, each once, none below another."""
    folders = {os.path.realpath(path) for path in sys.path if path and os.path.isdir(path)}
    return sorted(
        folder for folder in folders if not any(folder != other and folder.startswith(other + "/") for other in folders)
    )


def reachable_by_all(folder: Path) -> bool:
    """Tell whether any user may go into ``folder``."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def _rewrite_paths(replaced: dict[str, str]) -> None:
    """Make imports go through open descriptors: ``sys.path`` and the paths of packages that are loaded."""

    def rewrite(path: str) -> str:
        real = os.path.realpath(path)
        for folder, replacement in replaced.items():
            if real == folder or real.startswith(folder + "/"):
                return replacement + real[len(folder) :]
        return path

    if not replaced:
        return
    sys.path[:] = [rewrite(path) for path in sys.path]
    sys.path_importer_cache.clear()
    for module in list(sys.modules.values()):
        package_path = getattr(module, "__path__", None)
        if isinstance(package_path, list):
            package_path[:] = [rewrite(path) for path in package_path]


def hide_from_others() -> None:
    """Let no process of the same user read this one's memory, environment or open files."""
    if kernel.IS_LINUX:
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
