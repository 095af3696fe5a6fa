"""Cutting functions out of the teacher's Python."""

import ast

from capas.bundle.alone import case_source
from capas.course.cut_functions import student_imports

MODULE = '''
import math
from decimal import Decimal

import numpy as np

from capas_check import call

LIMIT = 1000
UNUSED = "secret"


def helper(value):
    return Decimal(value) + LIMIT


@test_case(points=1)
def plain(f):
    """Docstring."""
    call(f, 1).returns(2)


@test_case(points=1, hidden=True)
def with_helper(f):
    call(f, 1).returns(helper(3))
'''


def test_a_case_brings_only_what_it_uses() -> None:
    text = case_source(MODULE, "plain")
    assert "import call" in text
    for absent in ("math", "Decimal", "LIMIT", "helper", "secret", "test_case", "Docstring"):
        assert absent not in text


def test_helpers_bring_what_they_use_in_turn() -> None:
    text = case_source(MODULE, "with_helper")
    for present in ("from decimal import Decimal", "LIMIT = 1000", "def helper", "import call"):
        assert present in text
    assert "secret" not in text
    assert "math" not in text


def test_a_case_stands_alone() -> None:
    (function,) = ast.parse(case_source(MODULE, "with_helper")).body
    assert isinstance(function, ast.FunctionDef)
    assert not function.decorator_list


def test_students_get_no_imports_of_types() -> None:
    reference = "import numpy as np\nfrom numpy.typing import NDArray\nfrom typing import Any\nimport math\n"
    assert student_imports(reference) == "import numpy as np\nimport math"
