"""What is too much to read costs itself: its process ends, the next file has another, and both have an answer."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from handed_in_samples import code, notebook

from capas.submission import (
    Contents,
    Sought,
    StageNames,
    SubmissionFile,
    TooMuchError,
    bounded,
    call_bounded,
    hash_of,
    list_submissions,
    problem_text,
    read_submission,
)

SOUGHT = Sought("03_softmax", StageNames(("softmax",)))
HONEST = b"def softmax(a):\n    return a + 1\n"
SECONDS, MEMORY_MB = 1.0, 64
MANY_LINES = b"x\n" * 400_000
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="only the clock is bounded there")


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bounded, "BOUNDS", bounded.Bounds(SECONDS, 60.0, MEMORY_MB))
    yield
    bounded._worker.end()


def read(name: str, data: bytes) -> tuple[str, list[str]]:
    submission = read_submission(SubmissionFile("ana", name, Contents(data)), SOUGHT)
    assert (submission.id, submission.file, submission.sha256) == ("ana", name, hash_of(data))
    return submission.problem, submission.cells


def spin() -> bytes:
    while True:
        pass


def fill() -> bytes:
    return bytes(len([bytearray(2**20) for _ in range(10_000)]))


def sleep() -> bytes:
    time.sleep(60)
    return b""


def die() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def process_id() -> bytes:
    return str(os.getpid()).encode()


@needs_fork
@pytest.mark.parametrize("too_much", [spin, fill, die])
def test_what_takes_too_much_ends_its_process_and_nothing_else(too_much) -> None:
    before = call_bounded(process_id)
    assert call_bounded(process_id) == before != process_id()
    with pytest.raises(TooMuchError):
        call_bounded(too_much)
    after = call_bounded(process_id)
    assert after not in (before, process_id())
    assert not Path(f"/proc/{before.decode()}").exists()


def test_what_only_waits_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "BOUNDS", bounded.Bounds(SECONDS, 0.3, MEMORY_MB))
    with pytest.raises(TooMuchError):
        call_bounded(sleep)


def test_where_there_is_no_fork_a_process_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_forked", bounded._spawned)
    assert read("a.py", HONEST) == ("", [HONEST.decode()])
    assert read("lines.py", MANY_LINES) == ("too_much_to_read", [])
    assert read("a.py", HONEST) == ("", [HONEST.decode()])


def test_an_error_of_ours_is_none_of_the_students() -> None:
    with pytest.raises(RuntimeError, match="ValueError: invalid literal"):
        call_bounded(int, "x")  # type: ignore[arg-type]


@needs_fork
def test_a_process_that_was_killed_meanwhile_is_replaced() -> None:
    for _ in range(5):
        os.kill(int(call_bounded(process_id)), signal.SIGKILL)
        assert read("a.py", HONEST) == ("", [HONEST.decode()])


@needs_fork
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lines.py", MANY_LINES),
        ("numbers.ipynb", notebook(code("[" + "1," * 600_000 + "]"))),
        ("cells.ipynb", notebook(*[code("x", more=[[]] * 500)] * 6_000)),
    ],
)
def test_what_is_too_much_is_told_and_the_next_is_read(name: str, data: bytes) -> None:
    assert read(name, data) == ("too_much_to_read", [])
    assert read("ana.py", HONEST) == ("", [HONEST.decode()])
    for language in ("es", "en"):
        told = problem_text(language, "too_much_to_read", {})
        assert f" {MEMORY_MB} MB" in told
        assert " 1 se" in told


@needs_fork
def test_what_is_nested_without_end_is_read_like_anything_else() -> None:
    for source in ("(" * 100_000, "-" * 500_000 + "1", "x = 1" + "+1" * 50_000, "[" * 50_000 + "]" * 50_000):
        assert read("a.py", source.encode())[0] in ("", "too_much_to_read")
    assert read("a.ipynb", b'{"cells":' + b"[" * 10**6 + b"]" * 10**6 + b"}") == ("not_a_notebook", [])


def test_lines_that_ipython_would_rewrite_one_by_one_are_left_as_they_are() -> None:
    # Each costs a look at all of them: as many as these took minutes.
    source = "%matplotlib inline\n" + ";\n" * 50_000
    assert read("a.ipynb", notebook(code(source))) == ("", [source])


@needs_fork
def test_a_class_is_listed_with_what_is_too_much_to_read(tmp_path: Path) -> None:
    for name, data in {"ana/softmax.py": HONEST, "ana/b.py": MANY_LINES, "eva/softmax.py": MANY_LINES}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    listed = list_submissions([tmp_path], frozenset({"softmax"}), SOUGHT)
    problems = {file.id: read_submission(file, SOUGHT).problem for file in listed}
    assert problems["eva_softmax" if "eva_softmax" in problems else "eva"] == "too_much_to_read"
    assert any(id_.startswith("ana") for id_ in problems)
