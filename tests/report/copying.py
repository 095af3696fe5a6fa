"""A class in which some copied, and what is needed to look for them."""

import random

import msgspec
from disguise import disguised
from made import result_of

from capas.course.model import Stage
from capas.course.solutions import Solutions, Variant
from capas.grading.result import Result

WAYS = 4
"""In a made class each question is answered in so many ways, each by enough to be common."""


def named(stage: Stage) -> list[str]:
    return [question.name for question in stage.questions]


def ways(stage: Stage) -> dict[str, list[Variant]]:
    alternatives = Solutions(stage).alternatives
    return {name: [one for one in alternatives if one.question == name] for name in named(stage)}


def results_of(stage: Stage, names: list[str]) -> list[Result]:
    return [msgspec.structs.replace(result_of(stage, file=f"{name}.py"), submission=name) for name in names]


def copying_class(stage: Stage) -> dict[str, str]:
    """Return sixty who answer each question in one of four ways; one answers otherwise, and three disguised that."""
    solutions, chooser = Solutions(stage), random.Random(1)
    by_question = ways(stage)
    turns = {name: chooser.sample(range(56), 56) for name in by_question}
    sources = {
        f"student_{number:02d}": solutions.combined_source(
            [variants[turns[name][number] % WAYS] for name, variants in by_question.items()]
        )
        for number in range(56)
    }
    own = solutions.combined_source([by_question[name][WAYS] for name in named(stage)])
    kept = {*named(stage), *stage.given}
    return sources | {"original": own} | {f"copy_{number}": disguised(own, kept, number) for number in range(3)}
