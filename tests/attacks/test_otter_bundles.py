"""What notebooks try against bundles of Otter: forged scores are 0, nobody else is touched, nothing hidden is told."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from otter_bundles import doctests, notebook, written, zipped

from capas.grading.otter_zip.bundle import LIMITS, read_bundle
from capas.grading.otter_zip.grader import OtterGrader
from capas.grading.result import Result
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, read_submission

SECRET = "424242"
HIDDEN = {"code": f">>> f(3) == 9 and x != {SECRET}\nTrue", "hidden": True}
TESTS = {
    "q1": doctests("q1", ">>> x == 5\nTrue", ">>> x\n5", {"code": ">>> 4 < x < 6\nTrue", "hidden": True}),
    "q2": doctests("q2", ">>> f(2) == 4\nTrue", ">>> assert f(2) == 4\n>>> f(2)\n4", HIDDEN),
}
START = 'import otter\ngrader = otter.Notebook("hw.ipynb")'
WRONG = "x = 1\ndef f(n):\n    return 0"
SHORT = msgspec.structs.replace(LIMITS, cell_seconds=2.0, call_seconds=1.0, load_seconds=60.0)

EQUAL = """
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __gt__(self, other): return True
    def __le__(self, other): return True
    def __ge__(self, other): return True
    def __bool__(self): return True
    def __float__(self): return 5.0
x = Equal()
def f(n): return Equal()
"""
ATTACKS = {
    "exec is replaced": WRONG + "\nimport builtins\nbuiltins.exec = lambda *a, **k: None\nbuiltins.compile = lambda *a, **k: None",
    "pickle is patched": WRONG + "\nimport pickle\npickle.dump = pickle.dumps = lambda *a, **k: b''",
    "a class that equals everything": EQUAL,
    "a value of unittest.mock": "from unittest.mock import ANY, MagicMock\nx = ANY\nf = MagicMock(return_value=ANY)",
    "the display hook prints True": WRONG + "\nimport sys\nsys.displayhook = sys.__displayhook__ = lambda value: print('True')",
    "repr is replaced": WRONG + "\nimport builtins\nbuiltins.repr = lambda value: 'True'",
    "print and str say True": WRONG + "\nimport builtins\nbuiltins.print = lambda *a, **k: None\nbuiltins.str = lambda *a: 'True'",
    "frames are walked": WRONG
    + "\nimport sys\nframe = sys._getframe()\nwhile frame:\n    for name in ('run_examples', '_display'):\n"
    "        frame.f_globals[name] = lambda *a, **k: [('True\\n', None)] * 9\n    frame = frame.f_back",
    "the runner's own globals": WRONG
    + "\nimport capas.sandbox.shell_cells as s, capas.sandbox.examples as e\n"
    "s.run_examples = e.run_examples = lambda sources, *a: [('True\\n', None)] * len(sources)",
    "everything that is collected": WRONG
    + "\nimport gc\nfor thing in gc.get_objects():\n    try:\n        thing.passed = True\n    except Exception:\n        pass",
    "Otter's stand-in is patched": WRONG
    + "\nimport otter\notter.Notebook.check = lambda *a, **k: None\ngrader.check = lambda *a: None",
    "an answer of its own on the pipe": WRONG
    + "\nimport gc, socket, msgspec, struct\nfor thing in gc.get_objects():\n    if isinstance(thing, socket.socket):\n"
    "        data = msgspec.msgpack.encode({'type': 'loaded', 'number': 1, 'functions': [], 'values': [], 'reports': []})\n"
    "        thing.sendall(struct.pack('!I', len(data)) + data)",
    "isinstance lies": WRONG + "\nimport builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.all = lambda *a: True",
    "NumPy is patched": WRONG + "\nimport numpy as np\nnp.isclose = np.allclose = lambda *a, **k: True",
    "a table that equals everything": "import pandas as pd\nclass T(pd.DataFrame):\n    def __eq__(self, o): return True\nx = T()\n"
    "def f(n): return T()",
    "an integer that equals everything": "class I(int):\n    __hash__ = None\n    def __eq__(self, o): return True\n"
    "    def __lt__(self, o): return True\n    def __gt__(self, o): return True\nx = I(1)\ndef f(n): return I(0)",
    "a module of names": WRONG + "\nimport types\nm = types.ModuleType('numpy')\nm.isclose = lambda *a: True\nx = m",
    "a class that says it is a library's": EQUAL.replace("class Equal:", "class Equal:\n    __module__ = 'capas.sandbox.values'"),
    "a library's class that is patched": "from matplotlib.lines import Line2D\nLine2D.__eq__ = lambda *a: True\nx = Line2D([], [])\n"
    "def f(n): return x",
    "what is said to be a library's": EQUAL + "\nimport capas.sandbox.shell_runner as r\nr.form_of = lambda *a: 'library:Series'",
    "an array of what equals everything": EQUAL + "\nimport numpy as np\nx = np.array([x], dtype=object)[0:1]\n"
    "class Q:\n    def __array__(self, *a, **k): return np.array(True)\ndef f(n): return Q()",
}  # fmt: skip


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(SHORT) as one:
        yield one


def graded(
    folder: Path, zygote: Zygote, *cells: str, tests: dict[str, str] = TESTS, outside_only: bool = False
) -> Result:
    bundle = read_bundle(written(folder / "hw.zip", zipped(tests)))
    grader = OtterGrader(bundle, SHORT, zygote, "en", outside_only)
    return grader.grade(read_submission(SubmissionFile("eve", "hw.ipynb", Contents(notebook(*cells))), grader.sought))


def passed(result: Result) -> dict[str, list[bool]]:
    return {question.name: [case.passed for case in question.cases] for question in result.questions}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_forged_score_is_0(name: str, tmp_path: Path, zygote: Zygote) -> None:
    result = graded(tmp_path, zygote, START, ATTACKS[name], 'grader.check("q1")')
    assert result.score == 0.0, result
    assert len(result.questions) == 2


def test_a_librarys_object_does_not_bring_what_equals_everything_beside(tmp_path: Path, zygote: Zygote) -> None:
    tests = {"q1": doctests("q1", ">>> t.shape == (2, 2)\nTrue", ">>> g().shape == (2, 2)\nTrue")}
    cell = "import matplotlib.pyplot as plt\nt = plt.figure()\nt.shape = x\ndef g(): return t"
    result = graded(tmp_path, zygote, START, EQUAL, cell, tests=tests)
    assert [(case.passed, case.judged) for case in result.questions[0].cases] == [(False, "outside")] * 2


def test_no_test_is_anywhere_on_the_disk(tmp_path: Path, zygote: Zygote) -> None:
    look = "import os\nseen = [name for _, folders, names in os.walk('.') for name in folders + names]"
    look += "\ntry:\n    open('tests/q1.py')\n    x = 5\nexcept OSError:\n    x = 6 if seen == [] else seen"
    assert passed(graded(tmp_path, zygote, START, look))["q1"] == [False, False, False]
    assert "Got: 6" in graded(tmp_path, zygote, START, look).questions[0].cases[1].message


def test_what_a_notebook_sees_of_hidden_cases_is_not_told(tmp_path: Path, zygote: Zygote) -> None:
    # Beside it, the source of hidden cases passes by; all that public cases would say of it is left out.
    spy = "import sys, gc\nclass Spy(str):\n    pass\n"
    spy += "def look():\n    return str([thing for thing in gc.get_objects() if isinstance(thing, list)])[:90000]\n"
    tests = {
        "q1": doctests("q1", {"code": f">>> import os\n>>> x == {SECRET}\nTrue", "hidden": True}),
        "q2": doctests("q2", ">>> import os\n>>> look()\n''"),
    }
    result = graded(tmp_path, zygote, START, spy + "x = 1", tests=tests)
    assert SECRET not in "".join(case.message for question in result.questions for case in question.cases)


def test_the_end_of_the_process_costs_what_ends_it(tmp_path: Path, zygote: Zygote) -> None:
    result = graded(
        tmp_path, zygote, START, "x = 5", 'grader.check("q1")', "import os\nos._exit(0)", "def f(n):\n    return n * n"
    )
    assert passed(result) == {"q1": [True] * 3, "q2": [True] * 3}
    assert "under otter run" in result.differs_from_otter.lower()


def test_a_cell_that_never_ends_costs_itself(tmp_path: Path, zygote: Zygote) -> None:
    result = graded(tmp_path, zygote, START, "x = 5", "while True:\n    pass", "def f(n):\n    return n * n")
    assert passed(result) == {"q1": [True] * 3, "q2": [True] * 3}
    assert "stopped after 2 s" in result.message


def test_a_function_that_never_ends_costs_its_cases(tmp_path: Path, zygote: Zygote) -> None:
    result = graded(tmp_path, zygote, START, "x = 5\ndef f(n):\n    while True:\n        pass")
    assert passed(result) == {"q1": [True] * 3, "q2": [False] * 3}
    assert {case.kind for case in result.questions[1].cases} == {"timeout"}


def test_a_function_that_ends_the_process_costs_its_cases(tmp_path: Path, zygote: Zygote) -> None:
    result = graded(tmp_path, zygote, START, "import os\nx = 5\ndef f(n):\n    os._exit(0)")
    assert passed(result) == {"q1": [True] * 3, "q2": [False] * 3}
    assert {case.kind for case in result.questions[1].cases} == {"crashed"}


def test_what_judging_would_not_survive_is_ended(tmp_path: Path, zygote: Zygote) -> None:
    tests = {"q1": doctests("q1", ">>> sum(range(x))\n10")}
    limits = msgspec.structs.replace(SHORT, load_seconds=5.0)
    bundle = read_bundle(written(tmp_path / "hw.zip", zipped(tests)))
    grader = OtterGrader(bundle, limits, zygote, "en")
    file = SubmissionFile("eve", "hw.ipynb", Contents(notebook(START, "x = 10**15")))
    assert grader.grade(read_submission(file, grader.sought)).score == 0.0


def test_beside_student_code_patches_of_what_runs_it_are_worth_nothing(tmp_path: Path, zygote: Zygote) -> None:
    tests = {"q1": doctests("q1", ">>> import os\n>>> x == 5\nTrue", ">>> import os\n>>> x\n5")}
    for name in ("exec is replaced", "the display hook prints True", "Otter's stand-in is patched"):
        assert graded(tmp_path, zygote, START, ATTACKS[name], tests=tests).score == 0.0, name


def test_outside_only_runs_nothing_beside_student_code(tmp_path: Path, zygote: Zygote) -> None:
    tests = {"q1": doctests("q1", ">>> import os\n>>> x == 5\nTrue", ">>> x\n5")}
    result = graded(tmp_path, zygote, START, "x = 5", tests=tests, outside_only=True)
    assert [(case.passed, case.kind) for case in result.questions[0].cases] == [(False, "not_outside"), (True, "")]
