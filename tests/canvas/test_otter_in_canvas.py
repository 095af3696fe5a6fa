"""A bundle of Otter's in Canvas: submissions come out and are graded, grades and feedback go back, by files and API."""

from pathlib import Path

from canvas_class import gradebook_csv, make_class, submissions_zip
from canvas_importer import import_grades, upload_feedback
from canvas_server import TOKEN, running
from command import capas as run_command
from fake_canvas import COURSE, FakeCanvas
from otter_bundles import doctests, notebook, written, zipped

from capas.bundle.zip import read_zip

TESTS = {
    "q1": doctests("q1", ">>> x == 5\nTrue", {"code": ">>> x > 4\nTrue", "hidden": True}, points=[1, 2]),
    "q2": doctests("q2", ">>> double(3)\n6", points=5),
}
START = 'import otter\ngrader = otter.Notebook("hw.ipynb")'


def capas(folder: Path, *arguments: object, **environment: str) -> str:
    done = run_command(*arguments, folder=folder, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


def test_grades_and_feedback_of_a_bundle_go_back(tmp_path: Path) -> None:
    members = make_class(6, ["hw.ipynb"])
    works = ["x = 5\ndef double(n):\n    return 2 * n", "x = 4.5", "1 / 0"]
    contents, expected = {}, {}
    for number, member in enumerate(members):
        expected[member.id] = (8.0, 2.0, 0.0)[number % 3]
        contents |= {attachment: notebook(START, works[number % 3]) for attachment in member.attachments}
    bundle = written(tmp_path / "hw-autograder.zip", zipped(TESTS))
    canvas = FakeCanvas(members, contents)
    number = canvas.add_assignment(name="hw", points_possible=8.0)
    titles = {number: "hw"}
    submissions, export, graded = tmp_path / "submissions.zip", tmp_path / "export.csv", tmp_path / "graded"
    submissions.write_bytes(submissions_zip(members, contents))
    export.write_text(gradebook_csv(members, titles, {}), encoding="utf-8")

    capas(tmp_path, "canvas", "collect", submissions, "--gradebook", export, "--out", "in", "--stage", bundle)
    capas(tmp_path, "grade", bundle, "in", "--out", graded, "--workers", 1)
    capas(tmp_path, "canvas", "grades", graded, "--gradebook", export)
    cells = import_grades((graded / "canvas-grades.csv").read_bytes(), members, titles)
    assert {user: float(cell) for (user, _), cell in cells.items()} == expected
    capas(tmp_path, "canvas", "feedback", graded, submissions, "--gradebook", export)
    files = read_zip((graded / "canvas-feedback.zip").read_bytes())
    comments, ignored = upload_feedback(list(files), members)
    assert (comments.keys(), ignored) == (expected.keys(), [])
    assert not any(b"x &gt; 4" in data or b"x > 4" in data for data in files.values())

    with running(canvas) as url:
        where = {"CANVAS_URL": url, "CANVAS_COURSE": str(COURSE), "CANVAS_TOKEN": TOKEN}
        capas(tmp_path, "canvas", "push", "fetch", bundle, "--out", "fetched", **where)
        capas(tmp_path, "grade", bundle, "fetched", "--out", "again", "--workers", 1)
        give = ["canvas", "push", "results", "again", "fetched"]
        assert "6 submissions would change" in capas(tmp_path, *give, **where)
        assert canvas.scores(number) == {}
        capas(tmp_path, *give, "--apply", **where)
        assert canvas.scores(number) == expected
        assert set(canvas.comments(number).values()) == {1}
