"""A folder of results, each with whose it is."""

from pathlib import Path

import msgspec

from capas.canvas.manifest import Entry, read_manifest
from capas.canvas.names import read_name
from capas.files import UserError
from capas.journal import RESULTS, RUN_FILE, Run
from capas.results import Result, read_result


class Graded(msgspec.Struct, frozen=True):
    """What `capas grade` wrote: the stage, and every result with the entry of its submission.

    ``unknown`` are results of which nobody can tell whose they are.
    """

    stage: str
    language: str
    platform: str
    results: list[tuple[Result, Entry]]
    unknown: list[Result]


def read_graded(folder: Path) -> Graded:
    """Read the results in ``folder``.

    Raises:
        UserError: when there are none.
    """
    try:
        run = msgspec.json.decode((folder / RUN_FILE).read_bytes(), type=Run)
    except (OSError, msgspec.MsgspecError):
        raise UserError(f"{folder} holds no results; give the --out of capas grade") from None
    manifest = read_manifest(folder)
    entries = manifest.by_submission() if manifest else {}
    results, unknown = [], []
    for path in sorted((folder / RESULTS).glob("*.json")):
        try:
            result = read_result(path)
        except msgspec.MsgspecError as error:
            raise UserError(f"{path} is no result ({error}); grade again") from None
        entry = entries.get(result.submission) or _entry_by_name(result)
        if entry is None:
            unknown.append(result)
        else:
            results.append((result, entry))
    return Graded(run.stage, run.language, manifest.platform if manifest else "canvas", results, unknown)


def _entry_by_name(result: Result) -> Entry | None:
    """Return whose a submission is by the name of its file, as Canvas gave it; graded without `collect`, say."""
    read = read_name(result.file)
    if read is None or not read.attachment:
        return None
    return Entry(
        result.file,
        "collected",
        id=result.submission,
        file=read.file,
        sha256=result.sha256,
        user=read.user,
        attachment=read.attachment,
        name=read.name,
        anonymous=read.anonymous,
        late=read.late,
    )
