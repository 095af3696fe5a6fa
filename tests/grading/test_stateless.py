"""What is known to keep no state, and what each function of it reads."""

import pytest

from capas.grading.stateless import presumed_stateless, stateless
from capas.sandbox import ProgramSource

SOFTMAX = "import numpy as np\n\ndef softmax(a):\n    e = np.exp(a - np.max(a))\n    return e / e.sum()\n"


def reached(*cells: str) -> dict[str, set[str]] | None:
    found = stateless(ProgramSource(cells[1:], cells[:1]), ())
    return None if found is None else {name: set(names) for name, names in found.reached.items()}


def test_what_a_function_reads_it_reads_by_way_of_others_too() -> None:
    twice = "from math import pi\nHALF = 0.5\n\ndef twice(a, n=2):\n    return [softmax(a) * HALF for _ in range(n)]\n"
    thrice = "def thrice(a):\n    return twice(a, 3)\n"
    assert reached(SOFTMAX, twice, thrice) == {
        "softmax": {"np"},
        "twice": {"softmax", "HALF", "range", "np"},
        "thrice": {"twice", "softmax", "HALF", "range", "np"},
    }


def test_what_a_cell_computes_is_no_state_of_functions_that_do_not_read_it() -> None:
    assert reached(SOFTMAX, "tried = [softmax(np.ones(3))]\nprint(tried)\ntried.append(2)\n") == {"softmax": {"np"}}


def test_a_generator_of_ones_own_keeps_nothing() -> None:
    draw = "import numpy as np\n\ndef draw(n, seed):\n    return np.random.{}.normal(size=n)\n"
    assert reached(draw.format("default_rng(seed)")) == {"draw": {"np"}}
    assert reached(draw.format("default_rng()")) is None
    assert reached(draw.replace("np.random.{}.normal", "np.random.normal")) is None


@pytest.mark.parametrize(
    "more",
    [
        "seen = []\n\ndef f(a):\n    seen.append(a)\n    return len(seen)\n",
        "seen = 0\n\ndef f(a):\n    global seen\n    seen += 1\n    return seen\n",
        "def f(a, seen=[]):\n    seen.append(a)\n    return len(seen)\n",
        "def f(a):\n    f.seen = a\n    return a\n",
        "def f(a):\n    np.exp = np.sin\n    return a\n",
        "def f(a):\n    np.seterr(all='raise')\n    return a\n",
        "def f(a):\n    library = np\n    library.seterr(all='raise')\n    return a\n",
        "def f(a):\n    f.__dict__['seen'] = a\n    return a\n",
        "def f(a):\n    setattr(f, 'seen', a)\n    return a\n",
        "def f(a):\n    exec('seen = 1', globals())\n    return a\n",
        "def f(a):\n    return np.empty(3)\n",
        "def f(a):\n    import os\n    return os.getpid()\n",
        "def f(a):\n    return id(a)\n",
        "import time\n\ndef f(a):\n    return time.time()\n",
        "from functools import lru_cache\n\n@lru_cache\ndef f(a):\n    return a\n",
        "class F:\n    seen = 0\n\ndef f(a):\n    F.seen += 1\n    return F.seen\n",
        "f = iter(range(9)).__next__\n",
        "numbers = iter(range(9))\n\ndef f(a):\n    return next(numbers)\n",
        "def f(a):\n    return len(numbers)\n\nnumbers = {}\n",
        "def f(a):\n    return a\n\nf = [f]\n\ndef g(a):\n    return f\n",
        "from numpy import *\n",
        "def f(a):\n    match f:\n        case object(__globals__=names):\n            return names\n",
        "def f(a):\n    return (one for one in a).gi_frame.f_globals\n",
        "import operator\n\ndef f(a):\n    return operator.attrgetter('__globals__')(f)\n",
        "from operator import attrgetter\n\ndef f(a):\n    return attrgetter('__globals__')(f)\n",
        "import collections.abc\n\ndef f(a):\n    return collections.abc.sys.modules\n",
        "from collections.abc import Sequence\n\ndef f(a):\n    return Sequence.register(list)\n",
        "def f(a):\n    return np.linalg.linalg.seterr(all='raise')\n",
        "def f(a):\n    algebra = np.linalg\n    return algebra.seterr(all='raise')\n",
        "def f(a):\n    with np.errstate(all='raise'):\n        yield a\n",
        "def f(a):\n    return a.ctypes.data\n",
        "def f(a, b='x' * 10**9):\n    return a\n",
        "def f(a):\n    break\n",
        "def f(a:\n",
    ],
)
def test_what_may_keep_state_is_not_taken_for_what_does_not(more: str) -> None:
    assert reached(SOFTMAX, more) is None


def test_a_name_that_is_bound_in_two_ways_is_not_trusted() -> None:
    assert reached(SOFTMAX, "def f(a):\n    return softmax(a)\n", "softmax = [1]\n") is None
    other = "def softmax(a):\n    return g(a)\n\ndef g(a):\n    return a\n"
    found = reached(SOFTMAX, other)
    assert found is not None
    assert found["softmax"] == {"np", "g"}


def test_the_code_that_decides_a_function_is_its_own_and_that_of_what_it_reads() -> None:
    others = ("HALF = 0.5\n", "def half(a):\n    return HALF * softmax(a)\n", "def other(a):\n    return a\n")
    program, another = (stateless(ProgramSource([SOFTMAX, *cells]), ()) for cells in (others, others[:2]))
    assert program is not None
    assert another is not None
    assert program.code_of("half", []) == another.code_of("half", [])
    wrong = stateless(ProgramSource([SOFTMAX.replace("np.max", "np.min"), *others]), ())
    assert wrong is not None
    assert wrong.code_of("half", []) != program.code_of("half", [])
    assert wrong.code_of("half", ["softmax"]) == program.code_of("half", ["softmax"])
    third = stateless(ProgramSource([SOFTMAX, "HALF = 0.25\n", *others[1:]]), ())
    assert third is not None
    assert third.code_of("half", ["softmax"]) != program.code_of("half", ["softmax"])
    assert wrong.code_of("other", []) == program.code_of("other", [])


def test_a_function_that_is_not_written_as_one_may_keep_state_or_be_another() -> None:
    counting = (
        "def make():\n    seen = []\n    def f(a):\n        seen.append(a)\n        return len(seen)\n    return f\n\n"
    )
    for more in ("f = softmax\n", "def f(a):\n    return a\n\nf = softmax\n", counting + "f = make()\n"):
        source = ProgramSource([SOFTMAX, more])
        assert stateless(source, ("softmax", "make")) is not None, more
        assert stateless(source, ("softmax", "make", "f")) is None, more


ALONE = [
    "HALF = 1 / 2\n\ndef half(a: np.ndarray, b: list[float] | None = None) -> np.ndarray:\n    return HALF * a\n",
    '"""What a file is about."""\n',
    "import matplotlib.pyplot as plt\nfrom scipy import special\nfrom numpy.typing import NDArray\n",
    "from math import pi\nimport itertools, operator\n",
    "pass\n",
]
NOT_ALONE = [
    "print(softmax(np.ones(3)))\n",
    "np.seterr(all='raise')\n",
    "kept = softmax(np.ones(3))\n",
    "if np.pi > 3:\n    TWO = 2\n",
    "import numpy.testing\n",
    "from scipy import conftest\n",
    "from matplotlib import pyplot as plt, tests\n",
    "from __future__ import annotations\n",
    "import matplotlib.pyplot as plt\n\ndef g(a: plt.np.seterr(all='raise')):\n    return a\n",
    "import matplotlib.pyplot as plt\n\ndef g(a) -> plt.np.seterr(all='raise'):\n    return a\n",
    "import matplotlib.pyplot as plt\n\nX: plt.np.seterr(all='raise') = 3\n",
    "import matplotlib.pyplot as plt\n\ndef g(*a: plt.np.seterr(all='raise')):\n    return a\n",
    "X = 'x' * 10**9\n",
    "class A:\n    pass\n",
    "del softmax\n",
    "try:\n    import numpy as np\nexcept ImportError:\n    pass\n",
    "softmax(np.ones(3)); TWO = 2\n",
    "np.sctypeDict['float'] = 'float32'\n",
    "TWO, np.sctypeDict['float'] = 2, 'float32'\n",
    "*TWO, = 1, 2\n",
]


@pytest.mark.parametrize("more", ALONE)
def test_a_program_that_only_defines_finds_what_every_other_finds(more: str) -> None:
    found = presumed_stateless(ProgramSource([SOFTMAX, more]))
    assert found is not None
    assert found.is_alone


@pytest.mark.parametrize("more", NOT_ALONE)
def test_a_program_that_does_more_than_define_may_find_something_changed(more: str) -> None:
    found = presumed_stateless(ProgramSource([SOFTMAX, more]))
    assert found is None or not found.is_alone


def test_code_is_the_same_whatever_its_comments_and_changes_with_anything_else() -> None:
    def code(source: str) -> str:
        found = presumed_stateless(ProgramSource([source]))
        assert found is not None
        return found.code_of("f")

    plain = "def f(a, b=1):\n    return a + b\n"
    for same in (
        "# why\ndef f(a, b = 1):\n    'What it does.'\n\n    return (a + b)  # and how\n",
        "X = 3\n\ndef f(a, b=1):\n    return a + b\n",
    ):
        assert code(same) == code(plain)
    for other in (
        "def f(a, b=2):\n    return a + b\n",
        "def f(a, b=1.0):\n    return a + b\n",
        "def f(a, b=True):\n    return a + b\n",
        "def f(b, a=1):\n    return a + b\n",
        "def f(a, b=1):\n    return a - b\n",
        "def f(a, *, b=1):\n    return a + b\n",
        plain + "def f(a, b=1):\n    return a\n",
        "def f(a, b=1):\n    'What it does.'\n",
    ):
        assert code(other) != code(plain)


def test_what_is_there_once_loaded_is_decided_by_what_is_defined() -> None:
    def loading(source: str) -> str | None:
        found = presumed_stateless(ProgramSource([source]))
        return found.loading if found else None

    assert loading(SOFTMAX) == loading(SOFTMAX.replace("np.max(a)", "np.min(a)"))
    for other in (SOFTMAX.replace("softmax", "soft"), SOFTMAX.replace("(a):", "(a: array):"), SOFTMAX + "X = 1\n"):
        assert loading(other) not in (None, loading(SOFTMAX))
    assert loading(SOFTMAX + "break\n") is None


@pytest.mark.parametrize(("functions", "followed"), [(100, True), (250, False), (5_000, False)])
def test_more_than_anybody_writes_is_not_followed(functions: int, followed: bool) -> None:
    def cell(first: int) -> str:
        return "".join(f"def f{number}():\n    return f{number - 1}()\n" for number in range(first, first + 50))

    cells = ["def f0():\n    return 0\n", *map(cell, range(1, functions, 50))]
    assert (presumed_stateless(ProgramSource(cells)) is not None) == followed
    assert presumed_stateless(ProgramSource([cell(0)])) is None  # it reads a name that there is not
