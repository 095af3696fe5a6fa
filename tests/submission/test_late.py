"""When something was handed in, as far as the exports of platforms say so."""

import datetime
import hashlib
from pathlib import Path

import pytest
from canvas_class import gradebook_csv, make_class, submissions_zip, zip_of

from capas.canvas.gradebook import read_gradebook
from capas.canvas.roster import Roster
from capas.submission.exports import collect

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("created", "submitted"),
    [
        ("2026-03-01 23:30:00.123456 Z", datetime.datetime(2026, 3, 1, 23, 30, 0, 123456, UTC)),
        ("2026-03-01 23:30:00 -03:00", datetime.datetime(2026, 3, 2, 2, 30, tzinfo=UTC)),
        ("2026-03-01 23:30:00", datetime.datetime(2026, 3, 1, 23, 30, tzinfo=UTC)),
        ("soon", None),
        ("[1, 2]", None),
    ],
)
def test_gradescope_says_when(tmp_path: Path, created: str, submitted: datetime.datetime | None) -> None:
    metadata = f"""
submission_1:
  :submitters:
  - :name: Ana
    :sid: S1
    :email: ana@uni.example
  :created_at: {created}
"""
    files = {"a/submission_metadata.yml": metadata.encode(), "a/submission_1/softmax.py": b"x = 1\n"}
    (tmp_path / "export.zip").write_bytes(zip_of(files))
    (entry,) = collect(tmp_path / "export.zip").manifest.collected()
    assert entry.submitted == submitted


def test_canvas_names_of_files_say_only_that_it_was_late(tmp_path: Path) -> None:
    members = make_class(12, ["softmax.py"])
    contents = {number: hashlib.sha256(str(number).encode()).digest() for one in members for number in one.attachments}
    (tmp_path / "submissions.zip").write_bytes(submissions_zip(members, contents))
    manifest = collect(tmp_path / "submissions.zip").manifest
    assert {entry.user for entry in manifest.collected() if entry.late} == {str(one.id) for one in members if one.late}
    assert all(entry.seconds_late is None and entry.submitted is None for entry in manifest.collected())
    # Who they are, the gradebook knows.
    (tmp_path / "export.csv").write_text(gradebook_csv(members, {9: "x"}, {}), encoding="utf-8")
    named = Roster(read_gradebook(tmp_path / "export.csv")).named(manifest)
    known = {str(one.id): (one.name, one.login, one.sis, "Grupo A") for one in members}
    for entry in named.collected():
        assert (entry.full_name, entry.login, entry.sis, entry.section) == known[entry.user]
