"""All that a student handed in to a platform is one submission, read as the files in a student's folder are."""

from pathlib import Path, PurePosixPath

import pytest
from export_samples import CODE, export
from handed_in_samples import code, notebook, tarred, zipped

from capas.submission import NOTHING_SOUGHT, Sought, StageNames, Submission, hash_of, read_submission
from capas.submission.exports import Collection, collect, recognise, write_collection
from capas.submission.manifest import Entry

SOUGHT = Sought("03_softmax", StageNames(("softmax", "predict")), {"02": StageNames(("tanh",))})
DONE = b"def softmax(a):\n    return a\n\ndef predict(p):\n    return 0\n"
HALF = b"from helpers import shift\n\ndef softmax(a):\n    return shift(a)\n"
STUB = b"def softmax(a):\n    ...\n\ndef predict(p):\n    ...\n"
HELPERS = b"def shift(a):\n    return a\n"
PEOPLE = b"""
submission_10: {":submitters": [{":name": Ana Ruiz, ":sid": S1, ":email": a@u.example}], ":created_at": 2026-03-01}
submission_11: {":submitters": [{":name": Ana Ruiz, ":sid": S1, ":email": a@u.example}], ":created_at": 2026-03-02}
"""
PLATFORMS = ("canvas", "moodle", "moodle_flat", "gradescope")


def as_notebook(source: bytes) -> bytes:
    return notebook(code(source.decode()))


def handed_in(platform: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what an export has of a student's files, by the names it gives them."""
    if platform == "canvas":
        names = [f"ruizana_1_{10 + turn}_{PurePosixPath(name).name}" for turn, name in enumerate(files)]
        return dict(zip(names, files.values(), strict=True))
    if platform == "gradescope":
        return {"x/submission_metadata.yml": PEOPLE} | {f"x/submission_10/{name}": files[name] for name in files}
    joint = "_" if platform == "moodle_flat" else "_/"
    return {f"Ana Ruiz_1_assignsubmission_file{joint}{name}": data for name, data in files.items()}


def collected(tmp_path: Path, files: dict[str, bytes], sought: Sought = SOUGHT) -> tuple[Collection, Entry, Submission]:
    """Return an export with one student in it, the entry of the submission, and what is read of it."""
    collection = collect(export(tmp_path, files), sought=sought)
    ((id_, file),) = collection.files.items()
    return collection, collection.manifest.by_submission()[id_], read_submission(file, SOUGHT, with_answer=True)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("files", "answer"),
    [
        ({"softmax.ipynb": as_notebook(STUB), "softmax.py": DONE}, "softmax.py"),
        ({"softmax.ipynb": b"<!DOCTYPE html>", "softmax.py": DONE}, "softmax.py"),
        ({"other.ipynb": as_notebook(b"def tanh(a):\n    return a\n"), "softmax.py": DONE}, "softmax.py"),
        ({"notes.py": HELPERS, "entrega.txt": DONE}, "entrega.txt"),
        ({"softmax.ipynb": as_notebook(HALF), "helpers.py": HELPERS, "final.ipynb": as_notebook(DONE)}, "final.ipynb"),
        ({"informe.pdf": b"%PDF", "entrega.zip": zipped({"softmax.py": DONE})}, "entrega.zip/softmax.py"),
        ({"softmax.ipynb": as_notebook(DONE), "softmax_old.ipynb": as_notebook(DONE)}, "softmax.ipynb"),
    ],
)
def test_the_answer_among_a_students_files_is_graded(
    tmp_path: Path, files: dict[str, bytes], answer: str, platform: str
) -> None:
    for order in (list(files), list(files)[::-1]):
        collection, entry, read = collected(tmp_path, handed_in(platform, {name: files[name] for name in order}))
        assert read.code.chosen == answer
        assert (entry.file, entry.sha256, entry.stored) == (answer.split("/")[0], read.sha256, f"{entry.id}.zip")
        others = [one for one in collection.manifest.entries if one.id != entry.id]
        assert {one.state for one in others} == {"together"}
        assert all(one.reason.endswith(f"with the same student's {entry.file}") for one in others)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_helper_beside_the_answer_can_be_imported(tmp_path: Path, platform: str) -> None:
    _, _, read = collected(
        tmp_path, handed_in(platform, {"helpers.py": HELPERS, "softmax.ipynb": as_notebook(HALF), "x.csv": b"1\n"})
    )
    assert read.code.modules == {"helpers.py": HELPERS, "x.csv": b"1\n"}


@pytest.mark.parametrize("platform", ["moodle", "gradescope"])
def test_a_package_has_its_folders(tmp_path: Path, platform: str) -> None:
    files = {"work/softmax.py": HALF, "work/own/__init__.py": b"", "work/own/parts.py": HELPERS}
    _, _, read = collected(tmp_path, handed_in(platform, files))
    assert set(read.code.modules) == {"own/__init__.py", "own/parts.py"}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_file_is_a_submission_as_it_is(tmp_path: Path, platform: str) -> None:
    _, entry, read = collected(tmp_path, handed_in(platform, {"softmax.py": DONE}))
    assert (entry.sha256, entry.stored, read.answer) == (hash_of(DONE), f"{entry.id}.py", DONE)
    assert read.code.chosen == ""


def test_of_equal_answers_the_one_that_canvas_numbered_last_is_graded(tmp_path: Path) -> None:
    first, second = as_notebook(DONE), as_notebook(DONE + b"# again\n")
    for one, other in ((first, second), (second, first)):
        _, entry, read = collected(tmp_path, {"ana_1_9_b.ipynb": one, "ana_1_10_a.ipynb": other})
        assert (read.answer, entry.attachment, read.code.others) == (other, "10", ["b.ipynb"])
        # Of one name, too; each has a path of its own.
        _, entry, read = collected(tmp_path, {"ana_1_10_a.ipynb": other, "ana_1_9_a.ipynb": one})
        assert (read.answer, entry.attachment, read.code.others) == (other, "10", ["9/a.ipynb"])


def test_each_of_gradescopes_attempts_is_a_submission(tmp_path: Path) -> None:
    files = {
        "x/submission_metadata.yml": PEOPLE,
        "x/submission_11/softmax.py": HALF,
        "x/submission_11/helpers.py": HELPERS,
        "x/submission_10/softmax.py": DONE,
    }
    collection = collect(export(tmp_path, files), sought=SOUGHT)
    read = {
        entry.attachment: read_submission(collection.files[entry.id], SOUGHT, with_answer=True).answer
        for entry in collection.manifest.collected()
    }
    assert read == {"10": DONE, "11": HALF}
    assert {one.source: one.state for one in collection.manifest.entries} == {
        "x/submission_11/softmax.py": "collected",
        "x/submission_11/helpers.py": "together",
        "x/submission_10/softmax.py": "collected",
    }


def test_answers_that_canvas_numbered_are_attempts(tmp_path: Path) -> None:
    first, second = as_notebook(DONE), as_notebook(DONE + b"# again\n")
    files = {"ana_1_12_softmax-1.ipynb": second, "ana_1_9_softmax.ipynb": first, "eva_2_20_a.py": CODE}
    collection = collect(export(tmp_path, files), sought=SOUGHT)
    assert {one.attachment: one.id for one in collection.manifest.collected()} == {
        "9": "ana_1_9",
        "12": "ana_1_12",
        "20": "eva_2_20",
    }
    assert collection.files["ana_1_9"].read() == first
    assert collection.files["ana_1_12"].read() == second


@pytest.mark.parametrize(
    "files",
    [
        {"ana_1_9_softmax.ipynb": as_notebook(DONE), "ana_1_12_softmax-1.ipynb": as_notebook(STUB)},
        {"ana_1_12_softmax.py": DONE, "ana_1_9_softmax-1.py": DONE},  # not numbered as they were handed in
        {"ana_1_9_softmax.py": DONE, "ana_1_12_softmax-1.ipynb": as_notebook(DONE)},
        {"ana_1_9_softmax.py": DONE, "ana_1_10_softmax-1.py": DONE, "ana_1_11_helpers.py": HELPERS},
    ],
)
def test_other_files_with_such_names_are_one_submission(tmp_path: Path, files: dict[str, bytes]) -> None:
    assert len(collect(export(tmp_path, files), sought=SOUGHT).files) == 1


def test_the_pack_is_the_same_whatever_the_order_and_wherever_it_is_read(tmp_path: Path) -> None:
    files = {"ana_1_10_softmax.ipynb": as_notebook(HALF), "ana_1_11_helpers.py": HELPERS, "eva_2_20_a.py": CODE}
    collection = collect(export(tmp_path, files), sought=SOUGHT)
    again = collect(export(tmp_path, dict(reversed(files.items())), "again.zip"), sought=SOUGHT)
    folder = tmp_path / "unpacked"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    unpacked = collect(folder, sought=SOUGHT)
    write_collection(tmp_path / "in", collection)
    read_back = recognise([tmp_path / "in"], SOUGHT)
    assert read_back
    packs = [one.files["ana_1_10"].read() for one in (collection, again, unpacked, read_back)]
    assert set(packs) == {packs[0]}
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["ana_1_10.zip", "eva_2_20.py", "manifest.json"]


def test_where_nothing_is_sought_the_answer_is_found_when_it_is_graded(tmp_path: Path) -> None:
    files = {"ana_1_10_softmax.py": DONE, "ana_1_11_apuntes.ipynb": as_notebook(b"x = 1\n")}
    _, entry, read = collected(tmp_path, files, NOTHING_SOUGHT)
    assert entry.file == "apuntes.ipynb"
    assert read.code.chosen == "softmax.py"


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("helpers-1.py", HALF, True),
        ("helpers (1).py", HALF, True),
        ("Copia de helpers.py", HALF, True),
        ("garcia_4211_99_helpers.py", HALF, True),
        ("lib.zip", HALF, True),
        ("helpers-1.py", b"import numpy as np, helpers as h\n" + DONE, True),
        ("helpers-1.py", DONE, False),
        ("numpy-1.py", b"import numpy\n" + DONE, False),
        ("random (1).py", b"import random\n" + DONE, False),
    ],
)
def test_a_module_whose_name_was_changed_is_imported_by_the_name_that_the_code_has(
    tmp_path: Path, name: str, source: bytes, found: bool
) -> None:
    data = zipped({"src/helpers.py": HELPERS}) if name == "lib.zip" else HELPERS
    _, _, read = collected(tmp_path, {f"ana_1_10_{name}": data, "ana_1_11_softmax.py": source})
    own = name.removesuffix("-1.py").removesuffix(" (1).py") if not found else "helpers"
    assert (f"{own}.py" in read.code.modules) == found
    assert read.code.others == []


def test_a_changed_name_never_takes_the_place_of_the_module_itself(tmp_path: Path) -> None:
    files = {"ana_1_10_helpers.py": HELPERS, "ana_1_12_helpers-1.py": b"x = 1\n", "ana_1_11_softmax.py": HALF}
    _, _, read = collected(tmp_path, files)
    assert read.code.modules == {"helpers.py": HELPERS, "helpers-1.py": b"x = 1\n"}


@pytest.mark.parametrize(("name", "wanted"), [("datos-1.csv", "datos.csv"), ("datos.csv", "data/datos.csv")])
def test_a_data_file_is_there_under_the_name_that_the_code_has(tmp_path: Path, name: str, wanted: str) -> None:
    source = f"K = np.loadtxt('{wanted}')\n".encode() + DONE
    _, _, read = collected(tmp_path, {f"ana_1_10_{name}": b"1\n", "ana_1_11_softmax.py": source})
    assert read.code.modules == {name: b"1\n", wanted: b"1\n"}


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_an_archive_of_too_many_files_beside_the_answer_costs_only_itself(tmp_path: Path, ending: str) -> None:
    many = {f"lib/m{number}.py": b"x = 1\n" for number in range(2100)}
    pack = zipped(many) if ending == "zip" else tarred(many)
    _, _, read = collected(tmp_path, {f"ana_1_10_a.{ending}": pack, "ana_1_11_z.ipynb": as_notebook(DONE)})
    assert (read.code.chosen, read.problem) == ("z.ipynb", "")
    _, _, read = collected(tmp_path, {f"ana_1_10_a.{ending}": pack, "ana_1_11_z.pdf": b"%PDF"})
    assert read.problem == "zip_of_too_many"


def test_an_archive_lies_as_deep_beside_other_files_as_alone(tmp_path: Path) -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"softmax.py": DONE})})})
    _, _, alone = collected(tmp_path, {"ana_1_10_x.zip": deep})
    _, _, beside = collected(tmp_path, {"ana_1_10_x.zip": deep, "ana_1_11_nota.txt": b"hola profe\n"})
    assert alone.answer == beside.answer == DONE


def test_a_package_in_an_archive_of_its_own_is_imported(tmp_path: Path) -> None:
    package = zipped({"src/own/__init__.py": b"", "src/own/parts.py": HELPERS})
    _, _, read = collected(
        tmp_path, {"ana_1_10_lib.zip": package, "ana_1_11_softmax.py": b"from own.parts import shift\n" + DONE}
    )
    assert {"own/__init__.py", "own/parts.py"} <= set(read.code.modules)


@pytest.mark.parametrize("files", [[b"%PDF", b"%PDF-1"], [b"", b""], [b"\xff\xd8\xff\xe0", b"%PDF"]])
def test_files_without_an_answer_are_one_submission_that_cannot_be_read(tmp_path: Path, files: list[bytes]) -> None:
    _, _, read = collected(tmp_path, {f"ana_1_{turn}_a{turn}.ipynb": data for turn, data in enumerate(files)})
    assert read.problem in ("pdf", "empty", "image")
