"""Opening the course for a command, with what must be known of its languages said once.

Where a bundle of Otter's is graded, it is the course: one with one assignment and no files but its zip.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from capas.cli.messages import warn
from capas.course import model
from capas.run.results_folder import kept_autograder
from capas.texts import FALLBACK, count_missing

if TYPE_CHECKING:
    from capas.submission import SubmissionFile
    from capas.submission.manifest import Manifest


def open_course(path: Path | None) -> model.Course:
    """Open the course as `capas.course.model.open_course`; say which of its languages the program does not speak.

    Raises:
        UserError: as that one.
    """
    course = model.open_course(path)
    for language in course.languages:
        missing, all_ = count_missing(language)
        if missing:
            which = "no sentences" if missing == all_ else f"{all_ - missing} of {all_} sentences"
            warn(f"`{language}`: the program has {which} in this language; what it says stands in `{FALLBACK}`")
    return course


def open_assignment(name: str, course: Path | None) -> tuple[model.Course, model.Stage]:
    """Return the assignment that a command names, with its course: a stage, or the `autograder.zip` at a path.

    Raises:
        UserError: when there is none.
    """
    if name.lower().endswith(".zip"):
        opened = _open_bundle(Path(name))
        return opened, opened.stages[0]
    opened = open_course(course)
    return opened, opened.choose([name])[0]


def open_graded(folder: Path, course: Path | None) -> model.Course:
    """Return the course that the results in ``folder`` are of.

    Raises:
        UserError: when there is none.
    """
    kept = kept_autograder(folder)
    return _open_bundle(kept) if kept else open_course(course)


def handed_in(paths: list[Path], stage: model.Stage) -> "tuple[list[SubmissionFile], Manifest | None]":
    """Return the submissions in files, folders or a platform's export; of an export its manifest, too."""
    from capas.grading.stage import sought_by
    from capas.submission import list_submissions
    from capas.submission.exports import recognise

    sought = sought_by(stage)
    export = recognise(paths, sought)
    if export:
        return list(export.files.values()), export.manifest
    return list_submissions(paths, stage.handed_out, sought), None


def _open_bundle(path: Path) -> model.Course:
    from capas.grading.otter_zip.bundle import not_installed, read_bundle, stage_of

    bundle = read_bundle(path)
    if missing := not_installed(bundle):
        names = " ".join(missing)
        warn(f"{path} names {names}, not installed here; notebooks that import it fail; run: pip install {names}")
    stage = stage_of(bundle)
    return model.Course(path.absolute().parent, stage.title, stage.languages, [stage])
