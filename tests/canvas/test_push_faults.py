"""A Canvas that refuses, a connection that breaks, a run that dies: everything is given, and nothing twice."""

import contextlib

import pytest
from fake_canvas import FakeCanvas
from push_scene import Scene, assert_given_once

from capas.canvas.api import Api
from capas.canvas.ledger import read_ledger
from capas.files import UserError


@pytest.mark.parametrize("refusals", [[429, 429], [403], [403, 429, 403], ["drop"], [503, "drop", 429]])
def test_patience(scene: Scene, refusals: list) -> None:
    scene.canvas.refusals = list(refusals)
    assert scene.apply().failed == []
    assert_given_once(scene)
    assert len(scene.pauses) >= len(refusals)


def test_patience_ends(scene: Scene) -> None:
    scene.canvas.refusals = [429] * 50
    with pytest.raises(UserError, match="more patience"):
        scene.apply()
    assert len(scene.pauses) == 6


class EveryNew(list):
    """Refuses every request once: the same again is let through."""

    def __init__(self, canvas: FakeCanvas):
        super().__init__()
        self._canvas = canvas
        self._seen: set[tuple[str, str]] = set()

    def __bool__(self) -> bool:
        return self._canvas.requests[-1] not in self._seen

    def pop(self, _index: int = 0) -> int:  # type: ignore[override]
        self._seen.add(self._canvas.requests[-1])
        return 429


def test_every_request_may_be_refused_once(scene: Scene) -> None:
    scene.canvas.refusals = EveryNew(scene.canvas)
    assert scene.apply().failed == []
    assert_given_once(scene)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_that_breaks_in_the_middle(scene: Scene, when: str) -> None:
    scene.canvas.drop_bulk = [when]
    outcome = scene.apply()
    assert outcome.failed == []
    assert_given_once(scene)
    assert scene.uploads() == len(scene.expected())


def test_a_connection_that_always_breaks_is_told(scene: Scene) -> None:
    scene.canvas.drop_bulk = ["before"] * 9
    outcome = scene.apply()
    assert len(outcome.failed) == len(scene.expected())
    assert {said for _, said in outcome.failed} == {"the connection broke, and Canvas does not show the change"}
    scene.canvas.drop_bulk = []
    assert scene.apply().failed == []
    assert_given_once(scene)


def test_a_progress_that_fails_for_one(scene: Scene) -> None:
    scene.canvas.failing = {4214}
    outcome = scene.apply()
    ((failed, said),) = outcome.failed
    assert failed.user == 4214
    assert "Couldn't find User(s) with API ids [4214]" in said
    scene.canvas.failing = set()
    assert [one.user for one in scene.apply().done] == [4214]
    assert_given_once(scene)


@pytest.mark.parametrize("limit", [2, 3, 9, 20, *range(30, 38)])
def test_a_run_that_dies_anywhere_is_gone_on_with(scene: Scene, limit: int) -> None:
    scene.canvas.limit = limit
    with contextlib.suppress(UserError):
        scene.apply()
    scene.canvas.limit = 10**9
    assert scene.apply().failed == []
    assert_given_once(scene)


class Killed(BaseException):
    """As a power cut: nothing of the run comes after it."""


@pytest.mark.parametrize("slow", [0, 3])
def test_a_crash_between_asking_and_knowing(scene: Scene, slow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_arguments: object) -> None:
        raise Killed

    scene.canvas.slow = slow
    monkeypatch.setattr(Api, "wait", die)
    with pytest.raises(Killed):
        scene.apply()
    monkeypatch.undo()
    assert [record.state for record in read_ledger(scene.folder).values()] == ["asked"] * len(scene.expected())
    assert scene.apply().failed == []
    assert_given_once(scene)


def test_files_that_were_uploaded_before_a_crash_are_used(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_arguments: object) -> None:
        raise Killed

    monkeypatch.setattr(Api, "update_grades", die)
    with pytest.raises(Killed):
        scene.apply()
    monkeypatch.undo()
    before = scene.uploads()
    assert scene.apply().failed == []
    assert scene.uploads() == before == len(scene.expected())
    assert_given_once(scene)
