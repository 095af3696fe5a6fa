"""Submissions over the API: as from the zip of "Download Submissions", names and all."""

import contextlib
import datetime
import hashlib
from collections.abc import Mapping
from typing import Any

from capas.canvas.api import Api
from capas.submission import MAX_BYTES, NOTHING_SOUGHT, Sought
from capas.submission.export_archive import TOO_LARGE, Item
from capas.submission.exports import Collection, gather, plain
from capas.submission.manifest import Entry, Manifest
from capas.submission.student_files import HandedIn


def fetch(api: Api, assignment: Any, sought: Sought = NOTHING_SOUGHT, with_history: bool = False) -> Collection:
    """Return what every student handed in: the current attempt, or every one where an earlier one may count.

    Args:
        api: the course.
        assignment: as canvasapi has it.
        sought: what the answer is known by among several files.
        with_history: whether every attempt is fetched.
    """
    files: list[HandedIn] = []
    missing: list[str] = []
    for user, submission in sorted(api.submissions(assignment, with_history).items()):
        about = getattr(submission, "user", None) or {}
        name = str(about.get("sortable_name") or about.get("name") or user)
        kind = getattr(submission, "submission_type", None)
        attempts = _attempts(submission)
        if not any(attempt.get("attachments") for attempt in attempts):
            if kind in ("online_text_entry", "online_url"):
                reason = "a text instead of a file" if kind == "online_text_entry" else "a link instead of a file"
                source = f"{plain(name)}_{user}_{'text' if kind == 'online_text_entry' else 'link'}.html"
                entry = Entry(source, "nothing to grade", user=str(user), name=plain(name), reason=reason)
                files.append(HandedIn(entry, Item(source)))
            else:
                missing.append(name)
            continue
        for attempt in attempts:
            files += [_file(api, user, about, attempt, attachment) for attachment in attempt.get("attachments") or ()]
    gathered = gather(f"assignment {assignment.id}", "canvas", files, sought)
    return Collection(Manifest("canvas", gathered.manifest.source, gathered.manifest.entries, missing), gathered.files)


def _attempts(submission: Any) -> list[dict[str, Any]]:
    """Return the attempts of a student, in order: the one that is current, and those before it where they were sent.

    Canvas keeps a version of an attempt for each change of it, also where only its grade changed; the last says most.
    """
    names = ("attempt", "late", "seconds_late", "submitted_at")
    current = {name: getattr(submission, name, None) for name in names}
    fields = ("id", "display_name", "size", "url")
    current["attachments"] = [
        {field: getattr(attachment, field, None) for field in fields} for attachment in submission.attachments
    ]
    earlier = [one for one in getattr(submission, "submission_history", None) or () if isinstance(one, dict)]
    by_number = {int(one.get("attempt") or 0): one for one in [*earlier, current]}
    return [by_number[number] for number in sorted(by_number)]


def _file(
    api: Api, user: int, about: Mapping[str, Any], attempt: Mapping[str, Any], attachment: Mapping[str, Any]
) -> HandedIn:
    """Return a file of an attempt, downloaded."""
    name = str(about.get("sortable_name") or about.get("name") or user)
    data = TOO_LARGE if int(attachment.get("size") or 0) > MAX_BYTES else api.download(str(attachment["url"]))
    late = bool(attempt.get("late"))
    file = str(attachment["display_name"])
    source = f"{plain(name)}{'_LATE' if late else ''}_{user}_{attachment['id']}_{file}"
    entry = Entry(
        source,
        "collected",
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        user=str(user),
        attachment=str(attachment["id"]),
        attempt=attempt.get("attempt"),
        name=plain(name),
        late=late,
        seconds_late=_seconds_late(attempt),
        submitted=_time(attempt.get("submitted_at")),
        full_name=name,
        login=str(about.get("login_id") or ""),
        sis=str(about.get("sis_user_id") or ""),
    )
    return HandedIn(entry, Item(source, data), attempt=int(attempt.get("attempt") or 0))


def _seconds_late(attempt: Mapping[str, Any]) -> float | None:
    """Return how late Canvas says it is: 0 where it is in time for it, with extensions and all."""
    if not attempt.get("late"):
        return 0.0
    seconds = attempt.get("seconds_late")
    return float(seconds) if isinstance(seconds, (int, float)) else None


def _time(text: Any) -> datetime.datetime | None:
    with contextlib.suppress(ValueError):
        time = datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
        return time if time is not None and time.tzinfo is not None else None
    return None
