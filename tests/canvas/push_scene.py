"""A class in a Canvas, its submissions fetched and graded, ready for grades to be given."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from canvas_class import make_class
from canvas_results import write_graded
from canvas_server import TOKEN, running
from fake_canvas import COURSE, FakeCanvas

from capas.canvas.annotated_files import annotator
from capas.canvas.api import Api
from capas.canvas.download import fetch
from capas.canvas.push import Outcome, Push
from capas.canvas.results_by_student import read_graded
from capas.course.grade_terms import GradeTerms
from capas.course.model import Stage
from capas.submission.exports import Collection
from capas.submission.manifest import Entry

CRITERIA = [{"id": "_1", "description": "Softmax", "long_description": "softmax", "points": 7.0}]


def score_of(entry: Entry) -> float:
    return int(entry.attachment) % 41 / 2


class Scene:
    """A class in a Canvas, its submissions fetched and graded, and the waits that were asked for."""

    def __init__(self, canvas: FakeCanvas, url: str, folder: Path, stage: Stage):
        self.canvas, self.url, self.folder, self.stage = canvas, url, folder, stage
        self.annotate = annotator(stage, "es")
        self.number = canvas.add_assignment(rubric=CRITERIA)
        self.pauses: list[float] = []
        self.collection: Collection = fetch(self.api(), self.api().assignment(self.number))
        write_graded(folder, self.collection, score_of)
        canvas.requests.clear()

    def api(self) -> Api:
        return Api(self.url, COURSE, TOKEN, self.pauses.append)

    def push(self, force: bool = False, files: bool = True, terms: GradeTerms | None = None) -> Push:
        api = self.api()
        handed_in = self.collection.files if files else {}
        stage = msgspec.structs.replace(self.stage, late=terms.rule) if terms else None
        graded = read_graded(self.folder, stage)
        return Push(api, api.assignment(self.number), graded, handed_in, self.annotate, "es", force)

    def apply(self, force: bool = False, files: bool = True, terms: GradeTerms | None = None) -> Outcome:
        return self.push(force, files, terms).apply(self.folder)

    def expected(self) -> dict[int, float]:
        return {
            member.id: next(iter(member.attachments)) % 41 / 2
            for member in self.canvas.members.values()
            if member.attachments
        }

    def uploads(self) -> int:
        return sum(path.startswith("/upload/") for _, path in self.canvas.requests)


def scene_of(folder: Path, count: int, stage: Stage, late: Mapping[int, float | None] | None = None) -> Iterator[Scene]:
    """Yield a class of ``count``; ``late`` says who is, and by how many seconds where Canvas tells that."""
    members = make_class(count, ["softmax.ipynb", "softmax.py", "mi_tarea_2_1.py"])
    if late is not None:
        for member in members:
            member.late, member.seconds_late = member.id in late, late.get(member.id)
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
