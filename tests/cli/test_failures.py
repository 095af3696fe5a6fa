"""What a person can do wrong, command by command: one line on standard error, exit code 2, nothing lost."""

import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from capas.cli.failures import run_command
from capas.cli.main import app
from capas.run.requests import KEY_FILE

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "solutions/03_softmax/reference.py"
CLASS_FILE = "garcia_4211_77_hw.py"
PUSH = ("--url", "https://canvas.invalid", "--course-id", "1")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a class's zip as Canvas makes it, and the results of grading it."""
    folder = tmp_path_factory.mktemp("graded")
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.write(REFERENCE, CLASS_FILE)
    arguments = ["grade", "03_softmax", str(folder / "class.zip"), "--out", str(folder / "out"), "--workers", "1"]
    assert app(arguments, standalone_mode=False) is None
    return folder


@pytest.fixture
def places(tmp_path: Path, graded: Path) -> dict[str, str]:
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "empty_file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_bytes(b"kept")
    names = {
        "FILE": "file",
        "EMPTY": "empty_file",
        "FOLDER": "folder",
        "FULL": "full",
        "NOWHERE": "nowhere",
        "OUT": "out",
        "BELOW": "file/below",
    }
    return {key: str(tmp_path / name) for key, name in names.items()} | {
        "DIR": str(graded / "out"),
        "CLASS": str(graded / "class.zip"),
        "PY": str(REFERENCE),
    }


@pytest.fixture(autouse=True)
def _as_a_shell_starts_it(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def contents(*folders: Path) -> dict[Path, bytes]:
    # A folder's key of codes is made when something is first written for students, even where that cannot be kept.
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != KEY_FILE]
    return {path: path.read_bytes() for path in paths}


WITH_COURSE: dict[str, list[str]] = {
    "build": ["build", "--out", "OUT"],
    "grade": ["grade", "03_softmax", "PY", "--out", "OUT"],
    "report": ["report", "DIR"],
    "check": ["check", "03_softmax", "PY"],
    "verify": ["verify", "03_softmax"],
    "demo": ["demo", "--out", "OUT"],
    "canvas package": ["canvas", "package", "--no-pdf", "--out", "OUT"],
    "canvas feedback": ["canvas", "feedback", "DIR", "CLASS", "--out", "OUT"],
    "canvas push assignments": ["canvas", "push", "assignments", *PUSH, "--no-pdf"],
    "canvas push results": ["canvas", "push", "results", "DIR", *PUSH],
}
WITHOUT_LANGUAGE = {"demo"}

CASES: list[tuple[list[str], str]] = [
    *(([*command, "--course", "NOWHERE"], "nowhere: no course.toml there") for command in WITH_COURSE.values()),
    *(([*command, "--course", "FILE"], "no course.toml there") for command in WITH_COURSE.values()),
    *(
        ([*command, "--lang", "fr"], "no language 'fr'; the course is in es, en")
        for name, command in WITH_COURSE.items()
        if name not in WITHOUT_LANGUAGE
    ),
    (["build", "99_none"], "unknown stage '99_none'"),
    (["build", "03_softmax", "--fresh", "--out", "FILE"], "file"),
    (["grade", "03_softmax", "NOWHERE", "--out", "OUT"], "nowhere does not exist"),
    (["grade", "03_softmax", "FOLDER", "--out", "OUT"], "nothing to grade"),
    (["grade", "03_softmax", "PY", "--out", "FILE"], "file"),
    (["grade", "03_softmax", "PY", "--out", "BELOW"], "below"),
    (["grade", "03_softmax", "PY"], "--out"),
    (["grade", "03_softmax", "PY", "--out", "OUT", "--workers", "many"], "--workers"),
    (["report", "NOWHERE"], "holds no results"),
    (["report", "FILE"], "file"),
    (["report", "FOLDER"], "holds no results"),
    (["report", "DIR", "--submissions", "NOWHERE"], "nowhere does not exist"),
    (["report", "DIR", "--submissions", "FOLDER"], "nothing to grade"),
    (["check", "03_softmax", "NOWHERE"], "nowhere does not exist"),
    (["check", "03_softmax", "FOLDER"], "nothing to grade"),
    (["check", "03_softmax"], "see capas check --help"),
    (["verify", "03_softmax", "--json", "FOLDER"], "is a folder"),
    (["verify", "03_softmax", "--json", "BELOW"], "below"),
    (["new", "course", "FULL"], "is not empty; name a new folder"),
    (["new", "course", "FILE"], "is a file; name a new folder"),
    (["new", "course", "BELOW"], "file"),
    (["new", "course", "OUT", "--lang", "English"], "`English` is no code of a language"),
    (["new", "stage", "03_softmax", "--questions", "a"], "there is a stage `03_softmax` already"),
    (["new", "stage", "06 Falling", "--questions", "a"], "`06 Falling` cannot name a stage"),
    (["new", "stage", "06_falling", "--questions", "2d"], "`2d` cannot name a question"),
    (["new", "stage", "06_falling", "--questions", "g:varable"], "no kind `varable`; kinds are function"),
    (["new", "stage", "06_falling"], "--questions"),
    (["new", "stage", "06_falling", "--questions", "a", "--course", "NOWHERE"], "no course.toml there"),
    (["demo", "--out", "FILE"], "not of a demonstration"),
    (["demo", "--out", "FULL"], "not of a demonstration"),
    (["demo", "99_none", "--out", "OUT"], "unknown stage"),
    (["canvas", "package", "--no-pdf", "--lang", "en", "--out", "FILE"], "file"),
    (["canvas", "collect", "NOWHERE", "--out", "OUT"], "nowhere"),
    (["canvas", "collect", "EMPTY", "--out", "OUT"], "empty_file"),
    (["canvas", "collect", "FOLDER", "--out", "OUT"], "folder"),
    (["canvas", "collect", "CLASS", "--out", "FILE"], "file"),
    (["canvas", "collect", "CLASS", "--out", "OUT", "--gradebook", "NOWHERE"], "nowhere"),
    (["canvas", "grades", "NOWHERE", "--gradebook", "FILE"], "nowhere"),
    (["canvas", "grades", "FILE", "--gradebook", "FILE"], "file"),
    (["canvas", "grades", "DIR", "--gradebook", "FOLDER"], "folder"),
    (["canvas", "grades", "DIR", "--gradebook", "EMPTY"], "not a gradebook"),
    (["canvas", "feedback", "DIR", "NOWHERE"], "nowhere"),
    (["canvas", "feedback", "DIR", "FILE"], "file"),
    (["canvas", "feedback", "FOLDER", "CLASS"], "folder"),
    (["canvas", "feedback", "DIR", "CLASS", "--out", "FOLDER"], "folder"),
    (["canvas", "feedback", "DIR", "CLASS", "--out", "BELOW"], "file is a file; a folder"),
    (["canvas", "feedback", "DIR", "CLASS", "--gradebook", "FOLDER"], "folder"),
    (["canvas", "push", "results", "DIR", "NOWHERE", *PUSH], "nowhere"),
    (["canvas", "push", "results", "NOWHERE", *PUSH], "nowhere"),
    (["canvas", "push", "fetch", "99_none", *PUSH, "--out", "OUT"], "unknown stage"),
    (["nonesuch"], "No such command"),
    (["build", "--nonesuch"], "--nonesuch"),
]


@pytest.mark.parametrize(("arguments", "words"), CASES, ids=[" ".join(arguments) for arguments, _ in CASES])
def test_wrong_use_is_one_line(
    arguments: list[str],
    words: str,
    places: dict[str, str],
    tmp_path: Path,
    graded: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(tmp_path, graded)
    typed = [places.get(argument, argument) for argument in arguments]
    code = run_command(lambda: app(typed, prog_name="capas", standalone_mode=False))
    told = capsys.readouterr().err
    assert (code, told.count("\n"), told.startswith("capas: ")) == (2, 1, True), told
    assert words in told
    assert "Traceback" not in told
    assert contents(tmp_path, graded) == before


def fails_with(error: BaseException) -> Callable[[], object]:
    def command() -> object:
        raise error

    return command


def test_an_error_of_the_program_is_one_line_and_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run_command(fails_with(KeyError("lost"))) == 1
    told = capsys.readouterr().err
    (written,) = tmp_path.iterdir()
    assert told == f"capas: an error of the program, not yours: KeyError: 'lost'; please report it with {written}\n"
    assert "Traceback" in written.read_text(encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert run_command(fails_with(KeyError("lost"))) == 1
    assert "test_failures.py:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "the disk is full"),
        (OSError(28, "No space left on device", "graded/a.json"), "graded/a.json: the disk is full"),
        (PermissionError(13, "Permission denied", "graded"), "graded may not be read or written"),
        (OSError(30, "Read-only file system", "graded"), "read-only"),
        (OSError(24, "Too many open files"), "ulimit -n"),
        (OSError(5, "Input/output error", b"bytes.py"), "bytes.py: Input/output error"),
        (BrokenPipeError(32, "Broken pipe"), "Broken pipe"),  # not the output's: a worker's
        (MemoryError(), "not enough memory"),
    ],
)
def test_what_the_system_refuses(error: Exception, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(fails_with(error)) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("course", [".", "course.toml"])
def test_a_course_is_named_by_its_folder_or_its_file(
    course: str, capsys: pytest.CaptureFixture[str], small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_course)
    assert run_command(lambda: app(["build", "none", "--course", course], standalone_mode=False)) == 2
    assert "unknown stage 'none'; the course has 03_softmax" in capsys.readouterr().err


def test_the_language_is_by_default_the_first_of_the_course(
    small_course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_course / "course.toml"
    path.write_text(path.read_text("utf-8").replace('languages = ["es", "en"]', 'languages = ["en", "es"]'), "utf-8")
    (small_course / "stub.py").write_text("def softmax(a):\n    ...\n")
    monkeypatch.chdir(small_course)
    assert run_command(lambda: app(["check", "03_softmax", "stub.py"], standalone_mode=False)) == 1
    assert "has not been begun" in capsys.readouterr().out
