"""What runs in the workers of a cluster: a grader, made from bytes, and one source after the other.

Workers run the assignment's files, which are the teacher's; student code stays in their sandboxes.
"""

import atexit
import platform
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from capas.course.libraries import library_versions
from capas.files import UserError
from capas.grading.key import program_versions
from capas.grading.maker import PackedBundle, PackedStage, SubmissionGrader
from capas.grading.result import Result
from capas.sandbox import SandboxError, Zygote, hide_from_others
from capas.submission import (
    NO_CODE,
    Contents,
    DiskFile,
    Sought,
    Submission,
    SubmissionFile,
    ZipEntry,
    hash_of,
    read_submission,
)


class Bundle(msgspec.Struct, frozen=True):
    """All that a worker needs to know of an assignment, and the isolation that it must give."""

    packed: PackedStage | PackedBundle
    required_level: int


class Work(msgspec.Struct, frozen=True):
    """One source to be graded: its bytes, or where a worker may find the file that has this hash, or its problem."""

    file: str
    source: Contents | DiskFile | ZipEntry
    sha256: str = ""
    problem: str = ""


def encode(value: Any) -> bytes:
    """Return the bytes of a bundle or of work, as `grade_there` takes them."""
    return msgspec.msgpack.encode(value, enc_hook=str)


_one_at_a_time = threading.Lock()
_grader: SubmissionGrader | None = None
_zygote: Zygote | None = None
_digest = ""


def grade_there(versions: dict[str, str], bundle: bytes, works: bytes) -> bytes:
    """Grade a few sources and return their results, null for one whose file this machine does not have.

    Raises:
        UserError: when this worker cannot grade, or has other versions than the caller's ``versions``, which stand
            in the grading key of its results.
    """
    return _done_there(versions, bundle, works, _graded)


def give_up_there(versions: dict[str, str], bundle: bytes, works: bytes) -> bytes:
    """Return the results of sources whose workers died each time, with the same errors; nothing is read or run."""
    return _done_there(
        versions, bundle, works, lambda work, grader: grader.not_graded(SubmissionFile("", work.file, work.source))
    )


def _done_there(
    versions: dict[str, str], bundle: bytes, works: bytes, do: Callable[[Work, SubmissionGrader], Result | None]
) -> bytes:
    own = program_versions()
    for name, version in (library_versions(versions.keys() - own.keys()) | own).items():
        if version != versions[name]:
            found = f"has {name} {version}" if version else f"has no {name}"
            raise UserError(f"a worker {found}, here it is {versions[name]}; install the same everywhere")
    # Cases, messages and sandboxes belong to a process; Dask may give it several threads.
    with _one_at_a_time:
        try:
            grader = _grader_of(bundle)
            return msgspec.msgpack.encode([do(one, grader) for one in msgspec.msgpack.decode(works, type=list[Work])])
        except SandboxError as error:
            raise UserError(f"student code cannot be run on {_here()}: {error}; see capas doctor there") from None


def _graded(work: Work, grader: SubmissionGrader) -> Result | None:
    submission = _read(work, grader.sought)
    return grader.grade(submission) if submission is not None else None


def _read(work: Work, sought: Sought) -> Submission | None:
    if work.problem:
        return Submission("", work.file, "", NO_CODE, work.problem)
    submission = read_submission(SubmissionFile("", work.file, work.source), sought)
    if isinstance(work.source, Contents):
        return msgspec.structs.replace(submission, sha256=work.sha256)
    return submission if submission.sha256 == work.sha256 else None


def _grader_of(encoded: bytes) -> SubmissionGrader:
    """Return the grader of a bundle; it stays until another assignment's turn comes."""
    global _grader, _zygote, _digest
    digest = hash_of(encoded)
    if _grader is None or digest != _digest:
        _close()
        hide_from_others()
        bundle = msgspec.msgpack.decode(encoded, type=Bundle, dec_hook=lambda kind, value: kind(value))
        _zygote = Zygote(bundle.packed.limits)
        level = _zygote.confinement.level
        if level < bundle.required_level:
            raise UserError(
                f"{_here()} gives isolation level {level}, below {bundle.required_level}; "
                "see capas doctor there, or give --require-level"
            )
        _grader, _digest = bundle.packed.grader(_zygote), digest
    return _grader


@atexit.register
def _close() -> None:
    global _grader, _zygote
    if _zygote is not None:
        _zygote.close()
    _grader, _zygote = None, None


def _here() -> str:
    return f"the worker on {platform.node()}"
