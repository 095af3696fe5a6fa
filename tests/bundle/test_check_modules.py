"""Students get those modules of the checks that their public cases need, and no others."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from command import capas

from capas.bundle import check_modules, student_checks
from capas.bundle.build import build_stage
from capas.bundle.check_modules import core_modules, loaded_modules, module_sources, needed_modules
from capas.bundle.wheel import program_files
from capas.course.model import Stage, load_course
from capas.course.scaffold import new_course, new_stage, read_question_names
from capas.grading.cases import JudgeFile, load_test_file
from capas_check.statements import Call

CASES = "assignments/01_falling/tests/mean_speed.py"
MADE = {
    "areas": "from capas_check.boxes import box\n\ndef area(say): return say('box_is_round')\n",
    "boxes": "def box():\n    from capas_check import lines\n    return lines\n",
    "lines": "import capas_check.boxes, numpy\nfrom capas_check.statements import call\n",
    "other": "say('other_is_other')\n",
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package with four more modules, which import each other."""
    sources = {**module_sources(), **MADE}
    for module in (check_modules, student_checks):
        monkeypatch.setattr(module, "module_sources", lambda: sources)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    root = tmp_path / "physics"
    new_course(root, "en")
    new_stage(root, "01_falling", read_question_names("mean_speed"))
    return load_course(root).stages[0]


def case_file(stage: Stage) -> Path:
    return stage.root / CASES


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def first_cell(files: dict[str, bytes]) -> dict[str, Any]:
    (notebook,) = [json.loads(data) for name, data in files.items() if name.endswith(".ipynb")]
    sources = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    (packed,) = re.findall(r'^DATA = "(.*)"$', sources, re.MULTILINE)
    return json.loads(zlib.decompress(base64.b85decode(packed)))


def modules_in(files: dict[str, bytes]) -> set[str]:
    return {
        name.removeprefix("capas_check/").removesuffix(".py") for name in files if re.match("capas_check/.*py", name)
    }


def test_every_stage_has_what_checks_always_run() -> None:
    always = {"__init__", "fingerprint", "grader", "limit", "notebook", "script", "show", "start"}
    assert core_modules() == always | {"statements", "summary", "texts", "zero"}
    assert needed_modules(["from capas_check import call, require\n"], []) == core_modules()


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("test", "needed"),
    [
        ("from capas_check.lines import call", {"lines", "boxes"}),
        ("import capas_check.areas as areas", {"areas", "boxes", "lines"}),
        ("def case(f):\n    from capas_check import areas", {"areas", "boxes", "lines"}),
        ("from capas_check.other import *", {"other"}),
        ("from other import boxes", set()),
        ("from .boxes import box", set()),
        ("'''from capas_check.boxes import box'''", set()),
    ],
)
def test_what_cases_import_is_needed_with_what_that_imports(test: str, needed: set[str]) -> None:
    assert needed_modules([test], []) - core_modules() == needed


@pytest.mark.usefixtures("made")
def test_what_statements_load_is_needed_with_what_that_imports() -> None:
    assert needed_modules([], ["areas"]) - core_modules() == {"areas", "boxes", "lines"}


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("language", ["en", "es"])
def test_sentences_travel_with_what_says_them(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"language": language, "box_is_round": "It is round.", "other_is_other": "Other.", "said_by_none": "None."}
    monkeypatch.setattr(student_checks, "load_texts", lambda _language: both)
    files = student_checks.package_files(language, {*core_modules(), "areas"})
    assert json.loads(files[f"texts/{language}.json"]).keys() == {"box_is_round", "said_by_none"}
    assert files.keys() == {f"{name}.py" for name in {*core_modules(), "areas"}} | {
        f"texts/{language}.json",
        "version.txt",
    }


def test_what_is_put_together_where_it_is_said_always_travels() -> None:
    axes = {f"draw_{kind}_axis" for kind in ("line", "bars")}
    kinds = {f"draw_{kind}{end}" for kind in ("curve", "line", "bars") for end in ("", "_at")}
    files = student_checks.package_files("en", needed_modules([], ["picture"]))
    assert json.loads(files["texts/en.json"]).keys() >= axes | kinds


def test_students_get_what_their_cases_import(stage: Stage) -> None:
    before = build_stage(stage, "en")
    assert modules_in(before.student_files) == core_modules()
    change(case_file(stage), "import call", "import call\nfrom capas_check.operations import through")
    change(case_file(stage), "call(mean_speed, 3.0)", 'call(through(mean_speed, "seeded", seed=3), 3.0)')
    built = build_stage(stage, "en").student_files
    assert modules_in(built) == {*core_modules(), "operations"}
    cell = first_cell(built)
    assert "operations.py" in cell["package"]
    assert cell["version"] == built["capas_check/version.txt"].decode()
    assert cell["version"] != before.student_files["capas_check/version.txt"].decode()


def test_what_only_hidden_cases_import_stays_with_the_judge(stage: Stage) -> None:
    change(case_file(stage), "import call", "import call\nfrom capas_check.operations import through")
    change(case_file(stage), "call(mean_speed, 0.0)", 'call(through(mean_speed, "seeded", seed=3), 0.0)')
    built = build_stage(stage, "en").student_files
    assert modules_in(built) == core_modules()
    assert "operations.py" not in first_cell(built)["package"]
    assert "capas_check/operations.py" in program_files()


def test_what_a_statement_loads_is_seen_when_the_reference_runs(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    returns = Call.returns

    def loading(call: Call, expected: Any, **tolerances: float) -> Call:
        call.modules.add("operations" if expected == 6.0 else "hidden")
        return returns(call, expected, **tolerances)

    monkeypatch.setattr(Call, "returns", loading)
    test_file: JudgeFile = load_test_file(case_file(stage))
    assert loaded_modules([test_file], {"mean_speed": lambda x: 2 * x}) == {"operations"}
    assert modules_in(build_stage(stage, "en").student_files) == {*core_modules(), "operations"}


@pytest.mark.parametrize(
    ("imported", "told"),
    [
        ("from capas_check.plotz import draw", "`capas_check` has no `plotz`; its modules for cases are: "),
        ("import capas_check.plotz", "`capas_check` has no `plotz`"),
        ("from capas_check import cal", "`capas_check` has no `cal`"),
        ("from capas_check.operations import thru", "`capas_check.operations` has no `thru`; did you mean `through`?"),
    ],
)
def test_an_import_of_what_is_not_there_is_told_by_file_and_line(stage: Stage, imported: str, told: str) -> None:
    change(case_file(stage), "from capas_check", f"{imported}\nfrom capas_check")
    line = case_file(stage).read_text(encoding="utf-8").splitlines().index(imported) + 1
    done = capas("build", folder=stage.root)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{CASES}, line {line}: {told}" in done.stderr
