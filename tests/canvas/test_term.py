"""A whole term, by the commands a teacher types: with files, and again over the API, to the same grades."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from canvas_class import Member, gradebook_csv, make_class, submissions_zip, zip_of
from canvas_importer import import_grades, upload_feedback
from canvas_server import TOKEN, running
from command import capas as run_command
from fake_canvas import COURSE, FakeCanvas

from capas.bundle.build import Bundle
from capas.bundle.zip import read_zip
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.verify.samples import make_samples

ROOT = Path(__file__).parents[2]
NS = {"c": "http://canvas.instructure.com/xsd/cccv1p0"}


def capas(*arguments: object, folder: Path = ROOT, status: int = 0, environment: dict[str, str] | None = None) -> str:
    done = run_command(*arguments, folder=folder, environment=environment)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def hand_in(members: list[Member], stage: Stage, built: Bundle) -> dict[int, bytes]:
    """Return what each student hands in: a few distinct sources, as notebooks, scripts and zips."""
    samples = make_samples(stage, Solutions(stage), built)
    chosen = [samples[0], samples[-1], *[one for one in samples if one.kind == "mistake"][::5]]
    contents = {}
    for member in members:
        for attachment, name in member.attachments.items():
            sample = chosen[attachment % len(chosen)]
            if name.endswith(".ipynb"):
                contents[attachment] = sample.as_notebook(built, stage)
            elif name.endswith(".zip"):
                contents[attachment] = zip_of({"entrega/softmax.py": sample.as_script()})
            else:
                contents[attachment] = sample.as_script()
    return contents


def import_package(data: bytes) -> dict[str, Any]:
    """Return the assignment that Canvas makes of a package of one stage."""
    files = read_zip(data)
    (settings,) = [ET.fromstring(text) for name, text in files.items() if name.endswith("assignment_settings.xml")]
    (page,) = [text.decode() for name, text in files.items() if name.endswith(".html")]
    return {
        "name": settings.findtext("c:title", "", NS),
        "points_possible": float(settings.findtext("c:points_possible", "", NS)),
        "description": page,
        "published": settings.findtext("c:workflow_state", "", NS) == "published",
        "rubric": [
            {
                "id": row.findtext("c:criterion_id", "", NS),
                "long_description": row.findtext("c:long_description", "", NS),
            }
            for row in ET.fromstring(files["course_settings/rubrics.xml"]).iter(f"{{{NS['c']}}}criterion")
        ],
    }


@pytest.mark.slow
@pytest.mark.parametrize("count", [12, 200])
def test_the_whole_term(tmp_path: Path, small_course: Path, softmax: Stage, built_softmax: Bundle, count: int) -> None:
    members = make_class(count, ["softmax.ipynb", "softmax.py", "entrega.zip", "mi_tarea_2_1.py"])
    contents = hand_in(members, softmax, built_softmax)
    for member in members[::3]:
        # With what they were handed out, or notes of theirs, beside it.
        for attachment in list(member.attachments):
            name = ("apuntes.py", "softmax (1).ipynb")[member.id % 2]
            member.attachments[attachment + 1] = name
            contents[attachment + 1] = (
                b"x = 1\n" if name.endswith(".py") else built_softmax.student_files["softmax.ipynb"]
            )
    handed_in = {member.id for member in members if member.attachments}

    # With files: the course goes in, the submissions come out, grades and comments go back.
    shown = capas("canvas", "package", "--lang", "es", "--no-pdf", "--out", tmp_path, folder=small_course)
    assert "1 assignment, unpublished" in shown
    canvas = FakeCanvas(members, contents)
    number = canvas.add_assignment(**import_package((tmp_path / "capas.es.imscc").read_bytes()))
    titles = {number: canvas.assignments[number]["name"], 9: "Otra"}
    submissions, export = tmp_path / "submissions.zip", tmp_path / "export.csv"
    submissions.write_bytes(submissions_zip(members, contents))
    export.write_text(gradebook_csv(members, titles, {}), encoding="utf-8")
    for_stage = ["--stage", "03_softmax"]
    shown = capas("canvas", "collect", submissions, "--gradebook", export, "--out", tmp_path / "in", *for_stage)
    assert f"{len(handed_in)} submissions from canvas" in shown
    assert shown.count("it is one submission with") == sum(len(member.attachments) > 1 for member in members)
    assert f"capas grade 03_softmax {tmp_path / 'in'}" in shown.replace("\n", " ")
    assert shown.count("handed in nothing") == len(members) - len(handed_in)
    graded = tmp_path / "graded"
    capas("grade", "03_softmax", tmp_path / "in", "--out", graded, "--workers", 2)
    shown = capas("canvas", "grades", graded, "--gradebook", export)
    assert f"new: {len(handed_in)}" in shown
    cells = import_grades((graded / "canvas-grades.csv").read_bytes(), members, titles)
    by_file = {user: float(cell) for (user, _), cell in cells.items()}
    assert by_file.keys() == handed_in
    assert len(set(by_file.values())) > 3
    capas("canvas", "feedback", graded, submissions, "--gradebook", export)
    comments, ignored = upload_feedback(list(read_zip((graded / "canvas-feedback.zip").read_bytes())), members)
    assert (comments.keys(), ignored) == (handed_in, [])
    # Exported again, the gradebook shows that nothing is left to do.
    export.write_text(gradebook_csv(members, titles, cells), encoding="utf-8")
    assert "Nothing to import." in capas("canvas", "grades", graded, "--gradebook", export)

    # Over the API, in a course of its own.
    canvas = FakeCanvas(members, contents)
    with running(canvas) as url:
        where = {"CANVAS_URL": url, "CANVAS_COURSE": str(COURSE), "CANVAS_TOKEN": TOKEN}
        make = ["canvas", "push", "assignments", "--no-pdf", "--course", small_course]
        assert "--apply does it" in capas(*make, environment=where)
        assert canvas.assignments == {}
        capas(*make, "--apply", environment=where)
        assert "Nothing to do." in capas(*make, environment=where)
        (number,) = canvas.assignments
        capas("canvas", "push", "fetch", "03_softmax", "--out", tmp_path / "fetched", environment=where)
        again = tmp_path / "graded-again"
        capas("grade", "03_softmax", tmp_path / "fetched", "--out", again, "--workers", 2)
        give = ["canvas", "push", "results", again, tmp_path / "fetched"]
        shown = capas(*give, environment=where)
        assert f"{len(handed_in)} submissions would change; --apply does it." in shown
        assert canvas.scores(number) == {}
        shown = capas(*give, "--apply", environment=where)
        assert f"{len(handed_in)} done" in shown
        assert canvas.scores(number) == by_file
        assert set(canvas.comments(number).values()) == {1}
        capas(*give, "--apply", environment=where)
        assert set(canvas.comments(number).values()) == {1}
        rubric = canvas.submission(number, 4200)["rubric_assessment"]
        assert sum(row["points"] for row in rubric.values()) == by_file[4200]


@pytest.fixture
def small_class(tmp_path: Path, softmax: Stage, built_softmax: Bundle) -> tuple[list[Member], Path]:
    members = make_class(5, ["softmax.py"])
    path = tmp_path / "submissions.zip"
    path.write_bytes(submissions_zip(members, hand_in(members, softmax, built_softmax)))
    return members, path


def test_grade_knows_such_a_zip_by_itself(tmp_path: Path, small_class: tuple[list[Member], Path]) -> None:
    members, path = small_class
    capas("grade", "03_softmax", path, "--out", tmp_path / "graded")
    export = tmp_path / "export.csv"
    export.write_text(gradebook_csv(members, {7: "HW", 8: "Other"}, {(4200, 7): "1,5"}), encoding="utf-8")
    arguments = ["canvas", "grades", tmp_path / "graded", "--gradebook", export]
    assert "name it with --assignment ID: 7 HW; 8 Other" in capas(*arguments, status=2)
    shown = capas(*arguments, "--assignment", 7, status=1)
    assert "changed, left as they are without --force: 1" in shown
    assert "García López, María José: 1,5 → " in shown
    csv = tmp_path / "graded/canvas-grades.csv"
    assert len(csv.read_text(encoding="utf-8").splitlines()) == 2 + 4
    # What is there already is not written over.
    assert "exists already" in capas(*arguments, "--assignment", 8, status=2)
    capas(*arguments, "--assignment", 7, "--force")
    assert len(csv.read_text(encoding="utf-8").splitlines()) == 2 + 5


def test_wrong_use_is_one_line(tmp_path: Path, small_class: tuple[list[Member], Path]) -> None:
    _, path = small_class
    no_token = [
        "canvas",
        "push",
        "fetch",
        "03_softmax",
        "--url",
        "https://x",
        "--course-id",
        1,
        "--out",
        tmp_path / "o",
    ]
    for arguments, words in [
        (["canvas", "collect", tmp_path / "none.zip", "--out", tmp_path / "o"], "does not exist"),
        (["canvas", "grades", tmp_path, "--gradebook", path], "holds no results"),
        (["canvas", "feedback", tmp_path, path], "holds no results"),
        (["canvas", "package", "--lang", "fr", "--no-pdf"], "no language 'fr'"),
        (no_token, "no access token in CANVAS_TOKEN"),
    ]:
        shown = capas(*arguments, status=2)
        assert re.fullmatch(rf"capas: .*{words}.*\n", shown), shown
    assert not (tmp_path / "o").exists()


def test_help_reads_like_a_story() -> None:
    shown = " ".join(capas("canvas", "--help").split())
    order = ["package", "collect", "grades", "feedback", "push"]
    places = [shown.index(f" {command} ", shown.index("Commands:")) for command in order]
    assert places == sorted(places)
    assert "First, before the term" in shown
