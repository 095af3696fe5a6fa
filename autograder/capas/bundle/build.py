"""Build a stage in one language: run Otter Assign on the composed notebook and finish what it makes."""

import contextlib
import io
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import nbformat

from capas.bundle.check_modules import loaded_modules, needed_modules
from capas.bundle.general_facts import readme
from capas.bundle.master_notebook import CHECK, FIGURE, FINISH, IGNORED, START, STUB, compose
from capas.bundle.problems import require_no_problems
from capas.bundle.public_fingerprints import KnownMistakes
from capas.bundle.student_checks import check_files, data_checks, start_cell
from capas.bundle.wheel import make_wheel, wheel_name
from capas.bundle.zip import make_zip, read_zip
from capas.course.cut_functions import given_cells
from capas.course.data_files import data_files
from capas.course.drawings import drawings_of
from capas.course.libraries import importable_modules, project_name
from capas.course.looked_at import looked_at_in
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.files import UserError, write_atomically
from capas.grading.cases import JudgeFile
from capas.grading.stage import sought_by, stage_test_files
from capas.submission import ANSWER, OWN_CELL, place_in_script
from capas.texts import program_texts
from capas.texts.points import points_text


class Bundle(msgspec.Struct, frozen=True):
    """What was made of a stage in one language: files by name, and the autograder's zip."""

    stage: str
    language: str
    student_files: dict[str, bytes]
    autograder: bytes


def build_stage(stage: Stage, language: str) -> Bundle:
    """Make the bundle of ``stage`` in ``language``, in memory, once its files are found to have no problems.

    Raises:
        UserError: when the stage's files have problems, or Otter Assign refuses them.
    """
    require_no_problems([(stage, [language])])
    (built,) = build_languages(stage, [language])
    return built


def build_languages(stage: Stage, languages: Sequence[str]) -> Iterator[Bundle]:
    """Make the bundle of ``stage`` in each language, whose files were looked at; what they share is worked out once.

    Raises:
        UserError: when the stage's files do not fit together, or Otter Assign refuses them.
    """
    test_files = {test_file.name: test_file for test_file in stage_test_files(stage)}
    solutions = Solutions(stage)
    mistakes = KnownMistakes(stage, solutions)
    loaded = loaded_modules(test_files.values(), vars(solutions.reference))
    for language in languages:
        yield _build(stage, language, test_files, solutions, mistakes, loaded)


def _build(
    stage: Stage,
    language: str,
    test_files: Mapping[str, JudgeFile],
    solutions: Solutions,
    mistakes: KnownMistakes,
    loaded: set[str],
) -> Bundle:
    points = _points(test_files)
    plugin = {
        "stage": stage.id,
        "language": language,
        "questions": [question.name for question in stage.questions],
        "limits": msgspec.to_builtins(stage.limits),
        "given": given_cells(stage, language),
        "sought": msgspec.to_builtins(sought_by(stage)),
        "reference": solutions.reference_source,
        "looked_at": looked_at_in(stage, language),
    }
    data = {name: path.read_bytes() for name, path in data_files(stage).items()}
    master = compose(stage, language, plugin, [wheel_name(), *data], test_files)
    with tempfile.TemporaryDirectory(prefix="capas-build-") as folder:
        student, autograder = _run_otter_assign(Path(folder), stage, master, data)
        tests = {
            question.name: (student / "tests" / f"{question.name}.py").read_text(encoding="utf-8")
            for question in stage.questions
        }
        notebook = nbformat.read(student / f"{stage.slug}.ipynb", as_version=4)
    file, script = f"{stage.slug}.ipynb", f"{stage.slug}.py"
    checks = {
        "language": language,
        "points": points,
        "tests": {name: _without_otter(text) for name, text in tests.items()},
        "known": mistakes.entries(language),
        "given": plugin["given"],
        "libraries": ", ".join(map(project_name, stage.libraries)),
        "modules": importable_modules(stage.libraries),
    }
    checks |= {"seconds": stage.limits.own_seconds} if stage.limits.own_seconds else {}
    checks |= data_checks(checks["given"], [*data]) if data else {}
    drawings = {name: msgspec.to_builtins(drawing) for name, drawing in drawings_of(stage, language, solutions).items()}
    others = [*(["data"] if data else []), *(["picture"] if drawings else [])]
    modules = needed_modules(tests.values(), loaded, others)
    start = start_cell({**checks, "file": file, "drawings": drawings}, language, modules)
    _finish_notebook(notebook, stage, start)
    functions = _script(notebook, stage, language)
    readme_name, readme_text = readme(stage, language, [functions, *tests.values()])
    files = {
        readme_name: readme_text.encode(),
        file: nbformat.writes(notebook).encode() + b"\n",
        script: functions.encode(),
        **check_files({**checks, "file": script, "drawings": {}}, language, modules),
        **{f"tests/{name}.py": text.encode() for name, text in tests.items()},
        **data,
    }
    return Bundle(stage.id, language, files, autograder)


def write_bundle(built: Bundle, stage: Stage, out: Path) -> list[Path]:
    """Write the bundle to ``out`` and refresh the student template; return the files that changed."""
    slug_zip = out / built.language / stage.id
    template = stage.root / "student_template" / built.language / stage.id
    wanted = {
        slug_zip / "student.zip": make_zip(built.student_files),
        slug_zip / "autograder.zip": built.autograder,
        **{template / name: data for name, data in built.student_files.items()},
    }
    changed = [path for path, data in wanted.items() if not path.is_file() or path.read_bytes() != data]
    for path in changed:
        write_atomically(path, wanted[path])
    for path in template.rglob("*") if template.is_dir() else ():
        if path.is_file() and path not in wanted:
            path.unlink()
    return changed


def _points(test_files: Mapping[str, JudgeFile]) -> dict[str, tuple[str, str]]:
    """Return the points of each question, and how many of them hidden cases decide."""
    return {
        name: (
            points_text(float(test_file.possible)),
            points_text(float(sum(case.points or 0 for case in test_file.test_cases if case.hidden))),
        )
        for name, test_file in test_files.items()
    }


def _without_otter(tests: str) -> str:
    """Return a public test file without its import of Otter, which students need not have."""
    return "".join(
        line for line in tests.splitlines(keepends=True) if line != "from otter.test_files import test_case\n"
    )


def _run_otter_assign(folder: Path, stage: Stage, master: Any, data: Mapping[str, bytes]) -> tuple[Path, bytes]:
    """Run Otter Assign in ``folder``; return its student folder and the autograder zip's stable bytes."""
    from otter.assign import main as otter_assign

    path = folder / f"{stage.slug}.ipynb"
    nbformat.write(master, path)
    for name, contents in {wheel_name(): make_wheel(), **data}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents)
    logging.getLogger("otter").setLevel(logging.ERROR)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            otter_assign(str(path), str(folder / "made"), no_pdfs=True, no_run_tests=True)
    except Exception as error:
        text = " ".join(str(error).split())[:300]
        raise UserError(f"{stage.assignment}: Otter Assign refuses it: {text}") from None
    (zip_path,) = (folder / "made" / "autograder").glob("*.zip")
    student = folder / "student"
    shutil.move(folder / "made" / "student", student)
    return student, make_zip(read_zip(zip_path.read_bytes()))


def _finish_notebook(notebook: Any, stage: Stage, start: str) -> None:
    for index, cell in enumerate(notebook.cells):
        # Random ids would make every build differ.
        cell["id"] = f"{stage.slug}-{index:02d}"
        if cell.metadata.get(OWN_CELL, {}).get("role") == ANSWER:
            # Otter lets nobody write where a prompt is.
            cell.metadata.update(editable=True, deletable=False)
        if cell.cell_type != "code":
            continue
        own = cell.metadata.setdefault(OWN_CELL, {})
        if cell.source.startswith("grader.check("):
            own["role"] = CHECK
            cell.metadata["tags"] = list(IGNORED)
        if own.get("role") == START:
            cell.source = start
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"
        if own.get("role") in (START, CHECK, FIGURE, FINISH):
            cell.metadata.update(editable=False, deletable=False)


def _script(notebook: Any, stage: Stage, language: str) -> str:
    sources = []
    for cell in notebook.cells:
        own = cell.metadata.get(OWN_CELL, {})
        if cell.cell_type == "code" and own.get("role") in ("given", STUB):
            sources.append(cell.source)
        elif own.get("role") == ANSWER:
            sources.append(place_in_script(own["name"], language))
    head = program_texts(language)("script_head", title=stage.title[language])
    return head + "\n" + "\n\n\n".join(source.strip("\n") for source in sources) + "\n"
