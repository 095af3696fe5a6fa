"""The host's handle of what makes sandbox processes: a fork server, or plain spawning where there is none."""

import contextlib
import os
import random
import secrets
import socket
import subprocess
import tempfile
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from capas.sandbox import confinement, kernel, shared
from capas.sandbox.affinity import OneCore
from capas.sandbox.errors import SandboxError
from capas.sandbox.fork_server import PACKET_BYTES, End, Fork, Forked, Start
from capas.sandbox.interpreter import start_python, temporary_folder
from capas.sandbox.layers import LAYER_LEVELS, MAX_LEVEL, Confinement
from capas.sandbox.limits import Limits
from capas.sandbox.preload import modules_for
from capas.sandbox.scratch import max_bytes, remove
from capas.sandbox.shared import NO_DATA, SharedData

START_SECONDS, ANSWER_SECONDS = 60.0, 15.0
RECENT_UIDS = 256


class Zygote:
    """Where sandboxes come from. Use it as a context manager; one serves any number of sandboxes.

    On Linux it is a fork server, which is started again should a sandbox manage to end it. Elsewhere each
    sandbox is a process spawned anew.

    Args:
        limits: memory and processor time of a sandbox.
        max_level: put on no layers above this level, even where the machine has them.
        spawn: spawn processes even where there is a fork server.
        modules: what a fork server loads before anything is forked.
        wait: until it has started; without it whoever needs it first waits, and is told what went wrong.

    Raises:
        SandboxError: when it cannot be started.
    """

    def __init__(
        self,
        limits: Limits,
        max_level: int = MAX_LEVEL,
        spawn: bool = not kernel.IS_LINUX,
        modules: Collection[str] = (),
        wait: bool = True,
    ):
        self._limits = limits
        self._max_level = max_level
        self._spawn = spawn
        self._modules = sorted(modules)
        self._others: dict[frozenset[str], Zygote] = {}
        self._scratch = Path(tempfile.mkdtemp(prefix="capas-", dir=temporary_folder()))
        self._shared: dict[object, SharedData] = {}
        self._last_number = 0
        self._core = OneCore()
        self._uids: deque[int] = deque(maxlen=RECENT_UIDS)
        self._spawned: dict[int, subprocess.Popen[bytes]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._confinement: Confinement | None = None
        if spawn:
            self._confinement = self._spawned_confinement()
            return
        try:
            self._start()
            if wait:
                self._confinement = self.confinement
        except BaseException:
            self.close()
            raise

    def _start_arguments(self, descriptor: int) -> Start:
        return Start(
            descriptor,
            self._max_level,
            self._limits.memory_mb * 2**20,
            int(self._limits.load_seconds + self._limits.program_seconds) + 1,
            str(self._scratch),
            self._last_number + 1,
            self._modules,
        )

    def _start(self) -> None:
        self._scratch.mkdir(exist_ok=True)
        # Sandboxes may go through to their own folder in it, and see nothing beside it.
        self._scratch.chmod(0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = start_python("fork_server", self._start_arguments(theirs.fileno()), [theirs.fileno()])
        self._confinement = None

    @property
    def confinement(self) -> Confinement:
        """How sandboxes are confined; SandboxError where none can be made."""
        if self._confinement is None:
            self._control.settimeout(START_SECONDS)
            self._confinement = msgspec.msgpack.decode(self._answer(), type=Confinement)
            self._control.settimeout(ANSWER_SECONDS)
        return self._confinement

    @property
    def modules(self) -> frozenset[str]:
        """What it has loaded."""
        return frozenset(self._modules)

    def for_program(self, cells: Sequence[str], tables: bool = False, draws: bool = False) -> "Zygote":
        """Return the zygote to fork ``cells`` from: this one, or one that has loaded the heavy libraries they import.

        With ``tables`` pandas is among them, with ``draws`` Matplotlib. It lives as long as this one.
        """
        also = [f"import {name}" for name, wanted in (("pandas", tables), ("matplotlib", draws)) if wanted]
        return self.for_modules(modules_for([*cells, *also]))

    def for_modules(self, modules: Collection[str]) -> "Zygote":
        """Return the zygote that has loaded ``modules``: this one, or one that lives as long."""
        modules = frozenset(modules)
        if self._spawn or modules == self.modules:
            return self
        if modules not in self._others:
            self._others[modules] = self._with(modules)
        return self._others[modules]

    def _with(self, modules: frozenset[str]) -> "Zygote":
        """Return a zygote like this one that has loaded ``modules``; where none can be had, this one."""
        try:
            other = Zygote(self._limits, self._max_level, modules=modules)
        except SandboxError:  # a library that ends its process, or takes too long: whoever imports it waits for it
            return self
        if other.confinement == self.confinement:
            return other
        other.close()
        return self

    def share(self, files: Mapping[str, Path]) -> SharedData:
        """Keep ``files``, by the names that programs are to know them under, for sandboxes to read.

        They are copied once, however often they are asked for; to sandboxes of `for_program` they can be given, too.

        Raises:
            SandboxError: when they cannot be copied.
        """
        if not files:
            return NO_DATA
        try:
            states = [(name, str(path), path.stat()) for name, path in files.items()]
            key = tuple((name, path, state.st_mtime_ns, state.st_size) for name, path, state in states)
            if key not in self._shared:
                self._shared[key] = shared.keep(files, self._scratch, shared.way_for(self.confinement.layers))
        except OSError as error:
            raise SandboxError(f"the data files cannot be copied to {self._scratch} ({error})") from error
        return self._shared[key]

    def new_scratch(self) -> tuple[int, str]:
        """Make the folder of a new sandbox; return the uid it will have and the folder.

        Raises:
            SandboxError: when it cannot be made.
        """
        # In a folder that nobody else may enter, for the times and links of its own tell what happens in it; and of a
        # name that nobody can guess, where all sandboxes are the same user.
        closed = self._scratch / secrets.token_hex(8)
        folder = closed / "work"
        uid = os.getuid() if hasattr(os, "getuid") else 0
        try:
            closed.mkdir(mode=0o700)
            folder.mkdir(mode=0o700)
            if "uid" in self.confinement.layers:
                uid = self._next_uid()
                for own in (closed, folder):
                    os.chown(own, uid, uid)
        except OSError as error:
            raise SandboxError(f"no folder for student code can be made in {self._scratch} ({error})") from error
        return uid, str(folder)

    def _next_uid(self) -> int:
        """Return a user by chance, as a count would tell how often others were started; none of the last ones.

        Sandboxes of zygotes that run at the same time should not be the same user either.
        """
        while True:
            uid = confinement.FIRST_UID + random.randrange(confinement.UIDS)
            if uid not in self._uids:
                self._uids.append(uid)
                return uid

    def fork(self, theirs: socket.socket, uid: int, scratch: str, data: SharedData = NO_DATA) -> Forked:
        """Make a sandbox that serves on the socket ``theirs`` and return its number and process id.

        Numbers are never given twice, however often the fork server is started again.

        Raises:
            SandboxError: when none can be made.
        """
        if self._spawn:
            if data.folder:
                shared.put(data.folder, scratch, None, "copy")
            return self._spawn_one(theirs, scratch)
        request = Fork(uid, scratch, self._core.take(), max_bytes() + data.room, data.folder)
        try:
            try:
                return self._forked(request, theirs)
            except SandboxError:
                # A program at a low level can end the fork server; the next one gets a new one.
                self._restart()
                return self._forked(request, theirs)
        except BaseException:
            self._core.leave()
            raise

    def _forked(self, request: Fork, theirs: socket.socket) -> Forked:
        forked = msgspec.msgpack.decode(self._request(request, [theirs.fileno()]), type=Forked)
        self._last_number = forked.number
        return forked

    def end(self, number: int, scratch: str) -> None:
        """Kill the sandbox with this number and what it left behind, and remove its folder."""
        if self._spawn:
            process = self._spawned.pop(number)
            process.kill()
            process.wait()
        else:
            try:
                self._request(End(number), [])
            except SandboxError:
                self._restart()
            finally:
                self._core.leave()
        remove(scratch)
        remove(str(Path(scratch).parent))

    def close(self) -> None:
        """End everything, and remove what is left in the scratch folder."""
        for other in self._others.values():
            if other is not self:
                other.close()
        for process in self._spawned.values():
            process.kill()
            process.wait()
        self._stop()
        remove(str(self._scratch))

    def _request(self, request: Fork | End, descriptors: list[int]) -> bytes:
        try:
            socket.send_fds(self._control, [msgspec.msgpack.encode(request)], descriptors)
        except OSError as error:
            raise SandboxError(f"the fork server does not answer ({error})") from error
        return self._answer()

    def _answer(self) -> bytes:
        try:
            data = self._control.recv(PACKET_BYTES)
        except OSError as error:
            raise SandboxError(f"the fork server does not answer ({error})") from error
        if not data:
            raise SandboxError("the fork server ended; no student code can be run")
        return data

    def _restart(self) -> None:
        before = self.confinement
        with shared.kept_aside(self._scratch):
            self._stop()
            self._start()
        if self.confinement != before:
            raise SandboxError(f"only the layers {self.confinement.layers} still work, not {before.layers}")

    def _stop(self) -> None:
        if self._process is None:
            return
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2.0)
        self._process.kill()
        self._process.wait()

    def _spawned_confinement(self) -> Confinement:
        start = self._start_arguments(-1)
        has_limits = confinement.resource is not None and self._max_level >= LAYER_LEVELS["rlimits"]
        return Confinement(["rlimits"] if has_limits else [], start.memory_bytes, start.cpu_seconds)

    def _spawn_one(self, theirs: socket.socket, scratch: str) -> Forked:
        descriptor = theirs.fileno()
        argument = {"descriptor": descriptor, "confinement": self.confinement, "scratch": scratch}
        process = start_python("spawned", argument, [descriptor])
        self._last_number += 1
        self._spawned[self._last_number] = process
        return Forked(self._last_number, process.pid)

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
