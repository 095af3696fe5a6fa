"""What is wrong in a stage's files is told in one line with file and line, and nothing is told of sound ones."""

import shutil
from pathlib import Path

import pytest
from command import capas

from capas.bundle.problems import ProblemsFound, stage_problems
from capas.bundle.refresh import refresh_stages
from capas.course.model import Course, load_course

ROOT = Path(__file__).parents[2]
ASSIGNMENT, SOLUTIONS = "assignments/03_softmax", "solutions/03_softmax"
HANDOUT = f"{ASSIGNMENT}/handout.es.md"
CASES = f"{ASSIGNMENT}/cases.toml"
TESTS = f"{ASSIGNMENT}/tests/softmax.py"
MISTAKES, REFERENCE = f"{SOLUTIONS}/mistakes.py", f"{SOLUTIONS}/reference.py"


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def append(root: Path, file: str, text: str) -> int:
    """Add lines to a file; return the number of the first of them."""
    path = root / file
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


def problems_of(root: Path) -> list[str]:
    stage = load_course(root).stages[0]
    return [str(problem) for problem in stage_problems(stage, stage.languages)]


@pytest.mark.parametrize("stage", ["01_linear_collapse", "02_activations", "03_softmax"])
def test_the_course_has_none(course: Course, stage: str) -> None:
    (chosen,) = course.choose([stage])
    assert stage_problems(chosen, chosen.languages) == []


@pytest.mark.parametrize(
    "text",
    [
        "\nCuesta \\$5, `$HOME`, ``a`$`` y $x$, $$y\n= 1$$.\n",
        "\n```\nprecio = $5\n<details>\n![x](no.png)\n```\n",
        "\n<details><summary>Pista</summary>\n\nTexto.\n\n</details>\n",
        "\n$a$$b$ y $\\text{son \\$ 5}$\n",
    ],
)
def test_no_false_alarm(small_course: Path, text: str) -> None:
    append(small_course, HANDOUT, text)
    assert problems_of(small_course) == []


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (HANDOUT, "<!-- figure: nothing -->\n", "a place for the figure `nothing`, which"),
        (HANDOUT, "![x](figures/p.png)\n", "the image `figures/p.png` does not exist"),
        (HANDOUT, "![x](figures/drawn.json)\n", "the image `figures/drawn.json` reaches no student"),
        (HANDOUT, '<img alt="x" src="figures/p.png">\n', "an image that is not written as !"),
        (HANDOUT, "<details><summary>Pista</summary>\n\nTexto.\n", "`<details>` is not closed"),
        (HANDOUT, "</details>\n", "`</details>` closes nothing"),
        (HANDOUT, "Cuesta $5 hoy.\n\nY $x$.\n", "a formula begins with `$` and does not end"),
        (HANDOUT, "$$x = 1\n\nTexto.\n", "a formula begins with `$$` and does not end"),
        (TESTS, "@test_case(points=0)\ndef lecture_example(softmax):\n    pass\n", "is the name of another one too"),
        (
            MISTAKES,
            '@mistake("softmax", es="x", en="x")\ndef normalizes_whole_batch(a):\n    return a\n',
            "`normalizes_whole_batch` is the name of another one too",
        ),
        (
            MISTAKES,
            '@mistake("softmax", es="Mal.", en="Wrong.")\ndef broken(a):\n    return nothing(a)\n',
            "`broken` ends every call with: name `nothing` is not defined",
        ),
    ],
)
def test_a_problem_is_told_with_file_and_line(small_course: Path, file: str, text: str, told: str) -> None:
    line = append(small_course, file, "\n" + text) + 1
    (problem,) = problems_of(small_course)
    assert told in problem
    assert "\n" not in problem
    offset = text[: text.index("def ")].count("\n") if "def " in text else 0
    offset += 1 if "nothing(a)" in text else 0
    assert problem.startswith(f"{small_course / file}, line {line + offset}: ")


def test_a_name_error_by_design_is_no_problem(small_course: Path) -> None:
    mark = '@mistake("softmax", es="Falta `np.` ante `expo`.", en="`expo` lacks `np.`")'
    append(small_course, MISTAKES, f"\n{mark}\ndef bare(a):\n    return expo(a)\n")
    assert problems_of(small_course) == []


def test_other_points_in_the_handout(small_course: Path) -> None:
    path = small_course / HANDOUT
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("*7 puntos")].count("\n") + 1
    path.write_text(text.replace("*7 puntos", "*8 puntos"), encoding="utf-8")
    assert problems_of(small_course) == [
        f"{path}, line {line}: says 8 points for `softmax`; assignment.toml gives it 7",
    ]


def test_a_test_file_that_no_question_names(small_course: Path) -> None:
    append(small_course, f"{ASSIGNMENT}/tests/extra.py", "name = 'extra'\n")
    (problem,) = problems_of(small_course)
    assert "tests/extra.py: no question of assignment.toml has this name" in problem


def test_a_figure_without_figures(small_course: Path) -> None:
    (small_course / ASSIGNMENT / "figures.py").unlink()
    assert all("a place for the figure" in problem and "and no " in problem for problem in problems_of(small_course))
    assert len(problems_of(small_course)) == 8


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("large_values", "larger_values", "[softmax]: `larger_values` is no case of tests/softmax.py"),
        ("large_values = {", "# large_values = {", "[softmax]: `large_values` is missing; say what this case looks at"),
        (
            '"números muy grandes"',
            '"números complejos"',
            "[softmax]: `large_values` looks at “números complejos”, which the question in handout.es.md does not say",
        ),
        ("[predict]", "[predicts]", "[predicts]: no question of assignment.toml has this name"),
        (', en = "very large numbers"', "", "case `large_values` of `softmax`: expected a text for language `en`"),
        ("[softmax]", "[softmax", "cases.toml: "),
        ("[softmax]", "softmax = 3\n[nothing]", "expected under [question] lines such as large_values = {"),
    ],
)
def test_what_a_case_looks_at_stands_in_the_question(small_course: Path, old: str, new: str, told: str) -> None:
    path = small_course / CASES
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problem = problems_of(small_course)[0]
    assert told in problem
    assert str(path) in problem
    assert "\n" not in problem


def test_words_in_a_hint_are_no_words_of_the_question(small_course: Path) -> None:
    path = small_course / HANDOUT
    text = path.read_text(encoding="utf-8")
    hint = "<details><summary>Pista 1</summary>\n"
    path.write_text(
        text.replace("filas muy alejadas unas de otras", "").replace(
            hint, f"{hint}\nfilas muy alejadas unas de otras\n", 1
        ),
        encoding="utf-8",
    )
    (problem,) = problems_of(small_course)
    assert "`rows_far_apart` looks at “filas muy alejadas unas de otras”, which the question" in problem


def test_a_stage_need_not_say_what_its_cases_look_at(small_course: Path) -> None:
    (small_course / CASES).unlink()
    assert problems_of(small_course) == []


def limit(root: Path, seconds: float) -> None:
    path = root / "course.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("program_seconds = 60.0", f"program_seconds = {seconds}"), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            REFERENCE,
            "\n\ndef softmax(a):\n    while True:\n        pass\n",
            "question `softmax`, function `softmax`: does not end within 5 s",
        ),
        (
            MISTAKES,
            '\n\n@mistake("predict", es="x", en="x")\ndef endless(a):\n    while True:\n        pass\n',
            "question `predict`, function `endless`: does not end within 5 s",
        ),
        (REFERENCE, "\n\nwhile True:\n    pass\n", "reference.py: cannot be loaded: does not end within 5 s"),
    ],
)
def test_what_never_ends_is_named(small_course: Path, file: str, text: str, told: str) -> None:
    limit(small_course, 5.0)
    append(small_course, file, text)
    (problem,) = problems_of(small_course)
    assert told in problem


def test_build_tells_all_and_writes_nothing(small_course: Path) -> None:
    append(small_course, HANDOUT, "\n<details>\n\n$5\n")
    append(small_course, f"{ASSIGNMENT}/tests/extra.py", "\n")
    before = {path: path.read_bytes() for path in small_course.rglob("*") if path.is_file()}
    course = load_course(small_course)
    with pytest.raises(ProblemsFound) as caught:
        list(refresh_stages(course, course.stages, ["es"], small_course / "dist"))
    lines = str(caught.value).split("\n")
    assert lines[0] == "3 problems:"
    assert len(lines) == 4
    assert {path: path.read_bytes() for path in small_course.rglob("*") if path.is_file()} == before


def test_build_looks_at_all_stages_before_it_writes_one(small_course: Path) -> None:
    for folder in ("assignments", "solutions"):
        shutil.copytree(ROOT / folder / "01_linear_collapse", small_course / folder / "01_linear_collapse")
    settings = small_course / "course.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('stages = ["', 'stages = ["01_linear_collapse", "'), encoding="utf-8")
    append(small_course, HANDOUT, "\n<details>\n")
    before = contents(small_course)
    done = capas("build", "--lang", "es", folder=small_course)
    assert (done.returncode, done.stdout) == (2, "")
    assert "handout.es.md" in done.stderr
    assert contents(small_course) == before


@pytest.mark.parametrize("command", [["canvas", "package", "--no-pdf"], ["demo", "03_softmax"]])
def test_a_figure_without_figures_reaches_nobody_unsaid(small_course: Path, command: list[str]) -> None:
    (small_course / ASSIGNMENT / "figures.py").unlink()
    before = contents(small_course)
    done = capas(*command, folder=small_course)
    assert done.returncode == 2
    assert "a place for the figure" in done.stderr
    after = contents(small_course)
    assert {path for path in after if path.suffix in (".imscc", ".zip", ".ipynb")} <= before.keys()


def test_a_package_in_all_languages_or_in_none(small_course: Path) -> None:
    append(small_course, f"{ASSIGNMENT}/handout.en.md", "\n<details>\n")
    done = capas("canvas", "package", "--no-pdf", folder=small_course)
    assert done.returncode == 2
    assert "handout.en.md" in done.stderr
    assert not list(small_course.rglob("*.imscc"))
