"""Grade on this machine: worker processes, which are replaced for ever when something kills them."""

import contextlib
import itertools
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache

import msgspec

from capas.files import UserError
from capas.grading.maker import GraderMaker, SubmissionGrader
from capas.grading.result import Result
from capas.run.workers import collect_less, end_with_parent, process_context
from capas.sandbox import SandboxError, Zygote, hide_from_others
from capas.submission import SubmissionFile, read_submission, start_bounded

SUBMISSIONS_WAITING_PER_WORKER = 4
MAX_TRIES = 3
"""How often a submission is graded alone whose worker is killed each time."""


def grade_here(
    graders: GraderMaker, workers: int, max_level: int, waiting: Iterable[SubmissionFile]
) -> Generator[list[Result], None, None]:
    """Yield results as they come. A worker that is killed from outside costs a retry, not the run.

    Which submission it was killed for is not known, so those that were on their way are then graded one by one: each
    answers for itself, and one whose worker is killed again and again gets a result that says so.

    Raises:
        UserError: when the teacher's files do not fit together, or nothing can be graded here.
    """
    waiting = iter(waiting)
    pools = _Pools(graders, max_level)
    try:
        while first := list(itertools.islice(waiting, workers)):
            unfinished: dict[str, SubmissionFile] = {}
            try:
                with pools.open(len(first)) as pool:
                    yield from _together(pool, workers, itertools.chain(first, waiting), unfinished)
            except BrokenProcessPool:
                yield from _one_by_one(pools, unfinished.values())
    except SandboxError as error:
        raise UserError(
            f"student code cannot be run here: {error}; free memory or disk, and run the same command to go on"
        ) from None


def _together(
    pool: ProcessPoolExecutor, workers: int, waiting: Iterator[SubmissionFile], unfinished: dict[str, SubmissionFile]
) -> Iterator[list[Result]]:
    """Yield the results of all; what was begun and has none yet is ``unfinished``, by id."""
    futures: dict[Future[bytes], str] = {}
    # A few ahead of the workers are enough; the rest is read when its turn comes.
    ahead = workers * SUBMISSIONS_WAITING_PER_WORKER
    while True:
        for submission in waiting:
            # Noted before it is handed over: a pool may break right there.
            unfinished[submission.id] = submission
            futures[pool.submit(_grade_one, submission)] = submission.id
            if len(unfinished) >= ahead:
                break
        if not unfinished:
            return
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        graded = [_decoded(future) for future in done]
        for future in done:
            del unfinished[futures.pop(future)]
        yield graded


def _one_by_one(pools: "_Pools", submissions: Iterable[SubmissionFile]) -> Iterator[list[Result]]:
    """Yield the results of submissions, each graded while no other is."""
    left, tries = deque(submissions), 0
    while left:
        work = _grade_one if tries < MAX_TRIES else _give_up
        try:
            with pools.open(1) as pool:
                while left:
                    graded = _decoded(pool.submit(work, left[0]))
                    left.popleft()
                    tries, work = 0, _grade_one
                    yield [graded]
        except BrokenProcessPool:
            tries += 1
            if work is _give_up:
                raise UserError(
                    f"grading processes are killed, also when they have nothing to do ({left[0].file} is next); "
                    "free some memory, and run the same command to go on"
                ) from None


class _Pools(msgspec.Struct, frozen=True):
    """Makes pools of workers that grade one assignment."""

    graders: GraderMaker
    max_level: int

    @contextlib.contextmanager
    def open(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        """Give a pool; what it started is gone afterwards, and at once when something goes wrong."""
        before = set(multiprocessing.active_children())
        pool = ProcessPoolExecutor(
            workers, process_context(), initializer=_start_worker, initargs=(self.graders, self.max_level)
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


_make_grader: Callable[[], SubmissionGrader]


def _start_worker(graders: GraderMaker, max_level: int) -> None:
    global _make_grader
    # Ctrl-C in a terminal reaches every process of ours; it is for the one that writes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    hide_from_others()
    start_bounded()  # a fork of this process, while it has nothing of the teacher's
    # Made by the first submission: errors in the teacher's files come back to us, as those of an initializer do not.
    _make_grader = cache(lambda: _made_grader(graders, max_level))


def _made_grader(graders: GraderMaker, max_level: int) -> SubmissionGrader:
    grader = graders.grader(Zygote(graders.limits, max_level, wait=False))  # it starts while the course is read
    collect_less()
    return grader


def _grade_one(submission: SubmissionFile) -> bytes:
    # As bytes: a result has a hundred small objects, which pickle takes one by one.
    grader = _make_grader()
    return msgspec.msgpack.encode(grader.grade(read_submission(submission, grader.sought)))


def _give_up(submission: SubmissionFile) -> bytes:
    """Return the result of a submission whose grading is killed again and again."""
    return msgspec.msgpack.encode(_make_grader().not_graded(submission))


def _decoded(future: Future[bytes]) -> Result:
    return msgspec.msgpack.decode(future.result(), type=Result)
