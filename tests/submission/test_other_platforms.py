"""Exports of Gradescope and of Moodle."""

from pathlib import Path

import pytest
from export_samples import CODE, export
from handed_in_samples import code, notebook

from capas.submission.exports import collect

METADATA = """---
submission_101:
  :submitters:
  - :name: María José García
    :sid: S0001
    :email: maria@uni.example
  :created_at: 2026-03-01 10:00:00 Z
  :score: 0.0
submission_102:
  :submitters:
  - :name: Íñigo Ñúñez
    :sid:
    :email: inigo@uni.example
  - :name: Eva Ruiz
    :sid: S0003
    :email: eva@uni.example
submission_103:
  :submitters: nobody
"""


def test_gradescope(tmp_path: Path) -> None:
    files = {
        "assignment_9_export/submission_metadata.yml": METADATA.encode(),
        "assignment_9_export/submission_101/softmax.ipynb": notebook(code("x = 1")),
        "assignment_9_export/submission_101/extra/notes.py": CODE,
        "assignment_9_export/submission_102/softmax.py": CODE,
        "assignment_9_export/submission_103/softmax.py": CODE,
        "assignment_9_export/submission_104/softmax.py": CODE,
    }
    collection = collect(export(tmp_path, files))
    assert collection.manifest.platform == "gradescope"
    first, second = collection.manifest.collected()
    assert (first.user, first.email, first.file, first.id) == (
        "S0001",
        "maria@uni.example",
        "softmax.ipynb",
        "María_José_García_S0001_101",
    )
    assert (second.user, second.members, second.attachment) == ("inigo@uni.example", ["S0003"], "102")
    lost = [entry.source for entry in collection.manifest.entries if entry.state == "not understood"]
    assert lost == [f"assignment_9_export/submission_{number}/softmax.py" for number in (103, 104)]


@pytest.mark.parametrize("metadata", [b"\xff\xfe\0", b"!!python/object/apply:os.system ['true']", b"[" * 5000, b"- 1"])
def test_gradescope_with_broken_metadata_lists_all(tmp_path: Path, metadata: bytes) -> None:
    path = export(tmp_path, {"submission_metadata.yml": metadata, "submission_1/a.py": CODE})
    (entry,) = collect(path).manifest.entries
    assert entry.state == "not understood"


@pytest.mark.parametrize("flat", [False, True])
def test_moodle(tmp_path: Path, flat: bool) -> None:
    join = "_" if flat else "_/"
    files = {
        f"María José García_1001_assignsubmission_file{join}softmax.ipynb": b"{}",
        f"Íñigo Ñúñez_1002_assignsubmission_file{join}mi_tarea.py": CODE,
        f"Eva_7 Ruiz_1003_assignsubmission_onlinetext{join}onlinetext.html": b"<p>",
    }
    manifest = collect(export(tmp_path, files)).manifest
    assert manifest.platform == "moodle"
    assert [(entry.name, entry.user, entry.file, entry.state) for entry in manifest.entries] == [
        ("María José García", "1001", "softmax.ipynb", "collected"),
        ("Íñigo Ñúñez", "1002", "mi_tarea.py", "collected"),
        ("Eva_7 Ruiz", "1003", "", "nothing to grade"),
    ]
