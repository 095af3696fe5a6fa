"""Grade many submissions: worker processes, one writer, results as they come."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import capas
from capas.checks import set_language
from capas.course import Stage
from capas.diagnosis import stage_grader
from capas.errors import UserError
from capas.grading import Grader
from capas.journal import Journal, Run
from capas.results import Result
from capas.sandbox import MAX_LEVEL, Confinement, SandboxError, Zygote, hide_from_others
from capas.submission import Found, read_submission
from capas.workers import end_with_parent, process_context

WAITING_PER_WORKER = 4
TRIES = 3


def grade_all(
    stage: Stage,
    found: list[Found],
    out: Path,
    language: str,
    workers: int,
    fresh: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
    max_level: int = MAX_LEVEL,
) -> list[Result]:
    """Grade ``found`` into ``out``: a JSON file each and `grades.csv`; return the results.

    Results already there of the same files, by the same tests, are kept unless ``fresh``.

    Raises:
        UserError: when ``out`` holds another stage's results, is in use, or cannot be written.
    """
    run = Run(stage.id, stage.digest(), language, capas.__version__)
    with Journal(out, run, fresh) as journal:
        results, waiting = [], []
        for one in found:
            kept = journal.kept.get(one.id)
            if kept is not None and kept.sha256 and kept.sha256 == read_submission(one).sha256:
                results.append(kept)
                on_result(kept)
            else:
                waiting.append(one)
        for graded in _graded(stage, waiting, language, workers, max_level):
            journal.add(graded)
            for result in graded:
                on_result(result)
            results += graded
        results.sort(key=lambda result: result.submission)
        journal.finish(results, [question.name for question in stage.questions])
    return results


def isolation_here(stage: Stage) -> Confinement:
    """Return what sandboxes are confined by on this machine.

    Raises:
        SandboxError: when no sandbox can be made.
    """
    with Zygote(stage.limits) as zygote:
        return zygote.confinement


def _graded(stage: Stage, waiting: list[Found], language: str, workers: int, max_level: int) -> Iterator[list[Result]]:
    """Yield results as they come. A worker that is killed from outside costs a retry, not the run."""
    tries: dict[str, int] = {}
    while waiting:
        unfinished: dict[Future[Result], Found] = {}
        rest = iter(waiting)
        try:
            with _pool(min(workers, len(waiting)), stage, language, max_level) as pool:
                # A few ahead of the workers are enough; the rest is read when its turn comes.
                ahead = workers * WAITING_PER_WORKER
                while True:
                    for one in rest:
                        unfinished[pool.submit(_grade_one, one)] = one
                        if len(unfinished) >= ahead:
                            break
                    if not unfinished:
                        return
                    done, _ = wait(unfinished, return_when=FIRST_COMPLETED)
                    graded = [future.result() for future in done]
                    for future in done:
                        del unfinished[future]
                    yield graded
        except SandboxError as error:
            raise UserError(
                f"student code cannot be run here: {error}; free memory or disk, and run the same command to go on"
            ) from None
        except BrokenProcessPool:
            for one in unfinished.values():
                tries[one.id] = tries.get(one.id, 0) + 1
            most = max(tries.values(), default=TRIES)
            if most >= TRIES:
                names = ", ".join(sorted(found.file for found in unfinished.values()))
                raise UserError(
                    f"grading processes were killed {TRIES} times, perhaps for want of memory, while grading {names}; "
                    "free some memory, or use fewer --workers, and run the same command to go on"
                ) from None
            waiting = [*unfinished.values(), *rest]


def _pool(workers: int, stage: Stage, language: str, max_level: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, process_context(), initializer=_start_worker, initargs=(stage, language, max_level)
    )


_grader: Grader | None = None


def _start_worker(stage: Stage, language: str, max_level: int) -> None:
    global _grader
    end_with_parent()
    hide_from_others()
    set_language(language)
    zygote = Zygote(stage.limits, max_level)
    _grader = stage_grader(stage, zygote)


def _grade_one(found: Found) -> Result:
    assert _grader is not None
    return _grader.grade(read_submission(found))
