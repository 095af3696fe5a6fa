"""Each cell has its time, and what fails, hangs, waits or fills the memory costs itself, in all loads of a program."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from program_calls import StartProgram, ask

from capas.sandbox import CallTimedOut, CellError, LeftOut, Limits, ProgramSource, Sandbox, UnsendableResult, Zygote
from capas.sandbox.program import Program

QUICK = Limits(cell_seconds=0.5, load_seconds=60, call_seconds=60, program_seconds=600, memory_mb=256)
ENDLESS = "while True:\n    pass\n"
SWALLOWS = "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass\n"
DEAF = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass\ndef beside():\n    return 8"


def errors(program: Program) -> dict[int, list[tuple[str, int]]]:
    return {report.cell: [(error.kind, error.line) for error in report.errors] for report in program.loaded.reports}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("x = 1\n" + ENDLESS, ("interrupted", 2)),
        ("import time\ntime.sleep(60)", ("interrupted", 2)),
        (SWALLOWS, ("interrupted", 3)),
        (DEAF, ("interrupted", 0)),
        ("import os\nos._exit(0)", ("crashed", 0)),
        ("import ctypes\nctypes.string_at(0)", ("crashed", 0)),
        ("import numpy as np\nnp.ones(10**12)", ("memory", 2)),
        ("import sys\nsys.exit()", ("raised", 2)),
        ("x = input('n')", ("raised", 1)),
    ],
)
def test_a_cell_costs_itself(start_program: StartProgram, cell: str, expected: tuple[str, int]) -> None:
    limits = Limits(cell_seconds=2, load_seconds=60, call_seconds=60, program_seconds=600, memory_mb=256)
    program = start_program("def f():\n    return 5", cell, "def g():\n    return f() + 1", limits=limits)
    ((kind, line),) = errors(program)[1]
    # A loop that swallows its interruption may get it in another of its lines, or never.
    assert kind == expected[0]
    assert line in (expected[1], *((2, 3, 4, 5, 0) if cell is SWALLOWS else ()))
    program.forget()
    assert ask(program, "g") == 6


@pytest.mark.parametrize("before", [[], ["x = []"]])
def test_memory_that_a_cell_fills_is_given_back(before: list[str]) -> None:
    fills = "import numpy as np\nx = globals().get('x', [])\nwhile True: x.append(np.empty(10**7))"
    limits = Limits(load_seconds=60, call_seconds=60, program_seconds=600, memory_mb=256)
    needs = "import numpy as np\ndef f():\n    return np.empty(2 * 10**7).size"
    with Zygote(limits, max_level=1) as zygote, Program(zygote, limits, [*before, fills, needs]) as program:
        assert errors(program) == {len(before): [("memory", 3)]}
        assert ask(program, "f") == 2 * 10**7


def test_names_made_before_the_interruption_stay_and_definitions_after_it_count(start_program: StartProgram) -> None:
    cell = "import math\nx = 2\nwhile True:\n    y = 3\nk = 4\nprint(undefined)\n"
    cell += "def f():\n    return math.floor(x + y + k)"
    program = start_program(cell, limits=QUICK)
    assert ask(program, "f") == 9
    program.forget()
    assert ask(program, "f") == 9


def test_a_cell_that_was_interrupted_once_does_not_take_its_time_again(start_program: StartProgram) -> None:
    limits = Limits(cell_seconds=3, load_seconds=60, call_seconds=60, program_seconds=600)
    program = start_program(ENDLESS, "def f():\n    return 5", limits=limits)
    assert program.left_out == [LeftOut(0, 1, 0.25)]
    program.forget()
    ask(program, "f")
    # Against the cell's own time, on however slow a machine.
    assert program.waited_seconds < 3


def test_sound_statements_beside_what_cannot_be_interrupted_count(start_program: StartProgram) -> None:
    program = start_program(DEAF, limits=QUICK)
    assert ask(program, "beside") == 8


def test_a_second_program_of_the_same_source_knows_what_the_first_found(zygote: Zygote) -> None:
    with Program(zygote, QUICK, [DEAF, "def f():\n    return 5"]) as first:
        begin = time.monotonic()
        with Program(zygote, QUICK, [DEAF, "def f():\n    return 5"], left_out=first.left_out) as second:
            assert ask(second, "f") == 5
            assert second.loaded.reports == []
        assert time.monotonic() - begin < QUICK.load_seconds


def test_when_all_time_for_loading_is_used_up_definitions_still_count(start_program: StartProgram) -> None:
    limits = Limits(cell_seconds=0.5, load_seconds=1.2, call_seconds=60, program_seconds=600)
    cells = [ENDLESS] * 4 + ["x = 2\nprint(x)\ndef f():\n    return x"]
    program = start_program(*cells, limits=limits)
    assert ask(program, "f") == 2
    kinds = [kind for own in errors(program).values() for kind, _ in own]
    assert set(kinds) == {"interrupted", "late"}


def test_what_never_loads_ends(start_program: StartProgram) -> None:
    deaf_class = "import signal\nclass A:\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass"
    with pytest.raises(CallTimedOut):
        start_program(deaf_class, limits=QUICK)


@pytest.mark.parametrize(
    "cells",
    [
        ["import jax\ndef f():\n    return 5"],
        ["def f(a: ArrayLike = 5) -> NDArray:\n    return a"],
        ["@property\ndef g(): pass\nclass A:\n    def f(self, *a: Missing) -> Missing: return 5\nf = A().f"],
        ["import numpy as np, jax, math\ndef f():\n    return math.floor(np.float64(5.5))"],
        ["from math import floor, nothing, ceil\ndef f():\n    return floor(ceil(4.5))"],
        ["def g(:\n    return 1\n\ndef f():\n    return 5"],
        ["1 / 0", "def f():\n    return 5"],
        ["import no_such\nTABLE = {'a': 5}\ndef f():\n    return TABLE['a']"],
        ["get_ipython().run_cell_magic('time', '', 'import jax\\ndef f():\\n    return 5\\n')"],
        ["get_ipython().run_cell_magic('capture', 'out', 'print(1)\\n')\nout.show()\ndef f():\n    return 5"],
        [
            "get_ipython().run_cell_magic('writefile', 'own.py', 'K = 5\\n')",
            "from own import K\ndef f():\n    return K",
        ],
        ["get_ipython().run_cell_magic('writefile', '/content/own.py', 'K = 5\\n')", "import own\nf = lambda: own.K"],
        ["print(In, Out, _1)\n_ + 1", "def f():\n    return 5"],
        ["async def g():\n    return 5\nx = await g()", "def f():\n    return x"],
        ["import check, capas_check\ncheck.main(capas_check)", "grader.check('f')", "def f():\n    return 5"],
        ["from __future__ import annotations\ndef f(a: Nothing = 5):\n    return a"],
        ["display(1)", "def f():\n    return 5"],
    ],
)
def test_what_is_harmless_costs_nothing(start_program: StartProgram, cells: list[str]) -> None:
    assert ask(start_program(*cells), "f") == 5


def loaded(zygote: Zygote, source: ProgramSource) -> dict[str, Any]:
    with Program(zygote, QUICK, source) as program:
        assert program.loaded.reports == []
        values = {}
        for name in program.loaded.values:
            with suppress(UnsendableResult):
                values[name] = program.get(name)
        return values


def test_what_is_given_runs_first_and_costs_no_report(zygote: Zygote) -> None:
    source = ProgramSource(["y = x + 1"], given=["x = 1", "1 / 0"])
    assert loaded(zygote, source)["y"] == 2


def test_a_notebook_is_main_and_a_script_is_imported_as_a_module(zygote: Zygote) -> None:
    cell = "import sys\nname, file, arguments = __name__, __file__, sys.argv\n"
    cell += "is_own = vars(sys.modules[name]) is globals()"
    notebook = loaded(zygote, ProgramSource([cell], file="mine.ipynb"))
    script = loaded(zygote, ProgramSource([cell], file="mine.py", is_script=True))
    assert (notebook["name"], script["name"]) == ("__main__", "mine")
    assert (Path(notebook["file"]).name, Path(script["file"]).name) == ("mine.ipynb", "mine.py")
    assert (len(script["arguments"]), script["is_own"], notebook["is_own"]) == (1, True, True)


@pytest.mark.parametrize("file", ["numpy.py", "random.py", "my work (2).py", "", "ñandú.py"])
def test_a_script_may_have_any_name(zygote: Zygote, file: str) -> None:
    cell = "import numpy, random\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    a: 'int'\n"
    cell += "x = A(random.randint(3, 3)).a"
    assert loaded(zygote, ProgramSource([cell], file=file, is_script=True))["x"] == 3


def test_own_modules_and_files_are_there_and_none_is_written_elsewhere(zygote: Zygote, tmp_path: Path) -> None:
    files = {
        "helpers.py": b"K = 3",
        "own/__init__.py": b"",
        "own/more.py": b"L = 4",
        "data.csv": b"5",
        "../out.py": b"x",
    }
    files[str(tmp_path / "out.py")] = b"x"
    cell = "import helpers\nfrom own import more\nx = [helpers.K, more.L, int(open('data.csv').read())]\n"
    cell += "import os\nabove = os.path.exists('../out.py')"
    values = loaded(zygote, ProgramSource([cell], files=files))
    assert (values["x"], values["above"], list(tmp_path.iterdir())) == ([3, 4, 5], False, [])


def test_reports_that_a_program_makes_up_are_cut_to_size(zygote: Zygote) -> None:
    forged = (
        "import sys\n"
        "from capas.sandbox import wire\n"
        "from capas.sandbox.loading import CellError, CellReport\n"
        "frame = sys._getframe()\n"
        "while 'connection' not in frame.f_locals: frame = frame.f_back\n"
        "pipe = frame.f_locals['connection']\n"
        "error = CellError('raised', -5, 'x' * 200, 'y' * 600, ['z' * 200] * 60)\n"
        "reports = [CellReport(0, [error] * 60), CellReport(7, [error])]\n"
        "wire.send_frame(pipe, wire.encode(wire.Loaded(1, [], [], reports)))\n"
    )
    with Sandbox(zygote, QUICK) as sandbox:
        loaded = sandbox.load([forged])
    (report,) = loaded.reports
    assert (report.cell, len(report.errors)) == (0, 50)
    assert report.errors[0] == CellError("raised", 0, "x" * 100, "y" * 500, ["z" * 100] * 50)
