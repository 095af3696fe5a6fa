"""Programs that import heavy libraries find them loaded; the others do not pay for that."""

import tempfile
from pathlib import Path
from typing import Any

import pytest

from capas.sandbox import Limits, Sandbox, Zygote
from capas.sandbox.preload import LIBRARIES, modules_for

LOADED = """
import sys
loaded = sorted(set(sys.modules) & {"matplotlib.pyplot", "pandas", "scipy.special"})
"""


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import numpy as np", set()),
        ("import matplotlib.pyplot as plt", {"matplotlib.pyplot"}),
        ("def f():\n    from scipy.special import expit", {"scipy.linalg", "scipy.special"}),
        ("import os, pandas as pd", {"pandas"}),
        (
            "from scipy import (\n    stats,\n)\nimport matplotlib",
            {"scipy.linalg", "scipy.special", "matplotlib.pyplot"},
        ),
        (
            "import pandas as pd\nfrom matplotlib import pyplot",
            {"pandas", "matplotlib.pyplot", "pandas.plotting._matplotlib"},
        ),
        ("scipy = 1\n# import pandas", set()),
        ("import scipython, my_pandas", set()),
        ("importar pandas", set()),
        ("", set()),
    ],
)
def test_what_a_program_imports_is_seen_in_its_text(source: str, modules: set[str]) -> None:
    assert modules_for(["x = 1", source]) == modules


def test_a_program_finds_loaded_what_it_imports_and_nothing_else() -> None:
    plain, drawing = "import numpy", "import matplotlib.pyplot as plt"
    with Zygote(Limits()) as zygote:
        for cell, expected in ((plain, []), (drawing, ["matplotlib.pyplot"]), (plain, [])):
            with Sandbox(zygote.for_program([cell]), Limits()) as sandbox:
                assert sandbox.load([LOADED, cell]).errors == []
                assert sandbox.get("loaded") == expected


def test_there_is_one_zygote_for_the_same_libraries() -> None:
    with Zygote(Limits()) as zygote:
        drawing = zygote.for_program(["import matplotlib"])
        assert drawing is not zygote
        assert drawing is zygote.for_program(["from matplotlib import pyplot"])
        assert drawing.for_program(["import matplotlib"]) is drawing
        assert zygote.for_program(["import numpy"]) is zygote


def test_a_picture_is_drawn_inside() -> None:
    cell = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('σ')\nplt.savefig('picture.png')\nplt.show()"
    with Zygote(Limits()) as zygote, Sandbox(zygote.for_program([cell]), Limits()) as sandbox:
        assert sandbox.load([cell]).errors == []


def test_a_library_that_is_missing_is_told_to_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIBRARIES, "no_such_library", ("no_such_library.part",))
    cell = "import no_such_library"
    with Zygote(Limits()) as zygote, Sandbox(zygote.for_program([cell]), Limits()) as sandbox:
        assert sandbox.load([cell]).errors == ["ModuleNotFoundError: No module named 'no_such_library'"]


def test_a_library_that_ends_its_process_is_not_loaded_before(monkeypatch: pytest.MonkeyPatch) -> None:
    # Importing this runs it as a program.
    monkeypatch.setitem(LIBRARIES, "unittest", ("unittest.__main__",))
    folders: list[str] = []
    make_folder = tempfile.mkdtemp

    def noted(*arguments: Any, **keywords: Any) -> str:
        folders.append(make_folder(*arguments, **keywords))
        return folders[-1]

    with Zygote(Limits()) as zygote:
        monkeypatch.setattr(tempfile, "mkdtemp", noted)
        assert zygote.for_program(["import unittest"]) is zygote
        assert folders
        assert not any(Path(folder).exists() for folder in folders)
        with Sandbox(zygote.for_program(["import unittest"]), Limits()) as sandbox:
            assert sandbox.load(["import unittest"]).errors == []


def test_where_there_is_no_fork_server_nothing_is_loaded_before() -> None:
    with Zygote(Limits(), spawn=True) as zygote:
        assert zygote.for_program(["import matplotlib"]) is zygote
