"""Grade on many machines: Dask brings sources to its workers and results back; writing stays with the caller.

What travels is bytes, never objects: one bundle with an assignment's files, the submissions, the results.
"""

import contextlib
import itertools
import logging
import time
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

import capas
from capas.files import UserError
from capas.grading.maker import GraderMaker
from capas.grading.result import Result
from capas.run.cluster_worker import Bundle, Work, encode, give_up_there, grade_there
from capas.submission import Contents, DiskFile, SubmissionFile, Unreadable, ZipEntry, hash_of

if TYPE_CHECKING:
    from distributed import Future

SUBMISSIONS_WAITING_PER_WORKER = 4
SUBMISSIONS_PER_TASK = 6
"""Submissions in one task: a task costs Dask's processes about as long as it takes to judge half a submission."""
MAX_WORKER_DEATHS = 3
CONNECT_SECONDS, NO_WORKER_SECONDS, POLL_SECONDS = 10, 60.0, 2.0
REQUIRED_LEVEL = 4
"""The isolation below which workers refuse unless told otherwise: whoever can connect to a scheduler commands it."""


Attempt = Literal["together", "alone", "given up"]
"""How submissions are worked on. Which one its worker died of is not known of several, nor of one that others were
beside: each is tried again when there is nothing else, and one whose workers die then, too, gets a result that says so.
"""


class Cluster:
    """A connection to a Dask scheduler. Use it as a context manager.

    Args:
        address: the scheduler's, like ``tcp://10.0.0.5:8786`` or, with certificates, ``tls://10.0.0.5:8786``.
        tls_ca: the file of the authority that both sides trust.
        tls_cert: the file of our certificate.
        tls_key: the file of its key.

    Raises:
        UserError: when Dask is not installed, a file is missing, or nobody answers.
    """

    def __init__(
        self, address: str, tls_ca: Path | None = None, tls_cert: Path | None = None, tls_key: Path | None = None
    ):
        try:
            import dask.config
            import distributed
        except ImportError:
            raise UserError("--cluster needs Dask; run: pip install 'capas[cluster]'") from None
        self._address = address
        files = {"tls_ca_file": tls_ca, "tls_client_cert": tls_cert, "tls_client_key": tls_key}
        for file in files.values():
            if file is not None and not file.is_file():
                raise UserError(f"{file} does not exist; --cluster-tls-ca, -cert and -key name files in PEM format")
        given = {name: str(file) for name, file in files.items() if file is not None}
        # What goes wrong is told in one line, by us.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        self.most_workers = 0
        """The most workers that were there at the same time."""
        self._looked, self._last_worker, self._workers = 0.0, time.monotonic(), 0
        try:
            security = distributed.Security(require_encryption=True, **given) if given else None
            # Dask's calls have no types: each answers at once or later, as its client does.
            self._client: Any = distributed.Client(address, timeout=CONNECT_SECONDS, security=security)
            self._count_workers()
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise UserError(
                f"no Dask scheduler can be reached at {address}: {_first_line(error)}; "
                "is it running, and are the address and the TLS files right?"
            ) from None

    def grade(
        self, graders: GraderMaker, required_level: int, waiting: Iterator[SubmissionFile]
    ) -> Generator[list[Result], None, None]:
        """Yield results as they come. A submission whose worker dies is graded by another.

        Raises:
            UserError: when workers lack something or refuse, none is left, or the scheduler is gone.
        """
        bundle = encode(Bundle(graders.pack(), required_level))
        try:
            yield from self._graded(graders.versions(), bundle, waiting)
        except (CancelledError, OSError):
            raise UserError(
                f"the scheduler at {self._address} is gone; start it, and run the same command to go on"
            ) from None

    def _graded(
        self, versions: dict[str, str], bundle: bytes, waiting: Iterator[SubmissionFile]
    ) -> Iterator[list[Result]]:
        digest = hash_of(msgspec.json.encode(versions, order="sorted") + bundle)
        # A task, and not scattered data: should all workers that have it die, the scheduler makes it anew.
        there = self._client.submit(bytes, bundle, key=f"capas-stage-{digest}")

        def submit(some: list[SubmissionFile], by_path: bool, attempt: Attempt = "together") -> "Future":
            works = [_work(one, by_path) for one in some]
            kinds = [
                f"{work.problem}{Path(work.file).suffix.lower()}{'' if isinstance(work.source, Contents) else '@'}"
                for work in works
            ]
            sources = "".join(work.sha256 + kind + "," for work, kind in zip(works, kinds, strict=True))
            key = f"capas-{attempt}-{hash_of((digest + sources).encode())}"
            task = give_up_there if attempt == "given up" else grade_there
            return self._client.submit(task, versions, there, encode(works), key=key, retries=0)

        by_path = True
        unfinished: dict[Future, tuple[list[SubmissionFile], Attempt]] = {}
        suspects: list[tuple[SubmissionFile, Attempt]] = []
        deaths: dict[object, int] = {}
        while True:
            while some := list(itertools.islice(waiting, SUBMISSIONS_PER_TASK)):
                unfinished[submit(some, by_path)] = some, "together"
                # A few ahead of the workers are enough; the rest is read when its turn comes.
                if len(unfinished) >= SUBMISSIONS_WAITING_PER_WORKER * max(self._count_workers(), 1):
                    break
            if not unfinished:
                if not suspects:
                    return
                one, attempt = suspects.pop()
                unfinished[submit([one], by_path, attempt)] = [one], attempt
            graded = []
            for future in self._some_done(list(unfinished)):
                some, attempt = unfinished[future]
                killed = self._deaths(future, deaths)
                if 0 < killed < MAX_WORKER_DEATHS:
                    future.retry()
                    continue
                del unfinished[future]
                if killed:
                    after = _after(attempt, some, killed)
                    suspects.extend((one, after) for one in some)
                    continue
                answers = self._answers(future, some)
                for one, answer in zip(some, answers, strict=True):
                    if answer is not None:
                        graded.append(msgspec.structs.replace(answer, submission=one.id, file=one.file))
                if unseen := [one for one, answer in zip(some, answers, strict=True) if answer is None]:
                    # Workers do not see our files, so from now on their bytes travel.
                    by_path = False
                    unfinished[submit(unseen, by_path, attempt)] = unseen, attempt
            if graded:
                yield graded

    def _count_workers(self) -> int:
        now = time.monotonic()
        if not self._workers or now - self._looked > POLL_SECONDS:
            self._looked, self._workers = now, len(self._client.nthreads())
            self.most_workers = max(self.most_workers, self._workers)
            if self._workers:
                self._last_worker = now
            elif now - self._last_worker > NO_WORKER_SECONDS:
                raise UserError(
                    f"the scheduler at {self._address} has had no worker for {NO_WORKER_SECONDS:.0f} s; "
                    "start some, and run the same command to go on"
                )
        return self._workers

    def _some_done(self, futures: "list[Future]") -> "list[Future]":
        from distributed import wait

        done: list[Future] = []
        while not done:
            with contextlib.suppress(TimeoutError):
                ended: Any = wait(futures, timeout=POLL_SECONDS, return_when="FIRST_COMPLETED")
                done = list(ended.done)
            self._count_workers()
        return done

    def _deaths(self, future: "Future", deaths: dict[object, int]) -> int:
        """Return how many workers died of a task that the scheduler has given up, or beside it; 0 if it was not.

        How often the scheduler itself tries is its own setting (`distributed.scheduler.allowed-failures`).
        """
        from distributed import KilledWorker

        error = future.exception() if future.status == "error" else None
        if not isinstance(error, KilledWorker):
            return 0
        deaths[future.key] = deaths.get(future.key, error.allowed_failures) + 1
        return deaths[future.key]

    def _answers(self, future: "Future", some: list[SubmissionFile]) -> list[Result | None]:
        from distributed.comm.core import CommClosedError

        try:
            return _answers.decode(future.result())
        # The last is the scheduler's end: a worker's goes to another worker.
        except (UserError, CancelledError, CommClosedError):
            raise
        except Exception as error:
            raise UserError(
                f"{_names(some)}: a worker failed: {type(error).__name__}: {_first_line(error)}; "
                f"each needs pip install 'capas[cluster]=={capas.__version__}'"
            ) from None

    def close(self) -> None:
        """Let go of the cluster; what waits there for us is dropped."""
        self._client.close()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


_answers = msgspec.msgpack.Decoder(list[Result | None])


def _after(attempt: Attempt, some: list[SubmissionFile], killed: int) -> Attempt:
    """Return how submissions are tried whose workers died ``killed`` times."""
    if attempt == "given up":
        raise UserError(
            f"workers died {killed} times, perhaps for want of memory, also when they had nothing to do "
            f"({_names(some)} is next); see their logs, and run the same command to go on"
        )
    return "alone" if attempt == "together" else "given up"


def _names(some: list[SubmissionFile]) -> str:
    return ", ".join(one.file for one in some)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _work(submission: SubmissionFile, by_path: bool) -> Work:
    try:
        data = submission.read()
    except Unreadable as error:
        return Work(submission.file, Contents(b""), problem=error.problem)
    source = submission.source
    if by_path and isinstance(source, DiskFile | ZipEntry) and _can_travel(source):
        return Work(submission.file, source, hash_of(data))
    return Work(submission.file, Contents(data), hash_of(data))


def _can_travel(source: DiskFile | ZipEntry) -> bool:
    """Tell whether names are text; some file systems allow others."""
    try:
        encode(source)
    except UnicodeError:
        return False
    return True
