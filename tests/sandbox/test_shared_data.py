"""Data files that the course gives: every sandbox finds them, and what one does to them no other sees."""

import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from capas.sandbox import Limits, Sandbox, SandboxError, SharedData, Zygote, scratch
from capas.sandbox.loading import ProgramSource
from capas.sandbox.program import Program
from capas.sandbox.shared import FOLDER, way_for

LIMITS = Limits(memory_mb=512)
TEXT = "t,height\n0,20\n"
LEVELS = [0, 2, 4, 5] if sys.platform == "linux" and os.getuid() == 0 else [0, 5]

READS = """
import os
def read(name):
    with open(name) as file:
        return file.read()
def found():
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(".") for name in names)
"""

WAYS = {
    "writes": "write(FILE)",
    "appends": "write(FILE, 'a')",
    "truncates": "os.truncate(FILE, 0)",
    "gives itself the right to write": "os.chmod(FILE, 0o666); write(FILE)",
    "gives itself the right of its folder": "os.chmod(os.path.dirname(REAL), 0o777); os.unlink(REAL)",
    "renames": "os.rename(FILE, 'elsewhere')",
    "renames the folder": "os.rename('data', 'elsewhere')",
    "removes": "os.unlink(FILE)",
    "removes what it leads to": "os.unlink(REAL)",
    "puts another in its place": "write('other', 'w'); os.replace('other', FILE)",
    "puts another where it leads to": "write('other', 'w'); os.replace('other', REAL)",
    "opens what it has open again": "write(f'/proc/self/fd/{os.open(FILE, os.O_RDONLY)}')",
    "links it to its folder": "os.link(REAL, 'mine'); os.chmod('mine', 0o666); write('mine')",
    "maps it": "mmap.mmap(os.open(FILE, os.O_RDWR), 4, mmap.MAP_SHARED, mmap.PROT_WRITE)[:4] = b'mine'",
    "changes its times": "os.utime(FILE, (1, 1))",
}
SPOILS = """
import contextlib, mmap, os
FILE = "data/deep/falls.csv"
REAL = os.path.realpath(FILE)
def write(name, mode="r+"):
    with open(name, mode) as file:
        file.write("mine")
def spoil(way):
    with contextlib.suppress(Exception):
        exec(way)
def state():
    if not os.path.exists(FILE):
        return "gone"
    with open(FILE) as file:
        return [file.read(), int(os.stat(FILE).st_mtime)]
"""


@pytest.fixture(scope="module", params=LEVELS, ids=lambda level: f"level {level}")
def confined(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    with Zygote(LIMITS, max_level=request.param) as running:
        yield running


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "falls.csv").write_text(TEXT)
    (tmp_path / "a.bin").write_bytes(bytes(3 * 2**20))
    return {"data/deep/falls.csv": tmp_path / "falls.csv", "data/a.bin": tmp_path / "a.bin"}


def run(zygote: Zygote, cell: str, data: SharedData, files: dict[str, bytes] | None = None) -> Program:
    return Program(zygote, LIMITS, ProgramSource([cell], files=files or {}, data=data))


def test_a_program_finds_them_under_their_names(confined: Zygote, given: dict[str, Path]) -> None:
    with run(confined, READS, confined.share(given)) as program:
        assert program.call("read", ("data/deep/falls.csv",), {}) == TEXT
        assert program.call("found", (), {}) == ["./data/a.bin", "./data/deep/falls.csv"]


@pytest.mark.parametrize("way", WAYS)
def test_what_one_does_to_them_no_other_sees(confined: Zygote, given: dict[str, Path], way: str) -> None:
    if way_for(confined.confinement.layers) == "copy":
        pytest.skip("as the grader's own user it may do that to any file of the grader's")
    data = confined.share(given)
    with run(confined, SPOILS, data) as program:
        before = program.call("state", (), {})
        program.call("spoil", (WAYS[way],), {})
        program.forget()
        assert program.call("state", (), {}) == before
    master = Path(data.folder, "data/deep/falls.csv")
    assert (master.read_text(), master.stat().st_mode & 0o777, master.stat().st_nlink) == (TEXT, 0o444, 1)
    with run(confined, SPOILS, data) as program:
        assert program.call("state", (), {}) == before


@pytest.mark.skipif(sys.platform != "linux", reason="some of the ways are those of Linux")
@pytest.mark.parametrize("way", WAYS)
def test_a_copy_is_the_sandboxes_own(zygote: Zygote, given: dict[str, Path], way: str) -> None:
    data = zygote.share(given)
    with run(zygote, SPOILS, data) as program:
        before = program.call("state", (), {})
        program.call("spoil", (WAYS[way],), {})
        assert program.call("state", (), {}) != before, "it would do harm where nothing stops it"
    with run(zygote, SPOILS, data) as program:
        assert program.call("state", (), {})[0] == TEXT


def test_a_program_may_write_beside_them(confined: Zygote, given: dict[str, Path]) -> None:
    cell = READS + "with open('data/deep/mine.csv', 'w') as file:\n    file.write('mine')\n"
    own = {"data/extra.csv": b"own"}
    with run(confined, cell, confined.share(given), own) as program:
        assert program.call("read", ("data/deep/mine.csv",), {}) == "mine"
        assert program.call("read", ("data/extra.csv",), {}) == "own"


def test_those_of_the_course_win(confined: Zygote, given: dict[str, Path]) -> None:
    with run(confined, READS, confined.share(given), {"data/deep/falls.csv": b"changed"}) as program:
        assert program.call("read", ("data/deep/falls.csv",), {}) == TEXT


def test_they_do_not_count_as_written(
    confined: Zygote, given: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "MAX_BYTES", 2**20)
    writes = "pathlib.Path('own').write_bytes(bytes(2**19))"
    cell = f"import pathlib, time\ndef f():\n    {writes}\n    time.sleep(0.5)\n    return 1"
    with run(confined, cell, confined.share(given)) as program:
        assert program.call("f", (), {}) == 1


def test_files_are_copied_once(confined: Zygote, given: dict[str, Path]) -> None:
    data = confined.share(given)
    assert confined.share(dict(given)) is data
    given["data/deep/falls.csv"].write_text("another text")
    assert confined.share(given) != data


def test_programs_with_heavy_libraries_find_them_too(confined: Zygote, given: dict[str, Path]) -> None:
    with run(confined, f"import scipy\n{READS}", confined.share(given)) as program:
        assert program.call("read", ("data/deep/falls.csv",), {}) == TEXT


def test_a_fork_server_that_is_started_anew_has_them(given: dict[str, Path]) -> None:
    with Zygote(LIMITS) as own:
        data = own.share(given)
        assert own._process is not None
        own._process.kill()
        select.select([own._control], [], [], 20.0)  # until what it had started has ended, too
        with Sandbox(own, LIMITS, data) as sandbox:
            sandbox.load([READS])
            assert sandbox.call("read", ("data/deep/falls.csv",), {}) == TEXT
        own._restart()
        with Sandbox(own, LIMITS, data) as sandbox:
            sandbox.load([READS])
            assert sandbox.call("read", ("data/deep/falls.csv",), {}) == TEXT
        folder = own._scratch
    assert not folder.exists()
    assert not Path(f"{folder}-{FOLDER}").exists()


def test_a_spawned_sandbox_has_copies(given: dict[str, Path]) -> None:
    with Zygote(LIMITS, spawn=True) as own:
        data = own.share(given)
        with run(own, READS, data) as program:
            assert program.call("read", ("data/deep/falls.csv",), {}) == TEXT
        folder = own._scratch
    assert not folder.exists()


def test_a_file_that_is_gone_is_told(confined: Zygote, tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match=r"data files cannot be copied"):
        confined.share({"data/x.csv": tmp_path / "gone.csv"})
