"""Files in one student's folder are one submission; files of several students side by side are one each."""

import os
from pathlib import Path

import pytest
from handed_in_samples import code, fill, notebook, zipped

from capas.submission import Sought, StageNames, Submission, hash_of_file, list_submissions, read_submission
from capas.submission.exports import collect

SOUGHT = Sought("03_softmax", StageNames(("softmax", "predict")), {"02_activations": StageNames(("tanh", "relu"))})
HANDED_OUT = frozenset({"softmax", "03_softmax", "student", "check"})
DONE = notebook(code("def softmax(a):\n    return a\n\ndef predict(p):\n    return 0\n"))
HALF = notebook(code("from helpers import shift\n\ndef softmax(a):\n    return shift(a)\n"))
STUB = notebook(code('def softmax(a):\n    """Text."""\n    ...\n\ndef predict(p):\n    """Text."""\n    ...\n'))
OTHER = notebook(code("def tanh(a):\n    return a\n\ndef relu(a):\n    return a\n"))
SCRIPT = b"from helpers import shift\n\ndef softmax(a):\n    return shift(a)\n\ndef predict(p):\n    return 0\n"
HELPERS = b"def shift(a):\n    return a\n"
KIT = {"check.py": b"import capas_check\n", "tests/softmax.py": b"@test_case()\ndef test(softmax): 0\n"}

Class = dict[str, bytes]


def listed(tmp_path: Path, files: Class, as_zip: bool) -> dict[str, Submission]:
    """Return what is read of a class, by id."""
    folder = fill(tmp_path, {"class.zip": zipped(files)}) if as_zip else fill(tmp_path / "class", files)
    found = list_submissions([folder / "class.zip" if as_zip else folder], HANDED_OUT, SOUGHT)
    return {file.id: read_submission(file, SOUGHT) for file in found}


@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (
            {
                "ana/softmax.ipynb": HALF,
                "ana/helpers.py": HELPERS,
                "ana/softmax (1).ipynb": DONE,
                "eva/softmax.py": SCRIPT,
            },
            {"ana_softmax": "softmax (1).ipynb", "eva_softmax": ""},
        ),
        (
            {"ana/softmax.ipynb": STUB, "ana/segundo intento.ipynb": DONE, "luis.py": SCRIPT},
            {"ana_softmax": "segundo intento.ipynb", "luis": ""},
        ),
        (
            {"ana/softmax.ipynb": STUB, "ana/lo_de_la_clase.ipynb": DONE, "luis.py": SCRIPT},
            {"ana_softmax": "lo_de_la_clase.ipynb", "luis": ""},
        ),
        (
            {"ana/softmax.ipynb": DONE, "ana/garcia_ana.ipynb": HALF, "luis/softmax.ipynb": DONE},
            {"ana_softmax": "softmax.ipynb", "luis_softmax": ""},
        ),
        (
            {"ana/03_softmax/softmax.ipynb": STUB, "ana/03_softmax/softmax.py": SCRIPT, "luis/softmax.ipynb": DONE}
            | {f"ana/03_softmax/{name}": data for name, data in KIT.items()},
            {"ana_03_softmax_softmax": "softmax.py", "luis_softmax": ""},
        ),
        (
            {"ana/softmax.ipynb": DONE, "ana/activations.ipynb": OTHER, "ana/old/softmax.ipynb": HALF, "b.ipynb": DONE},
            {"ana_softmax": "softmax.ipynb", "b": ""},
        ),
        (
            {
                "g1/ana/softmax.ipynb": HALF,
                "g1/ana/helpers.py": HELPERS,
                "g1/luis/softmax.ipynb": DONE,
                "g2/eva.py": DONE,
            },
            {"ana_softmax": "softmax.ipynb", "luis_softmax": "", "eva": ""},
        ),
        ({"softmax.ipynb": HALF, "helpers.py": HELPERS}, {"class_softmax": "softmax.ipynb"}),
        # Several students' files side by side.
        ({"ana.ipynb": DONE, "luis.py": SCRIPT, "eva.ipynb": STUB}, {"ana": "", "luis": "", "eva": ""}),
        ({"g/ana.ipynb": DONE, "g/luis.py": SCRIPT, "g/eva.ipynb": b""}, {"ana": "", "luis": "", "eva": ""}),
        ({"g/softmax.ipynb": DONE, "g/luis.ipynb": DONE}, {"g_softmax": "", "luis": ""}),
        ({"g/softmax_ana.ipynb": DONE, "g/softmax_luis.ipynb": STUB}, {"softmax_ana": "", "softmax_luis": ""}),
        ({"g/student_1.ipynb": DONE, "g/student_2.ipynb": DONE}, {"student_1": "", "student_2": ""}),
        ({"g/20231.ipynb": DONE, "g/20232.ipynb": DONE}, {"20231": "", "20232": ""}),
        ({"ana.ipynb": DONE, "luis.py": b"x = 1\n"}, {"ana": "", "luis": ""}),
        ({"g/ana.ipynb": DONE, "g/luis.ipynb": OTHER}, {"ana": "", "luis": ""}),
    ],
)
def test_whose_files_are_together(tmp_path: Path, files: Class, chosen: dict[str, str], as_zip: bool) -> None:
    found = listed(tmp_path, files, as_zip)
    if list(chosen) == ["class_softmax"] and as_zip:
        chosen = {"class": "softmax.ipynb"}  # the zip itself is the submission
    assert {id_: read.code.chosen for id_, read in found.items()} == chosen


def test_an_unpacked_zip_of_canvas_has_one_submission_a_student(tmp_path: Path) -> None:
    files = {
        "ruizana_4210_99001_helpers-1.py": HELPERS,
        "ruizana_4210_99002_softmax.ipynb": HALF,
        "gileva_LATE_4217_99003_softmax.ipynb": STUB,
        "gileva_LATE_4217_99004_softmax-1.ipynb": DONE,
        "polleo_4224_99005_softmax.py": SCRIPT,
        "pazluis_4231_text.html": b"<p>",
        "solísana_4238_99007_respuestas.txt": DONE,
        "solísana_4238_99008_otra_1234_5_nota.txt": b"hola\n",
    }
    read = listed(tmp_path, files, as_zip=False)
    assert {id_: one.code.chosen for id_, one in read.items()} == {
        "ruizana_4210_99002_softmax": "softmax.ipynb",
        "gileva_LATE_4217_99003_softmax": "softmax-1.ipynb",
        "polleo_4224_99005_softmax": "",
        "solísana_4238_99007_respuestas": "respuestas.txt",
    } | {id_: "" for id_ in read if id_.startswith("pazluis")}
    assert read["ruizana_4210_99002_softmax"].code.modules["helpers.py"] == HELPERS
    # What comes of the zip itself is the same, so comments find their way from either.
    as_export = collect(fill(tmp_path, {"submissions.zip": zipped(files)}) / "submissions.zip", sought=SOUGHT)
    assert {hash_of_file(file) for file in as_export.files.values()} == {
        one.sha256 for one in read.values() if one.code.cells
    }


def test_the_others_are_there_to_be_imported_and_are_named(tmp_path: Path) -> None:
    files = {"ana/softmax.ipynb": HALF, "ana/helpers.py": HELPERS, "ana/data/x.csv": b"1\n", "ana/copia.ipynb": HALF}
    read = listed(tmp_path, files, as_zip=False)["ana_softmax"]
    assert read.code.modules == {"helpers.py": HELPERS, "data/x.csv": b"1\n"}
    assert (read.file, read.code.chosen, read.code.others) == ("softmax.ipynb", "softmax.ipynb", ["copia.ipynb"])
    assert [note.key for note in read.code.notes] == ["note_graded_of_several"]


def test_of_equal_attempts_the_one_worked_on_last_is_graded(tmp_path: Path) -> None:
    files = {"ana/softmax.ipynb": DONE, "ana/softmax_v2.ipynb": DONE, "luis/softmax.ipynb": DONE}
    folder = fill(tmp_path / "class", files)
    for name, days in (("softmax_v2.ipynb", 3), ("softmax.ipynb", 5)):
        os.utime(folder / "ana" / name, (seconds := days * 86_400 + 1.7e9, seconds))
    assert listed(tmp_path, {}, as_zip=False)["ana_softmax"].code.chosen == "softmax.ipynb"
    os.utime(folder / "ana" / "softmax_v2.ipynb", (1.8e9, 1.8e9))
    assert listed(tmp_path, {}, as_zip=False)["ana_softmax"].code.chosen == "softmax_v2.ipynb"


def test_the_same_files_have_the_same_hash_wherever_they_lie(tmp_path: Path) -> None:
    files = {"ana/softmax.ipynb": HALF, "ana/helpers.py": HELPERS, "luis/softmax.ipynb": DONE}
    first, second = listed(tmp_path / "one", files, as_zip=False), listed(tmp_path / "two", files, as_zip=False)
    assert first["ana_softmax"].sha256 == second["ana_softmax"].sha256 != ""


@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
def test_files_without_known_endings_are_a_class_by_what_is_in_them(tmp_path: Path, as_zip: bool) -> None:
    files = {"ana": DONE, "luis.txt": SCRIPT, "eva.json": DONE}
    assert set(listed(tmp_path, files, as_zip)) == {"ana", "luis", "eva"}


def test_a_zip_of_one_answer_and_notes_is_one_submission(tmp_path: Path) -> None:
    files = {"mine": DONE, "notes.txt": b"x = 1\n", "data.csv": b"1\n"}
    assert listed(tmp_path, files, as_zip=True)["class"].code.chosen == "mine"
