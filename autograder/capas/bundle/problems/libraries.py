"""Problems in what a stage imports: libraries that `course.toml` does not name."""

import ast
from pathlib import Path

from capas.bundle.problems.problem import Problem
from capas.course.libraries import other_modules
from capas.course.model import Stage
from capas.course.text_files import parse_source, read_course_text
from capas.files import UserError

OURS = {"capas", "otter"}
"""What test files and solutions import besides, which comes with whoever grades."""


def library_problems(stage: Stage) -> list[Problem]:
    """Return a problem for each library that the reference or a test file imports, and submissions may not."""
    tests = [stage.test_file(question.name) for question in stage.questions]
    paths = [stage.solutions / "reference.py", *tests]
    return [problem for path in paths if path.is_file() for problem in _of_file(path, stage)]


def _of_file(path: Path, stage: Stage) -> list[Problem]:
    text = read_course_text(path)
    try:
        lines = _lines_of_imports(parse_source(path, text))
    except UserError:
        return []  # what is no Python is told where it is built
    told = "is not in `libraries` of course.toml: it is not there where submissions are graded; add it, or do without"
    others = [name for name in other_modules([text], stage.libraries) if name not in OURS]
    return [Problem(f"`{name}` {told}", path, lines.get(name)) for name in others]


def _lines_of_imports(tree: ast.Module) -> dict[str, int]:
    """Return the line in which each package is imported first."""
    lines = dict[str, int]()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                lines.setdefault(name.partition(".")[0], node.lineno)
    return lines
