"""Grade many submissions: worker processes, one writer, results as they come."""

import contextlib
import itertools
import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Set
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from pathlib import Path, PurePosixPath

import msgspec

from capas.course.model import Stage
from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.key import grading_key
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.run.deduplicate import Deduplicator, bytes_hash
from capas.run.journal import Journal, Origin
from capas.run.results_folder import SET_ASIDE, ResultsFolder, Run
from capas.run.workers import end_with_parent, process_context
from capas.sandbox import MAX_LEVEL, Confinement, SandboxError, Zygote, hide_from_others
from capas.submission import SubmissionFile, read_submission
from capas.texts.wording import listed

SUBMISSIONS_WAITING_PER_WORKER = 4
MAX_TRIES = 3

Grade = Callable[[Iterator[SubmissionFile]], Generator[list[Result], None, None]]
"""What does the work: it takes submissions when it has room for them, and yields results in any order."""


def grade_all(
    stage: Stage,
    found: list[SubmissionFile],
    out: Path,
    language: str,
    workers: int,
    fresh: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
    max_level: int = MAX_LEVEL,
    grade: Grade | None = None,
    levels: range | None = None,
    prune: Set[str] = frozenset(),
    on_note: Callable[[str], None] = lambda note: None,
) -> Journal:
    """Grade ``found`` into ``out``: a JSON file each and `grades.csv`; return all results there, which stay in files.

    Results of other submissions stay. One of the same file is kept if its grading key is that of now and its level
    of isolation is wanted, unless ``fresh``. Files of the same bytes are graded once.

    Args:
        stage: the stage.
        found: the submissions.
        out: the folder of results.
        language: of the messages.
        workers: how many processes grade, where ``grade`` does not.
        fresh: grade again what is graded already.
        on_result: is told each result of a submission given, kept or new.
        max_level: the isolation tried.
        grade: what does the work instead of processes here.
        levels: the levels of isolation that a kept result may have; by default the one that this machine gives.
        prune: submissions whose results are removed in the end.
        on_note: is told, in a line each, what was found spoiled, and whose results other files of the same id replace.

    Raises:
        UserError: when ``out`` holds another stage's results, is in use, or cannot be written.
    """
    grade = grade or partial(_grade_here, stage, language, workers, max_level)
    key = grading_key(stage, language)
    with ResultsFolder(out, Run(stage.id, language)) as folder:
        for note in folder.notes:
            on_note(note)
        waiting, kept = _sorted_out(found, {} if fresh else folder.journal.origins, key)
        if kept and levels is None:
            level = isolation_here(stage, max_level).level
            levels = range(level, level + 1)
        for one in kept:
            if levels is not None and folder.journal.origins[one.id].level in levels:
                on_result(folder.journal.of(one.id))
            else:
                waiting.append(one)
        if replaced := _replaced(waiting, folder.journal.origins):
            folder.set_aside(replaced)
            on_note(_tell_replaced(replaced, out))
        folders = {one.id: one.folder for one in found}
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
        folder.prune(prune)
        folder.finish([question.name for question in stage.questions])
    return folder.journal


def _sorted_out(
    found: Iterable[SubmissionFile], origins: Mapping[str, Origin], key: str
) -> tuple[list[SubmissionFile], list[SubmissionFile]]:
    """Return what has to be graded, and what has a result of the same file made with the same key."""
    waiting: list[SubmissionFile] = []
    kept: list[SubmissionFile] = []
    for one in found:
        origin = origins.get(one.id)
        same = origin is not None and origin.key == key and origin.sha256 and origin[1:3] == (bytes_hash(one), one.file)
        (kept if same else waiting).append(one)
    return waiting, kept


def _replaced(waiting: Iterable[SubmissionFile], origins: Mapping[str, Origin]) -> dict[str, str]:
    """Return which results, by id, will be those of a file in another folder or of another name, and of which."""
    replaced: dict[str, str] = {}
    for one in waiting:
        origin = origins.get(one.id)
        if origin is None:
            continue
        renamed = origin.file != one.file
        # The same bytes are the same submission, moved.
        if renamed or (origin.folder and origin.folder != one.folder and origin.sha256 != bytes_hash(one)):
            old, new = PurePosixPath(origin.folder, origin.file), PurePosixPath(one.folder, one.file)
            replaced[one.id] = f"{one.id} (of {old}) by that of {new}"
    return replaced


def _tell_replaced(replaced: Mapping[str, str], out: Path) -> str:
    return (
        f"results in {out} are replaced: {listed(list(replaced.values()))}; the older are in {out / SET_ASIDE}. If two "
        "are not of one student, give each file a name that says whose it is, and grade both again"
    )


def isolation_here(stage: Stage, max_level: int = MAX_LEVEL) -> Confinement:
    """Return what sandboxes are confined by on this machine.

    Raises:
        SandboxError: when no sandbox can be made.
    """
    with Zygote(stage.limits, max_level) as zygote:
        return zygote.confinement


def _grade_here(
    stage: Stage, language: str, workers: int, max_level: int, waiting: Iterator[SubmissionFile]
) -> Generator[list[Result], None, None]:
    """Yield results as they come. A worker that is killed from outside costs a retry, not the run."""
    tries: dict[str, int] = {}
    while first := list(itertools.islice(waiting, workers)):
        rest = itertools.chain(first, waiting)
        unfinished: dict[str, SubmissionFile] = {}
        futures: dict[Future[bytes], str] = {}
        try:
            with _pool(len(first), stage, language, max_level) as pool:
                # A few ahead of the workers are enough; the rest is read when its turn comes.
                ahead = workers * SUBMISSIONS_WAITING_PER_WORKER
                while True:
                    for one in rest:
                        # Noted before it is handed over: a pool may break right there.
                        unfinished[one.id] = one
                        futures[pool.submit(_grade_one, one)] = one.id
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
            for identity in unfinished:
                tries[identity] = tries.get(identity, 0) + 1
            most = max(tries.values(), default=MAX_TRIES)
            if most >= MAX_TRIES:
                names = ", ".join(sorted(found.file for found in unfinished.values()))
                raise UserError(
                    f"grading processes were killed {MAX_TRIES} times, perhaps for want of memory, while grading "
                    f"{names}; free some memory, or use fewer --workers, and run the same command to go on"
                ) from None
            waiting = itertools.chain(unfinished.values(), rest)


@contextlib.contextmanager
def _pool(workers: int, stage: Stage, language: str, max_level: int) -> Iterator[ProcessPoolExecutor]:
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers, process_context(), initializer=_start_worker, initargs=(stage, language, max_level)
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


def _start_worker(stage: Stage, language: str, max_level: int) -> None:
    global _make_grader
    # Ctrl-C in a terminal reaches every process of ours; it is for the one that writes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    hide_from_others()
    # Made by the first submission: what is wrong with the stage comes back as an error, as an initializer's does not.
    _make_grader = cache(lambda: stage_grader(stage, Zygote(stage.limits, max_level), language))


def _grade_one(found: SubmissionFile) -> bytes:
    # As bytes: a result has a hundred small objects, which pickle takes one by one.
    return msgspec.msgpack.encode(_make_grader().grade(read_submission(found)))
