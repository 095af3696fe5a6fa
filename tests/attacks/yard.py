"""Where the attacks of `programs.py` are let loose: a small stage, things to steal and to spoil, and an eye on them.

Question `double` is the attacker's, `shift` is answered honestly. All that is secret has "canary" in it or is one of
a few numbers, and none of that may be in a result. The attackers know every path, process and port.
"""

import contextlib
import ctypes
import os
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import msgspec
from programs import Attack

from capas.grading.cases import load_test_files
from capas.grading.grader import Grader
from capas.grading.result import Result, encode_result
from capas.sandbox import Limits, Sandbox, Zygote, kernel, scratch, zygote
from capas.sandbox import confinement as layers
from capas.submission import Code, Submission, list_submissions, read_submission

AUTOGRADER = Path(zygote.__file__).parents[2]
DONE = "attack-succeeded"
IPC_RMID = 0
SECRETS = ("canary", "31337", "62674", "41337", "41338")

LIMITS = Limits(load_seconds=20, call_seconds=8, program_seconds=60, memory_mb=256)
# For what hangs on purpose.
SHORT = Limits(load_seconds=2, call_seconds=0.7, program_seconds=30, memory_mb=256)
PATIENCE = 25.0
"""Seconds that one submission may take at most, on a busy machine."""
LARGEST_RESULT = 20_000

CASES = {
    "double": """
from otter.test_files import test_case
from capas_check import call

OK_FORMAT = False
name = "double"
points = 5
# canary-comment


@test_case(points=1)
def small_numbers(double):
    call(double, [1.0, 2.0]).returns([2.0, 4.0])


@test_case(points=1, hidden=True)
def secret_numbers(double):
    call(double, [31337.25, -8.5]).returns([62674.5, -17.0]).leaves_arguments()


@test_case(points=1, hidden=True)
def secret_label(double):
    call(double, [3.0], label="canary-input").returns([6.0])


@test_case(points=1, hidden=True)
def several_calls(double):
    call(double, [5.0]).returns([10.0])
    call(double, [7.0, 9.0]).returns([14.0, 18.0])


@test_case(points=1, hidden=True)
def through_a_function(double):
    secret = "canary-closure"

    def key(value):
        if not isinstance(value, float):
            raise TypeError("a number was expected, not " + type(value).__name__)
        return value + len(secret)

    call(double, [2.0], through=key).returns([18.0])
""",
    "shift": """
from otter.test_files import test_case
from capas_check import call

OK_FORMAT = False
name = "shift"
points = 3


@test_case(points=1)
def small_numbers(shift):
    call(shift, [1.0]).returns([2.0])


@test_case(points=2, hidden=True)
def secret_numbers(shift):
    call(shift, [41337.75, 2.0]).returns([41338.75, 3.0])
""",
}
HONEST = """
def double(x, label="", through=None):
    values = [2 * value for value in x]
    return [through(value) for value in values] if through else values

def shift(x):
    return [value + 1 for value in x]
"""

HELPERS = f"""
import os

def done(what=""):
    raise RuntimeError({DONE!r} + str(what)[:100])

def tell(data):
    text = data.decode("latin-1") if isinstance(data, bytes) else str(data)
    raise RuntimeError("told: " + text[max(text.find("canary"), 0):][:200])
"""

# The process that stands for the grader: it hides as the grader does, and keeps its secret in its memory.
GRADER = f"""
import sys, time
sys.path.append({str(AUTOGRADER)!r})
from capas.sandbox import hide_from_others
secret = sys.stdin.readline()
hide_from_others()
print("ready", flush=True)
while True:
    time.sleep(3600)
"""


class Outcome(msgspec.Struct):
    """What came of an attack: the harm that it did, in words of `programs.py`, and the scores of both questions."""

    harm: set[str]
    double: float
    shift: float
    status: str
    message: str


class Yard:
    """One level of isolation, and everything that a program could reach for. Use it as a context manager."""

    def __init__(self, level: int):
        self.world = Path(tempfile.mkdtemp(prefix="capas-yard-"))
        self.world.chmod(0o755)
        self._write("tests/answers.txt", "canary-answers")
        for name, text in CASES.items():
            self._write(f"tests/{name}.py", text)
        self._write("private.txt", "canary-private").chmod(0o600)
        self._write("submissions/neighbour.py", HONEST + "# canary-of-a-neighbour\n")
        self._write("results/neighbour.json", '{"score": 8}')
        self._write("results/grades.csv", "neighbour,8\n")
        self._shared = Path(f"/dev/shm/{self.world.name}")
        self.open = self.world / "open"
        self.open.mkdir()
        self.open.chmod(0o777)
        self._files = self._read_files()
        with mock.patch.object(zygote, "ANSWER_SECONDS", 2.0), mock.patch.dict(os.environ, TOKEN="canary-token"):
            self._zygote = Zygote(LIMITS, level)
            # What another worker has running at the same time.
            self._other_zygote = Zygote(LIMITS, level)
        self.layers = {"process", *self._zygote.confinement.layers}
        self.level = self._zygote.confinement.level
        self._test_files = load_test_files([self.world / "tests" / f"{name}.py" for name in CASES])
        self._tcp, self._udp, self._unix = (
            socket.socket(socket.AF_INET, socket.SOCK_STREAM),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        )
        self._tcp.bind(("127.0.0.1", 0))
        self._udp.bind(("127.0.0.1", 0))
        self._unix.bind(str(self.world / "socket"))
        (self.world / "socket").chmod(0o777)
        for listening in (self._tcp, self._unix):
            listening.listen()
        for each in (self._tcp, self._udp, self._unix):
            each.setblocking(False)
        self._start_others()
        self._undisturbed = self._grade_neighbour()

    def _write(self, name: str, text: str) -> Path:
        path = self.world / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def _read_files(self) -> dict[Path, bytes]:
        folders = [self.world / name for name in ("tests", "submissions", "results")]
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

    def _start_others(self) -> None:
        self._grader = subprocess.Popen(
            [sys.executable, "-I", "-c", GRADER, "--submissions", "class-7"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self.world,
            env={"SECRET": "canary-environment"},
        )
        assert self._grader.stdin is not None
        assert self._grader.stdout is not None
        self._grader.stdin.write("canary-memory\n")
        self._grader.stdin.flush()
        assert self._grader.stdout.readline() == "ready\n"
        self._neighbour = Sandbox(self._other_zygote, LIMITS)
        self._neighbour.load(
            ["secret = 'canary-' + 'at-work'\nopen('work.txt', 'w').write(secret)", "def f(x):\n    return x + 1"]
        )

    def known(self) -> str:
        """Return the cell that tells an attacker where everything is."""
        places = {
            "TESTS": self.world / "tests",
            "ANSWERS": self.world / "tests/answers.txt",
            "PRIVATE": self.world / "private.txt",
            "SUBMISSIONS": self.world / "submissions",
            "RESULTS": self.world / "results",
            "OPEN": self.open,
            "SOCKET": self.world / "socket",
            "CODE": AUTOGRADER / "capas/__init__.py",
            "SHM": self._shared,
            "NEIGHBOURS_FOLDER": self._neighbour._directory,
        }
        numbers = {
            "GRADER": self._grader.pid,
            "NEIGHBOUR": next(iter(_children_of(self._fork_server(self._other_zygote)))),
            "KEY": os.getpid(),
            "TCP": self._tcp.getsockname()[1],
            "UDP": self._udp.getsockname()[1],
        }
        named = {name: str(place) for name, place in places.items()} | numbers
        return "\n".join(f"{name} = {value!r}" for name, value in named.items()) + HELPERS

    def run(self, attack: Attack) -> Outcome:
        """Grade what ``attack`` hands in, one submission after the other; look at what it did."""
        # Small enough to be reached, short enough to be waited for.
        with mock.patch.object(scratch, "MAX_BYTES", 16 * 2**20), mock.patch.object(zygote, "ANSWER_SECONDS", 2.0):
            outcome = self._grade(attack)
            outcome.harm |= self._look_around()
        return outcome

    def _grade(self, attack: Attack) -> Outcome:
        limits = attack.limits or (SHORT if attack.hangs else LIMITS)
        grader = Grader("yard", self._test_files, limits, self._zygote, "es")
        known, begin = self.known(), time.monotonic()
        for source in attack.sources[:-1]:
            grader.grade(Submission("attacker", "attacker.py", "0", Code([HONEST, known, source])))
        outcome = _look_at(
            attack, grader.grade(Submission("attacker", "attacker.py", "0", Code([HONEST, known, attack.sources[-1]])))
        )
        if time.monotonic() - begin > PATIENCE:
            outcome.harm.add("holds up")
        return outcome

    def grade_files(self, path: Path) -> tuple[list[Result], set[str]]:
        """Grade what is found in ``path``; return the results and the harm done."""
        grader = Grader("yard", self._test_files, LIMITS, self._zygote, "es")
        results = [grader.grade(read_submission(found)) for found in list_submissions([path])]
        harm = self._look_around()
        for result in results:
            harm |= _said(result)
        return results, harm

    def _look_around(self) -> set[str]:
        harm = set()
        if self._processes_left():
            harm.add("stays")
        if self._written():
            harm.add("writes")
        if self._called():
            harm.add("calls out")
        if self._read_files() != self._files:
            harm.add("harms others")
            for path in self._read_files():
                path.unlink()
            for path, data in self._files.items():
                path.write_bytes(data)
        if not self._others_work():
            harm.add("harms others")
            self._grader.kill()
            self._grader.wait()
            self._neighbour.close()
            self._start_others()
        if self._grade_neighbour() != self._undisturbed:
            harm.add("harms others")
        return harm

    def _grade_neighbour(self) -> Result:
        grader = Grader("yard", self._test_files, LIMITS, self._zygote, "es")
        return grader.grade(Submission("neighbour", "neighbour.py", "0", Code([HONEST])))

    def _others_work(self) -> bool:
        state = Path(f"/proc/{self._grader.pid}/stat").read_text().rpartition(")")[2].split()[0]
        try:
            return state not in "TtZX" and self._neighbour.call("f", (1,), {}) == 2
        except Exception:
            return False

    def _fork_server(self, of: Zygote) -> int:
        assert of._process is not None
        pid = of._process.pid
        # In namespaces it is the only child of the process that we started.
        return next(iter(_children_of(pid))) if "namespaces" in of.confinement.layers else pid

    def _processes_left(self) -> bool:
        """Tell whether a process of a sandbox is still there a while later, and end it."""
        begin, mark = time.monotonic(), str(self._zygote._scratch)
        while left := [
            pid
            for pid, line in _processes()
            if (mark in line or "98765" in line)
            and pid not in (self._fork_server(self._zygote), self._zygote._process and self._zygote._process.pid)
        ]:
            if time.monotonic() - begin > 3:
                for pid in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                return True
            time.sleep(0.02)
        return False

    def _written(self) -> bool:
        """Tell whether something lies where it should not, and remove it."""
        found = [
            *self.open.iterdir(),
            *([self._shared] if self._shared.exists() else []),
            *self._zygote._scratch.iterdir(),
        ]
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        # Another user could read this segment of shared memory, but not remove it.
        libc = ctypes.CDLL(None)
        if (segment := libc.shmget(os.getpid(), 0, 0)) >= 0:
            libc.shmctl(segment, IPC_RMID, None)
        return bool(found)

    def _called(self) -> bool:
        called = False
        for listening in (self._tcp, self._unix):
            with contextlib.suppress(BlockingIOError):
                while True:
                    listening.accept()[0].close()
                    called = True
        with contextlib.suppress(BlockingIOError):
            while self._udp.recv(4096):
                called = True
        return called

    def close(self) -> None:
        """End all that was started."""
        self._grader.kill()
        self._grader.wait()
        for pipe in filter(None, (self._grader.stdin, self._grader.stdout)):
            with contextlib.suppress(OSError):
                pipe.close()
        self._neighbour.close()
        self._zygote.close()
        self._other_zygote.close()
        for each in (self._tcp, self._udp, self._unix):
            each.close()
        shutil.rmtree(self.world)

    def __enter__(self) -> "Yard":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _look_at(attack: Attack, result: Result) -> Outcome:
    """Return what a result says of an attack."""
    double, shift = result.questions
    harm = _said(result)
    if double.score > attack.earns:
        harm.add("forges")
    if double.score < attack.earns or (attack.keeps and shift.score < shift.points):
        harm.add("spoils")
    return Outcome(harm, double.score, shift.score, result.status, result.message)


def _said(result: Result) -> set[str]:
    """Return the harm that shows in what a result says."""
    data = encode_result(result)
    text, harm = data.decode(), set()
    if any(secret in text for secret in SECRETS):
        harm.add("leaks")
    if DONE in text:
        harm.add("gets through")
    if len(data) > LARGEST_RESULT:
        harm.add("floods")
    return harm


def _processes() -> Iterator[tuple[int, str]]:
    """Yield every process with its command line, but for those that have ended and wait to be forgotten."""
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with contextlib.suppress(OSError):
                if line := (path / "cmdline").read_bytes().decode(errors="replace"):
                    yield int(path.name), line


def _children_of(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def run_contained(attack: Attack, level: int) -> Outcome:
    """Run a dangerous attack where it can harm nobody: with processes, files, network and memory of its own."""
    reading, writing = os.pipe()
    folder = tempfile.mkdtemp(prefix="capas-contained-")
    outer = os.fork()
    if outer == 0:
        with contextlib.suppress(BaseException):
            os.write(writing, msgspec.json.encode(_contained(attack, level, folder)))
        os._exit(0)
    os.close(writing)
    try:
        with open(reading, "rb") as pipe:
            data = _read_within(pipe.fileno(), 90)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(outer, signal.SIGKILL)
        os.waitpid(outer, 0)
        os.rmdir(folder)
    return msgspec.json.decode(data, type=Outcome)


def _read_within(descriptor: int, seconds: float) -> bytes:
    data, end = b"", time.monotonic() + seconds
    while select.select([descriptor], [], [], max(end - time.monotonic(), 0))[0]:
        chunk = os.read(descriptor, 65536)
        if not chunk:
            return data
        data += chunk
    raise TimeoutError(f"a contained attack did not end within {seconds:g} s")


def _contained(attack: Attack, level: int, folder: str) -> Outcome:
    layers.enter_namespaces()
    kernel.mount("tmpfs", folder, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=32m,mode=755")
    tempfile.tempdir = folder
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, resource.RLIM_INFINITY))
    with Yard(level) as yard:
        return yard.run(attack)
