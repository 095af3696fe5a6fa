"""The manifest beside collected submissions: whose each is, and what became of everything that was handed in."""

import datetime
from collections.abc import Collection
from pathlib import Path
from typing import Literal

import msgspec

from capas.files import UserError, write_atomically

MANIFEST = "manifest.json"
Platform = Literal["canvas", "gradescope", "moodle"]
State = Literal["collected", "together", "not chosen", "nothing to grade", "not understood"]
"""What became of a file: a submission, alone or with files that are "together" with it; or why it is none."""


_OF_THE_STUDENT = ("full_name", "login", "sis", "section", "email")


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was in the export.

    ``id`` is the submission's, for results; ``file`` the name the student gave, ``stored`` the name beside the
    manifest, ``source`` the name in the export. ``user`` and ``attachment`` are the platform's numbers. Where a student
    handed in several files, what is stored is the zip of them, and ``sha256`` is that of the zip.
    """

    source: str
    state: State
    id: str = ""
    stored: str = ""
    file: str = ""
    sha256: str = ""
    user: str = ""
    attachment: str = ""
    attempt: int | None = None
    name: str = ""
    email: str = ""
    anonymous: str = ""
    late: bool = False
    seconds_late: float | None = None
    """How late it is, where the platform says so."""
    submitted: datetime.datetime | None = None
    """When it was handed in, where the export says so."""
    members: list[str] = []
    """Users who share the submission with ``user``, where the export names them."""
    full_name: str = ""
    """The name as the gradebook writes it, with ``login``, ``sis`` and ``section`` as they stand there."""
    login: str = ""
    sis: str = ""
    section: str = ""
    reason: str = ""

    @property
    def number(self) -> int:
        """The platform's number of the file, larger for those handed in later; 0 where it gives none."""
        return int(self.attachment) if self.attachment.isdigit() else 0


class Manifest(msgspec.Struct, frozen=True):
    """What was collected from one export; ``missing`` are those of the gradebook who handed in nothing."""

    platform: Platform
    source: str
    entries: list[Entry]
    missing: list[str] = []

    def collected(self) -> list[Entry]:
        """Return the entries that are submissions to be graded."""
        return [entry for entry in self.entries if entry.state == "collected"]

    def by_submission(self) -> dict[str, Entry]:
        """Return the entries to be graded by the id of their submission."""
        return {entry.id: entry for entry in self.collected()}


def joined(old: Manifest | None, new: Manifest, submissions: Collection[str]) -> Manifest:
    """Return the manifest of a folder in which some submissions were graded earlier: what is new comes first in doubt.

    Whose a submission is stays known: a gradebook that was given once need not be given each time.

    Args:
        old: what the folder has.
        new: what was graded now.
        submissions: the ids of all that have results there; entries of others go.

    Raises:
        UserError: when they are of different platforms.
    """
    if old is None:
        return new
    if old.platform != new.platform:
        raise UserError(f"submissions of {old.platform} and {new.platform} cannot share a folder; choose another --out")
    known: dict[str, Entry] = {}
    for entry in (*old.collected(), *new.collected()):
        known[entry.user] = _named(entry, known.get(entry.user))
    before = old.by_submission()
    entries = [_timed(_named(entry, known.get(entry.user)), before.get(entry.id)) for entry in new.entries]
    ids, sources = {entry.id for entry in new.collected()}, {entry.source for entry in new.entries}
    earlier = [
        _named(entry, known.get(entry.user))
        for entry in old.collected()
        if entry.id in submissions and entry.id not in ids and entry.source not in sources
    ]
    here = {entry.name for entry in earlier}
    return Manifest(new.platform, new.source, [*entries, *earlier], [name for name in new.missing if name not in here])


def _named(entry: Entry, other: Entry | None) -> Entry:
    """Return an entry with what another collection says of its student, where this one says nothing."""
    if other is None or not entry.user:
        return entry
    told = {name: getattr(entry, name) or getattr(other, name) for name in _OF_THE_STUDENT}
    return msgspec.structs.replace(entry, **told)


def _timed(entry: Entry, earlier: Entry | None) -> Entry:
    """Return an entry with how late the same submission was said to be, where now only that it is late is said."""
    if earlier is None or not entry.late or entry.seconds_late is not None:
        return entry
    return msgspec.structs.replace(entry, seconds_late=earlier.seconds_late)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into ``folder``."""
    write_atomically(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in ``folder``, or None when there is none.

    Raises:
        UserError: when it is not one of ours.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise UserError(f"{path} is no manifest of this program ({error}); remove it, or collect again") from None
