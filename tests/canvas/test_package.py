"""The import package: whole, unpublished, the same every time, and its identifiers stay when its texts change."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from capas.bundle.build import Bundle
from capas.bundle.zip import read_zip
from capas.canvas.cartridge import Lesson, cartridge
from capas.canvas.description import _to_html, make_page
from capas.canvas.package import check_package, make_packages
from capas.course.model import Course, load_course

NS = {"c": "http://canvas.instructure.com/xsd/cccv1p0", "cc": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"}


@pytest.fixture(scope="module")
def files(course: Course, built_softmax: Bundle) -> dict[str, bytes]:
    stage = course.choose(["03_softmax"])[0]
    page = make_page(course, stage, built_softmax, pdf=False)
    return cartridge(course.title["es"], "es", [Lesson(stage, page)])


def find(files: dict[str, bytes], ending: str) -> ET.Element:
    (name,) = [name for name in files if name.endswith(ending)]
    return ET.fromstring(files[name])


def test_it_is_whole(files: dict[str, bytes]) -> None:
    assert check_package(files) == []


def test_the_assignment(files: dict[str, bytes], course: Course) -> None:
    settings = find(files, "assignment_settings.xml")
    told = {child.tag.partition("}")[2]: child.text for child in settings}
    assert told | {"assignment_group_identifierref": "", "rubric_identifierref": ""} == {
        "title": "Softmax: de números a probabilidades",
        "assignment_group_identifierref": "",
        "workflow_state": "unpublished",
        "rubric_identifierref": "",
        "rubric_use_for_grading": "false",
        "rubric_hide_score_total": "false",
        "allowed_extensions": "ipynb,py,zip",
        "points_possible": "20",
        "grading_type": "points",
        "submission_types": "online_upload",
        "allowed_attempts": "-1",
        "position": "1",
        "post_policy": told["post_policy"],
    }
    assert settings.findtext("c:post_policy/c:post_manually", namespaces=NS) == "true"


def test_the_rubric_has_a_row_a_question(files: dict[str, bytes], course: Course) -> None:
    rows = find(files, "rubrics.xml").findall(".//c:criterion", NS)
    stage = course.choose(["03_softmax"])[0]
    assert [row.findtext("c:long_description", namespaces=NS) for row in rows] == [q.name for q in stage.questions]
    assert [float(row.findtext("c:points", "", NS)) for row in rows] == [q.points for q in stage.questions]
    assert [len(row.findall("c:ratings/c:rating", NS)) for row in rows] == [2, 2, 2, 2]


def test_the_page_is_the_opening_with_its_figures(files: dict[str, bytes]) -> None:
    (name,) = [name for name in files if name.endswith("softmax.html")]
    page = files[name].decode()
    assert "¿Y si hay más de dos respuestas posibles?" in page
    assert r"$$\mathbf{a} = [-0.21,\; 0.47,\; 1.72]$$" in page
    assert r"\(\sigma_i(\mathbf{a}) = " in page
    assert "<table>" in page
    assert "<details>" not in page
    assert re.findall(r'<img src="\$IMS-CC-FILEBASE\$/es/03_softmax/(\w+)\.es\.png" alt="[^"]{30,}', page) == [
        "softmax_steps",
        "softmax_curves",
    ]
    assert 'href="$IMS-CC-FILEBASE$/es/03_softmax/softmax.zip"' in page
    assert "# Softmax" not in page
    student = read_zip(files["web_resources/es/03_softmax/softmax.zip"])
    assert set(student) >= {"softmax.ipynb", "softmax.py", "check.py"}


@pytest.mark.slow
def test_both_languages_the_same_bytes_and_identifiers_that_stay(small_course: Path) -> None:
    made = make_packages(load_course(small_course), ["es", "en"], pdf=False)
    again = make_packages(load_course(small_course), ["es"], pdf=False)
    assert again["es"] == made["es"]
    names = {
        language: {name for name in read_zip(data) if "/assignment_settings" in name} for language, data in made.items()
    }
    assert names["es"].isdisjoint(names["en"])
    toml = small_course / "assignments/03_softmax/assignment.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Softmax: de números", "SOFTMAX: de números"), "utf-8")
    handout = small_course / "assignments/03_softmax/handout.es.md"
    handout.write_text(handout.read_text(encoding="utf-8").replace("prendas", "ropas"), encoding="utf-8")
    changed = make_packages(load_course(small_course), ["es"], pdf=False)["es"]
    assert changed != made["es"]
    before, after = read_zip(made["es"]), read_zip(changed)
    assert set(before) == set(after)
    identifiers = [re.findall(rb'identifier\w*="([^"]+)"', both["imsmanifest.xml"]) for both in (before, after)]
    assert identifiers[0] == identifiers[1]


@pytest.mark.slow
def test_the_handout_is_attached_as_pdf(course: Course, built_softmax: Bundle) -> None:
    stage = course.choose(["03_softmax"])[0]
    page = make_page(course, stage, built_softmax, pdf=True)
    assert page.files["softmax.pdf"].startswith(b"%PDF")
    assert check_package(cartridge("x", "es", [Lesson(stage, page)])) == []


def replaced(old: bytes, new: bytes, ending: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {
        name: data.replace(old, new) if name.endswith(ending) else data for name, data in files.items()
    }


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda files: {n: d for n, d in files.items() if not n.endswith("softmax.zip")}, "named, but not there"),
        (lambda files: {n: d for n, d in files.items() if not n.endswith("rubrics.xml")}, "rubrics.xml is missing"),
        (lambda files: files | {"extra.txt": b""}, "there, but not named"),
        (lambda files: files | {"imsmanifest.xml": b"<manifest"}, "no XML"),
        (replaced(b"unpublished", b"published", "settings.xml"), "would be published"),
        (replaced(b"true", b"false", "settings.xml"), "show grades at once"),
        (replaced(b"<points>7<", b"<points>8<", "rubrics.xml"), "does not add up"),
        (replaced(b">20<", b">21<", "settings.xml"), "other points"),
        (replaced(b"ipynb,py,zip", b"", "settings.xml"), "allowed_extensions is missing"),
        (replaced(b"softmax_steps.es.png", b"other.png", ".html"), "links to es/03_softmax/other.png"),
        (replaced(b"1.1.0", b"1.3.0", "imsmanifest.xml"), "Common Cartridge 1.1.0"),
        (replaced(b'identifierref="g', b'identifierref="h', "imsmanifest.xml"), "no resource"),
        (replaced(b"<identifierref>g", b"<identifierref>h", "module_meta.xml"), "is no assignment"),
    ],
)
def test_what_is_not_whole_is_told(files: dict[str, bytes], spoil, words: str) -> None:
    assert any(words in problem for problem in check_package(spoil(files)))


def test_a_page_is_known_again_and_its_version_tells_changes(course: Course, built_softmax: Bundle) -> None:
    stage = course.choose(["03_softmax"])[0]
    page = make_page(course, stage, built_softmax, pdf=False)
    assert page.mark() == "capas-03_softmax-es"
    other = msgspec.structs.replace(page, files=page.files | {"softmax.ipynb": b"{}"})
    assert (other.mark(), page.version() == other.version()) == (page.mark(), False)


def test_formulas_are_left_to_canvas() -> None:
    made = _to_html("Si $a_1 < b$ y *no* $x_2*y*$:\n\n$$\nE = \\frac{1}{2} \\& 3\n$$\n")
    assert r"\(a_1 &lt; b\)" in made
    assert "<em>no</em>" in made
    assert r"\(x_2*y*\)" in made
    assert "$$\nE = \\frac{1}{2} \\&amp; 3\n$$" in made


@pytest.mark.parametrize(
    ("points", "written", "total"),
    [
        ((2.5, 1.75), ["2.5", "1.75"], "4.25"),
        ((2.25, 1.75), ["2.25", "1.75"], "4"),
        ((0.1, 0.2), ["0.1", "0.2"], "0.3"),
        ((1 / 3, 1 / 3, 1 / 3), ["0.3333333333333333"] * 3, "1"),
        ((1_000_000.0, 0.5), ["1000000", "0.5"], "1000000.5"),
    ],
)
def test_points_are_exact_everywhere(
    course: Course, built_softmax: Bundle, points: tuple[float, ...], written: list[str], total: str
) -> None:
    stage = course.choose(["03_softmax"])[0]
    questions = [
        msgspec.structs.replace(question, points=value)
        for question, value in zip(stage.questions, points, strict=False)
    ]
    changed = msgspec.structs.replace(stage, questions=questions)
    made = cartridge("t", "es", [Lesson(changed, make_page(course, stage, built_softmax, pdf=False))])
    assert check_package(made) == []
    rows = find(made, "rubrics.xml").findall(".//c:criterion", NS)
    assert [row.findtext("c:points", "", NS) for row in rows] == written
    assert [row.findtext("c:ratings/c:rating/c:points", "", NS) for row in rows] == written
    for file in ("rubrics.xml", "assignment_settings.xml"):
        assert find(made, file).findtext(".//c:points_possible", "", NS) == total
