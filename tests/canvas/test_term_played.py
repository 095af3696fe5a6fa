"""A term as a teacher plays it: three attempts of thirty people, late days, a mended case, texts, overrides, requests.

After each step Canvas is read back, and has what this test works out by itself from who handed in what, and when.
"""

import ast
import copy
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from canvas_class import make_class
from canvas_server import TOKEN, running
from command import capas
from fake_canvas import COURSE, FakeCanvas

from capas.submission import place_in_script

POINTS = {"softmax": 7.0, "softmax_jacobian": 6.0, "predict": 2.0, "softmax_twin": 5.0}
VARIANTS = [
    (["softmax"], False),
    (["softmax", "softmax_jacobian"], True),
    (["softmax", "softmax_jacobian", "predict"], False),
    ([*POINTS], True),
    (["predict"], False),
]
"""What people hand in: the functions that are right, and whether they write the text."""
TURNS = (0, 3, 1)
HOUR = 3600.0
OFF = {0.0: 0.0, HOUR: 0.0, 12 * HOUR: 1.5, 30 * HOUR: 3.0}
"""What being late by so many seconds costs: 1.5 points a day after two hours."""
CASE_POINTS = 0.25
RULES = 'attempts = "best"\n{}\n[late]\npoints_a_day = 1.5\ngrace_hours = 2\nmax_days = 3\n'
WRONG_CASE = (".returns([0, 3, 1])", ".returns([0, 3, 2])")


class Person:
    """Somebody of the class, as this test knows them: which variant they hand in at each turn, and how late."""

    def __init__(self, place: int, user: int):
        self.place, self.user = place, user
        self.variants = [(place + turn) % len(VARIANTS) for turn in TURNS]
        self.late = [0.0, 12 * HOUR if place % 4 == 1 else 0.0, 30 * HOUR if place % 3 else HOUR]
        self.text: float | None = None
        self.questions: dict[str, float] = {}
        self.all: float | None = None
        self.forgiven = False

    def score(self, turn: int, mended: bool) -> float:
        """Return what an attempt is worth."""
        right, _ = VARIANTS[self.variants[turn]]
        points = {name: POINTS[name] if name in right else 0.0 for name in POINTS}
        if "predict" in right and not mended:
            points["predict"] -= CASE_POINTS
        total = sum((points | self.questions).values()) + (self.text or 0.0)
        total -= 0.0 if self.forgiven else OFF[self.late[turn]]
        return max(0.0, total) if self.all is None else self.all

    def grade(self, turns: int, mended: bool) -> float | None:
        """Return the grade after so many turns: of the best attempt; None while a text of it waits to be graded."""
        scores = [(self.score(turn, mended), turn) for turn in range(turns)]
        score, turn = max(scores)
        waits = VARIANTS[self.variants[turn]][1] and self.text is None and self.all is None
        return None if waits else score


class Term:
    """The teacher's machine and the Canvas, and what is expected to stand there."""

    def __init__(self, course: Path, url: str, canvas: FakeCanvas):
        self.course, self.canvas = course, canvas
        self.where = {"CANVAS_URL": url, "CANVAS_COURSE": str(COURSE), "CANVAS_TOKEN": TOKEN}
        self.number = canvas.add_assignment(points_possible=24.0)
        users = [user for user, member in canvas.members.items() if member.attachments]
        self.people = [Person(place, user) for place, user in enumerate(users)]
        self.results = ["canvas", "push", "results", "graded", "--assignment", self.number]
        self.turns, self.mended = 0, False
        self.expected: dict[int, float] = {}
        self.states = [self.state()]
        self.undos: list[Path] = []
        reference = (course / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")
        nodes = [node for node in ast.parse(reference).body if isinstance(node, ast.FunctionDef)]
        self.functions = {node.name: ast.unparse(node) for node in nodes}

    def run(self, *arguments: object, status: int = 0) -> str:
        done = capas(*arguments, folder=self.course, environment=self.where)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def state(self) -> dict[int, object]:
        """Return what students and teachers see of each submission."""
        seen = {}
        for user in self.canvas.members:
            one = self.canvas.submission(self.number, user)
            seen[user] = (one.get("entered_score", one["score"]), copy.deepcopy(one["submission_comments"]))
        return seen

    def source(self, variant: int) -> bytes:
        right, writes = VARIANTS[variant]
        text = "\n\n\n".join(["import numpy as np", *(self.functions[name] for name in right)])
        place = place_in_script("why", "es")
        answer = re.sub(r'(?<=r""")\n.*\n(?=""")', "\nEl denominador se cancela.\n", place)
        assert answer != place
        return (text + "\n\n\n" + (answer if writes else place) + "\n").encode()

    def hand_in(self) -> None:
        """Let everybody hand in, and fetch and grade it."""
        turn = self.turns
        for person in self.people:
            member, attachment = self.canvas.members[person.user], 90_000 + 1000 * turn + person.place
            if turn:
                before = {"attempt": turn, "late": member.late, "seconds_late": member.seconds_late}
                member.earlier = [*member.earlier, before | {"attachments": member.attachments}]
            member.attachments = {attachment: f"softmax{f'-{turn}' if turn else ''}.py"}
            member.late, member.seconds_late = person.late[turn] > 0, person.late[turn]
            self.canvas.contents[attachment] = self.source(person.variants[turn])
            self.canvas.submission(self.number, person.user)["attempt"] = turn + 1
        self.turns += 1
        self.run("canvas", "push", "fetch", "03_softmax", "--assignment", self.number, "--out", f"in{turn}")
        self.run("grade", "03_softmax", f"in{turn}", "--out", "graded", "--workers", 2)

    def decide(self, *rows: tuple[object, ...]) -> None:
        """Write rows to `overrides.csv` besides those that it has, and report."""
        path = self.course / "graded/overrides.csv"
        is_new = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerows([("student", "question", "points", "reason"), *rows] if is_new else rows)
        self.run("report", "graded")

    def push(self) -> None:
        """Give back what counts, and read it: in Canvas and in grades.csv."""
        for person in self.people:
            if (grade := person.grade(self.turns, self.mended)) is not None:
                self.expected[person.user] = grade
        waiting = [one for one in self.people if one.grade(self.turns, self.mended) is None]
        shown = self.run(*self.results, "--apply", status=bool(waiting))
        assert self.canvas.scores(self.number) == self.expected
        self.undos.append(self.course / re.findall(r"graded/canvas-undo-\d+\.json", shown)[0])
        self.states.append(self.state())
        rows = self.rows()
        assert len(rows) == len(self.people)
        for person in self.people:
            row, grade = rows[person.user], person.grade(self.turns, self.mended)
            assert row["waiting"] == ("why" if grade is None else "")
            assert grade is None or float(row["score"]) == grade

    def rows(self) -> dict[int, dict[str, str]]:
        manifest = json.loads((self.course / "graded/manifest.json").read_bytes())
        users = {entry["id"]: int(entry["user"]) for entry in manifest["entries"] if "id" in entry}
        with (self.course / "graded/grades.csv").open(encoding="utf-8", newline="") as file:
            return {users[row["submission"].removeprefix("'")]: row for row in csv.DictReader(file)}

    def page(self, person: Person) -> str:
        name = self.rows()[person.user]["submission"].removeprefix("'")
        return (self.course / f"graded/feedback/{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def term(text_course: Path) -> Iterator[Term]:
    toml = text_course / "course.toml"
    toml.write_text(RULES.format(toml.read_text(encoding="utf-8")), encoding="utf-8")
    mend(text_course, *WRONG_CASE)
    canvas = FakeCanvas(make_class(31, ["softmax.py"]), {})  # one of them never hands in
    with running(canvas) as url:
        yield Term(text_course, url, canvas)


def mend(course: Path, old: str, new: str) -> None:
    path = course / "assignments/03_softmax/tests/predict.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_term_is_right_to_the_last_digit_at_each_step_and_is_undone(term: Term) -> None:
    assert len(term.people) == 30
    term.hand_in()
    term.push()
    # The texts of the first turn are graded by hand; who writes one later waits until then.
    grade_texts(term)
    term.push()
    term.hand_in()
    term.push()
    term.hand_in()
    grade_texts(term)
    term.push()
    assert not [one for one in term.people if one.grade(3, False) is None]
    # A case is mended: that question is graded again, of every attempt.
    mend(term.course, *WRONG_CASE[::-1])
    again = ["grade", "03_softmax", "in2", "--out", "graded", "--questions", "predict", "--workers", 2]
    shown = term.run(*again)
    assert " 0 down" in shown
    term.run("report", "graded")
    term.mended = True
    term.push()
    # Overrides: of a question, of all, and of late days. One is named as of the first attempt.
    first, second, third = term.people[5], term.people[7], term.people[10]
    first.questions, second.all, third.forgiven = {"softmax_twin": 4.5}, 11.25, True
    term.decide(
        (submission_of(term, first), "softmax_twin", "4,5", "the idea is right"),
        (term.canvas.members[second.user].login, "all", "11,25", "oral"),
        (third.user, "late days", 0, "ill"),
    )
    term.push()
    # Two ask by the codes of their pages: one gets points, the other one an answer.
    asks, told = term.people[11], term.people[16]
    codes = [re.findall(r"<code>(\w{5}-\w{5})</code>", section(term, one, "predict"))[0] for one in (asks, told)]
    (term.course / "graded/requests.csv").write_text(f"code,reason\n{codes[0]},why\n{codes[1].lower()},how\n", "utf-8")
    assert "requests.html is where" in term.run("report", "graded")
    shown = embedded(term.course / "graded/requests.html")
    assert [one["question"] for one in shown["requests"]] == ["predict", "predict"]
    asks.questions = {"predict": 1.5}
    term.decide(
        (shown["requests"][0]["id"], "predict", "1.5", "you are right"),
        (shown["requests"][1]["id"], "predict", "note", "look at the axis"),
    )
    term.push()
    assert "Quien te da clase responde: look at the axis" in term.page(told)
    assert "Cuenta la entrega" in term.page(told)
    # Pushed again nothing changes; taken back, step by step, the first state is there again.
    assert "Nothing to do." in term.run(*term.results)
    for undo, before in zip(reversed(term.undos), reversed(term.states[:-1]), strict=True):
        term.run(*term.results, "--undo", undo, "--apply")
        assert term.state() == before
    assert term.canvas.scores(term.number) == {}


def grade_texts(term: Term) -> None:
    """Grade the texts that are there and not graded yet, each otherwise."""
    rows = []
    for person in term.people:
        writes = any(VARIANTS[variant][1] for variant in person.variants[: term.turns])
        if writes and person.text is None:
            person.text = person.place % 4 + 0.5
            rows.append((person.user, "why", person.text, ""))
    term.decide(*rows)


def submission_of(term: Term, person: Person) -> str:
    """Return the id of the first attempt."""
    manifest: dict[str, Any] = json.loads((term.course / "in0/manifest.json").read_bytes())
    return next(entry["id"] for entry in manifest["entries"] if entry.get("user") == str(person.user))


def section(term: Term, person: Person, question: str) -> str:
    page = term.page(person)
    return page[page.index(f'<h2 id="{question}">') :].partition("</section>")[0]


def embedded(path: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">([^<>&]*)</script>', path.read_text(encoding="utf-8"))
    assert found
    return json.loads(found[1])
