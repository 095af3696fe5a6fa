"""Whatever happens to a folder of results, one undisturbed grading of everything ends in the same bytes."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_stage import copy_course

from capas.course.model import Stage, load_course
from capas.files import UserError
from capas.grading.maker import StageGraders
from capas.grading.result import CaseResult, Isolation, QuestionResult, Result
from capas.run.pool import GradingRun, grade_all
from capas.run.results_folder import ResultsFolder, Run
from capas.submission import Contents, SubmissionFile

IDS = "abcde"
LEVELS = range(6)


def submissions(ids: list[str]) -> list[SubmissionFile]:
    # d and e have the same bytes.
    return [SubmissionFile(one, f"{one}.py", Contents(b"x = %d" % min(ord(one), ord("d")))) for one in ids]


def fake_grader(stage: Stage) -> Callable[[Iterator[SubmissionFile]], Generator[list[Result], None, None]]:
    """A grader that runs nothing: its scores follow from the submission and from the stage's mistakes."""
    mistakes = (stage.solutions / "mistakes.py").read_bytes()

    def grade(waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        for one in waiting:
            data = one.read()
            score = hashlib.sha256(data + mistakes).digest()[0] / 256
            questions = [
                QuestionResult(q.name, score, q.points, False, None, [CaseResult("c", False, q.points, False)])
                for q in stage.questions
            ]
            sha256 = hashlib.sha256(data).hexdigest()
            yield [Result(one.id, one.file, sha256, stage.id, "graded", score, 20.0, questions, Isolation(0, []), "0")]

    return grade


def grade(stage: Stage, ids: list[str], out: Path) -> None:
    grade_all(GradingRun(StageGraders(stage, "es"), out, 1, levels=LEVELS), submissions(ids), grade=fake_grader(stage))


def grade_and_be_killed(stage: Stage, ids: list[str], out: Path, writes: int) -> None:
    """Grade in a process that ends without any tidying at one of its writes."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    try:
        left = writes

        def ending_before(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return function(*arguments)

            return call

        os.fsync = ending_before(os.fsync)
        Path.replace = ending_before(Path.replace)  # type: ignore[method-assign]
        grade(stage, ids, out)
    finally:
        os._exit(0)


def spoil(path: Path, how: str, place: int) -> None:
    if not path.is_file():
        return
    data = path.read_bytes()
    place %= len(data) + 1
    changed = {
        "flip": data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] if place < len(data) else data,
        "cut": data[:place],
        "garbage": b"\xff\xfe{" + data[place:],
        "repeat": data[:place] + data,
        "glue": data.replace(b"\n", b"", 1),
    }
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how != "delete":
        path.write_bytes(changed[how])


def report(stage: Stage, out: Path) -> None:
    """Do to the folder of results what `capas report` does; it writes pages besides."""
    with ResultsFolder(out, Run(stage.id, "es")) as folder:
        assert [result.submission for result in folder.journal] == folder.journal.submissions()


def contents(out: Path) -> dict[str, bytes]:
    paths = [out / "grades.csv", out / "journal.jsonl", out / "run.json", *(out / "results").iterdir()]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


some = st.lists(st.sampled_from(IDS), min_size=1, unique=True)
hows = st.sampled_from(["flip", "cut", "garbage", "repeat", "glue", "delete"])
STEPS = st.one_of(
    st.tuples(st.just("grade"), some),
    st.tuples(st.just("killed"), some, st.integers(0, 30)),
    st.tuples(st.just("change"), st.integers(0, 3)),
    st.tuples(st.just("spoil"), st.sampled_from(["journal.jsonl", "grades.csv"]), hows, st.integers(0, 10_000)),
    st.tuples(
        st.just("spoil"),
        st.sampled_from([f"results/{one}.json" for one in IDS]),
        hows | st.just("folder"),
        st.integers(0),
    ),
    st.tuples(st.just("spoil"), st.just("run.json"), st.just("delete"), st.just(0)),
    st.tuples(st.just("report")),
)


@pytest.fixture(scope="module")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("course"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
@settings(max_examples=40)
@given(st.lists(STEPS, min_size=1, max_size=8))
def test_any_sequence_ends_as_one_undisturbed_run(course_folder: Path, steps: list[tuple[Any, ...]]) -> None:
    (stage,) = load_course(course_folder).stages
    mistakes = stage.solutions / "mistakes.py"
    source = mistakes.read_bytes()
    done: set[str] = set()
    try:
        with tempfile.TemporaryDirectory() as folder:
            out, undisturbed = Path(folder, "out"), Path(folder, "undisturbed")
            for step in steps:
                match step:
                    case ("grade", ids):
                        grade(stage, ids, out)
                        done |= set(ids)
                    case ("killed", ids, writes):
                        grade_and_be_killed(stage, ids, out, writes)
                    case ("change", number):
                        mistakes.write_bytes(source + b"# %d\n" % number)
                    case ("spoil", name, how, place):
                        spoil(out / name, how, place)
                    case _:
                        report(stage, out)
                if not any(step[0] == "spoil" for step in steps):
                    assert done <= {path.stem for path in (out / "results").glob("*.json")}
            grade(stage, list(IDS), out)
            grade(stage, list(IDS), undisturbed)
            assert contents(out) == contents(undisturbed)
    finally:
        mistakes.write_bytes(source)


def test_the_grader_is_really_killed(course_folder: Path, tmp_path: Path) -> None:
    """Of the property above: without this it could hold because nothing was ever interrupted."""
    (stage,) = load_course(course_folder).stages
    left = []
    for writes in range(0, 30, 3):
        out = tmp_path / str(writes)
        grade_and_be_killed(stage, list(IDS), out, writes)
        left.append(len(list(out.glob("results/*.json"))))
    assert len(set(left)) > 3


def test_another_stage_is_refused_and_nothing_of_it_lost(course_folder: Path, tmp_path: Path) -> None:
    (stage,) = load_course(course_folder).stages
    grade(stage, list(IDS), tmp_path)
    before = contents(tmp_path)
    with pytest.raises(UserError, match="choose another --out"):
        ResultsFolder(tmp_path, Run("02_activations", "es"))
    assert contents(tmp_path) == before
