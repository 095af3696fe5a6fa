"""The visitor makes the changes it should and no others; the lists of equivalent mutants are true."""

import ast
from pathlib import Path

import pytest

from capas.course.model import Course, Stage, load_course
from capas.course.solutions import Solutions
from capas.files import UserError
from capas.grading.stage import question_test_file
from capas.verify.mutants import (
    Figures,
    Mutant,
    figures_table,
    grade_stage,
    listed_names,
    make_mutants,
    stage_mutants,
    write_table,
)

ROOT = Path(__file__).parents[2]
STAGES = ["01_linear_collapse", "02_activations", "03_softmax", "04_forward_propagation", "05_backpropagation"]
STAGES += ["06_digits"]


def mutants_of(body: str) -> list[Mutant]:
    return make_mutants(f"def f(a, b):\n    {body}\n", "f")


def made(body: str) -> set[str]:
    """Return the statements that changes of ``body`` leave."""
    return {mutant.statement for mutant in mutants_of(body)}


@pytest.mark.parametrize(
    ("body", "statements"),
    [
        ("return a - b", ["a + b", "b - a", "a", "b", "a - a", "b - b"]),
        ("return a * b", ["a / b", "a", "b", "a * a", "b * b"]),
        ("return a @ b", ["a * b", "b @ a", "a", "b", "a @ a", "b @ b"]),
        ("return -a", ["a", "-b"]),
        ("return a < 3", ["a <= 3", "a > 3", "a >= 3", "b < 3", "a < -3", "a < 0", "a < 1", "a < 2", "a < 4"]),
        ("return 0.25", ["-0.25", "0.0", "0.125", "0.5", "1.0", "2.0"]),
        ("return np.sum(a, axis=-1)", ["a", "np.mean(a, axis=-1)", "np.sum(a)", "np.sum(b, axis=-1)"]),
        ("return np.sum(a, axis=-1)", ["np.sum(a, axis=-2)", "np.sum(a, axis=0)", "np.sum(a, axis=1)"]),
        ("return a.max(keepdims=True)", ["a", "a.min(keepdims=True)", "a.max()", "a.max(keepdims=False)"]),
        ("return np.outer(a, b)", ["np.outer(b, a)", "a", "np.outer(a, a)", "np.outer(b, b)"]),
        ("return np.asarray(a).T", ["a.T", "np.asarray(a)"]),
        ("return a[1:]", ["a", "a[:]", "a[0:]", "a[2:]", "a[-1:]"]),
        ("return a[len(b)]", ["a", "a[len(b) - 1]", "a[len(b) + 1]", "a[b]"]),
        ("return range(a)", ["a", "range(a - 1)", "range(a + 1)", "range(1, a)", "range(b)"]),
        ("return (a, b)", ["(b, a)", "(a, a)", "(b, b)"]),
        ("return a and b", ["a or b", "a", "b"]),
    ],
)
def test_an_expression_is_changed_in_every_way(body: str, statements: list[str]) -> None:
    assert {f"return {statement}" for statement in statements} <= made(body)


def test_conditions_are_negated_decided_and_moved() -> None:
    wanted = {"if not a > 0:", "if True:", "if False:", "if a >= 0:", "if a <= 0:", "if a > 1:", "if b > 0:"}
    assert wanted <= made("if a > 0:\n        return b")


def test_a_statement_is_left_out() -> None:
    assert "without a.append(b)" in made("a.append(b)\n    return a")
    assert "without a = b" in made("a = b\n    return a")


def test_defaults_are_changed() -> None:
    (statement, *_) = [mutant.statement for mutant in make_mutants("def f(h: float = 0.5):\n    return h\n", "f")]
    assert statement == "def f(h: float=-0.5):"


def test_a_mutant_says_where_and_what() -> None:
    (mutant, *_) = mutants_of("return a + b")
    assert (mutant.question, mutant.line, mutant.before, mutant.after) == ("f", 2, "a + b", "a - b")
    assert mutant.source == "def f(a, b):\n    return a - b"


def test_texts_that_compute_nothing_stay() -> None:
    source = '''
def f(a: list[1]) -> "text":
    """Return 1 of 2."""
    raise ValueError(f"no {a} of 3")


def g(a):
    return a + 1
'''
    assert made_everywhere(source) == {"without raise ValueError(f'no {a} of 3')", "raise f'no {a} of 3'"}


def made_everywhere(source: str) -> set[str]:
    return {mutant.statement for mutant in make_mutants(source, "f")}


@pytest.mark.parametrize("stage_id", STAGES)
def test_every_mutant_is_another_program_that_differs_in_one_function(course: Course, stage_id: str) -> None:
    (stage,) = course.choose([stage_id])
    solutions = Solutions(stage)
    module = ast.parse(solutions.reference_source)
    functions = {node.name: ast.unparse(node) for node in module.body if isinstance(node, ast.FunctionDef)}
    measured = {question.name for question in stage.questions if question.together}
    for question, mutants in stage_mutants(stage, solutions).items():
        sources = {mutant.source for mutant in mutants}
        assert len(sources) == len(mutants)
        assert mutants or question in measured
        assert ast.unparse(module) not in sources
        above, _, below = ast.unparse(module).partition(functions[question])
        for source in sources:
            assert source.startswith(above)
            assert source.endswith(below)
            compile(source.removeprefix(above).removesuffix(below), question, "exec")


def test_the_same_reference_gives_the_same_mutants(softmax: Stage) -> None:
    solutions = Solutions(softmax)
    assert stage_mutants(softmax, solutions) == stage_mutants(softmax, solutions)


LISTED = """
[[equivalent]]
question = "softmax_twin"
mutants = ["return np.asarray(a, dtype=float) + 2.0"]
reason = "Another twin, and any will do."
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LISTED.replace("+ 2.0", "+ 7.0"), "`softmax_twin` has no mutant `return np.asarray(a, dtype=float) + 7.0`"),
        (LISTED.replace("softmax_twin", "softmax_twins"), "the stage has no question `softmax_twins`"),
        (LISTED + LISTED, "is listed twice"),
        (LISTED.replace("Another twin, and any will do.", " "), "`softmax_twin`: expected a reason"),
        (LISTED.replace("reason", "because"), "unknown field `because`"),
        ("equivalent = [", "equivalent_mutants.toml"),
    ],
)
def test_a_list_that_is_not_true_is_one_clear_line(small_course: Path, text: str, told: str) -> None:
    (stage,) = load_course(small_course).stages
    (stage.solutions / "equivalent_mutants.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        listed_names(stage, stage_mutants(stage, Solutions(stage)))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    document = tmp_path / "document.md"
    document.write_text("before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n", encoding="utf-8")
    write_table(document, "new")
    assert document.read_text(encoding="utf-8") == "before\n<!-- figures -->\nnew\n<!-- /figures -->\nafter\n"
    document.write_text("no marks", encoding="utf-8")
    with pytest.raises(UserError, match="expected a line <!-- figures -->"):
        write_table(document, "new")


def figures_if_all_is_well(stage: Stage) -> list[Figures]:
    """Return the figures of a stage where every variant behaves and every mutant that is not listed is killed."""
    solutions = Solutions(stage)
    mutants = stage_mutants(stage, solutions)
    listed = listed_names(stage, mutants)
    figures = []
    for question in stage.questions:
        name = question.name
        hidden = [case.hidden for case in question_test_file(stage, question).test_cases]
        alternatives = sum(variant.question == name for variant in solutions.alternatives)
        mistakes = sum(variant.question == name for variant in solutions.mistakes)
        equivalent = sum(mutant.statement in listed[name] for mutant in mutants[name])
        figures.append(
            Figures(
                stage=stage.id,
                question=name,
                public=hidden.count(False),
                hidden=hidden.count(True),
                alternatives=(alternatives, alternatives),
                mistakes=(mistakes, mistakes),
                mutants=len(mutants[name]),
                killed=len(mutants[name]) - equivalent,
                equivalent=equivalent,
                survivors=[],
                wrongly_listed=[],
            )
        )
    return figures


def test_the_document_has_the_figures_of_today(course: Course) -> None:
    table = figures_table(row for stage in course.stages for row in figures_if_all_is_well(stage))
    text = (ROOT / "docs" / "judgement.md").read_text(encoding="utf-8")
    assert table in text, "run: python -m capas.verify.mutants --write docs/judgement.md"


@pytest.mark.slow
@pytest.mark.parametrize("stage_id", STAGES)
def test_every_mutant_is_killed_or_listed(course: Course, stage_id: str) -> None:
    (stage,) = course.choose([stage_id])
    assert grade_stage(stage, workers=2) == figures_if_all_is_well(stage)
