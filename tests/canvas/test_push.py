"""Over the API, with canvasapi against a server that behaves as Canvas does: nothing twice, nothing forgotten."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from canvas_class import make_class, zipped_name
from canvas_results import write_graded
from canvas_server import COURSE, TOKEN, FakeCanvas, running

from capas.canvas import push as push_module
from capas.canvas.annotated_files import annotator
from capas.canvas.api import Api
from capas.canvas.download import fetch
from capas.canvas.ledger import LEDGER, Ledger, Record, read_ledger
from capas.canvas.push import Outcome, Push
from capas.canvas.results_by_student import read_graded
from capas.course.model import Stage
from capas.files import UserError
from capas.submission.exports import Collection
from capas.submission.manifest import Entry

CRITERIA = [{"id": "_1", "description": "Softmax", "long_description": "softmax", "points": 7.0}]


def score_of(entry: Entry) -> float:
    return int(entry.attachment) % 41 / 2


class Scene:
    """A class in a Canvas, its submissions fetched and graded, and the waits that were asked for."""

    def __init__(self, canvas: FakeCanvas, url: str, folder: Path, stage: Stage):
        self.canvas, self.url, self.folder = canvas, url, folder
        self.annotate = annotator(stage, "es")
        self.number = canvas.add_assignment(rubric=CRITERIA)
        self.pauses: list[float] = []
        self.collection: Collection = fetch(self.api(), self.api().assignment(self.number))
        write_graded(folder, self.collection, score_of)
        canvas.requests.clear()

    def api(self) -> Api:
        return Api(self.url, COURSE, TOKEN, self.pauses.append)

    def push(self, force: bool = False, files: bool = True) -> Push:
        api = self.api()
        handed_in = self.collection.files if files else {}
        return Push(api, api.assignment(self.number), read_graded(self.folder), handed_in, self.annotate, "es", force)

    def apply(self, **options: bool) -> Outcome:
        return self.push(**options).apply(self.folder)

    def expected(self) -> dict[int, float]:
        return {
            member.id: next(iter(member.attachments)) % 41 / 2
            for member in self.canvas.members.values()
            if member.attachments
        }

    def uploads(self) -> int:
        return sum(path.startswith("/upload/") for _, path in self.canvas.requests)


@pytest.fixture
def scene(tmp_path: Path, softmax: Stage) -> Iterator[Scene]:
    yield from _scene(tmp_path, 12, softmax)


def _scene(folder: Path, count: int, stage: Stage) -> Iterator[Scene]:
    members = make_class(count, ["softmax.ipynb", "softmax.py", "mi_tarea_2_1.py"])
    contents = {
        attachment: b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'
        if name.endswith(".ipynb")
        else f"x = {attachment}\n".encode()
        for member in members
        for attachment, name in member.attachments.items()
    }
    canvas = FakeCanvas(members, contents)
    with running(canvas) as url:
        yield Scene(canvas, url, folder, stage)


def assert_given_once(scene: Scene) -> None:
    assert scene.canvas.scores(scene.number) == scene.expected()
    assert set(scene.canvas.comments(scene.number).values()) == {1}
    assert scene.canvas.comments(scene.number).keys() == scene.expected().keys()


def test_submissions_come_page_by_page_and_under_canvas_own_names(tmp_path: Path, softmax: Stage) -> None:
    for scene in _scene(tmp_path, 70, softmax):
        collected = scene.collection.manifest.collected()
        handed_in = [member for member in scene.canvas.members.values() if member.attachments]
        assert [int(entry.user) for entry in collected] == [member.id for member in handed_in]
        assert all(entry.attempt == 1 for entry in collected)
        assert scene.collection.manifest.missing == [m.name for m in scene.canvas.members.values() if not m.attachments]
        assert all(
            scene.collection.files[entry.id].read() == scene.canvas.contents[int(entry.attachment)]
            for entry in collected
        )
        by_user = {int(entry.user): entry for entry in collected}
        for member in handed_in[:19]:
            (attachment, name), entry = next(iter(member.attachments.items())), by_user[member.id]
            assert entry.late == member.late
            assert entry.source.endswith(zipped_name(member, attachment, name).partition(f"{member.id}_")[2])


def test_a_class_of_200_gets_grades_comments_files_and_rubrics(tmp_path: Path, softmax: Stage) -> None:
    for scene in _scene(tmp_path, 200, softmax):
        scene.canvas.slow = 2
        outcome = scene.apply()
        assert outcome.failed == []
        assert_given_once(scene)
        assert scene.uploads() == len(scene.expected())
        first = scene.canvas.submission(scene.number, 4200)
        (comment,) = first["submission_comments"]
        assert "softmax:" in comment["comment"]
        (file,) = comment["attachments"]
        name, data = scene.canvas.files[file["id"]]
        assert (name, b"capas" in data) == ("softmax.ipynb", True)
        assert first["rubric_assessment"] == {"_1": {"points": min(scene.expected()[4200], 7)}}
        bulk = [path for _, path in scene.canvas.requests if path.endswith("update_grades")]
        assert len(bulk) == 4


def test_a_second_run_does_nothing(scene: Scene) -> None:
    scene.apply()
    scene.canvas.requests.clear()
    outcome = scene.apply()
    assert (outcome.done, outcome.failed) == ([], [])
    assert not [path for method, path in scene.canvas.requests if method != "GET"]
    # Not even without the ledger, nor without the files: Canvas itself shows what was given.
    (scene.folder / LEDGER).unlink()
    assert scene.apply(files=False).done == []
    assert_given_once(scene)


def test_a_plan_changes_nothing(scene: Scene) -> None:
    planned = scene.push().plan(lambda key: False)
    assert {one.step for one in planned} == {"new"}
    assert not [path for method, path in scene.canvas.requests if method != "GET"]
    assert not (scene.folder / LEDGER).exists()


def test_what_stands_in_canvas_is_respected(scene: Scene) -> None:
    other, same, excused, again, gone = (scene.canvas.submission(scene.number, 4200 + 7 * n) for n in range(5))
    other["score"] = 3.25
    same["score"] = scene.expected()[4207]
    excused["excused"] = True
    scene.canvas.members[again["user_id"]].attachments = {5555: "softmax.py"}
    scene.canvas.contents[5555] = b"x = 2\n"
    del scene.canvas.members[gone["user_id"]]
    steps = {one.entry.user: (one.step, one.why) for one in scene.push().plan(lambda key: False)}
    assert steps["4200"] == ("kept", "another grade stands in Canvas; --force writes it over")
    assert steps["4207"] == ("comment only", "")
    assert steps["4214"] == ("left out", "excused")
    assert steps["4221"] == ("left out", "handed in again since it was collected")
    assert steps["4228"] == ("left out", "Canvas has no such student here")
    scene.apply()
    assert scene.canvas.scores(scene.number)[4200] == 3.25
    assert scene.canvas.comments(scene.number)[4207] == 1
    assert 4214 not in scene.canvas.comments(scene.number)
    scene.apply(force=True)
    assert scene.canvas.scores(scene.number)[4200] == scene.expected()[4200]


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


def test_what_canvas_takes_off_for_being_late_is_its_own_affair(scene: Scene) -> None:
    scene.canvas.deducted = 2.0
    assert scene.apply().failed == []
    late = [member.id for member in scene.canvas.members.values() if member.late and member.attachments]
    assert late
    for user in late:
        assert scene.canvas.scores(scene.number)[user] == scene.expected()[user] - 2
    assert {one.step for one in scene.push().plan(lambda key: False)} == {"done"}


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


def test_a_comment_that_the_teacher_deleted_is_not_given_again(scene: Scene) -> None:
    scene.apply()
    scene.canvas.submission(scene.number, 4200)["submission_comments"].clear()
    assert scene.apply().done == []
    assert 4200 not in scene.canvas.comments(scene.number)


def test_the_ledger_survives_a_line_that_was_cut_off(tmp_path: Path) -> None:
    record = Record("https://canvas", 1, 2, 3, 1, "abc", "done")
    with Ledger(tmp_path) as ledger:
        ledger.add([record])
    path = tmp_path / LEDGER
    path.write_bytes(path.read_bytes() + b'{"canvas":"https://can')
    with Ledger(tmp_path) as ledger:
        ledger.add([Record("https://canvas", 1, 2, 4, 1, "abc", "asked")])
        with pytest.raises(UserError, match="at work"):
            Ledger(tmp_path)
    assert {key[3]: one.state for key, one in read_ledger(tmp_path).items()} == {3: "done", 4: "asked"}


def test_the_token_is_nowhere(scene: Scene, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    scene.canvas.refusals = [429, "drop"]
    scene.apply()
    with pytest.raises(UserError) as wrong:
        Api(scene.url, COURSE, "wrong-" + TOKEN, scene.pauses.append).assignments()
    assert "CANVAS_TOKEN" in str(wrong.value)
    told = caplog.text + "".join(capfd.readouterr()) + str(wrong.value)
    assert TOKEN not in told
    for path in scene.folder.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


@pytest.mark.parametrize("url", ["http://canvas.example", "canvas.example", "ftp://x", "https://"])
def test_no_token_goes_over_an_open_line(url: str) -> None:
    with pytest.raises(UserError, match="no address that a token can be sent to"):
        Api(url, COURSE, TOKEN)


def test_what_is_not_there_is_told(scene: Scene) -> None:
    with pytest.raises(UserError, match="no such course or assignment"):
        scene.api().assignment(1)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    pauses: list[float] = []
    with pytest.raises(UserError, match=r"cannot be reached \(ConnectionError\)"):
        Api("http://127.0.0.1:9", COURSE, TOKEN, pauses.append).assignments()
    assert len(pauses) == 6


def test_large_classes_go_in_batches(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push_module, "GRADES_PER_REQUEST", 5)
    scene.apply()
    assert len([path for _, path in scene.canvas.requests if path.endswith("update_grades")]) == 3
    assert_given_once(scene)
