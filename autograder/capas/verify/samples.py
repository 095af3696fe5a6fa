"""Submissions made of a stage's solutions: what each should be graded as is known."""

import json
from itertools import zip_longest
from typing import Any

import msgspec
import nbformat

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.submission import OWN_CELL


class Sample(msgspec.Struct, frozen=True):
    """A submission with what it is: reference, alternative, mistake, stub or combined; ``question`` if of one.

    A mistake may cost points in the questions that go ``together`` with its own.
    """

    id: str
    kind: str
    question: str
    source: str
    together: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What it is and its id, which no other sample of the stage has."""
        return f"{self.kind} {self.id}"

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
    together = {question.name: frozenset(question.together) for question in stage.questions}
    variants = [
        Sample(
            variant.id,
            "mistake" if variant.is_mistake else "alternative",
            variant.question,
            solutions.variant_source(variant),
            together[variant.question],
        )
        for variant in [*solutions.alternatives, *solutions.mistakes]
    ]
    return [_reference(solutions), *variants, _stub(stage, built)]


def combine_samples(stage: Stage, solutions: Solutions, built: Bundle) -> list[Sample]:
    """Return submissions that hold the variants of all questions between them, one of each question in each.

    What two engines make of any variant can be compared on a fifth of the submissions or fewer. The reference and the
    stub stand alone.
    """
    of_questions = [
        [variant for variant in (*solutions.alternatives, *solutions.mistakes) if variant.question == question.name]
        for question in stage.questions
    ]
    combined = [
        Sample(f"combined_{number}", "combined", "", solutions.combined_source([v for v in together if v is not None]))
        for number, together in enumerate(zip_longest(*of_questions), 1)
    ]
    return [_reference(solutions), *combined, _stub(stage, built)]


def _reference(solutions: Solutions) -> Sample:
    return Sample("reference", "reference", "", solutions.reference_source)


def _stub(stage: Stage, built: Bundle) -> Sample:
    return Sample("stub", "stub", "", built.student_files[f"{stage.slug}.py"].decode())


def _fill(notebook: Any, source: str) -> None:
    """Put ``source`` where a student works: whole in the first stub, the other stubs emptied."""
    stubs = [cell for cell in notebook.cells if cell.metadata.get(OWN_CELL, {}).get("role") == "stub"]
    for cell in stubs:
        cell.source = ""
    stubs[0].source = source
