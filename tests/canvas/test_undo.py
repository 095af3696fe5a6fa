"""A push is taken back by the file that it leaves: grades, comments, rubric; what somebody changed since stays."""

import copy
import re
from pathlib import Path

import pytest
from canvas_server import TOKEN
from command import capas
from fake_canvas import COURSE
from push_scene import Scene, assert_given_once

from capas.canvas import undo as undo_module
from capas.canvas.undo import Undo, read_undo
from capas.files import UserError

ROOT = Path(__file__).parents[2]


def state(scene: Scene) -> dict[int, object]:
    """Return what students and teachers see of each submission."""
    shown = {}
    for user in scene.canvas.members:
        one = scene.canvas.submission(scene.number, user)
        rubric = {
            row: about["points"] for row, about in one["rubric_assessment"].items() if about["points"] is not None
        }
        shown[user] = (one.get("entered_score", one["score"]), rubric, copy.deepcopy(one["submission_comments"]))
    return shown


def take_back(scene: Scene, path: Path, force: bool = False) -> list[str]:
    undo = Undo(scene.api(), read_undo(path), force)
    return [one.shown() for one in undo.apply(scene.folder)]


def test_an_undo_brings_the_first_state_back_and_a_push_goes_on_from_there(scene: Scene) -> None:
    graded = scene.canvas.submission(scene.number, 4200)
    graded |= {"score": 3.25, "entered_score": 3.25, "rubric_assessment": {"_1": {"points": 1.0}}}
    graded["submission_comments"].append({"id": 1, "comment": "by hand"})
    before = state(scene)
    outcome = scene.apply(force=True)
    assert outcome.undo is not None
    after = state(scene)
    assert all(after[int(one.entry.user)] != before[int(one.entry.user)] for one in outcome.done)
    assert take_back(scene, outcome.undo) == []
    assert state(scene) == before
    scene.canvas.requests.clear()
    assert take_back(scene, outcome.undo) == []  # a second time there is nothing to do
    assert not [path for method, path in scene.canvas.requests if method != "GET"]
    graded["submission_comments"].clear()
    again = scene.apply(force=True)
    assert again.undo is not None
    assert again.undo != outcome.undo
    assert_given_once(scene)


def test_what_somebody_changed_since_stays(scene: Scene) -> None:
    outcome = scene.apply()
    assert outcome.undo is not None
    scene.canvas.submission(scene.number, 4200)["entered_score"] = 19.0
    planned = Undo(scene.api(), read_undo(outcome.undo)).plan()
    (kept,) = [one for one in planned if one.why]
    assert (kept.given.user, kept.grade) == (4200, False)
    assert "19 stays" in kept.shown()
    take_back(scene, outcome.undo)
    assert scene.canvas.scores(scene.number).keys() == {4200}
    assert scene.canvas.submission(scene.number, 4200)["entered_score"] == 19.0
    take_back(scene, outcome.undo, force=True)
    assert scene.canvas.scores(scene.number) == {}


def test_the_file_is_there_before_canvas_is_asked_for_anything(scene: Scene) -> None:
    scene.canvas.limit = len(scene.canvas.requests) + 3  # then the connection is gone for good
    with pytest.raises(UserError):
        scene.apply()
    (path,) = scene.folder.glob("canvas-undo-*.json")
    assert len(read_undo(path).changes) == len(scene.expected())
    scene.canvas.limit = 10**9
    assert take_back(scene, path) == []


def test_a_connection_that_breaks_is_gone_on_with(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_module, "CHANGES_PER_REQUEST", 5)
    outcome = scene.apply()
    assert outcome.undo is not None
    scene.canvas.drop_bulk = ["", "before"]
    with pytest.raises(UserError, match="run the same command to go on"):
        take_back(scene, outcome.undo)
    assert 0 < len(scene.canvas.scores(scene.number)) < len(scene.expected())
    assert take_back(scene, outcome.undo) == []
    assert scene.canvas.scores(scene.number) == {}
    assert not scene.canvas.comments(scene.number)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]"])
def test_another_file_undoes_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(UserError, match="does not undo anything"):
        read_undo(tmp_path / "x.json")
    with pytest.raises(UserError, match="cannot be read"):
        read_undo(tmp_path / "y.json")


def test_the_command_shows_first_and_refuses_another_course(scene: Scene) -> None:
    where = {"CANVAS_URL": scene.url, "CANVAS_COURSE": str(COURSE), "CANVAS_TOKEN": TOKEN}
    push = ["canvas", "push", "results", scene.folder, "--assignment", scene.number]
    done = capas(*push, "--apply", environment=where)
    assert done.returncode == 0, done.stderr
    (path,) = scene.folder.glob("canvas-undo-*.json")
    assert f"--undo {path}" in done.stdout
    shown = capas(*push, "--undo", path, environment=where)
    assert (shown.returncode, len(re.findall(r"→ no grade, comment removed", shown.stdout))) == (0, 12)
    assert scene.canvas.scores(scene.number)
    assert "12 taken back" in capas(*push, "--undo", path, "--apply", environment=where).stdout
    assert scene.canvas.scores(scene.number) == {}
    other = capas(*push, "--undo", path, environment=where | {"CANVAS_COURSE": "13"})
    assert (other.returncode, other.stderr.count("\n")) == (2, 1)
