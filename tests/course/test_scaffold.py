"""What `capas new` writes builds and verifies at once, in the course's languages; what it cannot write is one line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.bundle.build import build_stage
from capas.bundle.problems import stage_problems
from capas.course.model import load_course
from capas.course.scaffold import QuestionName, new_course, new_stage, question_kinds, read_question_names
from capas.course.stage_list import add_stage
from capas.files import UserError
from capas.verify.proof import verify_stage

QUESTIONS = read_question_names("mean_speed,fall_time")


def made_course(root: Path, languages: str = '["en"]', titles: str = 'title.en = "Physics"') -> Path:
    new_course(root, "en")
    text = (root / "course.toml").read_text(encoding="utf-8")
    text = text.replace('["en"]', languages).replace('title.en = "Physics"', titles)
    (root / "course.toml").write_text(text, encoding="utf-8")
    new_stage(root, "01_falling", QUESTIONS)
    return root


def test_a_new_stage_verifies_and_has_nothing_that_may_be_left_out(tmp_path: Path) -> None:
    root = made_course(tmp_path / "physics")
    written = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert written == {
        ".gitignore",
        "course.toml",
        "assignments/01_falling/assignment.toml",
        "assignments/01_falling/handout.en.md",
        "assignments/01_falling/tests/mean_speed.py",
        "assignments/01_falling/tests/fall_time.py",
        "solutions/01_falling/reference.py",
    }
    (stage,) = load_course(root).stages
    report = verify_stage(stage, "en", 1, with_otter=False)
    assert report.problems == []
    assert [(row.name, row.public, row.hidden) for row in report.questions] == [
        ("mean_speed", 1, 1),
        ("fall_time", 1, 1),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_of_each_kind_verifies_at_once(tmp_path: Path, language: str) -> None:
    root = tmp_path / "physics"
    new_course(root, language)
    new_stage(root, "01_falling", [QuestionName(f"{kind}_question", kind) for kind in question_kinds()])
    (stage,) = load_course(root).stages
    report = verify_stage(stage, language, 1, with_otter=False)
    assert report.problems == []
    assert [row.name for row in report.questions] == [f"{kind}_question" for kind in question_kinds()]


def test_a_question_of_each_kind_verifies(tmp_path: Path) -> None:
    new_course(tmp_path / "physics", "en")
    questions = read_question_names(",".join(f"one_{kind}:{kind}" for kind in question_kinds()))
    new_stage(tmp_path / "physics", "01_kinds", questions)
    (stage,) = load_course(tmp_path / "physics").stages
    assert verify_stage(stage, "en", 1, with_otter=False).problems == []


def test_the_files_of_one_language_name_no_other(tmp_path: Path) -> None:
    root = made_course(tmp_path / "physics")
    text = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*") if path.suffix in (".py", ".md"))
    assert not set("¿¡ñáéíóú") & set(text)
    assert "es=" not in text


@pytest.mark.parametrize(
    ("languages", "titles", "docstrings"),
    [
        ('["es", "en"]', 'title.es = "Física"\ntitle.en = "Physics"', {"es"}),
        ('["es"]', 'title.es = "Física"', set()),  # one language: the reference's own docstrings are in it
        ('["fr", "en"]', 'title.fr = "Physique"\ntitle.en = "Physics"', {"fr"}),
    ],
)
def test_each_language_has_its_handout_and_docstrings_where_they_are_used(
    tmp_path: Path, languages: str, titles: str, docstrings: set[str]
) -> None:
    root = made_course(tmp_path / "physics", languages, titles)
    (stage,) = load_course(root).stages
    assert stage_problems(stage, stage.languages) == []
    for question in stage.questions:
        assert question.docstring.keys() == docstrings
    for language in stage.languages:
        assert stage.handout(language).read_text(encoding="utf-8").startswith("# Falling\n")
    spanish = (stage.solutions / "reference.py").read_text(encoding="utf-8").count("El doble de x")
    assert spanish == (2 if stage.languages == ["es"] else 0)


def test_a_language_that_the_program_does_not_speak_is_built_with_english_sentences(tmp_path: Path) -> None:
    root = made_course(tmp_path / "physics", '["fr"]', 'title.fr = "Physique"')
    (stage,) = load_course(root).stages
    built = build_stage(stage, "fr")
    assert b"Complete each question" in built.student_files["falling.py"]
    assert b'"all_pass": "Public cases' in built.student_files["capas_check/texts/fr.json"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mean speed", "`mean speed` cannot name a question; expected letters"),
        ("mean_speed,", "`` cannot name a question"),
        ("_speed", "`_speed` cannot name a question"),
        ("velocità", "`velocità` cannot name a question"),
        ("a,A", "`A` stands twice; name each question once, capitals or not"),
        ("lambda", "`lambda` cannot name a question"),
        ("np", "`np` cannot name a question"),
        ("a,b,a", "`a` stands twice"),
        ("gravity:varable", "`gravity:varable`: no kind `varable`; kinds are function, class, plot"),
        ("gravity:", "no kind ``"),
    ],
)
def test_names_of_questions_that_cannot_be_are_one_line(text: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        read_question_names(text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_kinds_stand_behind_a_colon() -> None:
    assert read_question_names("a, b:function") == [QuestionName("a", "function"), QuestionName("b", "function")]
    assert question_kinds()[0] == "function"


@pytest.mark.parametrize("name", ["Falling", "02 falling", "../x", "02_", "", "02_class", "a/b", "02_check", "é"])
def test_names_of_stages_that_cannot_be_are_one_line(tmp_path: Path, name: str) -> None:
    root = made_course(tmp_path / "physics")
    before = (root / "course.toml").read_bytes()
    with pytest.raises(UserError, match="the stage's name: `"):
        new_stage(root, name, QUESTIONS)
    assert (root / "course.toml").read_bytes() == before


def test_what_exists_is_not_written_over(tmp_path: Path) -> None:
    root = made_course(tmp_path / "physics")
    with pytest.raises(UserError, match="there is a stage `01_falling` already"):
        new_stage(root, "01_falling", QUESTIONS)
    (root / "solutions" / "02_rolling").mkdir()
    with pytest.raises(UserError, match="02_rolling exists already"):
        new_stage(root, "02_rolling", QUESTIONS)
    with pytest.raises(UserError, match="is not empty; name a new folder"):
        new_course(root, "en")
    with pytest.raises(UserError, match="is a file; name a new folder"):
        new_course(root / "course.toml", "en")
    with pytest.raises(UserError, match="`english` is no code of a language"):
        new_course(tmp_path / "other", "english")


LISTS = [
    "stages = []",
    'stages = ["a"]',
    'stages = [ "a", "b" ]',
    "stages = [\n    'a',  # the first\n    # and then\n]",
    'stages = [\n    "a",\n    "b"  # no comma ]\n]',
    'stages=["a#]"]',
]


@pytest.mark.parametrize("written", LISTS)
@pytest.mark.parametrize("after", ["", "\n# [limits]\n[limits]\ncall_seconds = 3.0\n"])
def test_a_stage_is_added_and_comments_stay(tmp_path: Path, written: str, after: str) -> None:
    path = tmp_path / "course.toml"
    text = f'# My course\ntitle.en = "x"  # stages = [\nlanguages = ["en"]\n{written}{after}'
    path.write_text(text, encoding="utf-8")
    before, added = tomllib.loads(text), add_stage(path, "02_new")
    assert tomllib.loads(added) == before | {"stages": [*before["stages"], "02_new"]}
    comments = [line.partition("#")[2] for line in text.splitlines() if "#" in line and "#]" not in line]
    assert all(comment in added for comment in comments)


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z0-9_#\]\[,]{1,6}", fullmatch=True),
            st.sampled_from(["", " ", "\n", "  # x]\n", " # 'y'\n"]),
            st.sampled_from("'\""),
        )
    ),
    st.booleans(),
)
def test_a_stage_is_added_to_any_list(
    tmp_path_factory: pytest.TempPathFactory, items: list[tuple[str, str, str]], comma: bool
) -> None:
    path = tmp_path_factory.mktemp("list") / "course.toml"
    listed = ",".join(f"{space}{quote}{name}{quote}{space}" for name, space, quote in items)
    path.write_text(
        f'title.en = "x"\nlanguages = ["en"]\nstages = [{listed}{"," if comma and items else ""}]\n', encoding="utf-8"
    )
    assert tomllib.loads(add_stage(path, "new"))["stages"] == [*(name for name, _, _ in items), "new"]


def test_a_list_that_cannot_be_added_to_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_text('title.en = "x"\nlanguages = ["en"]\n"stages" = []\n', encoding="utf-8")
    with pytest.raises(UserError, match='cannot add to `stages` as it is written; add "new" to it by hand'):
        add_stage(path, "new")
