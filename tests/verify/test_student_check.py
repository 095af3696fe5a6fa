"""What students' checks say of a program, whatever it does: each in a process of its own, with the bundle's package."""

import os
import time

import pytest

from capas.bundle.build import Bundle
from capas.verify.student_check import StudentCheck, student_checks


def check(built: Bundle, *sources: str, seconds: float = 60.0) -> list[StudentCheck]:
    return student_checks(built, sources, seconds)


def test_public_cases_are_told_as_a_student_reads_them(built_softmax: Bundle) -> None:
    (done,) = check(built_softmax, "def softmax(a):\n    print('seen')\n    return None\n")
    assert set(done.cases) == {"softmax", "softmax_jacobian", "predict", "softmax_twin"}
    first, second = done.cases["softmax"]
    assert (first.passed, second.passed) == (False, False)
    assert first.message.startswith("softmax([-0.21, 0.47, 1.72]) devolvió None; ")
    assert all(case.message.startswith("Nada tiene ese nombre todavía") for case in done.cases["predict"])


def test_a_program_sees_nothing_of_another(built_softmax: Bundle) -> None:
    spoil = "import numpy as np\nnp.exp = None\nimport capas_check.grader\ncapas_check.grader.Grader = None\n"
    right = "import numpy as np\ndef predict(a):\n    return np.argmax(a, axis=-1)\nnp.exp(0.0)\n"
    spoiled, after = check(built_softmax, spoil, right)
    assert not spoiled.error or "NoneType" in spoiled.error
    assert after.error == ""
    assert all(case.passed for case in after.cases["predict"])


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("def predict(a)\n    return 1\n", "SyntaxError: expected ':'"),
        ("1 / 0\n", "ZeroDivisionError: division by zero"),
        ("raise SystemExit\n", "SystemExit: "),
        ("import os\nos._exit(0)\n", "ended the process"),
        ("import os\nos.kill(os.getpid(), 9)\n", "ended by signal 9"),
    ],
)
def test_a_program_that_does_not_get_to_its_end(built_softmax: Bundle, source: str, error: str) -> None:
    ended, after = check(built_softmax, source, "x = 1\n")
    assert ended.error.startswith(error)
    assert ended.cases == {}
    assert after.error == ""


@pytest.mark.skipif(not hasattr(os, "setsid"), reason="needs a clock that ends a process")
def test_a_program_without_end_is_ended(built_softmax: Bundle) -> None:
    begin = time.monotonic()
    endless, after = check(built_softmax, "while True:\n    pass\n", "x = 1\n", seconds=1.0)
    assert (endless.error, after.error) == ("did not end within 1 s", "")
    assert time.monotonic() - begin >= 1.0
