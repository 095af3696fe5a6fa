"""Grade many submissions: worker processes, one writer, results as they come."""

import contextlib
import itertools
import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from pathlib import Path, PurePosixPath

import msgspec

from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.maker import GraderMaker
from capas.grading.result import Result
from capas.run.deduplicate import Deduplicator
from capas.run.journal import Journal, Origin
from capas.run.results_folder import SET_ASIDE, ResultsFolder, Run
from capas.run.workers import end_with_parent, process_context
from capas.sandbox import MAX_LEVEL, Confinement, Limits, SandboxError, Zygote, hide_from_others
from capas.submission import SubmissionFile, hash_of_file, read_submission, start_bounded
from capas.texts.wording import listed

SUBMISSIONS_WAITING_PER_WORKER = 4
MAX_TRIES = 3

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
    """

    graders: GraderMaker
    results_folder: Path
    workers: int = 1
    fresh: bool = False
    levels: range | None = None
    prune: Set[str] = frozenset()
    max_level: int = MAX_LEVEL


def grade_all(
    run: GradingRun,
    submissions: Sequence[SubmissionFile],
    grade: Grade | None = None,
    on_result: Callable[[Result], None] = lambda result: None,
    on_note: Callable[[str], None] = lambda note: None,
) -> Journal:
    """Grade submissions: a JSON file each and `grades.csv`; return all results of the folder, which stay in files.

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
    grade = grade or partial(_grade_here, run)
    key = run.graders.key()
    with ResultsFolder(run.results_folder, Run(run.graders.assignment, run.graders.language)) as folder:
        for note in folder.notes:
            on_note(note)
        waiting, kept = _sorted_out(run, submissions, folder.journal, key)
        for submission in kept:
            on_result(folder.journal.of(submission.id))
        if replaced := _replaced(waiting, folder.journal.origins):
            folder.set_aside(replaced)
            on_note(_tell_replaced(replaced, run.results_folder))
        folder.keep_first(_handed_in_again(waiting, folder.journal.origins))
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
        folder.finish(run.graders.questions)
    return folder.journal


def _sorted_out(
    run: GradingRun, submissions: Iterable[SubmissionFile], journal: Journal, key: str
) -> tuple[list[SubmissionFile], list[SubmissionFile]]:
    """Return what has to be graded, and what has a result of the same file, made with ``key`` at a level wanted."""
    waiting: list[SubmissionFile] = []
    same: list[SubmissionFile] = []
    for submission in submissions:
        origin = None if run.fresh else journal.origins.get(submission.id)
        is_same = origin is not None and origin.key == key and _is_of(origin, submission)
        (same if is_same else waiting).append(submission)
    levels = run.levels
    if same and levels is None:  # a sandbox is started for it, so only when it matters
        level = isolation_here(run.graders.limits, run.max_level).level
        levels = range(level, level + 1)
    kept = [submission for submission in same if levels is not None and journal.origins[submission.id].level in levels]
    kept_ids = {submission.id for submission in kept}
    return waiting + [submission for submission in same if submission.id not in kept_ids], kept


def _is_of(origin: Origin, submission: SubmissionFile) -> bool:
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


def _grade_here(run: GradingRun, waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
    """Yield results as they come. A worker that is killed from outside costs a retry, not the run."""
    tries = Counter[str]()
    while first := list(itertools.islice(waiting, run.workers)):
        rest = itertools.chain(first, waiting)
        unfinished: dict[str, SubmissionFile] = {}
        futures: dict[Future[bytes], str] = {}
        try:
            with _pool(run, len(first)) as pool:
                # A few ahead of the workers are enough; the rest is read when its turn comes.
                ahead = run.workers * SUBMISSIONS_WAITING_PER_WORKER
                while True:
                    for submission in rest:
                        # Noted before it is handed over: a pool may break right there.
                        unfinished[submission.id] = submission
                        futures[pool.submit(_grade_one, submission)] = submission.id
                        if len(unfinished) >= ahead:
                            break
                    if not unfinished:
                        return
                    done, _ = wait(futures, return_when=FIRST_COMPLETED)
                    graded = [msgspec.msgpack.decode(future.result(), type=Result) for future in done]
                    for future in done:
                        del unfinished[futures.pop(future)]
                    yield graded
        except SandboxError as error:
            raise UserError(
                f"student code cannot be run here: {error}; free memory or disk, and run the same command to go on"
            ) from None
        except BrokenProcessPool:
            tries.update(unfinished.keys())
            if not tries or max(tries.values()) >= MAX_TRIES:
                names = ", ".join(sorted(submission.file for submission in unfinished.values()))
                raise UserError(
                    f"grading processes were killed {MAX_TRIES} times, perhaps for want of memory, while grading "
                    f"{names}; free some memory, or use fewer --workers, and run the same command to go on"
                ) from None
            waiting = itertools.chain(unfinished.values(), rest)


@contextlib.contextmanager
def _pool(run: GradingRun, workers: int) -> Iterator[ProcessPoolExecutor]:
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers, process_context(), initializer=_start_worker, initargs=(run.graders, run.max_level)
    )
    try:
        yield pool
    except BaseException:
        # Nobody waits for what is being graded; a sandbox ends with the worker it belongs to.
        for process in set(multiprocessing.active_children()) - before:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_make_grader: Callable[[], Grader]


def _start_worker(graders: GraderMaker, max_level: int) -> None:
    global _make_grader
    # Ctrl-C in a terminal reaches every process of ours; it is for the one that writes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    hide_from_others()
    start_bounded()  # a fork of this process, while it has nothing of the teacher's
    # Made by the first submission: errors in the teacher's files come back to us, as those of an initializer do not.
    _make_grader = cache(lambda: graders.grader(Zygote(graders.limits, max_level)))


def _grade_one(submission: SubmissionFile) -> bytes:
    # As bytes: a result has a hundred small objects, which pickle takes one by one.
    grader = _make_grader()
    return msgspec.msgpack.encode(grader.grade(read_submission(submission, grader.sought)))
