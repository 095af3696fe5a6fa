"""A stage whose answers are a text, a dict and a table: proved by all who judge it, in the same words."""

import json
from pathlib import Path

import pytest
from command import capas

from capas.bundle.build import Bundle, build_stage
from capas.bundle.check_modules import core_modules
from capas.course.model import Stage, load_course
from capas.course.scaffold import new_course, new_stage, read_question_names
from capas.grading.stage import stage_catalogue
from capas.verify.proof import verify_stage

STAGE, SOLUTIONS = "assignments/01_words", "solutions/01_words"
CASES = {
    "greet": """
@test_case(points=2)
def a_name(greet):
    call(greet, "Ana").returns("Hello, Ana!")


@test_case(points=3, hidden=True)
def secret_name(greet):
    call(greet, "Zoraida").returns("Hello, Zoraida!")
""",
    "count_words": """
@test_case(points=2)
def two_words(count_words):
    call(count_words, ["a", "b", "a"]).returns({"a": 2, "b": 1}).leaves_arguments()


@test_case(points=3, hidden=True)
def no_words(count_words):
    call(count_words, []).returns({})
    call(count_words, ["secret"]).returns({"secret": 1})
""",
    "add_speed": """
FALL = pd.DataFrame({"t": [1.0, 2.0], "y": [5.0, 20.0]}, index=["a", "b"])


@test_case(points=2)
def two_rows(add_speed):
    call(add_speed, FALL).returns(FALL.assign(speed=[5.0, 10.0])).leaves_arguments()


@test_case(points=3, hidden=True)
def missing_rows(add_speed):
    fall = pd.DataFrame({"t": [3.0, 4.0], "y": [float("nan"), 8.0]})
    call(add_speed, fall).returns(fall.assign(speed=[None, 2.0]))
""",
}
REFERENCE = '''"""Reference."""

import pandas as pd


def greet(name):
    """Return what is asked for."""
    # BEGIN SOLUTION
    return f"Hello, {name}!"
    # END SOLUTION


def count_words(words):
    """Return what is asked for."""
    # BEGIN SOLUTION
    return {word: words.count(word) for word in words}
    # END SOLUTION


def add_speed(fall):
    """Return what is asked for."""
    # BEGIN SOLUTION
    return fall.assign(speed=fall["y"] / fall["t"])
    # END SOLUTION
'''
ALTERNATIVES = '''"""Other right answers."""

import collections

from capas.course.solutions import alternative
import numpy as np


@alternative("greet")
def greet_with_numpy(name):
    return np.str_("Hello, " + name + "!")


@alternative("count_words")
def with_a_counter(words):
    return collections.Counter(words)


@alternative("add_speed")
def with_a_copy(fall):
    fall = fall.copy()
    fall["speed"] = (fall["y"] / fall["t"]).astype("Float64")
    return fall
'''
MISTAKES = '''"""Mistakes."""

from capas.course.solutions import mistake


@mistake("greet", en="You left out the comma.")
def greet_without_a_comma(name):
    return f"Hello {name}!"


@mistake("greet", en="You end with a line of its own.")
def greet_with_a_line_end(name):
    return f"Hello, {name}!\\n"


@mistake("count_words", en="Every word is counted once.")
def counts_once(words):
    return {word: 1 for word in words}


@mistake("count_words", en="The words, and how often, are needed: not the words alone.")
def gives_a_set(words):
    return set(words)


@mistake("add_speed", en="The quotient is upside down.")
def time_over_way(fall):
    return fall.assign(speed=fall["t"] / fall["y"])


@mistake("add_speed", en="The column has another name.")
def other_name(fall):
    return fall.assign(velocity=fall["y"] / fall["t"])


@mistake("add_speed", en="You change the table that you are given.")
def changes_its_table(fall):
    fall["speed"] = fall["y"] / fall["t"]
    return fall
'''


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    root = tmp_path_factory.mktemp("values") / "words"
    new_course(root, "en")
    new_stage(root, "01_words", read_question_names(",".join(CASES)))
    for name, cases in CASES.items():
        pandas = "import pandas as pd\n" if "pd." in cases else ""
        head = f'OK_FORMAT = False\nname = "{name}"\npoints = None\n'
        imports = f"{pandas}from otter.test_files import test_case\nfrom capas_check import call\n"
        (root / STAGE / "tests" / f"{name}.py").write_text(f"{imports}\n{head}\n{cases}", encoding="utf-8")
    for file, text in {"reference": REFERENCE, "alternatives": ALTERNATIVES, "mistakes": MISTAKES}.items():
        (root / SOLUTIONS / f"{file}.py").write_text(text, encoding="utf-8")
    return load_course(root).stages[0]


@pytest.fixture(scope="module")
def built(stage: Stage) -> Bundle:
    return build_stage(stage, "en")


@pytest.mark.slow
def test_all_who_judge_it_say_the_same(stage: Stage) -> None:
    report = verify_stage(stage, "en", 2, quick=True)
    assert report.problems == []


def test_all_but_otter_say_the_same(stage: Stage) -> None:
    report = verify_stage(stage, "en", 2, with_otter=False)
    assert report.problems == []


def test_students_get_what_compares_and_not_more(built: Bundle) -> None:
    modules = {name[12:-3] for name in built.student_files if name.startswith("capas_check/") and name.endswith(".py")}
    assert modules == {*core_modules(), "values", "tables"}
    sentences = json.loads(built.student_files["capas_check/texts/en.json"])
    assert {"another_text", "missing_keys", "other_cells"} <= sentences.keys()
    assert not [key for key in sentences if key.startswith("plot_")]


def test_every_mistake_is_named_and_nothing_hidden_is_told(stage: Stage, tmp_path: Path) -> None:
    catalogue = stage_catalogue(stage)
    for question in stage.questions:
        for mistake, outcome in catalogue.outcomes(question.name):
            assert catalogue.diagnose(question.name, outcome) == mistake.id
    source = 'def greet(name):\n    return "Hello " + name + "?"\n' + REFERENCE.partition("def greet")[0]
    (tmp_path / "ana.py").write_text(source, encoding="utf-8")
    done = capas("grade", "01_words", tmp_path / "ana.py", "--out", tmp_path / "graded", folder=stage.root)
    assert done.returncode == 0, done.stderr
    result = (tmp_path / "graded/results/ana.json").read_text(encoding="utf-8")
    assert "They differ from character 6 on: ' Ana?', where ', Ana!' was expected." in result
    assert "what your code gives is not what is expected." in result
    assert not [word for word in ("Zoraida", 'secret_name": "') if word in result]
