"""A student's own file with what the grade came from in it."""

import io
import json
import zipfile
from pathlib import PurePosixPath
from typing import Any

from capas.bundle.archive import make_zip
from capas.results import QuestionResult, Result
from capas.submission import MAX_BYTES, OWN_CELL, ZIP_ERRORS

WORDS = {
    "score": {"es": "{score:g} de {points:g} puntos", "en": "{score:g} of {points:g} points"},
    "right": {"es": "Pasan todas las pruebas.", "en": "All cases pass."},
    "hidden": {"es": "prueba oculta", "en": "hidden case"},
    "head": {"es": "Comentarios a tu entrega", "en": "Feedback on your work"},
}
MAX_MESSAGES = 3


def summary(result: Result, language: str) -> str:
    """Return the grade in a few lines: in all, and by question."""
    whole = WORDS["score"][language].format(score=result.score, points=result.points)
    lines = [whole] + ([result.message] if result.message else [])
    for question in result.questions:
        of = WORDS["score"][language].format(score=question.score, points=question.points)
        lines.append(f"{question.name}: {of}")
    return "\n".join(lines)


def annotated(data: bytes, name: str, result: Result, language: str) -> bytes:
    """Return the file with comments: cells in a notebook, lines above a `.py`, and either inside a zip.

    What cannot be read as what its name says comes back as it was.
    """
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix == ".ipynb":
            return _notebook(data, result, language)
        if suffix == ".py":
            return _script(data, result, language)
        if suffix == ".zip":
            return _zip(data, result, language)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, *ZIP_ERRORS):
        pass
    return data


def _notebook(data: bytes, result: Result, language: str) -> bytes:
    notebook = json.loads(data)
    comments = {question.name: _about(question, language) for question in result.questions}
    cells = [_cell(f"## {WORDS['head'][language]}\n\n" + summary(result, language).replace("\n", "\n\n"), "summary")]
    for cell in notebook["cells"]:
        cells.append(cell)
        own = cell.get("metadata", {}).get(OWN_CELL)
        about = comments.pop(str(own.get("name")), None) if isinstance(own, dict) else None
        if about:
            cells.append(_cell(about, str(own["name"])))
    cells += [_cell(about, name) for name, about in comments.items()]
    notebook["cells"] = cells
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode() + b"\n"


def _cell(text: str, name: str) -> dict[str, Any]:
    own = {"role": "feedback", "name": name}
    return {"cell_type": "markdown", "id": f"capas-{name}", "metadata": {OWN_CELL: own}, "source": text}


def _about(question: QuestionResult, language: str) -> str:
    score = WORDS["score"][language].format(score=question.score, points=question.points)
    lines = [f"**{question.name}: {score}**", ""]
    failed = [case for case in question.cases if not case.passed]
    lines += [f"- {case.message or WORDS['hidden'][language]}" for case in failed[:MAX_MESSAGES]]
    return "\n".join(lines if failed else [*lines, WORDS["right"][language]])


def _script(data: bytes, result: Result, language: str) -> bytes:
    text = [WORDS["head"][language], "", summary(result, language)]
    text += [_about(question, language).replace("**", "") for question in result.questions]
    lines = "\n\n".join(text).splitlines()
    head = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    return head.encode() + b"\n" + data


def _zip(data: bytes, result: Result, language: str) -> bytes:
    files = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.lower().endswith((".ipynb", ".py")) and "__MACOSX" not in info.filename:
                with archive.open(info) as file:
                    files[PurePosixPath(info.filename).name] = file.read(MAX_BYTES + 1)
    chosen = [name for name in files if name.lower().endswith(".ipynb")] or list(files)
    return make_zip({name: annotated(files[name], name, result, language) for name in chosen[:1]}) if chosen else data
