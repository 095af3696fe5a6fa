"""The page that shows shared code: it accuses nobody, is the teacher's alone, and nothing can be put into it."""

from pathlib import Path

import msgspec
import pytest
from copying import results_of
from made import HOSTILE, found, result_of, well_made

from capas.course.model import Stage
from capas.report.class_list import HandedIn
from capas.report.code_tokens import definitions_in
from capas.report.copies import WHOLE, Alike, pieces
from capas.report.copies_page import COPIES_FILE, MAX_ANSWERS, copies_page, groups_of_copies
from capas.report.copy_groups import grouped
from capas.report.fingerprints import NONE, all_hashes
from capas.report.write import write_report
from capas.submission import read_submission


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_shows_both_and_accuses_nobody(backpropagation: Stage, class_of_60, language: str) -> None:
    results = results_of(backpropagation, list(class_of_60))
    sources = {name: [source] for name, source in class_of_60.items()}
    groups = groups_of_copies(backpropagation, results, sources)
    page = copies_page(backpropagation, results, groups, sources, HandedIn(), language)
    outline = well_made(page)
    assert outline.tags.count("pre") == 4 * sum(one.question != WHOLE for group in groups for one in group.alike)
    assert outline.tags.count("mark") >= outline.tags.count("pre")
    for word in ("copy_0.py", "original.py", {"es": "Para mirar", "en": "Look at these"}[language]):
        assert word in outline.said
    for word in ("plagi", "cheat", "fraud", "tramp", "copió", "copied"):
        assert word not in outline.said.lower()


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_can_be_put_into_the_page(softmax: Stage, text: str) -> None:
    results = [msgspec.structs.replace(result_of(softmax, file=text), submission=name) for name in "ab"]
    groups = grouped([Alike("softmax", "a", "b", 30, 1.0)])
    sources = {name: [f"def softmax(a):\n    {text}"] for name in "ab"}
    outline = well_made(copies_page(softmax, results, groups, sources, HandedIn(), "es"))
    assert not {"script", "img"} & set(outline.tags)
    links = [attributes["href"] for tag, attributes in outline.elements if tag == "a"]
    assert links == ["report.html", "feedback/a.html", "feedback/b.html"]


def test_more_groups_than_can_be_shown_are_counted(softmax: Stage) -> None:
    names = [f"s{number}" for number in range(MAX_ANSWERS + 4)]
    groups = grouped(
        [Alike("softmax", one, other, 30, 1.0) for one, other in zip(names[::2], names[1::2], strict=True)]
    )
    results, sources = results_of(softmax, names), {name: ["softmax = 1"] for name in names}
    page = copies_page(softmax, results, groups, sources, HandedIn(), "en")
    assert "not shown here: 2." in well_made(page).said


def test_the_report_links_to_the_page_and_takes_it_away_again(
    backpropagation: Stage, class_of_60, tmp_path: Path
) -> None:
    files = found({f"{name}.py": class_of_60[name].encode() for name in ("original", "copy_0", "student_00")})
    results = [
        msgspec.structs.replace(
            result_of(backpropagation), submission=one.id, file=one.file, sha256=read_submission(one).sha256
        )
        for one in files
    ]
    for result in results:
        for question, answer in zip(backpropagation.questions, result.questions, strict=True):
            answer.points = question.points
    write_report(backpropagation, results, tmp_path, "en", "en", files)
    report = well_made((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert COPIES_FILE in [attributes["href"] for tag, attributes in report.elements if tag == "a"]
    assert "Code like that of original.py, names aside" in report.said
    assert "copy_0.py" in well_made((tmp_path / COPIES_FILE).read_text(encoding="utf-8")).said
    for path in (tmp_path / "feedback").iterdir():
        text = path.read_text(encoding="utf-8")
        assert COPIES_FILE not in text, path.name
        assert not any(one.id in text for one in files if one.id != path.stem), path.name
    write_report(backpropagation, results, tmp_path, "en", "en")
    assert not (tmp_path / COPIES_FILE).exists()


def test_the_order_of_results_changes_nothing(backpropagation: Stage, class_of_60) -> None:
    results = results_of(backpropagation, list(class_of_60))
    sources = {name: [source] for name, source in class_of_60.items()}
    pages = []
    for ordered in (results, results[::-1]):
        groups = groups_of_copies(backpropagation, ordered, sources)
        pages.append(copies_page(backpropagation, ordered, groups, sources, HandedIn(), "en"))
    assert pages[0] == pages[1]


def test_what_is_marked_is_what_is_sought_without_indentation() -> None:
    body = "    b = a * 3 - sum(a)  # why\n\n    return [b, a, b / 2]"
    one = definitions_in([f"def f(a):\n{body}\n    # end"])["f"]
    found = pieces(one, all_hashes(one.codes))
    assert "".join(text for text, _ in found) == one.text
    assert [text for text, is_shared in found if is_shared] == ["b = a * 3 - sum(a)", "return [b, a, b / 2]"]
    assert not any(is_shared for _, is_shared in pieces(one, NONE))
