"""Grade many submissions: worker processes, one writer, results as they come."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

import msgspec

import capas
from capas.cases import stage_test_files
from capas.checks import set_language
from capas.course import Stage
from capas.errors import UserError
from capas.grading import Grader
from capas.results import Result, encode_result, grades_csv, read_result, write_beside
from capas.sandbox import Zygote
from capas.submission import Found, read_submission
from capas.workers import process_context

RESULTS = "results"
RUN_FILE = "run.json"
GRADES_FILE = "grades.csv"
WAITING_PER_WORKER = 4


class Run(msgspec.Struct, frozen=True):
    """What decides the results in a folder; results of another run are not taken up again."""

    stage: str
    digest: str
    language: str
    capas: str


def grade_all(
    stage: Stage,
    found: list[Found],
    out: Path,
    language: str,
    workers: int,
    fresh: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Grade ``found`` into ``out``: a JSON file each and `grades.csv`; return the results.

    Results already there of the same files, by the same tests, are kept unless ``fresh``.

    Raises:
        UserError: when ``out`` holds another stage's results, or cannot be written.
    """
    run = Run(stage.id, stage.digest(), language, capas.__version__)
    _prepare(out, run, fresh)
    results = []
    for result in _graded(stage, found, out, language, workers):
        write_beside(out / RESULTS / f"{result.submission}.json", encode_result(result))
        on_result(result)
        results.append(result)
    results.sort(key=lambda result: result.submission)
    write_beside(out / GRADES_FILE, grades_csv(results, [question.name for question in stage.questions]))
    return results


def _prepare(out: Path, run: Run, fresh: bool) -> None:
    path = out / RUN_FILE
    try:
        (out / RESULTS).mkdir(parents=True, exist_ok=True)
        old = msgspec.json.decode(path.read_bytes(), type=Run) if path.is_file() else None
        if old is not None and old.stage != run.stage:
            raise UserError(f"{out} holds results of {old.stage}; choose another --out for {run.stage}")
        if old != run or fresh:
            for result in (out / RESULTS).glob("*.json"):
                result.unlink()
            write_beside(path, msgspec.json.encode(run) + b"\n")
    except OSError as error:
        raise UserError(f"cannot write to {out}: {error.strerror}; choose another --out") from None
    except msgspec.MsgspecError:
        raise UserError(f"{path} is not of this program; choose another --out, or remove it") from None


def _graded(stage: Stage, found: list[Found], out: Path, language: str, workers: int) -> Iterator[Result]:
    waiting = []
    for one in found:
        kept = _kept(out, one)
        if kept is not None:
            yield kept
        else:
            waiting.append(one)
    if not waiting:
        return
    with _pool(min(workers, len(waiting)), stage, language) as pool:
        # A few ahead of the workers are enough; the rest is read when its turn comes.
        ahead = workers * WAITING_PER_WORKER
        pending: set[Future[Result]] = set()
        for one in waiting:
            pending.add(pool.submit(_grade_one, one))
            if len(pending) >= ahead:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        for future in pending:
            yield future.result()


def _kept(out: Path, found: Found) -> Result | None:
    path = out / RESULTS / f"{found.id}.json"
    if not path.is_file():
        return None
    with contextlib.suppress(msgspec.MsgspecError, OSError):
        result = read_result(path)
        if result.sha256 and result.sha256 == read_submission(found).sha256:
            return result
    return None


def _pool(workers: int, stage: Stage, language: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, process_context(), initializer=_start_worker, initargs=(stage, language))


_grader: Grader | None = None


def _start_worker(stage: Stage, language: str) -> None:
    global _grader
    set_language(language)
    _grader = Grader(stage.id, stage_test_files(stage), stage.limits, Zygote())


def _grade_one(found: Found) -> Result:
    assert _grader is not None
    return _grader.grade(read_submission(found))
