"""Where an answer stands as it was saved: its points in the public cases, and whether it is ready to be handed in."""

import dis
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from capas_check.limit import LOAD_SECONDS
from capas_check.notebook import Notebook, SavedAnswer, first_line, receipt
from capas_check.texts import Texts, load_texts
from capas_check.zero import run_from_zero

MARKS, MAX_ERRORS = {True: "✔", False: "✘"}, 5


@dataclass(frozen=True)
class Standing:
    """Of one question: whether it is begun, its public cases, their points, and what the first says that fails."""

    begun: bool
    passed: int
    total: int
    points: float
    message: str

    @property
    def good(self) -> bool:
        """Whether all its public cases pass."""
        return self.passed == self.total


def summarize(
    stage: Mapping[str, Any], here: Mapping[str, Standing], saved: SavedAnswer | None, notebook: Notebook
) -> tuple[bool, list[str]]:
    """Return whether an answer is ready to be handed in, and what is told of it.

    Args:
        stage: as `capas_check.grader.Grader` takes it.
        here: where its questions stand in the process that the student sees.
        saved: its file, None where that is not known.
        notebook: what is known of the notebook it is in.
    """
    say, zero, errors = load_texts(stage["language"]), here, list[str]()
    is_old = saved is not None and notebook.is_older(saved)
    if saved is not None and not saved.is_script and not is_old:
        zero, errors = standings_of(stage, saved, notebook.plain_python(saved.cells))
    lines = []
    for name, there in zero.items():
        told = count_cases(say, there.passed, there.total) if there.begun else say("not_begun")
        lines.append(f"{MARKS[there.good]} {name}: {told}")
        if here[name].passed > there.passed:
            lines.append(say("only_here", name=name, message=there.message))
    numbers = [(float(points), float(hidden)) for points, hidden in stage["points"].values()]
    hidden = sum(hidden for _, hidden in numbers)
    public = sum(points for points, _ in numbers) - hidden
    own = sum(there.points for there in zero.values())
    lines += [say("public_points", points=f"{own:g}", total=f"{public:g}", hidden=f"{hidden:g}"), *errors]
    if saved is None:
        return False, [*lines, say("no_notebook"), say("hand_in", file=stage["file"])]
    if is_old:
        return False, [*lines, say("not_saved", file=saved.name), say("hand_in", file=saved.name)]
    good = all(there.good for there in zero.values())
    return good, [
        *lines,
        say("ready_to_hand_in" if good else "not_ready", file=saved.name),
        say("receipt", receipt=receipt(saved.cells)),
    ]


def is_begun(value: Any) -> bool:
    """Tell whether an answer is more than what was handed out: nothing, `...`, or what only returns None."""
    if isinstance(value, type):
        return any(is_begun(one) for name, one in vars(value).items() if name[:2] != "__" or hasattr(one, "__code__"))
    code = getattr(getattr(value, "fget", getattr(value, "__func__", value)), "__code__", None)  # in a class, too
    if code is None:
        return value is not None and value is not ...
    return any(step.opname != "RESUME" and step.argval is not None for step in dis.get_instructions(code))


def count_cases(say: Texts, passed: int, total: int) -> str:
    """Return how many public cases pass, as a sentence."""
    return say("all_pass" if passed == total else "some_pass", passed=passed, total=total)


def standings_of(
    stage: Mapping[str, Any], saved: SavedAnswer, cells: Sequence[str]
) -> tuple[dict[str, Standing], list[str]]:
    """Return where each question stands when ``cells`` are run from zero, and a sentence for each error in them.

    They are what is to be run of the cells of what was ``saved``.
    """
    say, name = load_texts(stage["language"]), "student" if saved.is_script else "__main__"
    job = {"stage": {**stage, "drawings": {}}, "cells": cells, "name": name, "seconds": LOAD_SECONDS}
    report = run_from_zero(job)
    errors = []
    for number, line, error in report["errors"][:MAX_ERRORS]:
        place = (
            say("place_line", line=line) if saved.is_script else say("place_cell", first=first_line(cells[int(number)]))
        )
        errors.append(f"{place}: {error}")
    return {name: Standing(**standing) for name, standing in report["questions"].items()}, errors
