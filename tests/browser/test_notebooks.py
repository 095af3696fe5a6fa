"""Every notebook as a student sees it: opened in a real JupyterLab, in Chromium, and run from top to bottom.

Screenshots go to the folder in `CAPAS_SCREENSHOTS`, or to pytest's own.
"""

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest
from notebook_page import SOLVED, WORDS, Seen, assert_sound, assert_there_is_ink, run_notebook

from capas.bundle.build import build_stage
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions, Variant

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def fill(notebook: nbformat.NotebookNode, source: str) -> None:
    """Put each function of ``source`` where a student writes it, and what else it needs above the first."""
    stubs = {cell.metadata.capas.name: cell for cell in notebook.cells if is_stub(cell)}
    rest = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name in stubs:
            stubs[node.name].source = ast.unparse(node)
        elif not isinstance(node, ast.Expr):
            rest.append(ast.unparse(node))
    first = next(iter(stubs.values()))
    first.source = "\n".join([*rest, "", first.source])


def is_stub(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("capas", {}).get("role") == "stub"


def open_and_run(
    lab: str, browser: Any, home: Path, screenshots: Path, stage: Stage, language: str, version: str, source: str = ""
) -> Seen:
    files = build_stage(stage, language).student_files
    notebook = nbformat.reads(files[f"{stage.slug}.ipynb"].decode(), as_version=4)
    if source:
        fill(notebook, source)
    shots = screenshots / f"{stage.id}-{language}-{version}"
    nbformat.write(notebook, home / f"{shots.name}.ipynb")
    seen = run_notebook(lab, browser, notebook, language, shots)
    assert_sound(seen, stage, notebook, language)
    assert_there_is_ink(shots)
    return seen


STUBS = [
    ("01_linear_collapse", "es"),
    ("02_activations", "es"),
    ("02_activations", "en"),
    ("03_softmax", "es"),
    ("04_forward_propagation", "en"),
    ("05_backpropagation", "es"),
]


@pytest.mark.parametrize(("stage_id", "language"), STUBS)
def test_a_notebook_as_it_is_handed_out(
    lab: str, browser: Any, home: Path, screenshots: Path, course: Course, stage_id: str, language: str
) -> None:
    (stage,) = course.choose([stage_id])
    seen = open_and_run(lab, browser, home, screenshots, stage, language, "stub")
    assert not any(WORDS[language]["all"] in report for report in seen.reports)
    words = {"es": "devuelve None: completa su celda", "en": "returns None: complete its cell"}[language]
    assert sum(words in report for report in seen.reports) == len(stage.drawings)


def test_a_notebook_that_is_solved(lab: str, browser: Any, home: Path, screenshots: Path, course: Course) -> None:
    (stage,) = course.choose(["02_activations"])
    source = Solutions(stage).reference_source
    seen = open_and_run(lab, browser, home, screenshots, stage, "es", SOLVED, source)
    assert sum(WORDS["es"]["all"] in report for report in seen.reports) == len(stage.questions) + 1
    assert sum("coincide con lo correcto" in report for report in seen.reports) == len(stage.drawings)


def test_a_notebook_with_a_mistake(lab: str, browser: Any, home: Path, screenshots: Path, course: Course) -> None:
    (stage,) = course.choose(["02_activations"])
    solutions = Solutions(stage)
    source = solutions.variant_source(_named(solutions.mistakes, "absolute_value"))
    seen = open_and_run(lab, browser, home, screenshots, stage, "es", "mistake", source)
    passing = [question.name for question in stage.questions if question.name != "relu"]
    for name in passing:
        assert any(report.startswith(name) and WORDS["es"]["all"] in report for report in seen.reports), name
    assert sum("se aparta de lo correcto entre a = −3 y a = 0" in report for report in seen.reports) == 1


def _named(variants: list[Variant], name: str) -> Variant:
    return next(variant for variant in variants if variant.id == name)
