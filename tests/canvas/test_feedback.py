"""The zip for "Upload Submissions": every file comes to its student, with comments in it."""

import html
import io
import json
import zipfile
from pathlib import Path

import pytest
from canvas_class import make_class, submissions_zip, zip_of
from canvas_importer import upload_feedback
from canvas_results import write_graded

from capas.bundle.build import Bundle
from capas.bundle.zip import read_zip
from capas.canvas.annotated_files import annotator
from capas.canvas.feedback import make_feedback
from capas.canvas.results_by_student import read_graded
from capas.course.model import Stage
from capas.files import UserError
from capas.grading.stage import sought_by
from capas.submission.exports import collect


def contents_for(name: str, built: Bundle, number: int) -> bytes:
    script = built.student_files["softmax.py"] + f"# {number}\n".encode()
    if name.endswith(".pdf"):
        return b"%PDF-1.7"
    if name.endswith(".py"):
        return script
    if name.endswith(".zip"):
        return zip_of({"entrega/softmax.py": script, "__MACOSX/._softmax.py": b"\0"})
    return built.student_files["softmax.ipynb"] + b" " * (number % 7)


def as_notebook(source: bytes) -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": source.decode()}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_a_class_of_200_gets_its_files_back(tmp_path: Path, built_softmax: Bundle, softmax: Stage) -> None:
    members = make_class(200, ["softmax.ipynb", "mi_tarea_2_1.py", "entrega.zip", "hw_link.py", "a.pdf", "x.py"])
    contents = {
        attachment: contents_for(name, built_softmax, attachment)
        for member in members
        for attachment, name in member.attachments.items()
    }
    path = tmp_path / "submissions.zip"
    path.write_bytes(submissions_zip(members, contents))
    write_graded(tmp_path / "graded", collect(path), lambda entry: 17)
    students = {str(member.id): member.name for member in members}
    feedback = make_feedback(read_graded(tmp_path / "graded"), path, annotator(softmax, "es"), students)
    files = read_zip(feedback.data)
    comments, ignored = upload_feedback(list(files), members)
    assert ignored == []
    pdfs = {member.id for member in members if "a.pdf" in member.attachments.values()}
    assert set(comments) == {member.id for member in members if member.attachments} - pdfs
    assert len(feedback.left_out) == len(pdfs)
    assert all("can hold no comments" in reason for _, reason in feedback.left_out)
    assert all("link" in name or "_7_" in name for name, _ in feedback.renamed)
    assert feedback.renamed
    for member in members:
        for attachment, name in member.attachments.items() if member.id not in pdfs else ():
            returned = files[comments[member.id]]
            if name.endswith(".zip"):
                (returned,) = read_zip(returned).values()
            assert b"17 de 20 puntos" in returned
            if name.endswith(".ipynb"):
                assert json.loads(returned)["nbformat"] == 4
            elif name.endswith(".py"):
                compile(returned, name, "exec")
                assert f"# {attachment}\n".encode() in returned


def test_what_canvas_would_not_take_is_left_out_and_told(tmp_path: Path, softmax: Stage) -> None:
    files = {"ana_1_10_a.py": b"x = 1\n", "anon_aB3dE_40_a.py": b"x = 2\n", "eva_2_text.html": b"<p>"}
    path = tmp_path / "submissions.zip"
    path.write_bytes(zip_of(files))
    write_graded(tmp_path / "graded", collect(path), lambda entry: 3)
    path.write_bytes(zip_of(files | {"leo_3_30_a.py": b"x = 3\n", "ana_1_10_a.py": b"x = 4\n"}))
    feedback = make_feedback(read_graded(tmp_path / "graded"), path, annotator(softmax, "es"))
    assert feedback.count == 0
    assert dict(feedback.left_out) == {
        "ana_1_10_a.py": "it was handed in again since it was graded; grade it again",
        "anon_aB3dE_40_a.py": "it is anonymous, and Canvas finds no student by such a name",
        "eva_2_text.html": "a text instead of a file",
        "leo_3_30_a.py": "it has no result; grade it first",
    }


def test_moodle_takes_its_own_names_back(tmp_path: Path, softmax: Stage) -> None:
    name = "María José García_1001_assignsubmission_file_/softmax.py"
    path = tmp_path / "moodle.zip"
    path.write_bytes(zip_of({name: b"x = 1\n", "../x_1002_assignsubmission_file_/a.py": b"x = 1\n"}))
    write_graded(tmp_path / "graded", collect(path), lambda entry: 3)
    feedback = make_feedback(read_graded(tmp_path / "graded"), path, annotator(softmax, "es"))
    assert list(read_zip(feedback.data)) == [name]
    assert [reason for _, reason in feedback.left_out] == ["its folder's name is not one that Moodle gives"]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("answer", ["softmax.ipynb", "entrega.txt", "mine.py"])
@pytest.mark.parametrize("collected_for", ["a stage", "no stage"])
def test_of_several_files_the_answer_comes_back(
    tmp_path: Path, softmax: Stage, built_softmax: Bundle, answer: str, order: int, collected_for: str
) -> None:
    source = b"import helpers\n\ndef softmax(a):\n    return a\n"
    files = {"apuntes.ipynb": built_softmax.student_files["softmax.ipynb"], "helpers-1.py": b"one = 1\n"}
    files[answer] = as_notebook(source) if answer.endswith(".ipynb") else source
    names = list(files)[::order]
    path = tmp_path / "submissions.zip"
    path.write_bytes(zip_of({f"ana_1_1{turn}_{name}": files[name] for turn, name in enumerate(names)}))
    sought = sought_by(softmax)
    collection = collect(path, sought=sought) if collected_for == "a stage" else collect(path)
    write_graded(tmp_path / "graded", collection, lambda entry: 17)
    feedback = make_feedback(read_graded(tmp_path / "graded"), path, annotator(softmax, "es"), None, sought)
    ((name, returned),) = read_zip(feedback.data).items()
    assert (name, feedback.left_out) == (f"ana_1_1{names.index(answer)}_{answer}", [])
    assert b"17 de 20 puntos" in returned
    assert b"import helpers" in returned


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"cells": 3}', b'{"cells": [1]}', b"\xff\xfe\0"])
def test_what_cannot_be_read_comes_back_as_a_file_that_says_so(tmp_path: Path, data: bytes, softmax: Stage) -> None:
    path = tmp_path / "submissions.zip"
    path.write_bytes(zip_of({"ana_1_10_a.ipynb": data, "eva_2_20_a.zip": data}))
    write_graded(tmp_path / "graded", collect(path), lambda entry: 0, "unreadable", "No es un cuaderno.")
    files = read_zip(make_feedback(read_graded(tmp_path / "graded"), path, annotator(softmax, "es")).data)
    for notebook in (files["ana_1_10_a.ipynb"], read_zip(files["eva_2_20_a.zip"])["softmax.ipynb"]):
        (cell,) = json.loads(notebook)["cells"]
        assert "No es un cuaderno." in html.unescape(cell["source"])


def test_the_same_results_give_the_same_bytes(tmp_path: Path, softmax: Stage) -> None:
    path = tmp_path / "submissions.zip"
    path.write_bytes(zip_of({"ana_1_10_a.py": b"x = 1\n"}))
    write_graded(tmp_path / "graded", collect(path), lambda entry: 3)
    graded = read_graded(tmp_path / "graded")
    assert (
        make_feedback(graded, path, annotator(softmax, "es")).data
        == make_feedback(graded, path, annotator(softmax, "es")).data
    )
    with zipfile.ZipFile(io.BytesIO(make_feedback(graded, path, annotator(softmax, "es")).data)) as archive:
        assert archive.testzip() is None


def test_gradescope_takes_nothing_back(tmp_path: Path, softmax: Stage) -> None:
    path = tmp_path / "gradescope.zip"
    path.write_bytes(zip_of({"submission_metadata.yml": b"{}", "submission_1/a.py": b"x = 1"}))
    collection = collect(path)
    write_graded(tmp_path / "graded", collection, lambda entry: 3)
    with pytest.raises(UserError, match="Gradescope"):
        make_feedback(read_graded(tmp_path / "graded"), path, annotator(softmax, "es"))
