"""The gradebook: read as Canvas writes it and as Excel spoils it, written so that Canvas takes exactly the grades."""

import csv
import io
from pathlib import Path

import pytest
from canvas_class import Member, gradebook_csv, make_class, submissions_zip
from canvas_importer import import_grades
from canvas_results import write_graded
from hypothesis import given
from hypothesis import strategies as st

from capas.canvas.gradebook import number, read_gradebook
from capas.canvas.grades import compare, find_column, grades_csv
from capas.canvas.results_by_student import read_graded
from capas.cli.canvas_terminal import show_difference
from capas.files import UserError
from capas.submission.exports import collect
from capas.submission.manifest import Entry

TITLES = {501: "Colapso lineal: una sola capa", 503: "Softmax: de números a probabilidades"}


def score_of(entry: Entry) -> float:
    return int(entry.attachment) % 41 / 2


@pytest.fixture
def members() -> list[Member]:
    return make_class(200)


@pytest.fixture
def graded(tmp_path: Path, members: list[Member]) -> Path:
    contents = {attachment: b"x = 1\n" for member in members for attachment in member.attachments}
    (tmp_path / "submissions.zip").write_bytes(submissions_zip(members, contents))
    write_graded(tmp_path / "graded", collect(tmp_path / "submissions.zip"), score_of)
    return tmp_path / "graded"


def expected(members: list[Member]) -> dict[int, float]:
    return {member.id: next(iter(member.attachments)) % 41 / 2 for member in members if member.attachments}


def excel(text: str) -> bytes:
    """Save a CSV as a Spanish Excel does: semicolons, decimal commas, a BOM, other line ends."""
    saved = io.StringIO()
    writer = csv.writer(saved, delimiter=";", lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text)):
        writer.writerow([cell.replace(".", ",") if number(cell) is not None and "." in cell else cell for cell in row])
    return b"\xef\xbb\xbf" + saved.getvalue().encode()


@pytest.mark.parametrize("spoil", [str.encode, excel, lambda text: excel(text)[3:].decode().encode("utf-16")])
def test_a_class_of_200_gets_its_grades(tmp_path: Path, members: list[Member], graded: Path, spoil) -> None:
    before = gradebook_csv(members, TITLES, {(member.id, 501): "18.50" for member in members})
    path = tmp_path / "export.csv"
    path.write_bytes(spoil(before))
    gradebook = read_gradebook(path)
    column = find_column(gradebook, "503", ())
    difference = compare(read_graded(graded), gradebook, column)
    assert (len(difference.changed), len(difference.unmatched), len(difference.unchanged)) == (0, 0, 0)
    assert [student.name for student in difference.without] == [m.name for m in members if not m.attachments]
    data = grades_csv(gradebook, difference, force=False)
    taken = import_grades(data, members, TITLES)
    assert {user: float(grade) for (user, assignment), grade in taken.items() if assignment == 503} == expected(members)
    assert {assignment for _, assignment in taken} == {503}


def test_identity_columns_are_as_they_were(tmp_path: Path, members: list[Member], graded: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(gradebook_csv(members, TITLES, {}), encoding="utf-8")
    gradebook = read_gradebook(path)
    data = grades_csv(gradebook, compare(read_graded(graded), gradebook, find_column(gradebook, "503", ())), False)
    lines = data.decode().splitlines()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert lines[0] == "Student,ID,SIS User ID,SIS Login ID,Section,Softmax: de números a probabilidades (503)"
    assert lines[1] == "    Points Possible,,,,,20"
    for line in lines[2:]:
        assert line.rpartition(",")[0] in path.read_text(encoding="utf-8")


def make_gradebook(tmp_path: Path, cells: dict[int, str]) -> tuple[list[Member], Path]:
    members = make_class(6)
    path = tmp_path / "export.csv"
    path.write_text(gradebook_csv(members, TITLES, {(user, 503): cell for user, cell in cells.items()}), "utf-8")
    contents = {attachment: b"x = 1\n" for member in members for attachment in member.attachments}
    (tmp_path / "submissions.zip").write_bytes(submissions_zip(members, contents))
    return members, path


def test_the_difference(tmp_path: Path) -> None:
    members, path = make_gradebook(tmp_path, {4200: "EX", 4207: "N/A", 4214: "9,504", 4221: "12", 4228: ""})
    scores = dict.fromkeys(range(6), 9.5) | {5: 23.0}
    collection = collect(tmp_path / "submissions.zip")
    write_graded(tmp_path / "graded", collection, lambda entry: scores[(int(entry.user) - 4200) // 7])
    gradebook = read_gradebook(path)
    difference = compare(read_graded(tmp_path / "graded"), gradebook, find_column(gradebook, "503", ()))
    named = {
        kind: sorted(change.student.id for change in getattr(difference, kind))
        for kind in ("excused", "not_assigned", "unchanged", "changed", "new", "above")
    }
    assert named == {
        "excused": ["4200"],
        "not_assigned": ["4207"],
        "unchanged": ["4214"],
        "changed": ["4221"],
        "new": ["4228", "4235"],
        "above": ["4235"],
    }
    kept = import_grades(grades_csv(gradebook, difference, force=False), members, TITLES)
    assert kept == {(4228, 503): "9.5", (4235, 503): "23"}
    forced = import_grades(grades_csv(gradebook, difference, force=True), members, TITLES)
    assert forced == {(4221, 503): "9.5", (4228, 503): "9.5", (4235, 503): "23"}


def test_files_that_could_not_be_graded_are_named_where_they_change_a_grade(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, path = make_gradebook(tmp_path, {4200: "EX", 4207: "0"})
    write_graded(
        tmp_path / "graded", collect(tmp_path / "submissions.zip"), lambda entry: 0, "unreadable", "No se puede."
    )
    gradebook = read_gradebook(path)
    difference = compare(read_graded(tmp_path / "graded"), gradebook, find_column(gradebook, "503", ()))
    assert [change.student.id for change in difference.unchanged] == ["4207"]
    assert sorted(change.student.id for change in difference.new) == ["4214", "4221", "4228", "4235"]
    show_difference(difference, force=False)
    shown = capsys.readouterr().out
    assert "these get 0: 4\n" in shown
    assert "D’Àngelo, Niccolò: unreadable: No se puede.\n" in shown


def test_who_is_not_in_the_gradebook_is_unmatched(tmp_path: Path) -> None:
    members, path = make_gradebook(tmp_path, {})
    path.write_text(gradebook_csv(members[1:], TITLES, {}), encoding="utf-8")
    write_graded(tmp_path / "graded", collect(tmp_path / "submissions.zip"), lambda entry: 9.5)
    gradebook = read_gradebook(path)
    difference = compare(read_graded(tmp_path / "graded"), gradebook, find_column(gradebook, "503", ()))
    assert [result.submission for result in difference.unmatched] == ["garcíalópezmaríajosé_4200_99000"]


def test_results_without_a_manifest_are_told_by_their_names(tmp_path: Path) -> None:
    _, path = make_gradebook(tmp_path, {})
    write_graded(tmp_path / "graded", collect(tmp_path / "submissions.zip"), lambda entry: 9.5)
    (tmp_path / "graded/manifest.json").unlink()
    graded = read_graded(tmp_path / "graded")
    # `collect` shortens names; those that Canvas gave are read as well.
    assert [entry.user for _, entry in graded.results] == []
    assert len(graded.unknown) == 6
    gradebook = read_gradebook(path)
    assert len(compare(graded, gradebook, find_column(gradebook, "503", ())).unmatched) == 6


def test_gradescope_is_matched_by_number_or_address(tmp_path: Path) -> None:
    _, path = make_gradebook(tmp_path, {})
    gradebook = read_gradebook(path)
    graded = read_graded(_gradescope(tmp_path))
    difference = compare(graded, gradebook, find_column(gradebook, "503", ()))
    assert sorted(change.student.id for change in difference.new) == ["4200", "4207", "4214"]
    assert len(difference.unmatched) == 1


def _gradescope(tmp_path: Path) -> Path:
    from canvas_class import zip_of

    people = {1: ("S0000", ""), 2: ("", "user1@uni.example"), 3: ("nobody", "nobody@uni.example")}
    metadata = "".join(
        f"submission_{number}:\n  :submitters:\n  - :name: X\n    :sid: '{sid}'\n    :email: '{email}'\n"
        + ("  - :name: Y\n    :sid: S0002\n    :email: ''\n" if number == 2 else "")
        for number, (sid, email) in people.items()
    )
    files = {"submission_metadata.yml": metadata.encode()} | {f"submission_{n}/a.py": b"x = 1" for n in people}
    (tmp_path / "gradescope.zip").write_bytes(zip_of(files))
    write_graded(tmp_path / "graded", collect(tmp_path / "gradescope.zip"), lambda entry: 9.5)
    return tmp_path / "graded"


def test_the_column(tmp_path: Path) -> None:
    _, path = make_gradebook(tmp_path, {})
    gradebook = read_gradebook(path)
    assert find_column(gradebook, "501", ()).title == "Colapso lineal: una sola capa"
    assert find_column(gradebook, "", ["Softmax", "Softmax: de números a probabilidades"]).id == "503"
    with pytest.raises(UserError, match="no assignment with the ID 9"):
        find_column(gradebook, "9", ())
    with pytest.raises(UserError, match="name it with --assignment ID: 501 Colapso"):
        find_column(gradebook, "", ["Otra"])


def test_the_variant_with_last_and_first_names(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,HW (1)\nPeña,Ana,5,,,A,\n", "utf-8")
    gradebook = read_gradebook(path)
    assert (gradebook.students[0].name, gradebook.students[0].id, gradebook.identity) == ("Peña, Ana", "5", 6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not a gradebook"),
        ("Estudiante,ID,Section,HW (1)\nA,5,X,\n", "is not a gradebook"),
        ("Student,ID,HW (1)\nA,5,\n", "is not a gradebook"),
        ('Student,ID,Section,HW (1)\n"A,5,X,\n', "is not a gradebook"),
        ('Student,ID,Section,HW (1)\nA,"1,23E+15",X,\n', "not a whole number"),
        ("Student,ID,Section,HW (1)\nA,5,X,\nB,5,X,\n", "more than one row"),
    ],
)
def test_what_is_no_gradebook_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        read_gradebook(path)


def test_windows_code_page(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes("Student;ID;Section;HW (1)\r\nNúñez, Ana;5;Grupo A;9,5\r\n".encode("cp1252"))
    student = read_gradebook(path).students[0]
    assert student.cells == ["Núñez, Ana", "5", "Grupo A", "9,5"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("9,50", 9.5), ("9.5", 9.5), ("1,234", 1.234), ("1.234,5", 1234.5), (" 7 ", 7.0), ("-1", -1.0), (",5", 0.5)]
    + [(cell, None) for cell in ("", "EX", "N/A", "95%", "A-", ",", "-", "1e3", "٣")],
)
def test_numbers_as_canvas_reads_them(cell: str, value: float | None) -> None:
    assert number(cell) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=3, max_size=3))
def test_any_name_comes_back_cell_by_cell(cells: list[str]) -> None:
    import tempfile

    name, sis, section = cells
    member = Member(5, name or "X", "login", sis, {9: "a.py"})
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "HW (1)"],
            [member.name, 5, sis, "login", section, ""],
        ]
    )
    if "Points Possible" in member.name:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        student = read_gradebook(path).students[0]
    assert student.cells == [member.name, "5", sis, "login", section, ""]
