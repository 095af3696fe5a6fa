"""Submissions made of a stage's solutions: what each should be graded as is known."""

import json
from typing import Any

import msgspec
import nbformat

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.submission import OWN_CELL


class Sample(msgspec.Struct, frozen=True):
    """A submission with what it is: reference, alternative, mistake or stub; ``question`` where it is of one."""

    id: str
    kind: str
    question: str
    source: str

    def as_script(self) -> bytes:
        """Return it as a student's `.py`."""
        return self.source.encode()

    def as_notebook(self, built: Bundle, stage: Stage) -> bytes:
        """Return it as the student's notebook with the functions filled in."""
        notebook = nbformat.reads(built.student_files[f"{stage.slug}.ipynb"].decode(), as_version=4)
        if self.kind != "stub":
            _fill(notebook, self.source)
        return json.dumps(notebook, ensure_ascii=False).encode()


def make_samples(stage: Stage, solutions: Solutions, built: Bundle) -> list[Sample]:
    """Return the reference, every alternative, every mistake and the empty stub."""
    stub = built.student_files[f"{stage.slug}.py"].decode()
    variants = [
        Sample(
            variant.id,
            "mistake" if variant.is_mistake else "alternative",
            variant.question,
            solutions.variant_source(variant),
        )
        for variant in [*solutions.alternatives, *solutions.mistakes]
    ]
    return [
        Sample("reference", "reference", "", solutions.reference_source),
        *variants,
        Sample("stub", "stub", "", stub),
    ]


def _fill(notebook: Any, source: str) -> None:
    """Put ``source`` where a student works: whole in the first stub, the other stubs emptied."""
    stubs = [cell for cell in notebook.cells if cell.metadata.get(OWN_CELL, {}).get("role") == "stub"]
    for cell in stubs:
        cell.source = ""
    stubs[0].source = source
