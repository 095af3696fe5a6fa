"""Calls that are sent ahead: results are the same to the byte, and no hidden call is on its way before it may be."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from made_questions import HEAD, made_reference, made_test_files

from capas.grading import remembered
from capas.grading.cases import JudgeFile, load_test_file
from capas.grading.grader import Grader
from capas.grading.plans import Plans
from capas.grading.result import encode_result
from capas.sandbox import Limits, Sandbox, Zygote
from capas.submission import Code, Submission

CASES = (
    HEAD
    + """    call(NAME, square, np.array([3.0])).returns([18.0]).leaves_arguments()


@test_case(points=1)
def public_again(NAME):
    def cube(x):
        return np.asarray(x) ** 3

    once = call(NAME, cube, [2.0]).returns([16.0])
    call(NAME, square, once.array((1,))).returns([512.0])


@test_case(points=1, hidden=True)
def hidden(NAME):
    call(NAME, square, [7.5]).returns([112.5])
    call(NAME, np.sin, np.zeros((2, 2))).returns(np.zeros((2, 2)))
    call(NAME, square, "text").raises(Exception)
"""
)
HERE = "import numpy as np\n"
FIRST = "def first(f, x):\n    return 2 * f(np.asarray(x, dtype=float))\n"
OWN_SECOND = "def second(f, x):\n    return 2 * f(np.asarray(x, dtype=float))\n"
REFERENCE = HERE + FIRST + "def second(f, x):\n    return first(f, x)\n"
PROGRAMS = {
    "right": REFERENCE,
    "right but for rounding": HERE + "def first(f, x): return f(np.array(x, float)) * (2 + 1e-15)\nsecond = first",
    "wrong in one": REFERENCE.replace("return 2 * f", "return 3 * f"),
    "returns something else": HERE + "def first(f, x): return str(f(x))\ndef second(f, x): return None",
    "raises": HERE + "def first(f, x): raise ValueError(str(x))\ndef second(f, x): return first(f, x)",
    "exits": HERE + "def first(f, x): exit()\n" + OWN_SECOND,
    "changes its arguments": HERE + "def first(f, x):\n    x[0] = 5.0\n    return 2 * f(np.asarray(x))\nsecond = first",
    "prints and warns": HERE
    + FIRST.replace("    return", "    print(x)\n    np.log(np.zeros(1))\n    return")
    + OWN_SECOND,
    "lacks one": HERE + OWN_SECOND + "first = 3",
    "ends its process at its third call": HERE
    + "import os\ncalls = []\n"
    + FIRST.replace("    return", "    calls.append(x)\n    len(calls) == 3 and os._exit(0)\n    return")
    + OWN_SECOND,
    "never ends": HERE + FIRST.replace("    return", "    while True: pass\n    return") + OWN_SECOND,
    "never ends where it would not be called": HERE
    + "def first(f, x):\n    while len(x) == 1: pass\n    return x\n"
    + OWN_SECOND,
    "counts how often it is called": HERE
    + "calls = []\ndef first(f, x):\n    calls.append(x)\n    return [len(calls)] * len(x)\n"
    + "def second(f, x): return [len(calls)]",
    "returns an object": HERE + "class Thing: pass\ndef first(f, x): return Thing()\nsecond = first",
    "returns too much": HERE + "def first(f, x): return np.zeros(2_000_000)\nsecond = first",
}
LIMITS = Limits(call_seconds=20.0)
SHORT = Limits(call_seconds=1.5)
"""For what never ends."""


@pytest.fixture(scope="module")
def test_files(tmp_path_factory: pytest.TempPathFactory) -> list[JudgeFile]:
    return made_test_files(CASES, tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return made_reference([REFERENCE])


@pytest.fixture(scope="module")
def plans(test_files: list[JudgeFile], reference: dict[str, Any]) -> Plans:
    return Plans(test_files, reference)  # of all programs, each of which leaves what is remembered to the next


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(LIMITS) as made:
        yield made


def grade(
    source: str, test_files: Sequence[JudgeFile], reference: dict[str, Any], zygote: Zygote, plans: Plans | None
) -> str:
    limits = SHORT if "while" in source else LIMITS
    grader = Grader("made", test_files, limits, zygote, "es", reference, plans=plans)
    return encode_result(grader.grade(Submission("one", "one.py", "0", Code([source])))).decode()


@pytest.mark.parametrize("program", PROGRAMS)
def test_results_are_the_same_with_and_without_plans(
    program: str, test_files: list[JudgeFile], reference: dict[str, Any], zygote: Zygote, plans: Plans
) -> None:
    first, again, without = (
        grade(PROGRAMS[program], test_files, reference, zygote, each) for each in (plans, plans, None)
    )
    assert first == again == without


def test_a_right_answer_is_asked_in_two_pieces_the_public_one_first(
    test_files: list[JudgeFile], reference: dict[str, Any], zygote: Zygote
) -> None:
    plans = Plans(test_files, reference)
    with (
        mock.patch.object(Sandbox, "ask_ahead", autospec=True, side_effect=Sandbox.ask_ahead) as pieces,
        mock.patch.object(Sandbox, "call", autospec=True, side_effect=Sandbox.call) as calls,
    ):
        result = grade(REFERENCE, test_files, reference, zygote, plans)
    assert '"score": 6.0' in result
    sent = [[call.number for call in piece.args[1]] for piece in pieces.call_args_list]
    cases = [
        case for hidden in (False, True) for file in test_files for case in file.test_cases if case.hidden is hidden
    ]
    planned = [[call.number for call in plans.plan_of(case)] for case in cases]
    assert sent == [[number for plan in part for number in plan] for part in (planned[:4], planned[4:])]
    assert not calls.called


@pytest.mark.parametrize("program", ["right", "wrong in one"])
def test_the_same_answers_are_judged_once(
    program: str, test_files: list[JudgeFile], reference: dict[str, Any], zygote: Zygote
) -> None:
    plans = Plans(test_files, reference)
    first = grade(PROGRAMS[program], test_files, reference, zygote, plans)
    with mock.patch("capas.grading.ahead.Replay") as judged:
        assert grade(f"# another\n{PROGRAMS[program]}", test_files, reference, zygote, plans) == first
    assert not judged.called


def test_no_more_is_remembered_than_there_is_room_for(
    test_files: list[JudgeFile], reference: dict[str, Any], zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MAX_BYTES", 3 * remembered.OVERHEAD_BYTES)
    plans = Plans(test_files, reference)
    results = [grade(PROGRAMS["raises"], test_files, reference, zygote, plans) for _ in range(2)]
    assert results[0] == results[1] == grade(PROGRAMS["raises"], test_files, reference, zygote, None)
    assert 0 < len(plans.remembered) < 3


def test_a_case_that_may_not_be_the_same_each_time_has_no_plan(tmp_path: Path, reference: dict[str, Any]) -> None:
    path = tmp_path / "first.py"
    lines = [
        "from otter.test_files import test_case",
        "from capas_check import call",
        "OK_FORMAT, name, points, SEEN = False, 'first', 2, []",
        "def noting(x):",
        "    SEEN.append(x)",
        "    return x",
        "@test_case(points=1)",
        "def with_state(first):",
        "    call(first, noting, [1.0]).returns([2.0])",
        "@test_case(points=1)",
        "def with_a_closure(first):",
        "    factor = 2.0",
        "    call(first, lambda x: factor * x, [1.0]).returns([4.0])",
    ]
    path.write_text("\n".join(lines))
    test_file = load_test_file(path)
    plans = Plans([test_file], reference)
    assert [plans.plan_of(case) for case in test_file.test_cases] == [[], []]
