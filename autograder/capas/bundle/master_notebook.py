"""Compose the Otter Assign master notebook of a stage from its plain files."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from capas.bundle.alone import case_source
from capas.bundle.general_facts import handout_pieces
from capas.course import cut_functions
from capas.course.figures import figure_file, figures_of
from capas.course.handout import HandoutPiece
from capas.course.model import Question, Stage
from capas.course.pictures import data_uri, with_pictures
from capas.course.text_files import read_course_text
from capas.files import UserError
from capas.grading.cases import JudgeFile, case_name
from capas.submission import ANSWER, OWN_CELL, place_in_notebook

START, CHECK, FINISH, STUB, GIVEN, FIGURE = "start", "check", "finish", "stub", "given", "figure"
"""Roles of the kit's own cells, in their metadata."""

IGNORED = ["otter_ignore"]
"""The tag of cells that no engine runs for a grade."""


def compose(
    stage: Stage, language: str, plugin: dict[str, Any], support: Sequence[str], test_files: Mapping[str, JudgeFile]
) -> nbformat.NotebookNode:
    """Return the master notebook of ``stage`` in ``language``.

    Args:
        stage: the stage.
        language: one of its languages.
        plugin: what the plugin in `autograder.zip` needs to know.
        support: the names of files beside the notebook for `autograder.zip`: this program's wheel, then data files.
        test_files: the stage's cases, by question.

    Raises:
        UserError: when the stage's files do not fit together.
    """
    reference = read_course_text(stage.solutions / "reference.py")
    questions = {question.name: question for question in stage.all_questions}
    cells = [_config_cell(stage, plugin, support), _own_cell(START, "")]
    pieces = handout_pieces(stage, language)
    # The imports come after the opening text, where they are first needed.
    first_code = next(i for i, piece in enumerate(pieces) if piece.kind in ("question", "given"))
    for index, piece in enumerate(pieces):
        if index == first_code and (imports := cut_functions.student_imports(reference)):
            cells.append(_code_cell(imports, {"role": GIVEN}))
        if piece.kind == "question":
            question = questions[piece.value]
            if question.manual:
                cells += _text_cells(question, language)
                continue
            stub = cut_functions.question_source(stage, reference, question, language)
            cells += _question_cells(stage.test_file(question.name), stub, test_files[question.name])
        else:
            cells += _plain_cells(stage, reference, piece, language)
    cells.append(_own_cell(FINISH, "grader.summary()"))
    notebook = new_notebook(cells=cells)
    notebook.metadata.update(
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
        language_info={"name": "python"},
    )
    return notebook


def _plain_cells(stage: Stage, reference: str, piece: HandoutPiece, language: str) -> list[Any]:
    if piece.kind == "text":
        return [new_markdown_cell(with_pictures(stage, piece.value, _inside))]
    if piece.kind == "given":
        return [
            _code_cell(cut_functions.given_source(stage, reference, name, language), {"role": GIVEN, "name": name})
            for name in piece.value.split()
        ]
    if piece.kind == "draw":
        return [_own_cell(FIGURE, f'grader.draw("{piece.value}")')]
    if not (stage.assignment / "figures.py").is_file():
        return []
    return [new_markdown_cell(_picture(stage, piece.value, language))]


def _inside(path: Path, alt: str) -> str:
    return f"![{alt}]({data_uri(path)})"


def _picture(stage: Stage, name: str, language: str) -> str:
    alt = figures_of(stage).alt.get(name)
    if alt is None:
        raise UserError(
            f"{stage.handout(language)}: a place for the figure `{name}`, which {stage.assignment / 'figures.py'} lacks"
        )
    # Inside the Markdown, so that the notebook needs no other file; Colab shows no attachments.
    return _inside(figure_file(stage, name, language), alt[language])


def _question_cells(path: Path, stub: str, test_file: JudgeFile) -> list[Any]:
    tests = [_case_cell(case, case_source(test_file.source, case_name(case), path)) for case in test_file.test_cases]
    return [
        new_raw_cell(f"# BEGIN QUESTION\nname: {test_file.name}"),
        new_raw_cell("# BEGIN SOLUTION"),
        _code_cell(stub, {"role": STUB, "name": test_file.name}),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        *tests,
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
    ]


def _text_cells(question: Question, language: str) -> list[Any]:
    """Return a question that a person grades as Otter Assign takes it, with our own place for the answer."""
    place = new_markdown_cell(place_in_notebook(question.name, language))
    place.metadata[OWN_CELL] = {"role": ANSWER, "name": question.name}
    return [
        new_raw_cell(f"# BEGIN QUESTION\nname: {question.name}\nmanual: true\npoints: {question.points:g}"),
        new_raw_cell("# BEGIN PROMPT"),
        place,
        new_raw_cell("# END PROMPT"),
        new_raw_cell("# BEGIN SOLUTION"),
        new_markdown_cell(""),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# END QUESTION"),
    ]


def _case_cell(case: Any, text: str) -> Any:
    config = f"points: {case.points!r}\nhidden: {str(case.hidden).lower()}"
    return new_code_cell(f'""" # BEGIN TEST CONFIG\n{config}\n""" # END TEST CONFIG\n{text}')


def _config_cell(stage: Stage, plugin: dict[str, Any], support: Sequence[str]) -> Any:
    config = {
        "init_cell": False,
        "export_cell": False,
        "run_tests": False,
        "tests": {"files": True, "ok_format": False},
        "requirements": [*stage.libraries, f"/autograder/source/files/{support[0]}"],
        "autograder_files": list(support),
        "plugins": [{"capas.grading.otter_plugin.SandboxPlugin": plugin}],
    }
    # JSON is YAML; Otter reads YAML.
    return new_raw_cell("# ASSIGNMENT CONFIG\n" + json.dumps(config, ensure_ascii=False))


def _code_cell(text: str, own: dict[str, str]) -> Any:
    return new_code_cell(text, metadata={OWN_CELL: own})


def _own_cell(role: str, text: str) -> Any:
    return new_code_cell(text, metadata={OWN_CELL: {"role": role}, "tags": list(IGNORED)})
