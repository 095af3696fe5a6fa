"""The leaderboard: who is where, what is shown of whom, curves, confusions, and what it takes for a large class."""

import csv
import io
import random
from pathlib import Path

import msgspec
import pytest
from made import HOSTILE, well_made
from measured_course import ASSIGNMENT, MEASURES, STAGE, make_measured_course
from rich.console import Console

from capas.cli.terminal import show_written
from capas.course.model import Stage, load_course
from capas.files import UserError
from capas.grading.result import CaseResult, Isolation, MeasuredValue, QuestionResult, Result
from capas.report.class_list import HandedIn
from capas.report.curves import MAX_POINTS, curve_of
from capas.report.leaderboard import LEADERBOARD_FILE, LEADERBOARD_TABLE, Leaderboard
from capas.report.measured import measured_text, number_text
from capas.report.write import Written
from capas.submission.manifest import Entry
from capas.submission.pseudonyms import MAX_CHARACTERS, pseudonym_in


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    root = tmp_path_factory.mktemp("course")
    made = make_measured_course(root)
    (made.assignment / "assignment.toml").write_text(ASSIGNMENT + MEASURES, encoding="utf-8")
    return load_course(root).stages[0]


def with_names(stage: Stage, names: str) -> Stage:
    return msgspec.structs.replace(stage, leaderboard=names)


def result(name: str, pseudonym: str = "", **measures: MeasuredValue) -> Result:
    cases = [CaseResult("c", True, 1.0, True, measures=measures or msgspec.UNSET)]
    question = QuestionResult("train", 1.0, 1.0, False, None, cases)
    isolation = Isolation(4, ["process"])
    return Result(name, f"{name}.py", "", STAGE, "graded", 1, 1, [question], isolation, "0", pseudonym=pseudonym)


def written(stage: Stage, results: list[Result], out: Path, language: str = "en") -> tuple[str, list[list[str]]]:
    entries = {one.submission: Entry(one.submission, "collected", name=f"Ana {one.submission}") for one in results}
    board = Leaderboard(stage, HandedIn(entries), language)
    for one in results:
        board.add(one)
    assert board.write(out)
    rows = list(csv.reader(io.StringIO((out / LEADERBOARD_TABLE).read_text(encoding="utf-8"))))
    page = (out / LEADERBOARD_FILE).read_text(encoding="utf-8")
    well_made(page)
    return page, rows


def test_more_is_better_first_then_less_and_equals_share_a_place(stage: Stage, tmp_path: Path) -> None:
    results = [
        result("slow", accuracy=0.9, parameters=100, seconds=3.0),
        result("large", accuracy=0.9, parameters=5000, seconds=1.0),
        result("best", accuracy=0.95, parameters=9000, seconds=9.0),
        result("quick", accuracy=0.9, parameters=100, seconds=2.0),
        result("twin", accuracy=0.9, parameters=100, seconds=2.0),
        result("none", learnt=1.0),
        result("odd", accuracy=None, parameters=7),
    ]
    _, rows = written(with_names(stage, "names"), results, tmp_path)
    assert rows[0] == ["place", "name", "accuracy", "parameters", "seconds"]
    assert [(row[0], row[1].removeprefix("Ana ")) for row in rows[1:]] == [
        ("1", "best"),
        ("2", "quick"),
        ("2", "twin"),
        ("4", "slow"),
        ("5", "large"),
        ("", "odd"),
    ]


def test_nothing_is_said_of_anybody_but_the_name_that_the_course_allows(stage: Stage, tmp_path: Path) -> None:
    results = [result("garcia_1", "Ada", accuracy=0.9), result("lopez_2", "", accuracy=0.8)]
    page, _ = written(with_names(stage, "pseudonyms"), results, tmp_path)
    assert "Ada" in page
    assert "without a pseudonym" in page
    assert not any(word in page + (tmp_path / LEADERBOARD_TABLE).read_text() for word in ("garcia", "lopez", "Ana"))
    page, rows = written(with_names(stage, "none"), results, tmp_path)
    assert not any(word in page for word in ("garcia", "lopez", "Ana", "Ada", "pseudonym"))
    assert [row[:2] for row in rows[1:]] == [["1", ""], ["2", ""]]
    page, _ = written(with_names(stage, "names"), results, tmp_path)
    assert "Ana garcia_1" in page
    assert "Ada" not in page


@pytest.mark.parametrize("name", [LEADERBOARD_FILE, ""])
def test_whoever_reports_is_told_where_it_is(name: str, tmp_path: Path) -> None:
    told = io.StringIO()
    show_written(Console(file=told, width=300), Written(1, 0, [], [], name), tmp_path)
    assert (f"{tmp_path / LEADERBOARD_FILE} is the leaderboard" in told.getvalue()) == bool(name)


def test_a_number_behind_a_pseudonym_makes_it_nobody_elses(stage: Stage, tmp_path: Path) -> None:
    names = ("Ada", "Ada", "Ada (2)", "Ada (2)", "Ada")
    results = [result(str(place), name, accuracy=1 - place / 10) for place, name in enumerate(names)]
    page, _ = written(with_names(stage, "pseudonyms"), results, tmp_path)
    shown = [one.partition("</bdi>")[0] for one in page.split("<bdi>")[1:]]
    assert shown == ["Ada", "Ada (3)", "Ada (2)", "Ada (2) (2)", "Ada (4)"]


def test_one_pseudonym_of_two_and_pseudonyms_that_are_no_names_harm_nothing(stage: Stage, tmp_path: Path) -> None:
    names = [pseudonym_in([f"pseudonym = {text!r}"]) for text in ("Ada", "Ada", "=1+1", *HOSTILE)]
    results = [result(f"s{number}", name, accuracy=0.9) for number, name in enumerate(names)]
    page, rows = written(with_names(stage, "pseudonyms"), results, tmp_path)
    assert "Ada (2)" in page
    assert "<script" not in page
    assert "'=1+1" in {row[1] for row in rows}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("pseudonym = 'Ada'", "Ada"),
        ('x = 1\nseudonimo: str = "El  gato"  # mío\n', "El gato"),
        ("seudónimo = 'ñandú'", "ñandú"),
        ("pseudonym = 'one'\npseudonym = 'two'", "two"),
        ("pseudonym = open('/etc/passwd').read()", ""),
        ("pseudonym = f'{secret}'", ""),
        ("pseudonym = 'a' + 'b'", ""),
        ("pseudonym = 3", ""),
        ("    pseudonym = 'inside'", ""),
        ("pseudonym = 'not closed", ""),
        ("pseudonym = ''", ""),
        ("def broken(:\npseudonym = 'Ada'\n%magic", "Ada"),
        ("pseudonym = " + "(" * 190, ""),
        ("pseudonym = '" + "x" * 100 + "'", "x" * MAX_CHARACTERS),
    ],
)
def test_a_pseudonym_is_a_plain_text_and_is_not_run(source: str, wanted: str) -> None:
    assert pseudonym_in([source]) == wanted


def test_confusions_of_a_class_are_added_up(stage: Stage, tmp_path: Path) -> None:
    tables = [[[3, 1, 0], [0, 4, 0], [0, 2, 2]], [[4, 0, 0], [0, 4, 0], [0, 3, 1]], [[1, 0], [0, 1]], "no table"]
    results = [result(f"s{n}", accuracy=0.9, confusion=table) for n, table in enumerate(tables)]  # type: ignore[arg-type]
    page, _ = written(stage, results, tmp_path)
    said = well_made(page).said
    assert "2 taken for 1: 5 times, 62.5 % of all 2; in 2 of 2 answers" in said
    assert said.index("2 taken for 1") < said.index("0 taken for 1: 1 times, 12.5 %")


def test_a_curve_is_a_line_in_few_points_with_words() -> None:
    curve = curve_of([1.0, 0.5, None, 0.25], "en")
    assert curve is not None
    assert curve.points.split() == ["2,2", "33,14", "94,20"]
    assert curve.told == "from 1 to 0.25 in 4 steps"
    long = curve_of([1 / (1 + step) for step in range(200)], "es")
    assert long is not None
    assert len(long.points.split()) <= MAX_POINTS
    assert long.points.split()[-1].startswith("94,")
    none: list[MeasuredValue] = [None, 3.0, [], [1.0], [None, None, 2.0]]
    assert [curve_of(value, "en") for value in none] == [None] * 5
    assert curve_of([0.0, 0.0], "en") is not None


def test_numbers_are_written_as_people_read_them(stage: Stage) -> None:
    accuracy, parameters, seconds, *_ = stage.measures
    assert number_text(accuracy, 0.96333) == "96.3 %"
    assert number_text(parameters, 4810) == "4\N{THIN SPACE}810"
    assert number_text(seconds, 2.34567) == "2.35"
    assert number_text(seconds, None) == "–"
    told = measured_text(stage, result("one", accuracy=0.5, seconds=2, curve=[1, 2]), "es")
    assert told == "Aciertos: 50.0 % · Segundos: 2"


def test_without_measures_there_is_no_page_and_none_stays(stage: Stage, tmp_path: Path) -> None:
    written(stage, [result("one", accuracy=0.5)], tmp_path)
    board = Leaderboard(stage, HandedIn({}), "en")
    board.add(result("one"))
    assert not board.write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_class_of_three_thousand_is_a_page_of_a_few_megabytes(stage: Stage, tmp_path: Path) -> None:
    random.seed(3)
    curve: MeasuredValue = [1 / (1 + step) for step in range(200)]
    results = [
        result(f"s{number}", f"name {number}", accuracy=round(random.random(), 3), parameters=number, curve=curve)
        for number in range(3000)
    ]
    page, rows = written(with_names(stage, "pseudonyms"), results, tmp_path)
    assert len(rows) == 3001
    assert len(page.encode()) < 3_000_000


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('name = "curve"', 'name = "The curve"', "measure `The curve`: expected the name that a case gives it"),
        ('name = "curve"', 'name = "accuracy"', "measure `accuracy`: two have this name"),
        ('title.es = "Segundos"', "", "measure `seconds`: expected `title.es`"),
        ('form = "percent"', 'form = "share"', "expected one of"),
        ('form = "curve"', 'form = "curve"\nbetter = "less"', "a curve is neither more nor less"),
        ("better =", "# better =", "no measure says what is better"),
        ("better =", "best =", "did you mean `better`?"),
    ],
)
def test_a_mistake_in_measures_is_one_clear_line(tmp_path: Path, before: str, after: str, told: str) -> None:
    stage = make_measured_course(tmp_path)
    text = ASSIGNMENT + MEASURES
    assert before in text
    (stage.assignment / "assignment.toml").write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load_course(tmp_path)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
