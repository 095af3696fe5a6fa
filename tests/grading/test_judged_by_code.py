"""Functions whose code was judged in another submission are not called again, and results stay the same to the byte."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from made_questions import HEAD, NAMES, made_reference, made_test_files

from capas.grading.cases import JudgeFile
from capas.grading.grader import Grader
from capas.grading.plans import Plans
from capas.grading.result import encode_result
from capas.sandbox import Limits, Sandbox, Zygote
from capas.submission import Code, Submission

MEASURED = """
from capas_check.measures import measure


@test_case(points=1)
def measured(NAME):
    measure("largest", max(call(NAME, square, [3.0]).array((1,)))).at_least(18.0)

"""
HIDDEN = """
@test_case(points=1, hidden=True)
def hidden(NAME):
    call(NAME, square, [7.5]).returns([112.5])
    call(NAME, square, "text").raises(Exception)
"""
CASES = HEAD + MEASURED + HIDDEN
HEADS = [
    "",
    "import numpy as np\n",
    '"""Mine."""\nFACTOR = 2\n',
    "import matplotlib.pyplot as plt\n",
    "print(np.ones(3))\n",
    "np.seterr(all='raise')\n",
    "SEEN = []\n",
]
RIGHT = "def {name}(f, x):\n    return 2 * f(np.asarray(x, dtype=float))\n"
BODIES = [
    RIGHT,
    "def {name}(f, x):\n    # Twice.\n    return 2 * f(np.asarray(x, dtype=float))\n",
    "def {name}(f, x):\n    return FACTOR * f(np.asarray(x, dtype=float))\n",
    "def {name}(f, x):\n    return 3 * f(np.asarray(x, dtype=float))\n",
    "def {name}(f, x):\n    print(x)\n    return 2 * f(np.asarray(x, dtype=float)) + np.log(np.zeros(1)).clip(0)\n",
    "def {name}(f, x):\n    x[0] = 5.0\n    return 2 * f(np.asarray(x))\n",
    "def {name}(f, x):\n    return twice(f(np.asarray(x, dtype=float)))\n",
    "def {name}(f, x):\n    raise ValueError(str(x))\n",
    "def {name}(f, x):\n    SEEN.append(x)\n    return len(SEEN)\n",
    "{name} = lambda f, x: 2 * f(np.asarray(x, dtype=float))\n",
    "def {name}(f, x):\n    return first(f, x) if '{name}' == 'second' else f(x)\n",
    "",
]
TAILS = ["", "def twice(y):\n    return 2 * y\n", "def twice(y):\n    return y\n", "FACTOR = 3\n", "np = None\n"]


@pytest.fixture(scope="module")
def test_files(tmp_path_factory: pytest.TempPathFactory) -> list[JudgeFile]:
    return made_test_files(CASES, tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return made_reference(["import numpy as np", *(RIGHT.format(name=name) for name in NAMES)])


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(Limits()) as made:
        yield made


@pytest.fixture
def plans(test_files: list[JudgeFile], reference: dict[str, Any]) -> Plans:
    return Plans(test_files, reference)


class Judge:
    """Grades programs, and tells how many sandboxes that took."""

    def __init__(self, zygote: Zygote, test_files: Sequence[JudgeFile], reference: dict[str, Any]):
        self._zygote, self.test_files, self._reference = zygote, test_files, reference
        self.forks = 0

    def grade(self, source: str, plans: Plans | None) -> str:
        given = ["import numpy as np"]
        own = Grader("made", self.test_files, Limits(), self._zygote, "es", self._reference, given=given, plans=plans)
        with mock.patch.object(Zygote, "fork", autospec=True, side_effect=Zygote.fork) as forks:
            result = own.grade(Submission("one", "one.py", "0", Code([source])))
        self.forks = forks.call_count
        return encode_result(result).decode()


@pytest.fixture
def judge(zygote: Zygote, test_files: list[JudgeFile], reference: dict[str, Any]) -> Judge:
    return Judge(zygote, test_files, reference)


@pytest.mark.parametrize("seed", range(4))
def test_programs_by_chance_have_the_results_that_they_have_alone(seed: int, judge: Judge, plans: Plans) -> None:
    choose = random.Random(seed)
    for _ in range(12):
        parts = [choose.choice(HEADS), *(choose.choice(BODIES).format(name=name) for name in NAMES)]
        source = "\n".join([*parts, choose.choice(TAILS)])
        assert judge.grade(source, plans) == judge.grade(source, None), source


def both(first: str, second: str, more: str = "") -> str:
    return first.format(name="first") + second.format(name="second") + more


def test_code_that_was_judged_is_called_no_more(judge: Judge, plans: Plans) -> None:
    wrong = BODIES[3]
    one, other = judge.grade(both(RIGHT, wrong), plans), judge.grade(both(wrong, RIGHT), plans)
    assert '"score": 3.0' in one
    assert '"score": 3.0' in other
    calls = [call.target for file in judge.test_files for case in file.test_cases for call in plans.plan_of(case)]
    with mock.patch.object(Sandbox, "ask_ahead", autospec=True, side_effect=Sandbox.ask_ahead) as asked:
        assert judge.grade("# mine\n" + both(BODIES[1], BODIES[1]), plans).count('"passed": true') == 6
    sent = [call.target for piece in asked.call_args_list for call in piece.args[1]]
    assert sorted(sent) == ["first", "second"]  # what is measured is asked again, as a number may be a time
    assert len(calls) > len(sent)


def test_where_all_is_known_no_sandbox_begins(tmp_path: Path, reference: dict[str, Any], zygote: Zygote) -> None:
    files = made_test_files((HEAD + HIDDEN).replace("points = 3", "points = 2"), tmp_path)
    judge, plans = Judge(zygote, files, reference), Plans(files, reference)
    wrong = BODIES[3]
    for source in (both(RIGHT, wrong), both(wrong, RIGHT)):
        judge.grade(source, plans)
        assert judge.forks >= 1
    for source in (both(RIGHT, RIGHT), both(wrong, wrong), both(BODIES[1], RIGHT)):
        assert judge.grade(source, plans) == judge.grade(source, None)
        judge.grade(source, plans)
        assert judge.forks == 0, source


@pytest.mark.parametrize(
    "more",
    [
        "np.seterr(all='raise')\n",
        "import matplotlib.pyplot as plt\n\ndef third(a: plt.np.seterr(all='raise')):\n    return a\n",
        "import builtins\nbuiltins.max = min\n",
        "def third(a):\n    third.__globals__['np'] = None\n\nthird(1)\n",
    ],
)
def test_nobody_spoils_the_answers_of_others(more: str, judge: Judge, plans: Plans) -> None:
    answer = "def {name}(f, x):\n    np.log(np.zeros(1))\n    return max(2, 1) * f(np.asarray(x, dtype=float))\n"
    honest = both(answer, answer)
    judge.grade(both(answer, answer, more), plans)
    assert judge.grade(honest, plans) == judge.grade(honest, None)


PLAIN = """
from otter.test_files import test_case
from capas_check import call

OK_FORMAT = False
name = "NAME"
points = 1


@test_case(points=1)
def public(NAME):
    call(NAME, [1.0, 2.0]).returns([2.0, 4.0])
"""


@pytest.mark.parametrize(
    "more", ["import sys\nsys.setrecursionlimit(130)\n", "import builtins\nvars(builtins)['sum'] = len\n"]
)
def test_nobody_spoils_what_follows_from_an_error(more: str, tmp_path: Path, zygote: Zygote) -> None:
    files = made_test_files(PLAIN, tmp_path)
    reference: dict[str, Any] = dict.fromkeys(NAMES, lambda x: [2 * one for one in x])
    judge, plans = Judge(zygote, files, reference), Plans(files, reference)
    honest = "def first(x):\n    return x\n\ndef down(n):\n    return n and down(n - 1)\n\n"
    honest += "def second(x):\n    return [one + sum([down(200)]) for one in first(x)]\n"
    judge.grade(honest + more, plans)
    assert judge.grade(honest, plans) == judge.grade(honest, None)


def test_nobody_gets_points_by_the_answers_of_a_spoiled_program(judge: Judge, plans: Plans) -> None:
    wrong = "def {name}(f, x):\n    return HALF * f(np.asarray(x, dtype=float))\n"
    judge.grade("HALF = 2\n" + both(wrong, wrong), plans)
    for head in ("HALF = 0.5\n", "", "HALF = 2\nHALF = 0.5\n"):
        source = head + both(wrong, wrong)
        assert judge.grade(source, plans) == judge.grade(source, None)
