"""Problems in handouts and derivations that would show only to students."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from capas.bundle.problems.problem import Problem
from capas.course.handout import read_handout
from capas.course.model import Stage
from capas.course.pictures import MAX_HANDOUT_MB, MB, picture_problem, pictures_in, without_code
from capas.course.text_files import parse_source, read_course_text
from capas.files import UserError
from capas.texts.points import points_text

_ESCAPED = re.compile(r"\\\$")
_DOLLARS = re.compile(r"\n[ \t]*\n|\$\$|\$")
_DETAILS = re.compile(r"<(/?)details\b[^>]*>|^## |^<!--\s*\w+\s*:.*-->", re.MULTILINE)
_FIGURE = re.compile(r"^<!--\s*figure\s*:\s*(.*?)\s*-->", re.MULTILINE)
_QUESTION = re.compile(r"^<!--\s*question\s*:\s*(\w+)\s*-->", re.MULTILINE)
_COSTS = re.compile(r"^\*(\d+(?:[.,]\d+)?) (?:puntos?|points?)\b", re.MULTILINE)


def handout_problems(stage: Stage, language: str) -> list[Problem]:
    """Return the problems of the stage's handout, and of its derivation, in one language."""
    try:
        read_handout(stage, language)
    except UserError as error:
        return [Problem(str(error))]
    problems = []
    for path in (stage.handout(language), stage.derivation(language)):
        if path == stage.handout(language) or path.is_file():
            text = _ESCAPED.sub("  ", without_code(read_course_text(path)))
            problems += [
                Problem(told, path, text.count("\n", 0, place) + 1)
                for place, told in [
                    *_formulas(text),
                    *_details(text),
                    *_images(text, stage),
                    *_figures(text, stage),
                    *_points(text, stage),
                ]
            ]
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line or 0))


Found = Iterator[tuple[int, str]]
"""Where in the text, and what is wrong."""


def _formulas(text: str) -> Found:
    opened: tuple[int, str] | None = None
    for sign in [*_DOLLARS.finditer(text + "\n\n")]:
        if sign[0].isspace():
            if opened:
                yield opened[0], f"a formula begins with `{opened[1]}` and does not end in its paragraph; a sign is \\$"
            opened = None
        elif opened is None:
            opened = (sign.start(), sign[0])
        elif opened[1] == sign[0]:
            opened = None
        elif sign[0] == "$$":  # one formula ends and the next begins
            opened = (sign.start() + 1, "$")


def _details(text: str) -> Found:
    opened: list[int] = []
    for tag in _DETAILS.finditer(text):
        if tag[0].startswith("</"):
            if not opened:
                yield tag.start(), "`</details>` closes nothing"
            opened = opened[:-1]
        elif tag[0].startswith("<details"):
            opened.append(tag.start())
        elif opened:
            yield opened[0], "`<details>` is not closed before the next section or place"
            opened = []
    for place in opened:
        yield place, "`<details>` is not closed"


def _images(text: str, stage: Stage) -> Found:
    size = 0
    for picture in pictures_in(text):
        told = picture_problem(stage, picture)
        if told:
            yield picture.begin, told
            continue
        size += (stage.assignment / picture.target).stat().st_size
        if size > MAX_HANDOUT_MB * MB:
            yield (
                picture.begin,
                f"the images up to here have {size / MB:.1f} MB; a notebook takes {MAX_HANDOUT_MB:g} MB",
            )
            return


def _figures(text: str, stage: Stage) -> Found:
    path = stage.assignment / "figures.py"
    names = _figure_names(path) if path.is_file() else set[str]()
    for place in _FIGURE.finditer(text):
        if not path.is_file():
            yield place.start(), f"a place for the figure `{place[1]}`, and no {path}"
        elif place[1] not in names:
            yield place.start(), f"a place for the figure `{place[1]}`, which {path} lacks"


def _figure_names(path: Path) -> set[str]:
    names = set()
    for node in parse_source(path, read_course_text(path)).body:
        if isinstance(node, ast.FunctionDef) and any("figure" in ast.unparse(one) for one in node.decorator_list):
            names.add(node.name)
        if isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _points(text: str, stage: Stage) -> Found:
    points = {question.name: question.points for question in stage.all_questions}
    begin = 0
    for place in _QUESTION.finditer(text):
        costs = [*_COSTS.finditer(text, begin, place.start())]
        begin = place.end()
        if costs:
            said = costs[-1][1].replace(",", ".")
            digits = len(said.partition(".")[2])
            if float(said) != round(points[place[1]], digits):
                right = points_text(points[place[1]])
                yield costs[-1].start(), f"says {said} points for `{place[1]}`; assignment.toml gives it {right}"
