"""Every attempt of a student is kept, in whichever order it is graded, and each student has one row."""

import csv
import io
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.course.grade_terms import AttemptRule, GradeTerms
from capas.grading.result import KILLED, Isolation, QuestionResult, Result
from capas.run.attempts import by_student, earlier_id, given_id, turns_of
from capas.run.desk import DecidedResults, make_desk, people_of
from capas.run.overrides import OVERRIDES
from capas.run.results_folder import ResultsFolder, Run, read_machine_results, read_results_folder
from capas.submission.manifest import Entry, Manifest, write_manifest

RUN = Run("03_softmax", "es", GradeTerms(attempts="best"))


def result(submission: str, score: float, sha256: str, status: str = "graded") -> Result:
    question = QuestionResult("f", score, 10.0, False, None, [])
    return Result(
        submission, f"{submission}.py", sha256, "03_softmax", status, score, 10.0, [question], Isolation(0, []), "0"
    )


def entry(user: str, attachment: int, late: bool = False, seconds_late: float | None = None) -> Entry:
    return Entry(
        f"{user}_{attachment}",
        "collected",
        f"x_{user}_{attachment}",
        user=user,
        attachment=str(attachment),
        late=late,
        seconds_late=seconds_late,
    )


def hand_in(folder: ResultsFolder, made: Result) -> None:
    """Do as grading does with a result of other bytes."""
    origin = folder.journal.origins.get(made.submission)
    if origin and origin.sha256 != made.sha256:
        folder.keep_attempts([made.submission])
    folder.add([made], "key")


def test_what_takes_the_place_of_an_attempt_leaves_it_beside_itself(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        for score, sha256 in ((3.0, "a"), (9.0, "b"), (5.0, "c")):
            hand_in(folder, result("ana", score, sha256))
            hand_in(folder, result("ana", score, sha256))  # the same again is no attempt
        hand_in(folder, result("eva", 4.0, "d"))
        folder.finish(["f"], make_desk(tmp_path, people_of(folder.journal, None), RUN.terms))
    assert {path.stem for path in (tmp_path / "results").iterdir()} == {"ana", "ana~1", "ana~2", "eva"}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "grades.csv").read_text())))
    assert [(row["submission"], row["score"], row["machine_score"]) for row in rows] == [
        ("ana", "9", "5"),
        ("eva", "4", "4"),
    ]
    assert rows[0]["decided"] == "attempt 2 of 3 counts (best) +4"
    (ana, _) = read_results_folder(tmp_path).results
    assert [one.score for one in ana.attempts] == [3.0, 9.0, 5.0]
    assert (ana.submission, ana.counted_submission) == ("ana", "ana~2")


def test_a_run_that_was_stopped_in_between_keeps_an_attempt_once(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("ana", 3.0, "a")], "key")
        folder.keep_attempts(["ana"])
        folder.keep_attempts(["ana"])
        folder.add([result("ana", 9.0, "b")], "key")
        folder.keep_attempts(["ana"])
    assert [one.sha256 for one in read_machine_results(tmp_path).results] == ["b", "a", "b"]


def test_what_was_killed_is_no_attempt(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("ana", 0.0, "a", KILLED)], "key")
        folder.keep_attempts(["ana"])
    assert len(read_machine_results(tmp_path).results) == 1


def test_attempts_go_with_their_student(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        hand_in(folder, result("ana", 3.0, "a"))
        hand_in(folder, result("ana", 4.0, "b"))
        hand_in(folder, result("eva", 4.0, "b"))
        folder.prune({"ana"})
    assert [one.submission for one in read_machine_results(tmp_path).results] == ["eva"]


@given(st.permutations([1, 2, 3]))
def test_the_order_of_grading_does_not_matter_where_a_platform_numbers(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    folder_path = tmp_path_factory.mktemp("graded")
    with ResultsFolder(folder_path, RUN) as folder:
        for number in order:
            hand_in(folder, result(f"x_7_{number}", {1: 3.0, 2: 9.0, 3: 5.0}[number], str(number)))
    late = {2: 86_400.0}
    entries = [entry("7", number, seconds_late=late.get(number, 0.0)) for number in order]
    write_manifest(folder_path, Manifest("canvas", "x.zip", entries))
    (folder_path / OVERRIDES).write_text("student,question,points\nx_7_1,f,6\n")
    (row,) = read_results_folder(folder_path).results
    # The decision names the first, and is of the student.
    assert (row.submission, row.score, [one.score for one in row.attempts]) == ("x_7_3", 6.0, [3.0, 9.0, 5.0])
    assert [one.is_late for one in row.attempts] == [False, True, False]


@pytest.mark.parametrize(("rule", "score"), [("last", 5.0), ("best", 9.0), ("first", 3.0), ("last in time", 3.0)])
def test_each_rule_counts_late_days_of_its_own_attempt(tmp_path: Path, rule: AttemptRule, score: float) -> None:
    entries = [entry("7", 1), entry("7", 2, late=True), entry("7", 3, late=True)]
    people = people_of([result(f"x_7_{n}", 0.0, "") for n in (1, 2, 3)], Manifest("canvas", "x", entries))
    desk = make_desk(tmp_path, people, GradeTerms(attempts=rule))
    results = [result("x_7_1", 3.0, "a"), result("x_7_2", 9.0, "b"), result("x_7_3", 5.0, "c")]
    (now,) = DecidedResults(results, desk)
    assert now.score == score


def test_students_are_told_apart_by_numbers_and_never_by_ids_that_begin_alike() -> None:
    entries = {"a_7_1": entry("7", 1), "a_7_12": entry("7", 12), "a_77_1": entry("77", 1)}
    names = ["a_7_1", "a_7_12", "a_7_12~1", "a_77_1", "ana", "ana~1", "ana~10", "ana~2"]
    assert by_student(names, turns_of(entries)) == [
        ["a_77_1"],
        ["a_7_1", "a_7_12~1", "a_7_12"],
        ["ana~1", "ana~2", "ana~10", "ana"],
    ]
    assert given_id(earlier_id("ana", 3)) == "ana"
    assert msgspec.structs.asdict(turns_of(entries)["a_7_1"]) == {"student": "a_7_12", "number": 0}


def test_the_api_counts_attempts_and_numbers_of_files_do_not_matter_then() -> None:
    def numbered(attempts: list[int | None]) -> list[str]:
        entries = {
            f"x_{number}": msgspec.structs.replace(entry("7", number), attempt=attempt)
            for number, attempt in zip((9, 8, 10), attempts, strict=True)
        }
        return sorted(turns_of(entries), key=lambda name: turns_of(entries)[name].number)

    assert numbered([1, 2, 3]) == ["x_9", "x_8", "x_10"]
    assert numbered([1, None, 3]) == ["x_8", "x_9", "x_10"]


def test_only_what_may_count_is_told_to_be_of_older_cases(tmp_path: Path) -> None:
    last = make_desk(tmp_path, [], GradeTerms())
    assert last.may_count(["ana~1", "ana", "eva"]) == ["ana", "eva"]
    assert make_desk(tmp_path, [], RUN.terms).may_count(["ana~1", "ana", "eva"]) == ["ana~1", "ana", "eva"]
    with ResultsFolder(tmp_path, Run("03_softmax", "es")) as folder:
        hand_in(folder, result("ana", 3.0, "a"))
        hand_in(folder, result("ana", 4.0, "b"))
    assert read_results_folder(tmp_path).keys == {"ana": "key"}
    assert set(read_results_folder(tmp_path, RUN.terms).keys) == {"ana", "ana~1"}
