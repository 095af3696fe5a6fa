"""Submissions made of solutions: what each holds."""

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from capas.course.model import load_course
from capas.course.solutions import Solutions
from capas.verify.samples import combine_samples

ROOT = Path(__file__).parents[2]


def functions(source: str) -> dict[str, str]:
    """Return the functions of a program, by name: of several with one name, the last."""
    return {node.name: ast.unparse(node) for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


def test_combined_samples_hold_every_variant_once_and_one_of_a_question_in_each() -> None:
    stage = load_course(ROOT).stages[2]
    solutions = Solutions(stage)
    built = SimpleNamespace(student_files={f"{stage.slug}.py": b"pass"})
    reference, *combined, stub = combine_samples(stage, solutions, cast(Any, built))
    assert (reference.kind, stub.kind) == ("reference", "stub")
    for question in stage.questions:
        variants = [v for v in (*solutions.alternatives, *solutions.mistakes) if v.question == question.name]
        alone = [functions(solutions.variant_source(variant))[question.name] for variant in variants]
        together = [functions(sample.source)[question.name] for sample in combined]
        assert together[: len(alone)] == alone
        right = functions(reference.source)[question.name]
        assert together[len(alone) :] == [right] * (len(together) - len(alone))
    assert all(set(functions(reference.source)) <= set(functions(sample.source)) for sample in combined)
