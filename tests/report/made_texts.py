"""Results with answers in words, and the page on which they are graded."""

import json
import re
from collections.abc import Mapping

import msgspec

from capas.course.model import Question, Stage
from capas.course.toml_contents import RubricItem
from capas.grading.result import Isolation, QuestionResult, Result
from capas.report.by_hand import OverridesTable, by_hand_page

POINTS = 4.0
WHY = ("Dice que el denominador se cancela", "Da un ejemplo", "Confunde exponencial y potencia")


def with_text(stage: Stage) -> Stage:
    """Return a stage with a question that a person grades besides."""
    rubric = [
        RubricItem(points, dict.fromkeys(("es", "en"), text)) for points, text in zip((3, 1, -1), WHY, strict=True)
    ]
    title: dict[str, str] = dict.fromkeys(["es", "en"], "¿Por qué?")
    text = Question("why", POINTS, title, manual=True, rubric=rubric)
    return msgspec.structs.replace(stage, texts=[text])


def answers(stage: Stage, texts: Mapping[str, str], diagnosis: str | None = None) -> list[Result]:
    """Return results with an answer each, in order; "" where its place is gone."""
    return [
        Result(
            name,
            f"{name}.py",
            "",
            stage.id,
            "graded",
            0.0,
            24.0,
            [QuestionResult("why", 0.0, POINTS, False, diagnosis, [], manual=True, answer=text)],
            Isolation(0, []),
            "0",
        )
        for name, text in sorted(texts.items())
    ]


def page_of(
    stage: Stage,
    results: list[Result],
    header: list[str],
    rows: list[list[str]],
    places: dict[str, dict[str, int]],
    delimiter: str = ",",
    is_anonymous: bool = False,
) -> str:
    table = OverridesTable(header, rows, places, delimiter)
    return by_hand_page(stage, results, table, "es", lambda name: f"N. {name}", is_anonymous)


def well_embedded(text: str) -> dict:
    """Return the data in a page, which nothing in it ends."""
    found = re.search(r'<script type="application/json" id="data">([^<>&]*)</script>', text)
    assert found
    return json.loads(found[1])
