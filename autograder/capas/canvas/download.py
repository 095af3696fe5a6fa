"""Submissions over the API: as from the zip of "Download Submissions", names and all."""

import contextlib
import datetime
import hashlib
from typing import Any

from capas.canvas.api import Api
from capas.submission import MAX_BYTES, NOTHING_SOUGHT, Sought
from capas.submission.export_archive import TOO_LARGE, Item
from capas.submission.exports import Collection, gather, plain
from capas.submission.manifest import Entry, Manifest
from capas.submission.student_files import HandedIn


def fetch(api: Api, assignment: Any, sought: Sought = NOTHING_SOUGHT) -> Collection:
    """Return the current attempt of every student; among several files the answer is known by what is ``sought``."""
    files: list[HandedIn] = []
    missing: list[str] = []
    for user, submission in sorted(api.submissions(assignment).items()):
        about = getattr(submission, "user", None) or {}
        name = str(about.get("sortable_name") or about.get("name") or user)
        kind = getattr(submission, "submission_type", None)
        if not submission.attachments:
            if kind in ("online_text_entry", "online_url"):
                reason = "a text instead of a file" if kind == "online_text_entry" else "a link instead of a file"
                source = f"{plain(name)}_{user}_{'text' if kind == 'online_text_entry' else 'link'}.html"
                entry = Entry(source, "nothing to grade", user=str(user), name=plain(name), reason=reason)
                files.append(HandedIn(entry, Item(source)))
            else:
                missing.append(name)
            continue
        for attachment in submission.attachments:
            too_large = int(getattr(attachment, "size", 0) or 0) > MAX_BYTES
            data = TOO_LARGE if too_large else api.download(attachment.url)
            late = bool(getattr(submission, "late", False))
            file = str(attachment.display_name)
            source = f"{plain(name)}{'_LATE' if late else ''}_{user}_{attachment.id}_{file}"
            entry = Entry(
                source,
                "collected",
                file=file,
                sha256=hashlib.sha256(data).hexdigest(),
                user=str(user),
                attachment=str(attachment.id),
                attempt=getattr(submission, "attempt", None),
                name=plain(name),
                late=late,
                seconds_late=_seconds_late(submission),
                submitted=_time(getattr(submission, "submitted_at", None)),
                full_name=name,
                login=str(about.get("login_id") or ""),
                sis=str(about.get("sis_user_id") or ""),
            )
            files.append(HandedIn(entry, Item(source, data)))
    gathered = gather(f"assignment {assignment.id}", "canvas", files, sought)
    return Collection(Manifest("canvas", gathered.manifest.source, gathered.manifest.entries, missing), gathered.files)


def _seconds_late(submission: Any) -> float | None:
    """Return how late Canvas says it is: 0 where it is in time for it, with extensions and all."""
    if not getattr(submission, "late", False):
        return 0.0
    seconds = getattr(submission, "seconds_late", None)
    return float(seconds) if isinstance(seconds, (int, float)) else None


def _time(text: Any) -> datetime.datetime | None:
    with contextlib.suppress(ValueError):
        time = datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
        return time if time is not None and time.tzinfo is not None else None
    return None
