"""Grade many submissions: one writer, results as they come."""

import contextlib
import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from capas.grading.maker import GraderMaker
from capas.grading.result import Result
from capas.run.deduplicate import Deduplicator
from capas.run.desk import NOTHING_DECIDED, Desk
from capas.run.journal import Journal, Origin
from capas.run.local import grade_here
from capas.run.results_folder import SET_ASIDE, ResultsFolder
from capas.run.stored_by_name import run_of
from capas.sandbox import MAX_LEVEL, Confinement, Limits, Zygote
from capas.submission import SubmissionFile, hash_of_file
from capas.texts.wording import listed

Grade = Callable[[Iterator[SubmissionFile]], Generator[list[Result], None, None]]
"""What does the work: it takes submissions when it has room for them, and yields results in any order."""


class GradingRun(msgspec.Struct, frozen=True):
    """What is graded into which folder, and how.

    Args:
        graders: what makes graders of the assignment.
        results_folder: where results and `grades.csv` go.
        workers: how many processes grade, where they are of this machine.
        fresh: whether what is graded already is graded again.
        levels: the levels of isolation that a kept result may have; by default the one that this machine gives.
        prune: submissions whose results are removed in the end.
        max_level: the highest level of isolation that is tried.
        desk: what a person decided of what is in the folder, and of what is graded.
    """

    graders: GraderMaker
    results_folder: Path
    workers: int = 1
    fresh: bool = False
    levels: range | None = None
    prune: Set[str] = frozenset()
    max_level: int = MAX_LEVEL
    desk: Desk = NOTHING_DECIDED


def grade_all(
    run: GradingRun,
    submissions: Sequence[SubmissionFile],
    grade: Grade | None = None,
    on_result: Callable[[Result], None] = lambda result: None,
    on_note: Callable[[str], None] = lambda note: None,
) -> Journal:
    """Grade submissions: a JSON file each and `grades.csv`; return all results of the folder, as the machine gave them.

    Results of other submissions stay. One of the same file is kept if its grading key is that of now and its level
    of isolation is wanted, unless all is to be graded fresh. Files of the same bytes are graded once.

    Args:
        run: what is graded into which folder, and how.
        submissions: what was handed in.
        grade: what does the work; by default processes of this machine.
        on_result: is told each result of a submission given, kept or new.
        on_note: is told, in a line each, what was found spoiled, and whose results other files of the same id replace.

    Raises:
        UserError: when the folder holds another assignment's results, is in use, or cannot be written.
    """
    grade = grade or partial(grade_here, run.graders, run.workers, run.max_level)
    key = run.graders.key()
    results_of = run_of(run.graders, run.desk.terms)
    with ResultsFolder(run.results_folder, results_of) as folder:
        for note in folder.notes:
            on_note(note)
        waiting, kept = sorted_out(run, submissions, folder.journal, key)
        for submission in kept:
            on_result(folder.journal.of(submission.id))
        if replaced := _replaced(waiting, folder.journal.origins):
            folder.set_aside(replaced)
            on_note(_tell_replaced(replaced, run.results_folder))
        folder.keep_attempts(_handed_in_again(waiting, folder.journal.origins))
        folders = {submission.id: submission.folder for submission in submissions}
        while waiting:
            once = Deduplicator(waiting, folder.journal)
            # Closed at once when something goes wrong here, and with it everything it started.
            with contextlib.closing(grade(once.sources())) as work:
                for graded in itertools.chain(work, [[]]):
                    graded = [
                        msgspec.structs.replace(result, folder=folders[result.submission])
                        for result in once.with_copies(graded)
                    ]
                    folder.add(graded, key)
                    for result in graded:
                        on_result(result)
            waiting = once.left
        folder.prune(run.prune)
        folder.finish(run.graders.questions, run.desk)
    return folder.journal


def sorted_out(
    run: GradingRun, submissions: Iterable[SubmissionFile], journal: Journal, key: str
) -> tuple[list[SubmissionFile], list[SubmissionFile]]:
    """Return what has to be graded, and what has a result of the same file, made with ``key`` at a level wanted."""
    waiting: list[SubmissionFile] = []
    same: list[SubmissionFile] = []
    for submission in submissions:
        origin = None if run.fresh else journal.origins.get(submission.id)
        is_same = origin is not None and origin.key == key and is_of(origin, submission)
        (same if is_same else waiting).append(submission)
    levels = run.levels
    if same and levels is None:  # a sandbox is started for it, so only when it matters
        level = isolation_here(run.graders.limits, run.max_level).level
        levels = range(level, level + 1)
    kept = [submission for submission in same if levels is not None and journal.origins[submission.id].level in levels]
    kept_ids = {submission.id for submission in kept}
    return waiting + [submission for submission in same if submission.id not in kept_ids], kept


def is_of(origin: Origin, submission: SubmissionFile) -> bool:
    """Tell whether a result is of the same bytes, under the same name."""
    return origin.sha256 != "" and (origin.sha256, origin.file) == (hash_of_file(submission), submission.file)


def _replaced(waiting: Iterable[SubmissionFile], origins: Mapping[str, Origin]) -> dict[str, str]:
    """Return which results, by id, will be those of a file in another folder or of another name, and of which."""
    replaced: dict[str, str] = {}
    for submission in waiting:
        origin = origins.get(submission.id)
        if origin is None:
            continue
        is_renamed = origin.file != submission.file
        # The same bytes are the same submission, moved.
        is_moved = origin.folder not in ("", submission.folder)
        if is_renamed or (is_moved and origin.sha256 != hash_of_file(submission)):
            old, new = PurePosixPath(origin.folder, origin.file), PurePosixPath(submission.folder, submission.file)
            replaced[submission.id] = f"{submission.id} (of {old}) by that of {new}"
    return replaced


def _handed_in_again(waiting: Iterable[SubmissionFile], origins: Mapping[str, Origin]) -> list[str]:
    """Return the ids of submissions that have a result of other bytes."""
    known = [(one, origins[one.id].sha256) for one in waiting if one.id in origins]
    return [one.id for one, sha256 in known if sha256 and sha256 != hash_of_file(one)]


def _tell_replaced(replaced: Mapping[str, str], results_folder: Path) -> str:
    return (
        f"results in {results_folder} are replaced: {listed(list(replaced.values()))}; the older are in "
        f"{results_folder / SET_ASIDE}. If two are not of one student, give each file a name that says whose it is, "
        "and grade both again"
    )


def isolation_here(limits: Limits, max_level: int = MAX_LEVEL) -> Confinement:
    """Return what sandboxes are confined by on this machine.

    Raises:
        SandboxError: when no sandbox can be made.
    """
    with Zygote(limits, max_level) as zygote:
        return zygote.confinement
