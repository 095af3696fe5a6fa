"""`requests.csv` beside the results: which cases students ask to be looked at again, by their codes, and why."""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from capas.files import UserError, UserErrors, told_as_user_error, write_atomically
from capas.grading.request_codes import RequestCodes, Target, as_code, targets_of
from capas.grading.result import Result
from capas.run.desk import people_of
from capas.run.overrides import Columns, read_cells
from capas.run.people import People
from capas.submission.manifest import read_manifest
from capas.texts.plain import one_line

REQUESTS, KEY_FILE = "requests.csv", "request-codes.key"
_KEY_BYTES = 16
MOST_CHARACTERS = 2_000
"""Of a reason that are shown; more is cut off."""
COLUMNS = Columns(("code", "reason", "student"), ("code",), "code,reason")


class Request(msgspec.Struct, frozen=True):
    """A case that somebody asks about: the row, whose result, which case; ``place`` is -1 where it is no case."""

    row: int
    code: str
    reason: str
    submission: str
    target: Target
    place: int


def request_codes(folder: Path) -> RequestCodes:
    """Return the codes of a folder of results; its key is made when it is first needed, and then stays.

    Raises:
        UserError: when it cannot be read or written, or is no key: codes that students have are not replaced unasked.
    """
    path = folder / KEY_FILE
    if path.exists():
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii"))
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror}") from None
        except ValueError:
            key = b""
        if len(key) == _KEY_BYTES:
            return RequestCodes(key)
        raise UserError(f"{path} is spoiled; put back a copy, or remove it: then all codes will be others")
    key = secrets.token_bytes(_KEY_BYTES)
    with told_as_user_error(folder):
        write_atomically(path, key.hex().encode() + b"\n")
        with contextlib.suppress(OSError):
            os.chmod(path, 0o600)
    return RequestCodes(key)


def read_requests(folder: Path, results: Callable[[], Iterable[Result]]) -> list[Request]:
    """Return what is asked in `requests.csv` of ``folder``, in the order of its rows; nothing where there is none.

    Args:
        folder: the folder.
        results: gives the results as they count, each time anew.

    Raises:
        UserErrors: when a row is not right, a line for each.
    """
    rows = read_cells(folder / REQUESTS, COLUMNS)
    if not rows:
        return []
    wanted = {as_code(values["code"]) for _, values in rows}
    found = _found(request_codes(folder), results(), wanted)
    # Whose rows name somebody is rarely asked; only then is everybody read once more.
    named = any(values.get("student") for _, values in rows)
    people = People(people_of(results(), read_manifest(folder))) if named else People(())
    requests: dict[str, Request] = {}
    errors = []
    for number, values in rows:
        code = as_code(values["code"])
        several = found.get(code, [])
        if error := _refused(values, several, requests.get(code), people):
            errors.append(f"{folder / REQUESTS}, row {number}: {error}")
            continue
        submission, target, place = several[0]
        reason = values.get("reason", "")[:MOST_CHARACTERS]
        requests[code] = Request(number, code, reason, submission, target, place)
    if errors:
        raise UserErrors(errors)
    return list(requests.values())


def _found(
    codes: RequestCodes, results: Iterable[Result], wanted: set[str]
) -> dict[str, list[tuple[str, Target, int]]]:
    """Return what the codes that are wanted are of."""
    found: dict[str, list[tuple[str, Target, int]]] = {}
    for result in results:
        for target, place in targets_of(result):
            if (code := codes.code(result, target)) in wanted:
                found.setdefault(code, []).append((result.submission, target, place))
    return found


def _refused(
    values: dict[str, str], found: Sequence[tuple[str, Target, int]], earlier: Request | None, people: People
) -> str:
    """Return what is wrong with a row; "" where nothing is."""
    code, student = one_line(values["code"][:30]), one_line(values.get("student", "")[:60])
    if not values["code"]:
        return "no code; write the one that stands beside the case on the student's page"
    if not found:
        return f"{code} is no code of these results; copy it from the student's page, beside the case"
    if earlier:
        return f"row {earlier.row} asks about the same case; keep one of the two"
    if len(found) > 1:
        return f"{code} may be of any of {len(found)} cases; answer this one with a row of overrides.csv"
    if student and found[0][0] not in {person.submission for person in people.find(values["student"])}:
        return f"{code} is of another student than {student}; each code is of one student alone"
    return ""
