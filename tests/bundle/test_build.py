"""What students get: the same bytes every time, nothing secret, and a notebook that works alone."""

import ast
import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from build_once import Build
from nbclient import NotebookClient

from capas.bundle.alone import case_source
from capas.bundle.build import Bundle, build_stage, write_bundle
from capas.course.cut_functions import DOCSTRING_WIDTH, given_source
from capas.course.drawings import drawings_of
from capas.course.model import Course, Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.cases import case_name
from capas.grading.stage import stage_test_files
from capas.submission.answer import read_cells
from capas_check.picture import Drawing, compare, values_of
from capas_check.texts import load_texts


def notebook_of(files: Mapping[str, bytes], stage: Stage) -> nbformat.NotebookNode:
    return nbformat.reads(files[f"{stage.slug}.ipynb"].decode(), as_version=4)


def test_the_same_input_gives_the_same_bytes(softmax: Stage, built_softmax: Bundle) -> None:
    again = build_stage(softmax, "es")
    assert again.student_files == built_softmax.student_files
    assert again.autograder == built_softmax.autograder


def test_writing_twice_changes_nothing(small_course: Path, tmp_path: Path) -> None:
    stage = load_course(small_course).stages[0]
    assert write_bundle(build_stage(stage, "en"), stage, tmp_path / "dist")
    assert write_bundle(build_stage(stage, "en"), stage, tmp_path / "dist") == []


def test_a_stale_file_leaves_the_template(small_course: Path, tmp_path: Path) -> None:
    stage = load_course(small_course).stages[0]
    stale = small_course / "student_template" / "es" / stage.id / "tests" / "old_question.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("old")
    write_bundle(build_stage(stage, "es"), stage, tmp_path / "dist")
    assert not stale.exists()


def handed_out(stage: Stage, language: str) -> dict[str, bytes]:
    """Return the files that students get, as they are committed."""
    template = stage.root / "student_template" / language / stage.id
    return {path.relative_to(template).as_posix(): path.read_bytes() for path in template.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_what_is_committed_is_what_build_makes(course: Course, build: Build) -> None:
    for stage in course.stages:
        for language in course.languages:
            committed, built = handed_out(stage, language), build(stage, language).student_files
            assert committed.keys() == built.keys(), f"run: capas build {stage.id}"
            assert [name for name in built if built[name] != committed[name]] == [], f"run: capas build {stage.id}"


def secrets_of(stage: Stage) -> set[str]:
    """Names of hidden cases and mistakes, and every line of a solution or a hidden case that says something."""
    solutions = Solutions(stage)
    secrets = {mistake.id for mistake in solutions.mistakes} | {other.id for other in solutions.alternatives}
    public_lines: set[str] = set()
    hidden_lines: set[str] = set()
    for test_file in stage_test_files(stage):
        functions = {node.name: node for node in ast.parse(test_file.source).body if isinstance(node, ast.FunctionDef)}
        for case in test_file.test_cases:
            body = ast.Module(functions[case_name(case)].body, [])
            lines = {line.strip() for line in ast.unparse(body).splitlines()}
            (hidden_lines if case.hidden else public_lines).update(lines)
            if case.hidden:
                secrets.add(f"def {case_name(case)}")
            else:
                # With the helpers that the case brings along.
                public = case_source(test_file.source, case_name(case))
                public_lines.update(line.strip() for line in public.splitlines())
    # A public helper's `def check(a, b):` holds the hidden line `check(a, b)`, which tells nothing by that.
    secrets |= {line for line in hidden_lines if not any(line in public for public in public_lines)}
    inside = re.findall(r"# BEGIN SOLUTION\n(.*?)# END SOLUTION", solutions.reference_source, re.DOTALL)
    secrets |= {line.strip() for body in inside for line in body.splitlines()}
    # Short lines such as `return b` say nothing and may stand anywhere.
    return {secret for secret in secrets if len(secret) > 15}


def test_nothing_secret_is_in_anything_a_student_gets(course: Course) -> None:
    for stage in course.stages:
        secrets = secrets_of(stage)
        assert len(secrets) > 40
        given = "\n".join(given_source(stage, Solutions(stage).reference_source, name, "en") for name in stage.given)
        for language in course.languages:
            files = handed_out(stage, language)
            for name, data in files.items():
                text = data.decode()
                if name.endswith(".ipynb"):
                    text += "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
                leaked = [secret for secret in secrets if secret in text and secret not in given]
                assert not leaked, f"{stage.id} [{language}] {name}: {leaked}"


def test_the_search_for_secrets_would_find_one(softmax: Stage, built_softmax: Bundle) -> None:
    hidden = zipfile.ZipFile(io.BytesIO(built_softmax.autograder)).read("tests/softmax.py").decode()
    solution = Solutions(softmax).reference_source
    for text in (hidden, solution):
        assert any(secret in text for secret in secrets_of(softmax))


def run_alone(notebook: nbformat.NotebookNode, folder: Path) -> list[str]:
    """Run a notebook in an empty folder, saved as a browser would rename it; return what each cell shows."""
    nbformat.write(notebook, folder / "softmax (1).ipynb")
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, timeout=120).execute()
    shown = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            shown.append(output.get("text", "") + data.get("text/html", data.get("text/plain", "")))
    return shown


@pytest.mark.slow
@pytest.mark.parametrize(("language", "told"), [("es", "está sin empezar"), ("en", "has not been begun")])
def test_the_notebook_works_alone_under_another_name(
    softmax: Stage, build: Build, tmp_path: Path, language: str, told: str
) -> None:
    notebook = notebook_of(build(softmax, language).student_files, softmax)
    shown = "\n".join(run_alone(notebook, tmp_path))
    assert told in shown
    assert "None" in shown
    assert "softmax (1).ipynb" in shown
    assert sorted(path.name for path in tmp_path.iterdir()) == ["softmax (1).ipynb"]


@pytest.mark.slow
def test_a_solved_notebook_is_told_that_only_the_public_cases_pass(
    softmax: Stage, built_softmax: Bundle, tmp_path: Path
) -> None:
    notebook = notebook_of(built_softmax.student_files, softmax)
    stubs = [cell for cell in notebook.cells if cell.metadata.get("capas", {}).get("role") == "stub"]
    for cell in stubs:
        cell.source = ""
    stubs[0].source = Solutions(softmax).reference_source
    shown = run_alone(notebook, tmp_path)
    assert "pasan todas (2)" in shown[1]
    assert "Esta no es todavía la nota" in shown[1]


def test_no_docstring_runs_out_of_its_cell(course: Course) -> None:
    for stage in course.stages:
        for language in course.languages:
            script = handed_out(stage, language)[f"{stage.slug}.py"].decode()
            lines = script.splitlines()
            for node in ast.parse(script).body:
                if isinstance(node, ast.FunctionDef):
                    end = node.body[0].end_lineno
                    assert max(map(len, lines[node.lineno : end])) <= DOCSTRING_WIDTH, node.name


def own_cells(notebook: nbformat.NotebookNode, role: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.metadata.get("capas", {}).get("role") == role]


def test_a_drawing_is_a_cell_after_its_question_that_no_engine_runs(course: Course) -> None:
    for stage in course.stages:
        files = handed_out(stage, "en")
        notebook = notebook_of(files, stage)
        cells = own_cells(notebook, "figure")
        assert [cell.source for cell in cells] == [f'grader.draw("{name}")' for name in stage.drawings]
        sources = [cell.source for cell in notebook.cells]
        for name, drawing in stage.drawings.items():
            assert sources.index(f'grader.check("{drawing.function}")') < sources.index(f'grader.draw("{name}")')
        assert all(cell.metadata["tags"] == ["otter_ignore"] for cell in cells)
        assert all(cell.metadata["editable"] is False for cell in cells)
        graded = read_cells(f"{stage.slug}.ipynb", files[f"{stage.slug}.ipynb"])
        assert "grader.draw" not in "\n".join(graded)
        assert "grader.draw" not in files[f"{stage.slug}.py"].decode()


def test_the_values_that_ship_are_those_of_the_reference(course: Course) -> None:
    assert sum(bool(stage.drawings) for stage in course.stages) == 3
    for stage in course.stages:
        (start,) = own_cells(notebook_of(handed_out(stage, "es"), stage), "start")
        shipped = {name: Drawing(**drawing) for name, drawing in data_of(start.source)["drawings"].items()}
        reference = Solutions(stage).reference
        assert list(shipped) == list(stage.drawings)
        for name, drawing in shipped.items():
            assert drawing.title == stage.drawings[name].title["es"]
            assert all(value == round(value, 6) for value in drawing.right)
            assert compare(drawing, getattr(reference, drawing.function), load_texts("es")).agrees


def data_of(start: str) -> dict[str, Any]:
    """Return what a notebook's first cell holds as data."""
    (packed,) = re.findall(r'^DATA = "(.*)"$', start, re.MULTILINE)
    return json.loads(zlib.decompress(base64.b85decode(packed)))


def test_the_first_cell_is_short_and_can_be_read(course: Course) -> None:
    for stage in course.stages:
        for language in course.languages:
            given = handed_out(stage, language)
            (start,) = own_cells(notebook_of(given, stage), "start")
            *lines, _data, _call = start.source.splitlines()
            assert len(lines) <= 18
            assert max(map(len, lines)) <= 120
            # A stage with a plot and with what is measured has the checks of both, and is never without its data files.
            assert len(start.source.encode()) <= (45_000 if stage.id == "06_digits" else 30_000)
            package = data_of(start.source)["package"]
            files = {name: data.decode() for name, data in given.items() if "capas_check/" in name}
            assert {f"capas_check/{name}" for name in package} == files.keys() - {
                "capas_check/stage.json",
                "capas_check/script.py",
            }
            assert data_of(start.source)["version"] == files["capas_check/version.txt"] == package["version.txt"]
            for name, text in package.items():  # a copy without what only readers and `check.py` need
                whole = files[f"capas_check/{name}"]
                if name.endswith(".py"):
                    assert defined(text) == defined(whole)
                elif name.endswith(".json"):
                    left_out = dict(json.loads(whole).items() - json.loads(text).items())
                    assert json.loads(text).items() <= json.loads(whole).items()
                    assert {"watching", "no_file"} <= left_out.keys()
                    drawn = {drawing.kind for drawing in stage.drawings.values()}
                    kinds = "|".join({"curve", "line", "bars"} - drawn)
                    left_out = {key for key in left_out if not re.match(rf"draw_(shape_)?({kinds})", key)}
                    assert all(key in files["capas_check/script.py"] for key in left_out)
                    assert not any(re.search(rf"\b{key}\b", source) for key in left_out for source in modules(package))
                else:
                    assert text == whole


def modules(package: dict[str, str]) -> list[str]:
    return [text for name, text in package.items() if name.endswith(".py")]


def defined(source: str) -> list[str]:
    """Return the names of all functions and classes of a source, with their arguments."""
    kinds = (ast.FunctionDef, ast.ClassDef, ast.arg)
    return [
        getattr(node, "name", getattr(node, "arg", ""))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, kinds)
    ]


def test_every_alternative_is_drawn_as_right(course: Course) -> None:
    for stage in course.stages:
        if not stage.drawings:
            continue
        solutions = Solutions(stage)
        for drawing in drawings_of(stage, "es").values():
            for other in solutions.alternatives:
                if other.question == drawing.function:
                    values = values_of(drawing, other.answer, load_texts("es"))
                    assert np.allclose(values, drawing.right, rtol=0, atol=1e-6), other.id


def test_the_stub_script_is_python_without_solutions(softmax: Stage, built_softmax: Bundle) -> None:
    tree = ast.parse(built_softmax.student_files["softmax.py"])
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions] == [question.name for question in softmax.questions]
    for function in functions:
        assert ast.get_docstring(function)
        assert ast.unparse(function.body[-1]) == "..."
        assert all(argument.annotation is None for argument in function.args.args)


def test_the_autograder_is_otters_with_our_plugin(built_softmax: Bundle, softmax: Stage) -> None:
    with zipfile.ZipFile(io.BytesIO(built_softmax.autograder)) as archive:
        names = set(archive.namelist())
        config = json.loads(archive.read("otter_config.json"))
        environment = archive.read("environment.yml").decode()
    assert {"run_autograder", "setup.sh", "run_otter.py", "otter_config.json", "environment.yml"} <= names
    assert {f"tests/{question.name}.py" for question in softmax.questions} <= names
    (plugin,) = config["plugins"]
    assert plugin["capas.grading.otter_plugin.SandboxPlugin"]["language"] == "es"
    wheel = next(name for name in names if name.endswith(".whl"))
    assert f"/autograder/source/{wheel}" in environment
