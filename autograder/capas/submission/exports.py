"""From an export of submissions to what `grade` takes: one submission a student, and a manifest of all there was."""

import os
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from capas.files import UserError, write_atomically
from capas.submission import NOTHING_SOUGHT, Contents, DiskFile, Sought, SubmissionFile
from capas.submission.canvas_attempts import with_attempts
from capas.submission.canvas_names import read_name, shapes_of, sure_reading
from capas.submission.export_archive import Item, list_names, read_items
from capas.submission.gradescope_moodle import METADATA, MOODLE, read_gradescope, read_moodle
from capas.submission.manifest import MANIFEST, Entry, Manifest, Platform, read_manifest, write_manifest
from capas.submission.student_files import AMBIGUOUS, HandedIn, one_submission_each

GROUP = "handed in as {name!r}: perhaps a group; give the other members the grade in Canvas"
NO_EXPORT = (
    "{export} is no export of submissions that capas knows: Canvas's submissions.zip, Gradescope's with "
    "submission_metadata.yml, or Moodle's; grade other files directly with capas grade"
)


class Collection(msgspec.Struct, frozen=True):
    """What was collected: the manifest, and each submission's file by its id, as `grade` takes it."""

    manifest: Manifest
    files: dict[str, SubmissionFile]


def platform_of(export: Path) -> Platform | None:
    """Return which platform made the export; None when none that we know."""
    paths = [PurePosixPath(name) for name in list_names(export)]
    if any(path.name == METADATA for path in paths):
        return "gradescope"
    if any(MOODLE.match(part) for path in paths for part in path.parts):
        return "moodle"
    read = sum(read_name(path.name) is not None for path in paths)
    return "canvas" if read and 2 * read > len(paths) else None


def collect(export: Path, students: Mapping[str, str] | None = None, sought: Sought = NOTHING_SOUGHT) -> Collection:
    """Read an export of Canvas, Gradescope or Moodle.

    Args:
        export: the zip, or the folder it was unpacked into.
        students: who is in the gradebook, sortable names by Canvas's user id.
        sought: what the answer is known by among several files of one student, which are one submission.

    Raises:
        UserError: when it is none of them, or cannot be opened.
    """
    platform = platform_of(export)
    if platform == "gradescope":
        files = read_gradescope(list(read_items(export)))
    elif platform == "moodle":
        files = read_moodle(read_items(export))
    elif platform == "canvas":
        items = list(read_items(export))
        shapes = shapes_of(item.path.name for item in items)
        entries = [_canvas_entry(item, students or {}, shapes) for item in items]
        files = with_attempts([HandedIn(entry, item) for entry, item in zip(entries, items, strict=True)], sought)
    elif not export.exists():
        raise UserError(f"{export} does not exist; give the zip that your platform made of the submissions")
    else:
        raise UserError(NO_EXPORT.format(export=export))
    collection = gather(export.name, platform, files, sought)
    there = {entry.user for entry in collection.manifest.entries}
    missing = [name for user, name in (students or {}).items() if user not in there and platform == "canvas"]
    return msgspec.structs.replace(collection, manifest=msgspec.structs.replace(collection.manifest, missing=missing))


def gather(source: str, platform: Platform, files: list[HandedIn], sought: Sought = NOTHING_SOUGHT) -> Collection:
    """Return the collection of what was handed in: one submission of each student, and the rest listed."""
    listed = one_submission_each(files, sought)
    manifest = Manifest(platform, source, [entry for entry, _ in listed])
    contents = {entry.id: data for entry, data in listed}
    return Collection(
        manifest,
        {
            entry.id: SubmissionFile(entry.id, entry.stored, Contents(contents[entry.id]))
            for entry in manifest.collected()
        },
    )


def write_collection(folder: Path, collection: Collection) -> None:
    """Write the submissions and the manifest into ``folder``; what an earlier collection left there goes.

    Raises:
        UserError: when the folder holds other files.
    """
    old = read_manifest(folder)
    if old is None and folder.is_dir() and any(folder.iterdir()):
        raise UserError(f"{folder} holds files that capas did not collect; choose another --out")
    wanted = {entry.stored for entry in collection.manifest.collected()}
    for entry in old.collected() if old else ():
        # The name comes from a file that anybody could have changed.
        if entry.stored not in wanted and entry.stored == PurePosixPath(entry.stored).name:
            (folder / entry.stored).unlink(missing_ok=True)
    for entry in collection.manifest.collected():
        source = collection.files[entry.id].source
        # One that is too large is written too: that it is gets told when it is graded.
        data = source.data if isinstance(source, Contents) else source.read()
        write_atomically(folder / entry.stored, data, sync=False)
    write_manifest(folder, collection.manifest)


def recognise(paths: list[Path], sought: Sought = NOTHING_SOUGHT) -> Collection | None:
    """Return what is to be graded when ``paths`` is one export or one collected folder; None for anything else.

    Among several files of one student the answer is known by what is ``sought``.

    Raises:
        UserError: when there is nothing to grade in it, or a collected folder stands among other paths.
    """
    if len(paths) != 1:
        for path in paths:
            if (path / MANIFEST).is_file() and read_manifest(path):
                raise UserError(
                    f"{path} was collected with its manifest; grade it alone, so that grades find their way"
                )
        return None
    (path,) = paths
    if path.is_dir():
        manifest = read_manifest(path) if (path / MANIFEST).is_file() else None
        return _with_something(path, _read_back(path, manifest)) if manifest else None
    if path.suffix.lower() == ".zip" and path.is_file() and platform_of(path):
        return _with_something(path, collect(path, sought=sought))
    return None


def _with_something(path: Path, collection: Collection) -> Collection:
    if collection.files:
        return collection
    reasons = Counter(entry.reason for entry in collection.manifest.entries if entry.reason)
    why = "; ".join(f"{count} × {reason}" for reason, count in reasons.most_common(3)) or "it lists no files"
    raise UserError(f"nothing to grade in {path}: {why}")


def _read_back(folder: Path, manifest: Manifest) -> Collection:
    files = {}
    for entry in manifest.collected():
        name = PurePosixPath(entry.stored).name
        if not os.path.lexists(folder / name):
            raise UserError(f"{folder / name} is gone, but {folder / MANIFEST} names it; collect again")
        files[entry.id] = SubmissionFile(entry.id, entry.stored, DiskFile(os.path.abspath(folder), name))
    return Collection(manifest, files)


def _canvas_entry(item: Item, students: Mapping[str, str], shapes: set[tuple[int, int]]) -> Entry:
    read = read_name(item.path.name, students)
    ambiguous = False
    if read is not None and read.user not in students:
        # A student's or a group's name may end in a number; the other names show what Canvas's numbers look like.
        sure = sure_reading(item.path.name, shapes)
        read, ambiguous = sure or read, sure is None
    if read is None:
        reason = item.problem or "its name is not one that Canvas gives"
        return Entry(item.name, "not understood", reason=reason)
    entry = Entry(
        item.name,
        "collected",
        file=read.file,
        sha256=item.sha256,
        user=read.user,
        attachment=read.attachment,
        name=read.name,
        anonymous=read.anonymous,
        late=read.late,
    )
    if item.problem:
        return msgspec.structs.replace(entry, state="not understood", reason=item.problem)
    if read.kind != "file":
        kind = "a text" if read.kind == "text" else "a link"
        return msgspec.structs.replace(entry, state="nothing to grade", reason=f"{kind} instead of a file")
    if ambiguous:
        return msgspec.structs.replace(entry, reason=AMBIGUOUS)
    if students and read.user and read.user not in students:
        return msgspec.structs.replace(entry, reason=f"user {read.user} is not in the gradebook")
    if read.user in students and plain(students[read.user]) != plain(read.name):
        return msgspec.structs.replace(entry, reason=GROUP.format(name=read.name))
    return entry


def plain(name: str) -> str:
    """Return a sortable name as Canvas writes it into a file's name."""
    kept = (char for char in unicodedata.normalize("NFC", name.lower()) if char == "_" or char.isalnum())
    return "".join(kept)
