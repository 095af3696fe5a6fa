"""Where attacks are let loose: a small stage, things to steal and to spoil, and an eye on them.

Question `double` is the attacker's, `shift` is answered honestly. All that is secret has "canary" in it or is one of
a few numbers, and none of that may be in a result. The attackers know every path, process and port.
"""

import contextlib
import ctypes
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

import tools
from attack import Attack
from listeners import Listeners
from outcome import Outcome, harm_in, outcome_of
from processes import children_of, state_of, stay

from capas.grading.cases import load_test_files
from capas.grading.grader import Grader
from capas.grading.plans import Plans
from capas.grading.result import Result
from capas.sandbox import Limits, Sandbox, SharedData, Zygote, scratch, shared, zygote
from capas.submission import Code, Submission, list_submissions, read_submission

STAGE = Path(__file__).parent / "stage"
AUTOGRADER = Path(zygote.__file__).parents[2]
IPC_RMID = 0

LIMITS = Limits(load_seconds=20, call_seconds=8, program_seconds=60, memory_mb=256)
# For what hangs on purpose.
SHORT = Limits(load_seconds=2, call_seconds=0.7, program_seconds=30, memory_mb=256)
PATIENCE = 25.0
"""Seconds that one submission may take at most, on a busy machine."""

QUESTIONS = ("double", "shift")
HONEST = (STAGE / "honest.py").read_text(encoding="utf-8")
TOOLS = Path(tools.__file__).read_text(encoding="utf-8")

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


class Yard:
    """One level of isolation, and everything that a program could reach for. Use it as a context manager."""

    def __init__(self, level: int):
        self.world = Path(tempfile.mkdtemp(prefix="capas-yard-"))
        self.world.chmod(0o755)
        self._write("tests/answers.txt", "canary-answers")
        for name in QUESTIONS:
            self._write(f"tests/{name}.py", (STAGE / f"{name}.py").read_text(encoding="utf-8"))
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
        self._data_file = self._write("data/falls.csv", "t,height\n0,20\n")
        self._data = self._share()
        self.layers = {"process", *self._zygote.confinement.layers}
        self.level = self._zygote.confinement.level
        self._test_files = load_test_files([self.world / "tests" / f"{name}.py" for name in QUESTIONS])
        self._plans = Plans(self._test_files, runpy.run_path(str(STAGE / "honest.py")))
        self._listeners = Listeners(self.world / "socket")
        self._start_others()
        self._undisturbed = self._grade_neighbour()

    def _share(self) -> SharedData:
        self._zygote._shared.clear()
        return self._zygote.share({"data/falls.csv": self._data_file})

    def _data_is_as_it_was(self) -> bool:
        folder = Path(self._data.folder)
        found = [path for path in folder.rglob("*") if path.is_file()]
        if found != [folder / "data/falls.csv"]:
            return False
        return found[0].stat().st_mode & 0o777 == 0o444 and found[0].read_bytes() == self._data_file.read_bytes()

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
        """Return the cell that tells an attacker where everything is, and gives it the tools."""
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
            "DATA": Path(self._data.folder) / "data",
            "NEIGHBOURS_FOLDER": self._neighbour._directory,
        }
        numbers = {
            "GRADER": self._grader.pid,
            "NEIGHBOUR": next(iter(children_of(self._fork_server(self._other_zygote)))),
            "KEY": os.getpid(),
            "TCP": self._listeners.tcp_port,
            "UDP": self._listeners.udp_port,
        }
        named = {name: str(place) for name, place in places.items()} | numbers
        return TOOLS + "".join(f"{name} = {value!r}\n" for name, value in named.items())

    def run(self, attack: Attack) -> Outcome:
        """Grade what ``attack`` hands in, one submission after the other; look at what it did."""
        # Small enough to be reached, short enough to be waited for.
        with mock.patch.object(scratch, "MAX_BYTES", 16 * 2**20), mock.patch.object(zygote, "ANSWER_SECONDS", 2.0):
            outcome = self._grade(attack)
            outcome.harm |= self._look_around()
        return outcome

    def _grade(self, attack: Attack) -> Outcome:
        limits = attack.limits or (SHORT if attack.hangs else LIMITS)
        grader = Grader("yard", self._test_files, limits, self._zygote, "es", data=self._data, plans=self._plans)
        known, begin = self.known(), time.monotonic()
        results = [
            grader.grade(Submission("attacker", "attacker.py", "0", Code([HONEST, known, source])))
            for source in attack.sources
        ]
        outcome = outcome_of(attack, results[-1])
        if time.monotonic() - begin > PATIENCE:
            outcome.harm.add("holds up")
        return outcome

    def grade_files(self, path: Path) -> tuple[list[Result], set[str]]:
        """Grade what is found in ``path``; return the results and the harm done."""
        grader = Grader("yard", self._test_files, LIMITS, self._zygote, "es", data=self._data, plans=self._plans)
        results = [grader.grade(read_submission(found)) for found in list_submissions([path])]
        return results, self._look_around().union(*map(harm_in, results))

    def _look_around(self) -> set[str]:
        harm = set()
        if stay(self._is_of_a_sandbox):
            harm.add("stays")
        if self._written():
            harm.add("writes")
        if self._listeners.called():
            harm.add("calls out")
        if self._read_files() != self._files:
            harm.add("harms others")
            for path in self._read_files():
                path.unlink()
            for path, data in self._files.items():
                path.write_bytes(data)
        if not self._data_is_as_it_was():
            harm.add("harms others")
            self._data = self._share()
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
        grader = Grader("yard", self._test_files, LIMITS, self._zygote, "es", data=self._data, plans=self._plans)
        return grader.grade(Submission("neighbour", "neighbour.py", "0", Code([HONEST])))

    def _others_work(self) -> bool:
        state = state_of(self._grader.pid)
        try:
            return state not in "TtZX" and self._neighbour.call("f", (1,), {}) == 2
        except Exception:
            return False

    def _fork_server(self, of: Zygote) -> int:
        assert of._process is not None
        pid = of._process.pid
        # In namespaces it is the only child of the process that we started.
        return next(iter(children_of(pid))) if "namespaces" in of.confinement.layers else pid

    def _is_of_a_sandbox(self, pid: int, line: str) -> bool:
        """Tell whether a process, with its command line, is of a program: not the fork server and what started it."""
        if str(self._zygote._scratch) not in line and "98765" not in line:
            return False
        return pid not in (self._fork_server(self._zygote), self._zygote._process and self._zygote._process.pid)

    def _written(self) -> bool:
        """Tell whether something lies where it should not, and remove it."""
        found = [
            *self.open.iterdir(),
            *([self._shared] if self._shared.exists() else []),
            *(path for path in self._zygote._scratch.iterdir() if path.name != shared.FOLDER),
        ]
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        # Another user could read this segment of shared memory, but not remove it.
        libc = ctypes.CDLL(None)
        if (segment := libc.shmget(os.getpid(), 0, 0)) >= 0:
            libc.shmctl(segment, IPC_RMID, None)
        return bool(found)

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
        self._listeners.close()
        shutil.rmtree(self.world)

    def __enter__(self) -> "Yard":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
