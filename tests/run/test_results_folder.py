"""A folder of results loses nothing: what is spoiled is told, kept from elsewhere, or made anew."""

import os
import subprocess
from pathlib import Path

import pytest

from capas.files import UserError
from capas.grading.result import Isolation, Result
from capas.run.journal import UNKNOWN_KEY
from capas.run.results_folder import ResultsFolder, Run, read_results_folder

RUN = Run("03_softmax", "es")


KEY = "key"


def result(name: str, score: float = 1.0) -> Result:
    return Result(name, f"{name}.py", "00", "03_softmax", "graded", score, 20.0, [], Isolation(0, ["process"]), "0.1.0")


def fill(folder: ResultsFolder, kept: list[int]) -> None:
    while True:
        folder.add([result(f"student_{len(kept):05d}")], KEY)
        kept.append(len(kept))


def written(folder: Path) -> bytes:
    with ResultsFolder(folder, RUN) as opened:
        opened.add([result("ana"), result("berta"), result("carla")], KEY)
        opened.finish([])
    return (folder / "journal.jsonl").read_bytes()


def test_a_line_cut_off_in_the_middle_is_graded_again(tmp_path: Path) -> None:
    data = written(tmp_path)
    for cut in (1, 20):
        (tmp_path / "results/carla.json").unlink(missing_ok=True)
        (tmp_path / "journal.jsonl").write_bytes(data[:-cut])
        with ResultsFolder(tmp_path, RUN) as folder:
            assert set(folder.journal.origins) == {"ana", "berta"}
            assert not folder.notes  # so it is when a run was killed


def test_a_spoiled_line_is_kept_as_its_file_has_it_and_never_taken_for_graded(tmp_path: Path) -> None:
    data = written(tmp_path)
    first, second, third = data.splitlines(keepends=True)
    for spoiled in (
        second.replace(b'"score":1.0', b'"score":9.0'),
        second.replace(b"berta.py", b"b\xffrta.py"),
        second[:40] + b"\n" + second[40:],
        second[:-1],  # glued to the next one
    ):
        (tmp_path / "journal.jsonl").write_bytes(first + spoiled + third)
        with ResultsFolder(tmp_path, RUN) as folder:
            assert folder.journal.origins["ana"].key == KEY
            assert folder.journal.origins["berta"].key == UNKNOWN_KEY
            assert [one.score for one in folder.journal] == [1.0, 1.0, 1.0]
            assert len(folder.notes) == 1
            assert "berta" in folder.notes[0]
            folder.add([result("berta"), result("carla")], KEY)
            folder.finish([])
        assert (tmp_path / "journal.jsonl").read_bytes() == data


@pytest.mark.parametrize("spoiled", ["garbage", "half", "link", "folder"])
def test_a_spoiled_file_is_told_in_a_line_and_made_anew(tmp_path: Path, spoiled: str) -> None:
    written(tmp_path)
    path, whole = tmp_path / "results/berta.json", (tmp_path / "results/berta.json").read_bytes()
    path.unlink()
    if spoiled == "folder":
        path.mkdir()
        (path / "thesis.txt").write_text("somebody's")
    elif spoiled == "link":
        path.symlink_to(tmp_path / "results/ana.json")
    else:
        path.write_bytes({"garbage": b"\xff\xfe\x00", "half": whole[:50]}[spoiled])
    (tmp_path / "results/notes.json").write_text("mine")
    stored = read_results_folder(tmp_path)
    assert [one.submission for one in stored.results] == ["ana", "berta", "carla"]
    with ResultsFolder(tmp_path, RUN) as folder:
        assert len(folder.notes) == 1
        assert "berta.json, notes.json" in folder.notes[0]
    assert path.read_bytes() == whole
    assert not path.is_symlink()
    assert (tmp_path / "results/notes.json").read_text() == "mine"
    if spoiled == "folder":
        assert (tmp_path / "set_aside/berta.json.1/thesis.txt").read_text() == "somebody's"


def test_a_spoiled_run_file_is_made_anew_where_there_is_a_journal(tmp_path: Path) -> None:
    written(tmp_path)
    whole = (tmp_path / "run.json").read_bytes()
    (tmp_path / "run.json").write_bytes(b"{\xff")
    with pytest.raises(UserError, match="is not of this program, or spoiled"):
        read_results_folder(tmp_path)
    with ResultsFolder(tmp_path, RUN):
        assert (tmp_path / "run.json").read_bytes() == whole
    with pytest.raises(UserError, match="holds results of 03_softmax; choose another --out for 02_activations"):
        ResultsFolder(tmp_path, Run("02_activations", "es"))


def test_a_file_that_was_not_written_yet_is_written_from_the_journal(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("ana")], KEY)
    written = (tmp_path / "results/ana.json").read_bytes()
    (tmp_path / "results/ana.json").unlink()
    with ResultsFolder(tmp_path, RUN):
        assert (tmp_path / "results/ana.json").read_bytes() == written


def test_a_result_edited_by_hand_is_told_with_where_decisions_go(tmp_path: Path) -> None:
    written(tmp_path)
    path = tmp_path / "results/berta.json"
    graded = path.read_text(encoding="utf-8")
    edited = graded.replace('"score": 1.0', '"score": 20.0')
    assert edited != graded
    path.write_text(edited, encoding="utf-8")
    later = (tmp_path / "journal.jsonl").stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))
    with ResultsFolder(tmp_path, RUN) as folder:
        (note,) = folder.notes
        assert "edited since they were graded: berta.json" in note
        assert "overrides.csv" in note
    assert path.read_text(encoding="utf-8") == graded
    # What is older than the journal is what a run that was killed left.
    path.write_text(edited, encoding="utf-8")
    os.utime(path, ns=(0, 0))
    with ResultsFolder(tmp_path, RUN) as folder:
        assert folder.notes == []


def test_results_of_other_submissions_stay_whatever_key_they_have(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("ana")], "older")
        folder.add([result("berta")], KEY)
        folder.finish([])
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("berta", 2.0)], KEY)
        folder.finish([])
    stored = read_results_folder(tmp_path)
    assert stored.keys == {"ana": "older", "berta": KEY}
    assert [one.score for one in stored.results] == [1.0, 2.0]
    assert len((tmp_path / "grades.csv").read_text().splitlines()) == 3


def test_only_what_is_pruned_goes_and_its_feedback_with_it(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("ana"), result("berta")], KEY)
        (tmp_path / "feedback").mkdir()
        for name in ("ana.html", "ana.ipynb", "berta.html"):
            (tmp_path / "feedback" / name).write_text("")
        folder.prune({"ana", "nobody"})
        folder.finish([])
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["berta.json"]
    assert [path.name for path in (tmp_path / "feedback").iterdir()] == ["berta.html"]
    assert [one.submission for one in read_results_folder(tmp_path).results] == ["berta"]
    assert "ana" not in (tmp_path / "grades.csv").read_text()


def test_the_last_of_two_results_counts(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("ana", 1.0)], KEY)
        folder.add([result("ana", 2.0)], KEY)
    with ResultsFolder(tmp_path, RUN) as folder:
        assert [one.score for one in folder.journal] == [2.0]


def test_results_are_read_from_the_folder_in_order_also_when_it_is_held_no_more(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN) as folder:
        folder.add([result("carla", 3.0), result("ana", 1.0)], KEY)
        assert folder.journal.of("carla").score == 3.0
        folder.add([result("berta", 2.0), result("zoe", 9.0)], KEY)
        folder.finish([])
    results = folder.journal
    assert [one.submission for one in results] == ["ana", "berta", "carla", "zoe"]
    assert (len(results), results[0].score, results[-1].score) == (4, 1.0, 9.0)
    assert [one.submission for one in results[1:]] == ["berta", "carla", "zoe"]
    assert (tmp_path / "grades.csv").read_text().splitlines()[1].startswith("ana,ana.py,graded,1")


def test_two_runs_at_once_on_one_folder(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, RUN), pytest.raises(UserError, match="another capas is writing to"):
        ResultsFolder(tmp_path, RUN)
    with ResultsFolder(tmp_path, RUN):
        pass


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="mounting a small disk takes root")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine mounts nothing")
    kept = []
    try:
        with ResultsFolder(disk, RUN) as folder, pytest.raises(UserError, match="what is there stays"):
            fill(folder, kept)
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        with ResultsFolder(disk, RUN) as folder:
            assert len(folder.journal.origins) >= len(kept) > 10
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot write to"):
        ResultsFolder(tmp_path / "file", RUN)


@pytest.mark.parametrize("name", ["journal.jsonl", "grades.csv", "run.json"])
def test_a_folder_where_a_file_belongs_is_named(tmp_path: Path, name: str) -> None:
    written(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    with pytest.raises(UserError) as caught:
        written(tmp_path)
    assert str(tmp_path / name) in str(caught.value)
    assert "is a folder" in str(caught.value)


# Root may write everywhere: another user tries.
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="becoming another user takes root")
def test_a_folder_of_somebody_else_is_told_in_one_line(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with ResultsFolder(out, RUN) as folder:
        folder.add([result("ana")], KEY)
    for part in (out, *out.parents):
        if not part.stat().st_mode & 0o005 and tmp_path.parents[2] in (part, *part.parents):
            part.chmod(0o755)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setresuid(47_113, 47_113, 47_113)
            ResultsFolder(out, RUN)
        except UserError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(pid, 0)
    with open(reading, "rb") as told:
        assert told.read().startswith(b"cannot write to " + str(out).encode())
    with ResultsFolder(out, RUN) as folder:
        assert set(folder.journal.origins) == {"ana"}
