"""A first cell that is large for a phone is noted, with the cases that make it so; it is no problem."""

import json
from io import StringIO
from pathlib import Path

from rich.console import Console

from capas.bundle.build import Bundle
from capas.cli.terminal import show_proofs
from capas.course.model import Stage, load_course
from capas.course.scaffold import new_course, new_stage, read_question_names
from capas.verify.first_cell import MOST_BYTES, first_cell_notes
from capas.verify.proof import VerificationReport


def made_stage(root: Path, questions: str) -> Stage:
    new_course(root, "en")
    new_stage(root, "01_kinds", read_question_names(questions))
    return load_course(root).stages[0]


def bundle(stage: Stage, language: str, size: int) -> Bundle:
    cells = [{"source": ["#\n", "a" * (size - 2)]}, {"source": ["b" * 2 * MOST_BYTES]}]
    return Bundle(stage.id, language, {f"{stage.slug}.ipynb": json.dumps({"cells": cells}).encode()}, b"")


def test_a_large_first_cell_is_noted_with_what_makes_it_large(tmp_path: Path) -> None:
    stage = made_stage(tmp_path, "mean_speed,greet:printed,fall_plot:plot")
    (note,) = first_cell_notes(stage, [bundle(stage, "en", 31_400), bundle(stage, "es", 44_000)])
    assert note.startswith(f"{stage.assignment / 'tests'}: the first cell of the notebook in `es`")
    assert "has 44 kB; above 30 kB it is slow on a phone" in note
    assert note.endswith("may go to another stage: greet.py (output), fall_plot.py (plots)")


def test_what_makes_it_large_may_be_the_cases_alone(tmp_path: Path) -> None:
    stage = made_stage(tmp_path, "mean_speed")
    (note,) = first_cell_notes(stage, [bundle(stage, "en", 40_000)])
    assert note.endswith("it is slow on a phone; shorten the public cases")


def test_a_first_cell_of_the_usual_size_is_not_noted(tmp_path: Path) -> None:
    stage = made_stage(tmp_path, "fall_plot:plot")
    assert not first_cell_notes(stage, [bundle(stage, "en", MOST_BYTES)])


def test_a_note_is_shown_and_everything_behaves() -> None:
    out = StringIO()
    show_proofs(Console(file=out, width=200), [VerificationReport("01_kinds", [], 0, [], ["the first cell is large"])])
    assert "• 01_kinds: the first cell is large\nEverything behaves.\n" in out.getvalue()
