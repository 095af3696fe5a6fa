"""Some questions graded again: these are as grading gives them now, every other stays, and nothing is lost."""

import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capas.grading.result import KILLED, CaseResult, Isolation, QuestionResult, Result
from capas.grading.standing import compared, standings
from capas.run.changes import changes_csv
from capas.run.journal import UNKNOWN_KEY
from capas.run.pool import GradingRun, grade_all
from capas.run.questions_again import grade_questions
from capas.run.results_folder import read_machine_results
from capas.sandbox import Limits
from capas.submission import Contents, SubmissionFile, hash_of

QUESTIONS, IDS = ("one", "two", "three"), "abc"


class Graders(msgspec.Struct, frozen=True):
    """What `run/` asks of a stage, of which each question has a version."""

    versions: dict[str, int]
    assignment: str = "stage"
    language: str = "en"
    limits: Limits = Limits()
    outside_only: bool = False

    @property
    def questions(self) -> list[str]:
        return list(QUESTIONS)

    def key(self) -> str:
        return hashlib.sha256(repr(sorted(self.versions.items())).encode()).hexdigest()

    def grade(self, one: SubmissionFile) -> Result:
        questions = []
        for name in QUESTIONS:
            score = hashlib.sha256(one.read() + f"{name} {self.versions[name]}".encode()).digest()[0] / 64
            questions.append(QuestionResult(name, score, 4.0, False, None, [CaseResult("c", False, 4.0, False)]))
        score = sum(question.score for question in questions)
        status = "timed out" if b"slow" in one.read() and self.versions["one"] else "graded"
        isolation = Isolation(5, ["process"])
        return Result(one.id, one.file, hash_of(one.read()), "stage", status, score, 12.0, questions, isolation, "0")

    def all_of(self, waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        for one in waiting:
            yield [self.grade(one)]


class Scene:
    """A folder of results, a class that hands in, and versions of the questions."""

    def __init__(self, out: Path):
        self.out = out
        self.contents = dict.fromkeys(IDS, b"first")
        self.versions = dict.fromkeys(QUESTIONS, 0)
        self.notes: list[str] = []

    def files(self, ids: str = IDS) -> list[SubmissionFile]:
        return [SubmissionFile(one, f"{one}.py", Contents(one.encode() + self.contents[one])) for one in ids]

    def graders(self) -> Any:
        return Graders(dict(self.versions))

    def whole(self, ids: str = IDS, out: Path | None = None) -> None:
        run = GradingRun(self.graders(), out or self.out, 1, levels=range(6))
        grade_all(run, self.files(ids), grade=self.graders().all_of)

    def again(self, *names: str, grade: Callable[..., Any] | None = None) -> None:
        self.notes = []
        run = GradingRun(self.graders(), self.out, 1, levels=range(6))
        grade_questions(run, self.files(), {*names}, grade or self.graders().all_of, on_note=self.notes.append)

    def results(self) -> dict[str, Result]:
        return {result.submission: result for result in read_machine_results(self.out).results}

    def keys(self) -> set[str]:
        return set(read_machine_results(self.out).keys.values())

    def bytes(self, out: Path | None = None) -> dict[str, bytes]:
        """Return what is kept of last attempts; earlier ones, `a~1`, depend on what was handed in before."""
        folder = out or self.out
        paths = [folder / "grades.csv", *(path for path in (folder / "results").glob("*") if "~" not in path.name)]
        lines = (folder / "journal.jsonl").read_bytes().splitlines()
        journal = b"\n".join(line for line in lines if b"~" not in line)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths} | {"journal": journal}


def question(result: Result, name: str) -> bytes:
    (found,) = (msgspec.json.encode(one) for one in result.questions if one.name == name)
    return found


def test_where_only_that_question_changed_the_result_is_that_of_now(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "out")
    scene.whole()
    scene.versions["two"] = 1
    scene.again("two")
    scene.whole(out=tmp_path / "undisturbed")
    assert scene.bytes() == scene.bytes(tmp_path / "undisturbed")
    assert scene.notes == []


def test_where_others_would_change_they_stay_and_it_is_said(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "out")
    scene.whole()
    scene.versions |= {"one": 1, "two": 1}
    scene.again("two")
    (note,) = scene.notes
    assert "besides two" in note
    assert scene.keys() == {UNKNOWN_KEY}
    scene.whole()
    scene.whole(out=tmp_path / "undisturbed")
    assert scene.bytes() == scene.bytes(tmp_path / "undisturbed")


def test_a_new_file_a_new_student_and_one_that_ends_otherwise_are_left_alone(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "out")
    scene.contents["b"] = b"slow"
    scene.whole("ab")
    before = scene.bytes()
    scene.contents["a"] = b"second"
    scene.versions["one"] = 1
    scene.again("one", "two", "three")
    assert scene.bytes() == before
    (note,) = scene.notes
    assert note.startswith("left as they were: a.py, b.py, c.py;")


def test_a_result_is_kept_where_what_graded_it_again_was_killed(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "out")
    scene.whole()
    before = scene.bytes()
    scene.versions["one"] = 1

    def killed(waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        for one in waiting:
            yield [msgspec.structs.replace(scene.graders().grade(one), status=KILLED, sha256="")]

    scene.again("one", grade=killed)
    assert scene.bytes() == before
    (note,) = scene.notes
    assert "killed: a.py, b.py, c.py" in note


def test_changes_stand_side_by_side_and_no_cell_is_a_formula() -> None:
    graders = Graders(dict.fromkeys(QUESTIONS, 0))
    was = graders.grade(SubmissionFile("=1+1", "=1+1.py", Contents(b"x")))
    first = msgspec.structs.replace(was.questions[0], score=was.questions[0].score + 0.25)
    now = msgspec.structs.replace(was, score=was.score + 0.25, questions=[first, *was.questions[1:]])
    gone = msgspec.structs.replace(was, submission="gone")
    changes = compared(standings([was, gone]), standings([now]))
    assert [(one.submission, one.changed, one.points, one.questions()) for one in changes] == [
        ("=1+1", True, 0.25, ["one"]),
        ("gone", False, 0.0, list(QUESTIONS)),
    ]
    header, row, last = changes_csv(changes, ["one"]).decode().splitlines()
    assert header == "submission,file,change,score_before,score,one_before,one"
    assert row.startswith("'=1+1,'=1+1.py,0.25,")
    assert last.endswith(f",{first.score - 0.25:g},")


names = st.lists(st.sampled_from(QUESTIONS), min_size=1, unique=True)
STEPS = st.one_of(
    st.tuples(st.just("whole"), st.sampled_from(["a", "bc", IDS])),
    st.tuples(st.just("again"), names),
    st.tuples(st.just("mend"), names),
    st.tuples(st.just("hand in"), st.sampled_from(IDS), st.sampled_from([b"first", b"second", b"slow"])),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_any_sequence_keeps_what_was_not_asked_for_and_ends_as_one_grading(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(Path(folder, "out"))
        for step in steps:
            match step:
                case ("whole", ids):
                    scene.whole(ids)
                case ("mend", mended):
                    scene.versions |= {name: scene.versions[name] + 1 for name in mended}
                case ("hand in", one, data):
                    scene.contents[one] = data
                case (_, again) if (scene.out / "run.json").exists():
                    before = scene.results()
                    scene.again(*again)
                    after = scene.results()
                    assert after.keys() == before.keys()
                    for one, result in after.items():
                        fresh = scene.graders().grade(*scene.files(one))
                        is_same = (fresh.sha256, fresh.status) == (before[one].sha256, before[one].status)
                        for name in QUESTIONS:
                            expected = fresh if is_same and name in again else before[one]
                            assert question(result, name) == question(expected, name)
                        assert result.score == pytest.approx(sum(question.score for question in result.questions))
        scene.whole()
        scene.whole(out=Path(folder, "undisturbed"))
        assert scene.bytes() == scene.bytes(Path(folder, "undisturbed"))
