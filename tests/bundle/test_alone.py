"""A case cut out of its file does what it does in it, or is refused with the line that is the reason."""

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from capas.bundle.alone import case_source
from capas.bundle.build import build_stage
from capas.course.model import load_course
from capas.files import UserError

# `max` is Python's own, `math` is imported, `f` and `K` may be parameters, too.
NAMES = ["A", "B", "K", "max", "math", "f", "helper", "Thing"]
name = st.sampled_from(NAMES)
number = st.integers(0, 3).map(str)


def expressions(depth: int = 2) -> st.SearchStrategy[str]:
    simple = st.one_of(number, name)
    if not depth:
        return simple
    inner = expressions(depth - 1)
    return st.one_of(
        simple,
        st.builds("({} + {})".format, inner, inner),
        st.builds("[{} for {} in range(2)]".format, inner, name),
        st.builds("(lambda {}: {})(1)".format, name, inner),
        st.builds("({} := {})".format, name, inner),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("helper({})".format, inner),
        st.builds("Thing.{}".format, name),
        st.just("math.floor(2.5)"),
    )


value = expressions()


def indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for text in lines for line in text.split("\n"))


def function(kind: str, named: str, parameter: str, body: list[str], result: str) -> str:
    return f"{kind} {named}({parameter}):\n{indented([*body, f'return {result}'])}"


simple = st.one_of(
    st.builds("{} = {}".format, name, value),
    st.builds("{}, {} = {}, {}".format, name, name, value, value),
    st.builds("{} = {} = [{}]".format, name, name, value),
    st.builds("{} += {}".format, name, value),
    st.builds("{}: {} = {}".format, name, name, value),
    st.builds("{}.append({})".format, name, value),
    st.builds("{}[0] = {}".format, name, value),
    st.builds("del {}".format, name),
    st.builds("import math as {}".format, name),
    st.builds("from math import floor as {}".format, name),
    st.just("import math"),
    st.just("from math import *"),
    st.just("import os.path"),
)
bodies = st.lists(st.one_of(simple, st.builds("global {}".format, name)), max_size=2)
functions = st.builds(function, st.just("def"), name, name, bodies, value)
defaults = st.builds("def {}({}={}):\n    return {}".format, name, name, value, value)
classes = st.builds(lambda named, lines: f"class {named}:\n{indented([*lines, 'pass'])}", name, bodies)
compound = st.one_of(
    st.builds("if {}:\n    {}".format, value, simple),
    st.builds("for {} in range(2):\n    {}".format, name, simple),
    st.builds("try:\n    {}\nexcept Exception as {}:\n    {}".format, simple, name, simple),
    st.builds("while not {}:\n    {}\n    break".format, value, simple),
)
modules = st.lists(st.one_of(simple, functions, functions, defaults, classes, compound), max_size=6)
cases = st.builds(function, st.just("def"), st.just("case"), st.sampled_from(["f", "f, K", "K", ""]), bodies, value)


def outcome(source: str) -> Any:
    """Return what the case returns, or what kind of error it ends with."""
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    case = namespace["case"]
    given = {"f": lambda x: x, "K": 7}
    names = case.__code__.co_varnames[: case.__code__.co_argcount]
    try:
        return plain(case(*(given[name] for name in names)))
    except NameError:
        return "NameError"  # a local name that is not bound yet is a subclass of it
    except Exception as error:
        return type(error).__name__


def plain(value: Any) -> Any:
    """Return what can be compared of a value: of functions and classes, that they are some."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, (int, float, str, type(None))) else type(value).__name__


@settings(max_examples=250)
@given(modules, cases)
def test_a_case_alone_does_what_it_does_in_its_file(statements: list[str], case: str) -> None:
    source = "\n".join([*statements, case])
    try:
        whole = outcome(source)
    except Exception:
        assume(False)
    try:
        alone = case_source(source, "case")
    except UserError:
        event("refused")
        return
    event("moved")
    assert outcome(alone) == whole, f"\n{source}\n--- alone:\n{alone}"


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    from math import prod\nexcept ImportError:\n    prod = None\ndef case(f):\n    return f(prod([2]))",
        "A = 1\nA = A + 1\n\ndef case(f):\n    return f(A)",
        "A = [1]\nA += [2]\n\ndef case(f):\n    return f(A)",
        "A = [1]\nB = A\nB.append(2)\n\ndef case(f):\n    return f(A)",
        "if True:\n    LIMIT = 3\n\ndef case(f):\n    return f(LIMIT)",
        "T = []\nfor i in range(3):\n    T.append(i)\n\ndef case(f):\n    return f(T)",
        "A, B = 1, 2\nB += 1\n\ndef case(f):\n    return f(A + B)",
        "if (n := 3):\n    pass\n\ndef case(f):\n    return f(n)",
        "K = 5\n\nclass Thing:\n    size = K\n\ndef case(f):\n    return f(Thing.size)",
        "K = 5\n\ndef decorate(g):\n    return lambda x: g(x) + K\n\n@decorate\ndef h(x, k=K):\n    return x * k\n\n"
        "def case(f):\n    return f(h(2))",
        "def case(f):\n    '''Says nothing.'''",
        "import os\nimport os.path\n\ndef case(f):\n    return f(os.path.basename('a/b'))",
    ],
)
def test_it_moves_whole(source: str) -> None:
    alone = case_source(source, "case")
    assert outcome(alone) == outcome(source)
    assert len(ast.parse(alone).body) == 1


@pytest.mark.parametrize(
    ("source", "line", "told"),
    [
        (
            "def helper(f):\n    return K\nK = 5\ndef case(f, K):\n    return helper(f)",
            1,
            "`K` is also a name of the case's",
        ),
        (
            "def helper(x):\n    return max(x)\ndef case(max):\n    return helper([1])",
            1,
            "`max` is also a name of the case",
        ),
        ("from math import *\ndef case(f):\n    return f(pi)", 1, "`import *` does not say what it brings"),
        ("from __future__ import annotations\ndef case(f):\n    return f(1)", 1, "`from __future__` holds for a whole"),
        (
            "K = 0\ndef case(f):\n    global K\n    K = 1\n    return f(K)",
            3,
            "`global`: a case has no module around it",
        ),
        ("K = 1\nclass T:\n    K = K + 1\ndef case(f):\n    return f(T.K)", 2, "a class uses `K` and binds it"),
        ("max = max\ndef case(f):\n    return f(max(1, 2))", 1, "`max` is Python's own name"),
        ("def case(f, n=[]):\n    return f(n)", 1, "a default value of a case must be a plain constant"),
        ("K = 1\ndef case(f):\n    return eval('K')", 3, "`eval` means another place there"),
        ("K = 1\ndef case(f):\n    return vars()", 3, "`vars()` means another place there"),
        (
            "import math\nH = []\nfor k in [1]:\n    H.append(math.pi)\ndef case(f):\n    return math.e",
            3,
            "may change `math`",
        ),
        ("def case(f):\n    return case", 1, "it is used as a helper, too"),
        ("def case(f):\n    pass\ndef case(f):\n    pass", None, "2 cases have this name"),
        ("if True:\n    def case(f):\n        pass", None, "must be a plain function"),
    ],
)
def test_it_is_refused(source: str, line: int | None, told: str) -> None:
    with pytest.raises(UserError) as caught:
        case_source(source, "case")
    assert told in str(caught.value)
    assert f"test file, line {line}: case `case`" in str(caught.value) if line else "case `case`" in str(caught.value)


def test_what_is_refused_names_the_file(small_course: Path) -> None:
    path = small_course / "assignments/03_softmax/tests/softmax.py"
    text = path.read_text(encoding="utf-8")
    line = text.split("\n").index("@test_case(points=1)")
    changed = text.replace("(softmax):\n", "(softmax):\n    global seen\n", 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        build_stage(load_course(small_course).stages[0], "es")
    assert f"{path}, line {line + 3}: case `lecture_example` cannot be cut out" in str(caught.value)


def test_what_only_others_use_stays_behind() -> None:
    source = (
        "V = [1, 2]\nSECRET = []\nfor v in V:\n    SECRET.append(v + 40)\nE = sum(V)\ndef case(f):\n    return f(1)\n"
    )
    assert case_source(source, "case") == "def case(f):\n    return f(1)"
