"""Grade some questions of a whole class again, once a case of theirs was mended; all other questions stay."""

import contextlib
from collections.abc import Callable, Sequence, Set
from functools import partial

import msgspec

from capas.grading.again import with_questions
from capas.grading.result import KILLED, Result
from capas.run.journal import UNKNOWN_KEY, Journal
from capas.run.local import grade_here
from capas.run.pool import Grade, GradingRun, is_of, sorted_out
from capas.run.results_folder import ResultsFolder
from capas.run.stored_by_name import run_of
from capas.submission import SubmissionFile
from capas.texts.wording import listed


def grade_questions(
    run: GradingRun,
    submissions: Sequence[SubmissionFile],
    names: Set[str],
    grade: Grade | None = None,
    on_result: Callable[[Result], None] = lambda result: None,
    on_note: Callable[[str], None] = lambda note: None,
) -> Journal:
    """Grade the questions ``names`` of submissions that have a result; return all results of the folder.

    Each submission is run whole, as ever, so that there is one judge, and of what comes out only these questions are
    taken. Where the others came out as they were, too, the result is what grading gives now, and has its key; elsewhere
    its key is unknown, so that `grade_all` grades it again. A submission without a result of the same bytes is left.

    Args:
        run: what is graded into which folder, and how.
        submissions: what was handed in.
        names: the questions.
        grade: what does the work; by default processes of this machine.
        on_result: is told each result of a submission given, as it is now.
        on_note: is told, in a line each, what stays as it was, and why.

    Raises:
        UserError: as `grade_all`.
    """
    grade = grade or partial(grade_here, run.graders, run.workers, run.max_level)
    key = run.graders.key()
    with ResultsFolder(run.results_folder, run_of(run.graders, run.desk.terms)) as folder:
        for note in folder.notes:
            on_note(note)
        origins = folder.journal.origins
        waiting, kept = sorted_out(run, submissions, folder.journal, key)
        for submission in kept:
            on_result(folder.journal.of(submission.id))
        again = [one for one in waiting if one.id in origins and is_of(origins[one.id], one)]
        folders = {one.id: one.folder for one in again}
        stayed, others, killed = [one.file for one in waiting if one.id not in folders], [], []
        with contextlib.closing(grade(iter(again))) as work:
            for anew in (result for some in work for result in some):
                anew = msgspec.structs.replace(anew, folder=folders[anew.submission])
                before = folder.journal.of(anew.submission)
                result = with_questions(before, anew, names)
                if result is None:
                    (killed if anew.status == KILLED else stayed).append(anew.file)
                    on_result(before)
                    continue
                if result != anew:
                    others.append(anew.file)
                folder.add([result], key if result == anew else UNKNOWN_KEY)
                on_result(result)
        folder.finish(run.graders.questions, run.desk)
    for note in _notes(sorted(stayed), sorted(others), sorted(killed), names):
        on_note(note)
    return folder.journal


def _notes(stayed: list[str], others: list[str], killed: list[str], names: Set[str]) -> list[str]:
    notes = []
    if stayed:
        notes.append(
            f"left as they were: {listed(stayed)}; there is no result of the same file, run in the same way and with "
            "the same questions; grade them without --questions"
        )
    if others:
        notes.append(
            f"of {len(others)} submissions questions besides {', '.join(sorted(names))} would come out otherwise, too, "
            f"and stay as they were: {listed(others)}; to grade them whole, leave out --questions"
        )
    if killed:
        notes.append(
            f"left as they were, as each process that graded them was killed: {listed(killed)}; use fewer --workers, "
            "and run the same command again"
        )
    return notes
