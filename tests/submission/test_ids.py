"""An id says whose a submission is, whatever else is named with it; nobody's result goes without a word."""

import json
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from command import capas
from handed_in_samples import fill, zipped
from hypothesis import given
from hypothesis import strategies as st

from capas.submission import hash_of, list_submissions
from capas.submission.ids import FilePlace, identify, is_anybodys

HANDED_OUT = frozenset({"softmax", "03_softmax", "student", "check"})
ANA, EVE, NEW = b"ANA = 1\n", b"EVE = 1\n", b"NEW = 1\n"


def ids(*paths: Path | str) -> list[str]:
    return [file.id for file in list_submissions([Path(path) for path in paths], HANDED_OUT)]


@pytest.mark.parametrize(
    "stem",
    [
        *("softmax", "Softmax", "03_softmax", "student", "student (2)", "softmax (1)", "softmax(1)", "softmax-1"),
        *("softmax 2", "softmax_copy", "softmax copy 2", "softmax-Copy1", "Copia de softmax", "Copy of softmax"),
        *("softmax - copia", "softmax - copia (2)", "Copia (2) de softmax", "copia_de_softmax (1)", "softmax.ipynb"),
        *("softmax-checkpoint", "Copia de Copia de softmax"),
    ],
)
def test_a_name_that_everybody_has_says_nothing(stem: str) -> None:
    assert is_anybodys(stem, HANDED_OUT)


@pytest.mark.parametrize(
    "stem",
    [
        *("garcia", "softmax_garcia", "garcia_4211_softmax", "softmax_20231234", "student_01", "student_1", "copia"),
        *("softmax-garcia (1)", "1", "", "softmaxx", "Copia de garcia"),
    ],
)
def test_any_other_name_does(stem: str) -> None:
    assert not is_anybodys(stem, HANDED_OUT)


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A class, as a folder and as a zip."""
    files = {"ana/softmax.py": ANA, "eve/softmax.py": EVE, "garcia.py": b"x = 1\n", "late/eve (1)/softmax.py": NEW}
    (tmp_path / "class.zip").write_bytes(zipped(files))
    return fill(tmp_path / "class", files)


def test_an_id_is_the_same_however_a_file_is_named(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = ["ana_softmax", "eve_softmax", "garcia", "eve_1__softmax"]
    assert ids(group) == ids(group.with_suffix(".zip")) == everybody
    assert ids(group / "ana/softmax.py", group / "eve/softmax.py") == everybody[:2]
    for one in ("ana", "ana/softmax.py", "./ana/softmax.py", "eve/../ana/softmax.py", group / "ana"):
        monkeypatch.chdir(group)
        assert ids(one) == ["ana_softmax"]
    monkeypatch.chdir(group / "ana")
    assert ids("softmax.py") == ids(".") == ids("./softmax.py") == ["ana_softmax"]
    (group.parent / "linked").symlink_to(group / "ana")
    assert ids("../../linked") == ids("../../linked/softmax.py") == ["ana_softmax"]


def test_a_folder_that_everybody_has_says_nothing_either(tmp_path: Path) -> None:
    files = {"class/ana/03_softmax/softmax.py": ANA, "class/eve/entrega/student.zip": zipped({"softmax.py": EVE})}
    assert ids(fill(tmp_path, files) / "class") == ["ana_03_softmax_softmax", "eve_entrega_student"]
    assert ids(*(tmp_path / name for name in files)) == ["ana_03_softmax_softmax", "eve_entrega_student"]


def test_folders_of_one_name_are_told_apart_by_those_above_them(tmp_path: Path) -> None:
    files = {"class/1/ana/softmax.py": ANA, "class/2/ana/softmax.py": EVE, "class/2/eve/softmax.py": EVE}
    apart = ["1_ana_softmax", "2_ana_softmax", "eve_softmax"]
    assert ids(fill(tmp_path, files) / "class") == apart
    named = [tmp_path / name for name in files]
    assert ids(*named) == apart
    assert ids(*reversed(named)) == apart[::-1]


names = st.sampled_from(["ana", "Ana", "eve", "entrega", "softmax", "softmax-1", "ana_softmax", "ñ", "宿" * 90])


@given(st.lists(st.lists(names, min_size=1, max_size=4).map(tuple), min_size=1, max_size=8, unique=True))
def test_ids_are_unique_whatever_the_folders(paths: list[tuple[str, ...]]) -> None:
    places = [FilePlace(path := PurePosixPath(*parts[:-1], f"{parts[-1]}.py"), "/" / path) for parts in paths]
    found = [one.id for one in identify(places, HANDED_OUT)]
    assert len({id_.casefold() for id_ in found}) == len(found)
    assert all(found)


def grade(out: Path, *paths: Path, folder: Path | None = None) -> str:
    """Grade, and return what was noted."""
    root = Path(__file__).parents[2]
    done = capas(
        *("grade", "03_softmax", *paths, "--out", out, "--workers", 1, "--feedback", "--course", root),
        folder=folder or root,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def owners(out: Path) -> dict[str, str]:
    """Return whose bytes are in each one's feedback; there is a result of the same id for each, and of its attempts."""
    feedback = {path.stem: path.read_text(encoding="utf-8") for path in (out / "feedback").glob("*.py")}
    assert set(feedback) == {path.stem.partition("~")[0] for path in (out / "results").glob("*.json")}
    return {id_: who for id_, text in feedback.items() for who in ("ANA", "EVE", "NEW") if f"{who} = 1" in text}


BOTH = {"ana_softmax": "ANA", "eve_softmax": "EVE"}


@pytest.mark.parametrize("order", [("ana", "eve"), ("eve", "ana")])
def test_two_files_of_one_name_are_two_results_in_one_run_or_two(group: Path, tmp_path: Path, order: list[str]) -> None:
    first, second = (group / f"{name}/softmax.py" for name in order)
    assert grade(tmp_path / "two", first) == ""
    assert grade(tmp_path / "two", Path("softmax.py"), folder=second.parent) == ""
    assert grade(tmp_path / "one", first, second) == ""
    assert owners(tmp_path / "two") == owners(tmp_path / "one") == BOTH
    assert (tmp_path / "two/journal.jsonl").read_bytes() == (tmp_path / "one/journal.jsonl").read_bytes()


@pytest.mark.slow
def test_a_class_in_any_form_goes_on_in_the_same_results(group: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (group / "late/eve (1)/softmax.py").unlink()
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ana/softmax.py", ANA)
        archive.writestr("eve/softmax.py", EVE)
    assert grade(out, group / "eve") == ""
    assert grade(out, tmp_path / "class.zip") == ""
    before = (out / "journal.jsonl").read_bytes()
    assert owners(out) == BOTH
    (group / "garcia.py").unlink()
    assert grade(out, group) == ""
    assert (out / "journal.jsonl").read_bytes() == before


def test_report_finds_whose_file_each_result_is_of(group: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    grade(out, group / "ana/softmax.py")
    grade(out, group / "eve/softmax.py")
    for named in (group, group.with_suffix(".zip"), group / "ana", group / "eve/softmax.py"):
        for path in (out / "feedback").iterdir():
            path.unlink()
        done = capas("report", out, "--submissions", named)
        assert done.returncode == 0, done.stderr
        made = {path.stem: path.read_text(encoding="utf-8") for path in (out / "feedback").glob("*.py")}
        given_ids = set(BOTH) & set(ids(named))
        assert set(made) == given_ids
        assert all(f"{BOTH[id_]} = 1" in text for id_, text in made.items())


@pytest.mark.slow
def test_a_newer_file_of_a_student_replaces_the_older_and_it_is_said(tmp_path: Path) -> None:
    files = {"class/garcia.py": ANA, "late/garcia.py": NEW, "late/moved/garcia.py": NEW}
    out = fill(tmp_path, files) / "out"
    assert grade(out, tmp_path / "class/garcia.py") == ""
    (told,) = grade(out, tmp_path / "late/garcia.py").splitlines()
    assert "garcia (of class/garcia.py) by that of late/garcia.py" in told
    assert owners(out) == {"garcia": "NEW"}
    assert json.loads((out / "results/garcia.json").read_bytes())["folder"] == "late"
    older = json.loads((out / "set_aside/garcia.json.1").read_bytes())
    assert (older["folder"], older["sha256"]) == ("class", hash_of(ANA))
    # The same bytes elsewhere are the same submission, and a newer file in the same place is no other's.
    assert grade(out, tmp_path / "late/moved/garcia.py") == ""
    (tmp_path / "late/garcia.py").write_bytes(EVE)
    assert grade(out, tmp_path / "late/garcia.py") == ""
    assert owners(out) == {"garcia": "EVE"}
    assert len(list((out / "set_aside").iterdir())) == 1


def test_folders_of_one_name_in_two_runs_are_said(tmp_path: Path) -> None:
    out = fill(tmp_path, {"1/ana/softmax.py": ANA, "2/ana/softmax.py": EVE}) / "out"
    assert grade(out, tmp_path / "1/ana/softmax.py") == ""
    (told,) = grade(out, tmp_path / "2/ana/softmax.py").splitlines()
    assert "ana_softmax (of 1/ana/softmax.py) by that of 2/ana/softmax.py" in told
