"""What is left when a sandbox ends, and what it could see of its host before: nothing."""

import tempfile
from pathlib import Path

import pytest
from sandbox_calls import LONG, SHORT, Start, call, ends, running

from capas.sandbox import CallCrashed, Limits, Sandbox, SandboxError, Zygote


def test_a_dead_sandbox_answers_nothing(start: Start) -> None:
    sandbox = start("import os\nx = 1\ndef f():\n    os._exit(0)\ndef g():\n    return 5")
    with pytest.raises(CallCrashed):
        call(sandbox, "f")
    for ask in (lambda: call(sandbox, "g"), lambda: sandbox.get("x"), lambda: sandbox.load(["x = 1"])):
        with pytest.raises(CallCrashed, match="the program has ended"):
            ask()


def test_a_closed_sandbox_answers_nothing_and_may_be_closed_again(start: Start) -> None:
    sandbox = start("def f():\n    return 5")
    sandbox.close()
    sandbox.close()
    assert sandbox.dead
    with pytest.raises(CallCrashed):
        call(sandbox, "f")


CHILD = """
import os, subprocess, sys, time
def pids():
    child = os.fork()
    if child == 0:
        time.sleep(600)
    global other
    other = subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(600)"])
    return [os.getpid(), child, other.pid]
"""


def test_no_process_is_left_behind(start: Start) -> None:
    sandbox = start(CHILD)
    pids = call(sandbox, "pids")
    assert all(map(running, pids))
    sandbox.close()
    assert all(map(ends, pids))


def test_no_process_is_left_behind_by_a_program_that_ends_first(start: Start) -> None:
    sandbox = start(CHILD, "def f():\n    os._exit(0)", limits=SHORT)
    pids = call(sandbox, "pids")
    with pytest.raises(SandboxError):  # a time-out: the child still holds the pipe
        call(sandbox, "f")
    assert all(map(ends, pids))


def test_the_end_of_a_zygote_is_the_end_of_its_sandboxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Zygote(Limits(), max_level=0) as own:
        sandbox = Sandbox(own, LONG)
        sandbox.load(["import os\ndef pids():\n    return os.getpid(), os.getppid()"])
        pid, parent = call(sandbox, "pids")
    assert ends(pid)
    assert ends(parent)
    assert not list(tmp_path.iterdir())


def test_a_zygote_that_a_program_killed_is_started_again() -> None:
    with Zygote(Limits(), max_level=0) as own:
        with Sandbox(own, LONG) as sandbox:
            sandbox.load(["import os, signal\ndef f():\n    os.kill(os.getppid(), signal.SIGKILL)\n    os._exit(0)"])
            with pytest.raises(CallCrashed):
                call(sandbox, "f")
        with Sandbox(own, LONG) as sandbox:
            sandbox.load(["def f():\n    return 5"])
            assert call(sandbox, "f") == 5


def test_sandboxes_of_one_zygote_know_nothing_of_each_other(start: Start) -> None:
    one, other = start("x = 1\nimport builtins, numpy\nbuiltins.mark = numpy.mark = 1"), start("import builtins, numpy")
    other.load(["seen = hasattr(builtins, 'mark') or hasattr(numpy, 'mark')"])
    assert other.get("seen") is False
    assert one.get("x") == 1
    with pytest.raises(KeyError):
        other.get("x")


def test_a_sandbox_has_a_directory_of_its_own_that_goes_with_it(start: Start) -> None:
    sandbox = start("open('note.txt', 'w').write('mine')\nimport os\nhere = os.getcwd()\nfiles = os.listdir()")
    here = Path(sandbox.get("here"))
    assert sandbox.get("files") == ["note.txt"]
    assert here != Path.cwd()
    sandbox.close()
    assert not here.exists()


def test_nothing_of_the_host_is_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    with Zygote(Limits(), max_level=2) as own, Sandbox(own, LONG) as sandbox:
        sandbox.load(["import os\nnames = sorted(os.environ)\ndescriptors = len(os.listdir('/proc/self/fd'))"])
        assert "CANVAS_TOKEN" not in sandbox.get("names")
        # The three standard ones, the pipe, the folder being listed, and the folders that Python imports from
        # where another user could not open them.
        assert sandbox.get("descriptors") <= 9


@pytest.mark.parametrize("level", [0, 5])
def test_temporary_files_in_a_folder_that_only_we_may_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: int
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(closed))
    with Zygote(Limits(), max_level=level) as own, Sandbox(own, LONG) as sandbox:
        sandbox.load(["import os\nos.mkdir('mine')", "def f():\n    return os.listdir()"])
        assert call(sandbox, "f") == ["mine"]
