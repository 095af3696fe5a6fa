"""What is noted of a notebook's first cell, which carries the checks: how large it is, and because of which cases."""

import json
from collections.abc import Sequence

from capas.bundle.build import Bundle
from capas.bundle.check_modules import core_modules, imports_of, module_sources
from capas.course.model import Stage
from capas.course.text_files import read_course_text

MOST_BYTES = 30_000
"""A larger first cell is slow to open and to scroll past on a phone; it works all the same."""


def first_cell_notes(stage: Stage, bundles: Sequence[Bundle]) -> list[str]:
    """Return a note for the largest of the notebooks whose first cell has more than `MOST_BYTES`, or none."""
    sizes = {bundle.language: _first_cell_bytes(bundle.student_files[f"{stage.slug}.ipynb"]) for bundle in bundles}
    language = max(sizes, key=lambda one: sizes[one])
    if sizes[language] <= MOST_BYTES:
        return []
    told = (
        f"the first cell of the notebook in `{language}`, which carries the checks, has {sizes[language] / 1000:.0f} kB"
    )
    told += f"; above {MOST_BYTES / 1000:.0f} kB it is slow on a phone"
    cases = ", ".join(f"{file} ({', '.join(modules)})" for file, modules in _modules_by_file(stage).items())
    advice = f"kinds of answer that may go to another stage: {cases}" if cases else "shorten the public cases"
    return [f"{stage.assignment / 'tests'}: {told}; {advice}"]


def _first_cell_bytes(notebook: bytes) -> int:
    return len("".join(json.loads(notebook)["cells"][0]["source"]).encode())


def _modules_by_file(stage: Stage) -> dict[str, list[str]]:
    """Return what the test files import of the checks, beyond what every stage has."""
    optional = module_sources().keys() - core_modules()
    found = {}
    for question in stage.questions:
        if (path := stage.test_file(question.name)).is_file():
            modules = {module for module, _ in imports_of(read_course_text(path))}
            if modules & optional:
                found[path.name] = sorted(modules & optional)
    return found
