"""What a sandbox is confined by, layer after layer, each probed on this machine before it is counted on.

Levels, each including those before it: 0 process boundary, 1 limits, 2 own uid or user namespace, 3 Landlock,
4 seccomp, 5 namespaces for network and processes. What a level stops is in docs/security.md.
"""

import contextlib
import ctypes
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from capas.sandbox import kernel, seccomp

try:
    import resource
except ImportError:  # not on Windows
    resource = None

LAYER_LEVELS = {"rlimits": 1, "uid": 2, "userns": 2, "landlock": 3, "seccomp": 4, "namespaces": 5}
MAX_LEVEL = 5

FIRST_UID, UIDS = 10_000, 50_000
ANY_PID = 0x7FFFFFFE
"""Stands in the prepared filter for the process id that is known only in the sandbox."""
MAX_FILE_BYTES, MAX_OPEN_FILES, MAX_THREADS = 16 * 2**20, 64, 32


class Confinement(msgspec.Struct, frozen=True):
    """The layers that sandboxes get, in the order in which they are put on."""

    layers: list[str]
    memory_bytes: int
    cpu_seconds: int

    @property
    def level(self) -> int:
        """The highest level that all its layers up to there make; user namespaces and own uids both make 2."""
        made = {LAYER_LEVELS[layer] for layer in self.layers}
        return next((level - 1 for level in range(1, MAX_LEVEL + 1) if level not in made), MAX_LEVEL)

    def gives(self, level: int) -> bool:
        """Tell whether the layer of ``level`` is on, whatever there is below it."""
        return level == 0 or any(LAYER_LEVELS[layer] == level for layer in self.layers)


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

    def confine(self, uid: int, scratch: str) -> None:
        """Put on every layer, in order.

        Raises:
            OSError: when one cannot be put on; the process must not go on then.
        """
        if not self._prepared:
            self.prepare()
        steps: dict[str, Callable[[], None]] = {
            "rlimits": self._limit,
            "uid": lambda: self._become(uid),
            "userns": kernel.drop_capabilities,
            "landlock": lambda: self._close_files(scratch),
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

    def _close_files(self, scratch: str) -> None:
        handled = _handled(self._landlock_version)
        rules = list(self._rules)
        for path, rights in [(scratch, WRITE_FOLDER), ("/dev/null", READ_FILE | WRITE_FILE)]:
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


def probe(max_level: int, memory_bytes: int, cpu_seconds: int, scratch: str, in_namespaces: bool) -> Confinement:
    """Return the layers that really work here, up to ``max_level``, by putting them on in a child that ends."""
    candidates = ["rlimits"] if resource is not None else []
    if kernel.IS_LINUX:
        candidates += ["uid"] if os.getuid() == 0 else []
        candidates += ["landlock", "seccomp"]
    layers: list[str] = []
    for layer in candidates:
        if LAYER_LEVELS[layer] <= max_level:
            trial = Confinement([*layers, layer], memory_bytes, cpu_seconds)
            if _works_in_a_child(trial, scratch):
                layers.append(layer)
    if in_namespaces:
        layers.append("namespaces")
        if os.getuid() != 0:
            layers.append("userns")
    return Confinement(sorted(layers, key=list(LAYER_LEVELS).index), memory_bytes, cpu_seconds)


def _works_in_a_child(confinement: Confinement, scratch: str) -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            Confiner(confinement).confine(FIRST_UID, scratch)
            os.chdir(scratch)
            # A library that is not loaded yet must still be found from inside.
            import colorsys  # noqa: F401

            ctypes.CDLL(None)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def hide_from_others() -> None:
    """Let no process of the same user read this one's memory, environment or open files."""
    if kernel.IS_LINUX:
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)


def describe(level: int) -> Sequence[str]:
    """Return, level by level up to ``level``, what is protected, in plain words."""
    return MEANING[: level + 1]


MEANING = (
    "Student code runs in another process: its answers cannot forge a score or lose a result.",
    "It has limits: memory, processor time, files; it ends when its parent does.",
    "It runs as another user: it cannot touch the grader or its results, or read files that others may not read.",
    "It can read nothing but Python's own files, and write nowhere but in a folder that is thrown away.",
    "It can start no process, open no connection, signal nobody; most of the kernel is out of its reach.",
    "It has no network at all, and sees no process but its own.",
)
