"""`overrides.csv`, as any spreadsheet saves it; a row that is wrong is told with its number, and then none counts."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from capas.course.grade_terms import GradeTerms
from capas.course.late_rule import LateRule
from capas.files import UserError, UserErrors
from capas.grading.decided import ALL, LATE_DAYS, Decision
from capas.run.desk import Desk, lateness_of, make_desk
from capas.run.overrides import OVERRIDES, Row, read_rows
from capas.run.people import People, Person
from capas.submission.manifest import Entry
from capas.texts.spreadsheet import decode_csv

QUESTIONS = {"softmax": 7.0, "why": 13.0}
LI_A = Entry("y", "collected", user="1", full_name="Li, Wei", section="A", login="wei1")
LI_B = Entry("z", "collected", user="2", full_name="Li, Wei", section="B", login="wei2")
PEOPLE = [
    Person(
        "garcialopezmaria_12345_678911",
        "garcialopezmaria_12345_678911_softmax.ipynb",
        20.0,
        QUESTIONS,
        Entry(
            "x", "collected", user="12345", name="garcialópezmaría", full_name="García López, María", login="mgarcia"
        ),
    ),
    Person("Ana Díaz", "Ana Díaz.ipynb", 20.0, QUESTIONS),
    Person("li_1", "li_1.py", 20.0, QUESTIONS, LI_A),
    Person("li_2", "li_2.py", 20.0, QUESTIONS, LI_B),
    Person("=1+1", "=1+1.py", 20.0, QUESTIONS),
]
TERMS = GradeTerms(LateRule(points_a_day=1))


def desk(folder: Path, text: str | bytes, terms: GradeTerms = TERMS) -> Desk:
    (folder / OVERRIDES).write_bytes(text if isinstance(text, bytes) else text.encode())
    return make_desk(folder, PEOPLE, terms)


def refused(folder: Path, *rows: str, terms: GradeTerms = TERMS) -> list[str]:
    with pytest.raises(UserErrors) as caught:
        desk(folder, "\n".join(["student,question,points,reason", *rows]), terms)
    assert all("\n" not in line for line in caught.value.lines)
    return [line.partition(f"{OVERRIDES}, ")[2] for line in caught.value.lines]


def test_no_file_and_an_empty_one_decide_nothing(tmp_path: Path) -> None:
    assert make_desk(tmp_path, PEOPLE, TERMS).decisions == {}
    assert desk(tmp_path, "").decisions == {}
    assert desk(tmp_path, "student,question,points,reason\n\n,,,\n").decisions == {}


@pytest.mark.parametrize(
    "student",
    [
        "garcialopezmaria_12345_678911",
        "12345",
        "MGARCIA",
        "García López, María",
        "garcia lopez, maria",
        "María García López",
        "garcialópezmaría",
    ],
)
def test_a_student_is_found_by_what_tells_them_alone(tmp_path: Path, student: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["student", "question", "points", "reason"], [student, "softmax", "5", "bien"]])
    assert desk(tmp_path, text.getvalue()).decisions == {PEOPLE[0].submission: [Decision("softmax", 5.0, "bien")]}


def test_a_cell_that_no_spreadsheet_takes_for_a_formula_is_the_student_all_the_same(tmp_path: Path) -> None:
    assert desk(tmp_path, "student,points\n'=1+1,3\n").decisions == {"=1+1": [Decision(ALL, 3.0)]}


def test_an_empty_question_is_all_and_late_days_are_days(tmp_path: Path) -> None:
    text = "student,question,points,reason\nAna Diaz,,12,\nana_diaz,Late Days,0,ill\n"
    assert desk(tmp_path, text).decisions == {"Ana Díaz": [Decision(ALL, 12.0), Decision(LATE_DAYS, 0.0, "ill")]}


EXCEL = 'sep=;\r\nStudent;Question;Points;Reason;\r\n"García López, María";softmax;4,5;"bien; con «ñ»";\r\n;;;;\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator_line", [True, False])
def test_what_excel_saves_is_read(tmp_path: Path, encoding: str, separator_line: bool) -> None:
    text = EXCEL if separator_line else EXCEL.partition("\n")[2]
    read = desk(tmp_path, text.encode(encoding))
    assert read.decisions == {PEOPLE[0].submission: [Decision("softmax", 4.5, "bien; con «ñ»")]}


def test_every_row_that_is_wrong_is_told_with_its_number(tmp_path: Path) -> None:
    told = refused(
        tmp_path,
        "Ana Díaz,softmax,5,right",
        "nobody,softmax,5,",
        "Ana Díaz,sofmax,5,",
        "",
        '"Ana Díaz",why,"13,5",',
        "ANA DIAZ,softmax,6,again",
    )
    assert [line.partition("; ")[0] for line in told] == [
        "row 3: no submission of nobody",
        "row 4: no question `sofmax` in the result of Ana Díaz",
        "row 6: 13.5 points are above the 13 that why has",
        "row 7: row 2 is of softmax of Ana Díaz, too",
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('"Li, Wei",softmax,1,', "Li, Wei may be any of 2: li_1 (Li, Wei, A, wei1), li_2 (Li, Wei, B, wei2); write"),
        (",softmax,5,", "no student"),
        ("li_1,softmax,-1,", "the points are -1; expected a number"),
        ("li_1,softmax,1.000.5,", "the points are 1.000.5"),
        ("li_1,softmax,,", "the points are missing"),
        ("li_1,softmax,nan,", "the points are nan"),
        ("li_1,softmax,1e3,", "the points are 1e3"),
        ("li_1,softmax,70,", "70 points are above the 7 that softmax has"),
        ("li_1,all,20.5,", "20.5 points are above the 20 that all has"),
        ("li_1,late days,1.5,", "late days are counted in whole numbers"),
        ("li_1,softmax,4,5", "a comma seems to have cut a cell in two"),
        ("li_1,softmax,4,5,right idea", "a comma seems to have cut a cell in two"),
        ("li_1,softmax,4,right, in a way", "a comma seems to have cut a cell in two"),
        (
            "li_1\x1b[31m\u202e,softmax,4,",
            "no submission of li_1\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER};",
        ),
    ],
)
def test_what_is_wrong_is_told_in_a_line(tmp_path: Path, row: str, told: str) -> None:
    assert refused(tmp_path, row)[0].removeprefix("row 2: ").startswith(told)


def test_late_days_without_a_rule_are_told(tmp_path: Path) -> None:
    assert "course.toml says nothing of late days" in refused(tmp_path, "li_1,late days,0,", terms=GradeTerms())[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,points\nx,1\n", "row 1: no column is named student"),
        ("student,question\nx,1\n", "row 1: no column is named points"),
        ("student,points,Points\nx,1,1\n", "row 1: two columns are named points"),
        ('student,points\n"x,1\n', "a quote in it is opened and not closed"),
        ('student;question;points;reason\nx;f;1;"half of wh', "a quote in it is opened and not closed"),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        desk(tmp_path, text)


def test_lateness_is_as_the_platform_says_then_by_the_due_date_then_one_day() -> None:
    import datetime

    due = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    terms = GradeTerms(LateRule(points_a_day=1), due)
    told = lateness_of(Entry("x", "collected", seconds_late=90.0, late=True, submitted=due), terms)
    assert told is not None
    assert told.seconds == 90
    hour = lateness_of(Entry("x", "collected", submitted=due + datetime.timedelta(hours=1)), terms)
    assert hour is not None
    assert hour.seconds == 3600
    assert lateness_of(Entry("x", "collected", submitted=due), terms) is None
    assert lateness_of(Entry("x", "collected", seconds_late=0.0, late=True), terms) is None
    flag = lateness_of(Entry("x", "collected", late=True), terms)
    assert flag is not None
    assert flag.seconds is None


# What Windows-1252 can write.
LETTERS = st.characters(codec="cp1252", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"])
CELL = st.text(LETTERS | st.sampled_from(" ;,\t"), max_size=12).map(str.strip)


@given(
    st.permutations(["student", "question", "points", "reason", "notes"]),
    st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_rows_are_read_whatever_the_order_the_dialect_and_the_encoding(
    tmp_path_factory: pytest.TempPathFactory,
    header: list[str],
    cells: list[tuple[str, ...]],
    delimiter: str,
    encoding: str,
    newline: str,
    separator_line: bool,
) -> None:
    folder = tmp_path_factory.mktemp("overrides")
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL)
    names = ["student", "question", "points", "reason", "notes"]
    writer.writerow(header)
    writer.writerows([[row[names.index(name)] for name in header] for row in cells])
    text = (f"sep={delimiter}{newline}" if separator_line else "") + table.getvalue()
    (folder / OVERRIDES).write_bytes(text.encode(encoding))
    assume(decode_csv(text.encode(encoding)) == text)  # few letters of Windows-1252 in a row are others in UTF-8
    meant = [Row(number, *row[:4]) for number, row in enumerate(cells, 2) if any(row[:4])]
    next_to = delimiter == "," and header.index("reason") == header.index("points") + 1
    if next_to and any(row.points.isdecimal() and row.reason.isdecimal() for row in meant):
        with pytest.raises(UserErrors, match="a comma seems to have cut"):
            read_rows(folder)
    else:
        assert read_rows(folder) == meant


def test_people_of_one_name_are_not_taken_for_each_other() -> None:
    people = People(PEOPLE)
    assert [one.submission for one in people.find("Wei Li")] == ["li_1", "li_2"]
    assert [one.submission for one in people.find("wei2")] == ["li_2"]
    assert people.find("...") == []
