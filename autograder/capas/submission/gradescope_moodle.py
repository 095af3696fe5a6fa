"""The exports of Gradescope and Moodle."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from capas.submission.export_archive import Item
from capas.submission.manifest import Entry
from capas.submission.student_files import HandedIn

METADATA = "submission_metadata.yml"
MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?$")


def read_gradescope(items: list[Item]) -> list[HandedIn]:
    """Return the files of a Gradescope export, with who handed each in by `submission_metadata.yml`."""
    metadata = next(item for item in items if item.path.name == METADATA)
    depth = len(metadata.path.parts) - 1
    people, times = _gradescope_people(metadata.data)
    files = []
    for item in items:
        if item is metadata:
            continue
        folder, *inside = item.path.parts[depth:] or ("",)
        submitters = people.get(folder)
        if item.problem or submitters is None or not inside:
            reason = item.problem or f"{METADATA} does not say whose it is"
            files.append(HandedIn(Entry(item.name, "not understood", reason=reason), item))
            continue
        first, *others = submitters
        entry = Entry(
            item.name,
            "collected",
            file=inside[-1],
            sha256=item.sha256,
            user=first["sid"] or first["email"],
            attachment="".join(re.findall(r"\d+$", folder)),
            name=first["name"],
            email=first["email"],
            submitted=times.get(folder),
            members=[other["sid"] or other["email"] for other in others],
        )
        files.append(HandedIn(entry, item, "/".join(inside[:-1]), int(entry.attachment or 0)))
    return files


def _gradescope_people(data: bytes) -> tuple[dict[str, list[dict[str, str]]], dict[str, datetime.datetime]]:
    """Return the submitters by folder, and when they handed in.

    What is not as expected is left out, and files without submitters are listed.
    """
    import yaml

    try:
        loaded = yaml.safe_load(data)
    except (yaml.YAMLError, UnicodeError, RecursionError, ValueError):
        return {}, {}
    people: dict[str, list[dict[str, str]]] = {}
    times: dict[str, datetime.datetime] = {}
    for folder, about in loaded.items() if isinstance(loaded, dict) else ():
        submitters = about.get(":submitters") if isinstance(about, dict) else None
        if not isinstance(submitters, list):
            continue
        told = [
            {key: _text(one.get(f":{key}")) for key in ("name", "sid", "email")}
            for one in submitters
            if isinstance(one, dict)
        ]
        told = [one for one in told if one["sid"] or one["email"]]
        if told:
            people[str(folder)] = told
        created = about.get(":created_at")
        if isinstance(created, datetime.datetime):
            # PyYAML gives times that say their offset in UTC, and Gradescope's others are in UTC.
            times[str(folder)] = created if created.tzinfo else created.replace(tzinfo=datetime.UTC)
    return people, times


def read_moodle(items: Iterable[Item]) -> list[HandedIn]:
    """Return the files of a Moodle export, with or without a folder for each student."""
    files = []
    for item in items:
        depth, read = next(
            ((depth, match) for depth, part in enumerate(item.path.parts) if (match := MOODLE.match(part))), (0, None)
        )
        if read is None or item.problem or ".." in item.path.parts:
            reason = item.problem or "its folder's name is not one that Moodle gives"
            files.append(HandedIn(Entry(item.name, "not understood", reason=reason), item))
            continue
        file = read["file"] if read.string == item.path.name and read["file"] else item.path.name
        entry = Entry(item.name, "collected", file=file, sha256=item.sha256, user=read["id"], name=read["name"].strip())
        if read["kind"] == "onlinetext":
            entry = Entry(item.name, "nothing to grade", name=entry.name, user=entry.user, reason="a text, not a file")
        files.append(HandedIn(entry, item, "/".join(item.path.parts[depth + 1 : -1])))
    return files


def _text(value: Any) -> str:
    return "" if value is None else str(value)
