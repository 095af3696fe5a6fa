"""Notebooks that run as in a kernel: what of them arrives as data, what as a shadow, and what not at all."""

import math
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import pytest

from capas.sandbox import Limits, Zygote, known
from capas.sandbox.alarm import Alarm, Interrupted
from capas.sandbox.notebook import SHELL_MODULE, Notebook, NotPlain
from capas.sandbox.shadows import Shadow
from capas.sandbox.wire import Composed, WireError

LIMITS = Limits(cell_seconds=20.0, call_seconds=20.0)
CELLS = [
    "import numpy as np, math, os\nfrom collections import Counter\nfrom fractions import Fraction",
    "from math import sqrt\ntext = np.array(['a', 'b'])[0]\ncounts = Counter('aab')\nhalf = Fraction(1, 2)",
    "steps = range(2, 8, 2)\ndots = ...\nmixed = np.array([1, 'x', None], dtype=object)",
    "nested = {'a': [np.str_('b'), (1, 2.5)]}\nnumber = np.float64(1.5)",
    "load = np.load\nlong_range = range(10**30)",
    "class Box:\n    def __init__(self, value):\n        self.value = value",
    "Box.__eq__ = lambda self, other: True\nbox = Box([1, 2])",
    "def f(x):\n    print('asked')\n    return x * 2\nbig = np.zeros(2_000_000)",
    "import matplotlib.pyplot as plt\nfigure = plt.figure()",
]


@pytest.fixture(scope="module")
def notebook() -> Iterator[Notebook]:
    with Zygote(LIMITS, modules=[SHELL_MODULE]) as zygote, Notebook(zygote, LIMITS, lambda question: None) as one:
        assert one.run(CELLS, {}).reports == []
        yield one


def value(notebook: Notebook, name: str) -> Any:
    return notebook.fetch([name])[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", np.str_("a")),
        ("counts", Counter("aab")),
        ("half", Fraction(1, 2)),
        ("steps", range(2, 8, 2)),
        ("dots", ...),
        ("nested", {"a": [np.str_("b"), (1, 2.5)]}),
        ("number", np.float64(1.5)),
    ],
)
def test_values_arrive_as_they_are(notebook: Notebook, name: str, expected: Any) -> None:
    arrived = value(notebook, name)
    assert type(arrived) is type(expected)
    assert repr(arrived) == repr(expected)


def test_arrays_of_anything_arrive(notebook: Notebook) -> None:
    arrived = value(notebook, "mixed")
    assert (arrived.dtype, arrived.tolist()) == (object, [1, "x", None])


def test_libraries_are_the_judges_own(notebook: Notebook) -> None:
    found = notebook.fetch(["np", "math", "sqrt"])
    assert found["np"] is np
    assert found["sqrt"](4) == 2.0


def test_functions_are_called_there_and_what_they_print_is_printed_here(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert value(notebook, "f")(4) == 8
    assert capsys.readouterr().out == "asked\n"


def test_an_object_equals_nothing_but_objects_of_its_notebook(notebook: Notebook) -> None:
    box = value(notebook, "box")
    assert isinstance(box, Shadow)
    assert box != 5
    assert box != [1, 2]
    assert box.value == [1, 2]
    with pytest.raises(TypeError):
        assert box > 4  # pyright: ignore[reportOperatorIssue]


def test_an_object_of_a_library_is_asked_where_it_is(notebook: Notebook) -> None:
    assert value(notebook, "figure").get_size_inches().tolist() == [6.4, 4.8]
    assert value(notebook, "figure") != 5
    assert "library" in notebook.seen


@pytest.mark.parametrize("name", ["big", "long_range"])
def test_what_is_no_data_is_refused(notebook: Notebook, name: str) -> None:
    with pytest.raises(NotPlain):
        notebook.fetch([name])


def test_names_that_there_are_not_are_left_out(notebook: Notebook) -> None:
    assert notebook.fetch(["nothing", "half"]) == {"half": Fraction(1, 2)}


@pytest.mark.parametrize(
    "told",
    [
        Composed("import", ["os", "system"]),
        Composed("import", ["builtins", "exec"]),
        Composed("import", ["builtins", "open"]),
        Composed("import", ["numpy", "os"]),
        Composed("import", ["numpy.testing", "runstring"]),
        Composed("import", ["pandas.io.common", "os"]),
        Composed("import", ["numpy", "ma.os"]),
        Composed("import", ["numpy", "load"]),
        Composed("import", ["numpy", "fromfile"]),
        Composed("import", ["pandas", "read_pickle"]),
        Composed("import", ["pandas", "eval"]),
        Composed("import", ["pandas", "ExcelWriter"]),
        Composed("range", [0, 10**30, 1]),
        Composed("Decimal", "1e999999999"),
        Composed("Decimal", "1" * 10_000),
        Composed("object_array", [[10**9, 0], []]),
        Composed("module", "scipy.io"),
        Composed("module", "os"),
        Composed("module", "subprocess"),
        Composed("no such kind", None),
        Composed("Decimal", [[]]),
        Composed("range", "abc"),
    ],
)
def test_what_a_program_makes_up_is_not_rebuilt(told: Composed) -> None:
    with pytest.raises(WireError):
        known.rebuilt(told)


def test_functions_that_read_files_stay_where_they_may_read_little(notebook: Notebook) -> None:
    assert isinstance(value(notebook, "load"), Shadow)
    assert value(notebook, "sqrt") is math.sqrt


def test_a_module_in_the_place_of_os_stays_there(notebook: Notebook) -> None:
    assert isinstance(value(notebook, "os"), Shadow)


def test_an_alarm_waits_longer_where_the_processor_works_for_others() -> None:
    slept = Alarm(patience=50.0).interrupt_after(0.05, lambda: time.sleep(0.2))
    assert slept is None
    assert isinstance(Alarm(patience=2.0).interrupt_after(0.05, lambda: time.sleep(60)), Interrupted)

    def work() -> None:
        while True:
            pass

    assert isinstance(Alarm(patience=1e6).interrupt_after(0.05, work), Interrupted)


def test_cells_after_the_time_of_all_have_little_each() -> None:
    limits = msgspec.structs.replace(LIMITS, cell_seconds=60.0, load_seconds=0.5)
    with Zygote(LIMITS, modules=[SHELL_MODULE]) as zygote, Notebook(zygote, limits, lambda _: None) as notebook:
        loaded = notebook.run(["while True:\n    pass", "x = 5"], {})
        assert [report.cell for report in loaded.reports] == [0]
        assert notebook.fetch(["x"]) == {"x": 5}
