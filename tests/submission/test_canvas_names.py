"""Names in Canvas's zips: read as Canvas means them, and given back so that Canvas reads them."""

import re

import pytest
from canvas_class import Member, zipped_name
from hypothesis import given
from hypothesis import strategies as st

from capas.submission.canvas_names import read_by_canvas, read_name, returning_name

# The pattern that the facts about Canvas give for its names.
PATTERN = re.compile(
    r"^(?P<name>.*?)_?(?P<late>LATE_)?(?:anon_(?P<anon>[A-Za-z0-9]+)|(?P<uid>\d+))_(?P<aid>\d+)_(?P<file>.+)$"
)

# What a sortable name is made of; whole numbers between underscores Canvas takes out itself.
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("_ 0123456789,.'áñÜ"), max_size=30
)
FILES = st.text(st.characters(codec="utf-8", exclude_characters='/\\:*?"<>|\0'), min_size=1, max_size=30)
IDS = st.integers(1, 10**15)


@pytest.mark.parametrize(
    ("text", "user", "attachment", "late", "file"),
    [
        ("garcíalópezmaríajosé_4211_99881_hw01.ipynb", "4211", "99881", False, "hw01.ipynb"),
        ("garcíalópezmaríajosé_LATE_4211_99881_hw01.ipynb", "4211", "99881", True, "hw01.ipynb"),
        ("peña_ruizana_4211_99881_tarea_1_2.py", "4211", "99881", False, "tarea_1_2.py"),
        ("4211_99881_softmax-1.ipynb", "4211", "99881", False, "softmax-1.ipynb"),
        ("müllerjürgen2_4211_99881_x_LATE_1_2.zip", "4211", "99881", False, "x_LATE_1_2.zip"),
        ("李_4211_99881_.ipynb", "4211", "99881", False, ".ipynb"),
        ("lateanon_4211_99881_hw01-3f2504e0-4f89.ipynb", "4211", "99881", False, "hw01-3f2504e0-4f89.ipynb"),
    ],
)
def test_names_are_read(text: str, user: str, attachment: str, late: bool, file: str) -> None:
    read = read_name(text)
    assert read is not None
    assert (read.user, read.attachment, read.late, read.file, read.kind) == (user, attachment, late, file, "file")


def test_anonymous_names() -> None:
    read, late = read_name("anon_aB3dE_99887_hw.ipynb"), read_name("LATE_anon_aB3dE_99887_hw.ipynb")
    assert read is not None
    assert late is not None
    assert (read.user, read.anonymous, read.attachment, read.late) == ("", "aB3dE", "99887", False)
    assert (late.anonymous, late.late) == ("aB3dE", True)


def test_texts_and_links() -> None:
    kinds = [read_name(f"garcía_4211_{kind}.html") for kind in ("text", "link")] + [read_name("x_LATE_4211_text.html")]
    assert [(read.user, read.attachment, read.kind) for read in kinds if read] == [
        ("4211", "", "text"),
        ("4211", "", "link"),
        ("4211", "", "text"),
    ]


@pytest.mark.parametrize("text", ["softmax.ipynb", "garcía_4211.ipynb", "garcía_4211_99881", "a_1_b_2_c.py", "", "_"])
def test_other_names_are_none(text: str) -> None:
    assert read_name(text) is None


def test_a_name_of_digits_is_told_by_the_gradebook() -> None:
    # Canvas misreads these itself; who is in the gradebook settles it.
    text = "equipo_7_4211_99881_hw.ipynb"
    alone, known = read_name(text), read_name(text, {"4211"})
    assert alone is not None
    assert alone.user == "7"
    assert known is not None
    assert (known.name, known.user, known.attachment) == ("equipo_7", "4211", "99881")


@given(NAMES, IDS, IDS, FILES, st.booleans())
def test_every_name_that_canvas_writes_is_read_as_meant(
    name: str, user: int, attachment: int, file: str, late: bool
) -> None:
    text = zipped_name(Member(user, name, "", "", late=late), attachment, file)
    read = read_name(text, {str(user)})
    if re.search(r"(^|_)\d+($|_)", name) or re.fullmatch(r"\d+", re.sub(r"\W", "", name)):
        return
    assert read is not None
    assert (read.user, read.attachment, read.late) == (str(user), str(attachment), late)
    assert read.file == re.sub(r'[/\\:*?"<>|\0]+', "_", file)


@given(st.text(st.sampled_from("ab_12LATEanon.é"), max_size=25))
def test_reading_agrees_with_the_pattern_of_the_facts(text: str) -> None:
    match, read = PATTERN.match(text), read_name(text)
    # The pattern lets a number begin inside a word (`a1_2_x`); ours begins where Canvas's parts do.
    at_a_part = match is not None and (match["name"] == "" or text[max(match.start("uid"), 1) - 1] == "_")
    if match and read and read.kind == "file" and match["uid"] and at_a_part:
        assert (read.user, read.attachment) == (match["uid"], match["aid"])
    if read and read.kind == "file" and read.file:
        assert match


@given(NAMES, IDS, IDS, FILES, st.booleans())
def test_what_goes_back_comes_to_the_same_student(name: str, user: int, attachment: int, file: str, late: bool) -> None:
    text = zipped_name(Member(user, name, "", "", late=late), attachment, file)
    back = returning_name(text, str(user), str(attachment))
    assert read_by_canvas(back) == (str(user), str(attachment))
    assert "/" not in back


def test_names_that_canvas_ignores_get_others() -> None:
    assert returning_name("garcía_4211_99881_hw.ipynb", "4211", "99881") == "garcía_4211_99881_hw.ipynb"
    assert returning_name("garcía_4211_99881_link.ipynb", "4211", "99881") == "4211_99881_feedback.ipynb"
    assert returning_name("equipo_7_4211_99881_hw.py", "4211", "99881") == "4211_99881_feedback.py"
