"""A folder of results, each with whose it is."""

from pathlib import Path

import msgspec

from capas.course.model import Stage
from capas.grading.maker import graders_of
from capas.grading.result import Result
from capas.run.desk import entry_by_name
from capas.run.results_folder import read_results_folder, tell_others
from capas.submission.manifest import Entry, read_manifest


class Graded(msgspec.Struct, frozen=True):
    """What `capas grade` wrote: the stage, and every result with the entry of its submission.

    ``unknown`` are results of which nobody can tell whose they are.
    """

    stage: str
    language: str
    platform: str
    results: list[tuple[Result, Entry]]
    unknown: list[Result]
    keys: dict[str, str] = {}
    """The grading key of each result, by submission."""
    notes: list[str] = []
    """What was found spoiled, a line each."""
    outside_only: bool = False
    """Whether cases failed that could not be judged outside the sandbox."""


def read_graded(folder: Path, stage: Stage | None = None) -> Graded:
    """Read the results in ``folder``, as they count.

    Args:
        folder: the folder.
        stage: the stage, which says what late days cost; without it what was said when they were graded counts.

    Raises:
        UserError: when there are none, or what a person decided of them is not right.
    """
    stored = read_results_folder(folder, stage.grade_terms if stage else None)
    manifest = read_manifest(folder)
    entries = manifest.by_submission() if manifest else {}
    results, unknown = [], []
    for result in stored.results:
        entry = entries.get(result.submission) or entry_by_name(result.submission, result.last_file)
        if entry is None:
            unknown.append(result)
        else:
            results.append((result, entry))
    platform = manifest.platform if manifest else "canvas"
    run = stored.run
    return Graded(run.stage, run.language, platform, results, unknown, stored.keys, stored.notes, run.outside_only)


def notes_of(graded: Graded, folder: Path, stage: Stage | None) -> list[str]:
    """Return what a person has to know of the results before using them, a line each.

    Without the stage, as where the course is not at hand, nobody can tell whether they are of its cases.
    """
    if stage is None:
        return graded.notes
    key = graders_of(stage, graded.language, graded.outside_only).key()
    return [*graded.notes, *tell_others(folder, stage.id, graded.keys.values(), key)]
