"""From an export of Canvas to submissions, tidy or hostile."""

import io
import json
import unicodedata
import zipfile
from pathlib import Path

import pytest
from canvas_class import make_class, submissions_zip, zipped_name
from export_samples import CODE, export

from capas.files import UserError
from capas.submission import MAX_BYTES, list_submissions, read_submission
from capas.submission.exports import collect, platform_of, recognise, write_collection
from capas.submission.manifest import read_manifest


def test_a_class_of_200_with_awkward_names(tmp_path: Path) -> None:
    members = make_class(200)
    contents = {attachment: f"# {attachment}\n".encode() for member in members for attachment in member.attachments}
    path = tmp_path / "submissions.zip"
    path.write_bytes(submissions_zip(members, contents))
    collection = collect(path, {str(member.id): member.name for member in members})
    collected = collection.manifest.collected()
    handed_in = [member for member in members if member.attachments]
    assert {int(entry.user): int(entry.attachment) for entry in collected} == {
        member.id: next(iter(member.attachments)) for member in handed_in
    }
    assert {entry.id: collection.files[entry.id].read() for entry in collected} == {
        entry.id: contents[int(entry.attachment)] for entry in collected
    }
    assert {int(entry.user) for entry in collected if entry.late} == {member.id for member in handed_in if member.late}
    assert collection.manifest.missing == [member.name for member in members if not member.attachments]
    assert not [entry for entry in collection.manifest.entries if entry.state != "collected"]


def test_ids_are_readable_however_a_name_is_encoded(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "decómpuestainés")
    (entry,) = collect(export(tmp_path, {f"{name}_1_10_a.py": CODE})).manifest.entries
    assert (entry.id, entry.name) == ("decómpuestainés_1_10", name)


def test_collected_files_are_read_back_with_the_same_ids(tmp_path: Path) -> None:
    members = make_class(40)
    contents = {attachment: CODE for member in members for attachment in member.attachments}
    path = tmp_path / "submissions.zip"
    path.write_bytes(submissions_zip(members, contents))
    collection = collect(path)
    write_collection(tmp_path / "in", collection)
    again = recognise([tmp_path / "in"])
    assert again
    assert again.manifest == collection.manifest
    assert {id_: file.read() for id_, file in again.files.items()} == {
        id_: file.read() for id_, file in collection.files.items()
    }
    # Even one who knows nothing of manifests gives the same ids.
    by_glob = {found.id for found in list_submissions([tmp_path / "in"])}
    assert by_glob - {"manifest"} == {found.id for found in collection.files.values()}
    assert read_manifest(tmp_path / "in") == collection.manifest
    write_collection(tmp_path / "in", collection)


def test_what_was_collected_before_and_is_gone_now_is_removed(tmp_path: Path) -> None:
    first = export(tmp_path, {"ana_1_10_a.py": CODE, "eva_2_20_a.py": CODE})
    write_collection(tmp_path / "in", collect(first))
    write_collection(tmp_path / "in", collect(export(tmp_path, {"ana_1_11_a.py": CODE})))
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["ana_1_11.py", "manifest.json"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/notes.txt").write_text("mine")
    with pytest.raises(UserError, match="choose another --out"):
        write_collection(tmp_path / "in", collect(export(tmp_path, {"ana_1_10_a.py": CODE})))


def test_a_file_of_another_kind_is_a_submission_that_cannot_be_read(tmp_path: Path) -> None:
    (found,) = collect(export(tmp_path, {"ana_1_10_informe.pdf": b"%PDF"})).files.values()
    assert read_submission(found).problem == "pdf"


def test_every_entry_is_listed(tmp_path: Path) -> None:
    files = {
        "ana_1_10_a.py": CODE,
        "eva_2_text.html": b"<p>",
        "leo_LATE_3_link.html": b"<a>",
        "anon_aB3dE_40_a.py": CODE,
        "LATE_anon_Zz9_41_a.py": CODE,
        "apuntes.py": CODE,
        "__MACOSX/._ana_1_10_a.py": b"\0\5",
        "submissions/.DS_Store": b"\0",
        "submissions/iván_5_50_a.py": CODE,
    }
    manifest = collect(export(tmp_path, files)).manifest
    assert [(entry.source, entry.state) for entry in manifest.entries] == [
        ("ana_1_10_a.py", "collected"),
        ("eva_2_text.html", "nothing to grade"),
        ("leo_LATE_3_link.html", "nothing to grade"),
        ("anon_aB3dE_40_a.py", "collected"),
        ("LATE_anon_Zz9_41_a.py", "collected"),
        ("apuntes.py", "not understood"),
        ("submissions/iván_5_50_a.py", "collected"),
    ]
    assert [entry.id for entry in manifest.collected()] == ["ana_1_10", "anon_aB3dE_40", "anon_Zz9_41", "iván_5_50"]


def test_a_group_shows_in_the_gradebook(tmp_path: Path) -> None:
    collection = collect(export(tmp_path, {"losgatos_1_10_a.py": CODE}), {"1": "Peña, Ana", "2": "Ruiz, Eva"})
    (entry,) = collection.manifest.entries
    assert entry.state == "collected"
    assert "perhaps a group" in entry.reason
    assert collection.manifest.missing == ["Ruiz, Eva"]


def test_a_name_with_numbers_is_told_by_the_gradebook(tmp_path: Path) -> None:
    collection = collect(export(tmp_path, {"ruizana_7_4211_99_a.py": CODE}), {"4211": "Ruiz, Ana_7"})
    (entry,) = collection.manifest.entries
    assert (entry.user, entry.attachment, entry.reason) == ("4211", "99", "")


def test_without_a_gradebook_the_other_names_tell(tmp_path: Path) -> None:
    names = [
        "ana_4210_99001_a.py",
        "ruizeva_7_4211_99002_a.py",
        "gilleo_7_4212_99003_a.py",
        "iñigo_4213_99004_1_2_a.py",
    ]
    entries = collect(export(tmp_path, dict.fromkeys(names, CODE))).manifest.entries
    assert [(entry.user, entry.attachment) for entry in entries] == [
        ("4210", "99001"),
        ("4211", "99002"),
        ("4212", "99003"),
        ("4213", "99004"),
    ]
    # Where they do not, nobody is taken for somebody else, and the teacher is told.
    entries = collect(export(tmp_path, dict.fromkeys(names[1:3], CODE))).manifest.entries
    assert [entry.state for entry in entries] == ["collected", "collected"]
    assert all("several ways" in entry.reason for entry in entries)


def test_hostile_archives(tmp_path: Path) -> None:
    path = tmp_path / "submissions.zip"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../etc/ana_1_10_a.py", CODE)
        archive.writestr("/etc/cron.d/eva_2_20_a.py", CODE)
        archive.writestr("bomb_3_30_a.py", bytes(MAX_BYTES * 4))
        archive.writestr("broken_4_40_a.py", CODE * 50)
        archive.writestr("\x1b[2Jred_5_50_..py", CODE)
        link = zipfile.ZipInfo("link_6_60_a.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("ana_1_10_a.py", b"# second\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("ana_1_10_a.py", b"# third\n")
    data = bytearray(buffer.getvalue())
    place = data.index(b"broken_4_40_a.py") + len("broken_4_40_a.py")
    data[place : place + 8] = b"\xff" * 8
    path.write_bytes(data)
    collection = collect(path)
    write_collection(tmp_path / "in", collection)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "submissions.zip"]
    states = {entry.source: entry.state for entry in collection.manifest.entries if "ana" not in entry.source}
    assert states == {
        "/etc/cron.d/eva_2_20_a.py": "collected",
        "bomb_3_30_a.py": "collected",
        "broken_4_40_a.py": "not understood",
        "\x1b[2Jred_5_50_..py": "collected",
        "link_6_60_a.py": "not understood",
    }
    by_user = {found.id: read_submission(found) for found in collection.files.values()}
    assert by_user["bomb_3_30"].problem == "too_large"
    assert "link_6_60" not in by_user
    assert len([entry for entry in collection.manifest.collected() if entry.user == "1"]) == 1
    # Nothing is stored outside its folder, and nothing under a name that moves the cursor.
    assert all(path.name.isprintable() for path in (tmp_path / "in").iterdir())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\0" * 100])
def test_no_zip_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "submissions.zip"
    path.write_bytes(data)
    with pytest.raises(UserError):
        collect(path)


def test_an_unpacked_zip_is_an_export_too(tmp_path: Path) -> None:
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "peñaana_1_10_a.py").write_bytes(CODE)
    (folder / "eva_2_20_a.py").symlink_to("/etc/passwd")
    manifest = collect(folder).manifest
    assert [(entry.source, entry.state) for entry in manifest.entries] == [
        ("eva_2_20_a.py", "not understood"),
        ("peñaana_1_10_a.py", "collected"),
    ]


def test_other_zips_are_no_exports(tmp_path: Path) -> None:
    path = export(tmp_path, {"ana/softmax.py": CODE, "eva/softmax.py": CODE, "x_1_2_a.py": CODE})
    assert platform_of(path) is None
    assert recognise([path]) is None
    with pytest.raises(UserError, match="no export of submissions"):
        collect(path)


def test_the_manifest_says_all_that_is_needed_later(tmp_path: Path) -> None:
    member = make_class(1)[0]
    path = export(tmp_path, {zipped_name(member, 99, "hw.py"): CODE})
    write_collection(tmp_path / "in", collect(path))
    (entry,) = json.loads((tmp_path / "in/manifest.json").read_text(encoding="utf-8"))["entries"]
    assert entry == {
        "source": "garcíalópezmaríajosé_4200_99_hw.py",
        "state": "collected",
        "id": "garcíalópezmaríajosé_4200_99",
        "stored": "garcíalópezmaríajosé_4200_99.py",
        "file": "hw.py",
        "sha256": "10e37cf41f1caf6c0e5d3d5f9a6d6a2de80a3a7a5b1f1ba8a8b3b2f5f1bb0000",
        "user": "4200",
        "attachment": "99",
        "name": "garcíalópezmaríajosé",
    } | {"sha256": entry["sha256"]}


def test_an_export_is_found_from_the_folder_in_which_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        with zipfile.ZipFile(tmp_path / folder / f"{folder}.zip", "w") as archive:
            archive.writestr("garcia_4200_99000_softmax.py", "x = 1\n")
        monkeypatch.chdir(tmp_path / folder)
        # What is in a zip is listed by another process, which stays in the folder where it began.
        assert platform_of(Path(f"{folder}.zip")) == "canvas"
