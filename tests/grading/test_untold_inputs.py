"""Nothing that is told of a submission depends on what hidden inputs are, however the submission tries to say it.

Every stage is graded twice, with other numbers in its hidden cases, and all that comes of it must be the same.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.result import encode_result
from capas.grading.stage import stage_grader, stage_test_files
from capas.sandbox import Zygote
from capas.submission import Code, Submission

ROOT = Path(__file__).parents[2]
FACTORS = (1.01, 1.03)
"""What the decimals in hidden inputs are multiplied by: little enough that they stay inputs of the same kind."""

MOVED = '''
import runpy

import numpy as np


def changed(value):
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return value * {factor}
    return type(value)(map(changed, value)) if isinstance(value, (list, tuple)) else value


class Moved:
    """A call with other numbers, of which is stated what was stated of it, with what is right for them."""

    def __init__(self, function, arguments, keywords):
        self.given = [changed(one) for one in arguments], {{name: changed(one) for name, one in keywords.items()}}
        self.call = call(function, *self.given[0], **self.given[1])
        self.name = getattr(function, "__name__", "")

    def returns(self, _expected, **options):
        right = runpy.run_path({reference!r})[self.name]
        self.call.returns(right(*self.given[0], **self.given[1]), **options)
        return self

    def __getattr__(self, name):
        return getattr(self.call, name)


def moved(function, *arguments, **keywords):
    return Moved(function, arguments, keywords)
'''

SAYING = """
import warnings as _warnings

_public, _seen = {public!r}, []

def _flat(value):
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in _flat(item)]
    return [float(number) for number in np.ravel(value)] if not callable(value) and not isinstance(value, str) else []

def _says(right, say, wrong_before, *given, **named):
    if repr((given, named)) in _public:
        if _seen:
            raise ValueError(f"seen before: {{_seen}}")
        value = right(*given, **named)
        return wrong_before(value) if wrong_before else value
    numbers = _flat([*given, *named.values()])
    _seen.append(numbers)
    # The same at every call, in few digits.
    number = round(sum(abs(one) * 1e4 for one in _seen[0]) % 89 + 10, 1)
    return say(lambda: right(*given, **named), number, given)

def _each(value, change):
    if isinstance(value, (list, tuple)):
        return type(value)([_each(item, change) for item in value])
    return change(np.asarray(value, dtype=float))

def _raise(error):
    raise error

def _warned(text, value):
    _warnings.warn(text, RuntimeWarning)
    return value

def _printed(text, value):
    print(text)
    return value

def _changes(given, number):
    for argument in given:
        if isinstance(argument, list):
            argument[:] = [number]
        elif isinstance(argument, np.ndarray):
            argument[...] = number
"""

WAYS = {
    "error": "_raise(ValueError(f'{number}'))",
    "name of an error": "_raise(type(f'Is{number}', (ValueError,), {})('no'))",
    "name of a word": "_raise(KeyError(number))",
    "exit": "_raise(SystemExit(f'{number}'))",
    "warning": "_warned(f'{number}', right())",
    "print": "_printed(f'{number}', right())",
    "print and nothing": "_printed(f'{number}', None)",
    "factor": "_each(right(), lambda value: value * number)",
    "term": "_each(right(), lambda value: value + number)",
    "constant": "_each(right(), lambda value: np.full_like(value, number))",
    "digits": "_each(right(), lambda value: value * (1 + 10 ** -(2 + int(number) % 3)))",
    "decimals": "_each(right(), lambda value: np.round(value, int(number) % 3))",
    "text": "f'{number}'",
    "texts": "[f'{number}'] * 3",
    "name": "{f'{number}': number}",
    "names of an object": "type(f'Is{number}', (), {})()",
    "length": "np.full(int(number), number)",
    "many": "np.full((2000, 600 + int(number)), number)",
    "arguments": "(right(), _changes(given, number))[0]",
}
WRONG_BEFORE = ("None", "lambda value: _each(value, lambda one: one * 3)", "lambda value: _raise(ValueError('always'))")


def with_other_hidden_inputs(root: Path, factor: float) -> None:
    """Make a copy of the course at ``root``, in which hidden cases call with other numbers."""
    for name in ("assignments", "solutions", "course.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    for path in root.glob("assignments/*/tests/*.py"):
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and "hidden=True" in "".join(map(ast.unparse, node.decorator_list)):
                for number in range(node.lineno, node.end_lineno or 0):
                    lines[number] = re.sub(r"\bcall\(", "moved(", lines[number])
        reference = root / "solutions" / path.parts[-3] / "reference.py"
        helper = MOVED.format(factor=factor, reference=str(reference))
        body = "\n".join(lines).replace("OK_FORMAT = False", f"{helper}\nOK_FORMAT = False", 1)
        path.write_text(body + "\n", encoding="utf-8")


def public_calls(stage: Stage) -> list[str]:
    """Return what the public cases of a stage call its functions with."""
    reference = vars(Solutions(stage).reference)
    files = stage_test_files(stage)
    runs = [run for file in files for run in file.run_cases(file.public_cases, dict(reference))]
    assert all(run.passed for run in runs)
    return [repr((call.arguments, call.keywords)) for run in runs for call in run.calls]


def submissions(stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield answers that say in every way what they see in calls that no public case makes, each way once at least."""
    questions = [question.name for question in stage.questions]
    start = Solutions(stage).reference_source + SAYING.format(public=public_calls(stage))
    ways = list(WAYS)
    for begin in range(0, len(ways), len(questions)):
        source, names = start, []
        for place, question in enumerate(questions):
            way = ways[(begin + place) % len(ways)]
            names.append(way)
            before = WRONG_BEFORE[(begin + place) % len(WRONG_BEFORE)]
            source += f"\n_right_{question} = {question}\ndef {question}(*given, **named):\n"
            source += f"    say = lambda right, number, given: {WAYS[way]}\n"
            source += f"    return _says(_right_{question}, say, {before}, *given, **named)\n"
        yield ", ".join(names), source


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> list[list[Stage]]:
    roots = [tmp_path_factory.mktemp("course") for _ in FACTORS]
    for root, factor in zip(roots, FACTORS, strict=True):
        with_other_hidden_inputs(root, factor)
    return [load_course(root).stages for root in roots]


NAMES = [stage.id for stage in load_course(ROOT).stages]


@pytest.mark.parametrize("name", [NAMES[2], *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES)])
def test_all_that_is_told_is_the_same_whatever_hidden_inputs_are(
    courses: list[list[Stage]], zygote: Zygote, name: str
) -> None:
    stages = [next(stage for stage in stages if stage.id == name) for stages in courses]
    graders = [stage_grader(stage, zygote, "es") for stage in stages]
    reference = Submission("right", "right.py", "", Code([Solutions(stages[0]).reference_source]))
    scores = [grader.grade(reference) for grader in graders]
    assert all(one.score > 0.8 * one.points for one in scores), "with other inputs, what is right is right"
    for ways, source in submissions(stages[0]):
        submission = Submission("one", "one.py", "", Code([source]))
        one, other = (_without_times(encode_result(grader.grade(submission)).decode()) for grader in graders)
        assert one.splitlines() == other.splitlines(), ways


def _without_times(result: str) -> str:
    """Return a result without how long a training took, which is another in every run."""
    return re.sub(r'"seconds": [\d.]+', "", result)
