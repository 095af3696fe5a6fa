"""What is in the paths that a teacher names, each with an id of its own."""

import hashlib
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from handed_in_samples import ONE, code, fill, names, notebook, zipped
from hypothesis import example, given
from hypothesis import strategies as st

from capas.files import UserError
from capas.submission import (
    MAX_BYTES,
    Contents,
    DiskFile,
    SubmissionFile,
    list_submissions,
    read_submission,
)


def test_a_submission_has_its_digest_and_its_cells(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1")
    submission = read_submission(list_submissions([tmp_path / "a.py"])[0])
    assert (submission.id, submission.file, submission.cells, submission.problem) == ("a", "a.py", ["x = 1"], "")
    assert submission.sha256 == hashlib.sha256(b"x = 1").hexdigest()


def test_an_unreadable_submission_is_a_submission_with_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(b"not json")
    submission = read_submission(list_submissions([tmp_path])[0])
    assert (submission.cells, submission.problem) == ([], "not_a_notebook")
    assert len(submission.sha256) == 64


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    submission = read_submission(SubmissionFile("a", "a.py", DiskFile(str(path))))
    assert (submission.problem, submission.sha256) == ("too_large", "")


def test_a_submission_without_bytes_is_empty() -> None:
    assert read_submission(SubmissionFile("a", "a.py", Contents(b""))).problem == "empty"


def test_files_are_submissions_in_the_order_given(tmp_path: Path) -> None:
    fill(tmp_path, {"b.py": b"x", "a.ipynb": b"{}", "c.zip": zipped({"x.py": b"x"})})
    found = list_submissions([tmp_path / "b.py", tmp_path / "a.ipynb", tmp_path / "c.zip"])
    assert names(found) == [("b", "b.py"), ("a", "a.ipynb"), ("c", "c.zip")]


def test_a_file_of_the_wrong_type_that_was_named_gets_a_result_too(tmp_path: Path) -> None:
    found = list_submissions([fill(tmp_path, {"essay.pdf": b"%PDF"}) / "essay.pdf"])
    assert names(found) == [("essay", "essay.pdf")]
    assert read_submission(found[0]).problem == "pdf"


def test_a_folder_is_searched_with_its_subfolders(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "zoe.py": b"x = 1",
            "ana/softmax.ipynb": b"{}",
            "eva/deep/work.zip": b"PK",
            "luis.pdf": b"%PDF",
            "ana/data.csv": b"1,2",
            "raul/essay.docx": b"PK",
            "ana/.ipynb_checkpoints/softmax-checkpoint.ipynb": b"{}",
            "eva/__MACOSX/._work.py": b"",
            "eva/__pycache__/work.py": b"",
            ".hidden/work.py": b"",
            "._zoe.py": b"",
        },
    )
    assert names(list_submissions([tmp_path])) == [
        ("softmax", "softmax.ipynb"),
        ("work", "work.zip"),
        ("luis", "luis.pdf"),
        ("essay", "essay.docx"),
        ("zoe", "zoe.py"),
    ]


def test_a_file_of_another_kind_has_a_result_too(tmp_path: Path) -> None:
    fill(tmp_path, {"luis.pdf": b"%PDF", "ana.py": b"x = 1"})
    problems = {one.id: read_submission(one).problem for one in list_submissions([tmp_path])}
    assert problems == {"luis": "pdf", "ana": ""}


def test_a_name_that_is_not_unicode_is_kept_as_far_as_it_is(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/Mu\xf1oz.py")).write_bytes(b"x = 1")
    (found,) = list_submissions([tmp_path])
    assert (found.id, found.file) == ("Mu_oz", "Mu?oz.py")
    assert read_submission(found).cells == ["x = 1"]


def test_a_folder_called_like_a_file_is_no_submission(tmp_path: Path) -> None:
    fill(tmp_path, {"folder.py/inside.py": b"x = 1"})
    assert names(list_submissions([tmp_path])) == [("inside", "inside.py")]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    fill(tmp_path, {"ana/softmax.py": b"x", "eva/softmax.py": b"x", "eva/other.py": b"x"})
    assert [one.id for one in list_submissions([tmp_path])] == ["ana_softmax", "other", "eva_softmax"]


def test_files_that_folders_do_not_tell_apart_are_numbered(tmp_path: Path) -> None:
    fill(tmp_path, {"one/a.py": b"x", "two/a.py": b"x", "three/A.ipynb": b"x", "three/a.ipynb": b"x"})
    paths = [tmp_path / name for name in ("one/a.py", "two/a.py", "three/A.ipynb", "three/a.ipynb")]
    assert [one.id for one in list_submissions(paths)] == ["a", "a-2", "A-3", "a-4"]


def test_a_zip_of_several_is_a_class(tmp_path: Path) -> None:
    data = zipped(
        {
            "garcia_1_softmax.ipynb": notebook(code("x = 1")),
            "perez_2_softmax.py": b"x = 2",
            "lopez_3_softmax.zip": zipped({"a.py": b"x = 3"}),
            "ruiz_4.pdf": b"%PDF",
            "folder/": b"",
            "__MACOSX/._x.py": b"",
        }
    )
    found = list_submissions([fill(tmp_path, {"class.zip": data}) / "class.zip"])
    assert [one.id for one in found] == ["garcia_1_softmax", "perez_2_softmax", "lopez_3_softmax", "ruiz_4"]
    assert [read_submission(one).cells for one in found] == [["x = 1"], ["x = 2"], ["x = 3"], []]


@pytest.mark.parametrize(
    "data", [zipped({"a.py": b"x = 1"}), zipped({}), b"no zip", ONE[:-30], zipped({"a.txt": b"", "b.txt": b""})]
)
def test_any_other_zip_is_one_submission(tmp_path: Path, data: bytes) -> None:
    assert names(list_submissions([fill(tmp_path, {"work.zip": data}) / "work.zip"])) == [("work", "work.zip")]


def test_a_class_with_a_spoiled_stream_does_not_stop_the_search(tmp_path: Path) -> None:
    data = zipped({"a.py": b"x = 1\n" * 1000, "b.py": b"x = 2"})
    spoiled = data[:40] + bytes(byte ^ 0x5A for byte in data[40:60]) + data[60:]
    assert list_submissions([fill(tmp_path, {"class.zip": spoiled}) / "class.zip"])


def test_a_class_inside_a_folder_is_one_submission(tmp_path: Path) -> None:
    fill(tmp_path, {"ana/both.zip": zipped({"a.py": b"x = 1", "b.py": b"x = 2"})})
    found = list_submissions([tmp_path])
    assert names(found) == [("both", "both.zip")]
    read = read_submission(found[0])
    assert (read.cells, read.code.chosen) == (["x = 1"], "a.py")


@pytest.mark.parametrize("name", ["nothing", "nothing.py", "nothing.zip"])
def test_a_path_that_does_not_exist_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=f"{name} does not exist"):
        list_submissions([fill(tmp_path, {"a.py": b"x"}) / "a.py", tmp_path / name])


@pytest.mark.parametrize("files", [{}, {"notes.txt": b"x"}, {".a.py": b"x"}, {"__pycache__/a.py": b"x"}])
def test_a_folder_with_nothing_to_grade_is_said(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(UserError, match="nothing to grade in"):
        list_submissions([fill(tmp_path, files)])


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("softmax.py", "softmax"),
        ("José Nuñez-3.ipynb", "José_Nuñez-3"),
        ("tarea (1).py", "tarea_1"),
        ("🦤🦤.py", "submission"),
        ("a🦤b.py", "a_b"),
        ("v1.2 final.py", "v1.2_final"),
        ("a;rm -rf $HOME.py", "a_rm_-rf_HOME"),
        ("=cmd|' '!A1.py", "cmd_A1"),
        ("宿題.py", "宿題"),
        ("x" * 200 + ".py", "x" * 100),
    ],
)
def test_an_id_keeps_what_is_safe_in_a_file_name(tmp_path: Path, name: str, identity: str) -> None:
    assert names(list_submissions([fill(tmp_path, {name: b"x"})])) == [(identity, name)]


KIT = {
    "softmax.ipynb": b"{}",
    "softmax.py": b"x = 1",
    "check.py": b"import capas_check",
    "tests/softmax.py": b"",
    "capas_check/start.py": b"",
    "capas_check/texts/es.json": b"{}",
    "LEEME.txt": b"",
}


def test_what_the_kit_has_beside_a_students_files_is_no_submission(tmp_path: Path) -> None:
    fill(tmp_path, {f"ana/{name}": data for name, data in KIT.items()} | {"eva/check.py": b"x = 1"})
    found = list_submissions([tmp_path], frozenset({"softmax", "check"}))
    assert [one.file for one in found] == ["softmax.ipynb", "softmax.py", "check.py"]


@pytest.mark.parametrize("folder", ["", "03_softmax/"])
def test_a_zip_of_what_one_student_received_is_one_submission(tmp_path: Path, folder: str) -> None:
    data = zipped({folder + name: data for name, data in KIT.items()})
    assert names(list_submissions([fill(tmp_path, {"ana.zip": data}) / "ana.zip"])) == [("ana", "ana.zip")]


def test_a_notebook_with_another_ending_behind_its_own_is_not_lost_in_a_folder(tmp_path: Path) -> None:
    fill(tmp_path, {"ana/softmax.ipynb.txt": b"{}", "ana/notes.py": b"x = 1"})
    assert [one.file for one in list_submissions([tmp_path])] == ["notes.py", "softmax.ipynb.txt"]


alike = st.sampled_from(
    ["a", "A", "a-2", "b/a", "b/a-2", "b_a", "ß", "ss", "ñ", "n\u0303", "_", "🦤", "宿" * 120, "𝒜" * 99]
)


stems = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


@given(st.lists(stems | alike, min_size=2, max_size=8, unique=True))
@example(["宿" * 100, "b/" + "宿" * 100, "c/" + "宿" * 100])
def test_ids_are_unique_and_safe_in_file_names(stems: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "class.zip")
        path.write_bytes(zipped({f"{stem}.py": b"x = 1" for stem in stems}))
        identities = [one.id for one in list_submissions([path])]
    assert len({identity.casefold() for identity in identities}) == len(identities)
    for identity in identities:
        assert identity
        assert not set(identity) & set('/\\\0\n :*?"<>|')
        assert not identity.startswith((".", "_"))
        assert len(f".{identity}.json.new".encode()) <= 255
