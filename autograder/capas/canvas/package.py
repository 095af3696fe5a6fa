"""The course as one file that Canvas imports, and the checks that it is whole."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from capas.bundle.build import build_languages
from capas.bundle.problems import require_no_problems
from capas.bundle.zip import make_zip
from capas.canvas.cartridge import LEARNING, SETTINGS, Lesson, cartridge
from capas.canvas.description import make_page
from capas.course.model import Course, Stage
from capas.files import UserError
from capas.texts.points import same_points

FILEBASE = re.compile(r"\$IMS-CC-FILEBASE\$/([^\"]+)\"")
REQUIRED = {
    "title",
    "assignment_group_identifierref",
    "workflow_state",
    "rubric_identifierref",
    "allowed_extensions",
    "points_possible",
    "grading_type",
    "submission_types",
}


def make_packages(
    course: Course,
    languages: Sequence[str],
    pdf: bool,
    on_stage: Callable[[Stage], None] = lambda stage: None,
    site: str = "",
) -> dict[str, bytes]:
    """Return the `.imscc` of the course in each language.

    Args:
        course: the course.
        languages: in which languages.
        pdf: whether handouts are attached as PDF, too.
        on_stage: told of each stage when its turn comes.
        site: the address of the course's web site, to which assignments link then.

    Raises:
        UserError: when a stage cannot be built, or a package would not be whole.
    """
    require_no_problems([(stage, languages) for stage in course.stages])
    lessons: dict[str, list[Lesson]] = {language: [] for language in languages}
    for stage in course.stages:
        on_stage(stage)
        for built in build_languages(stage, languages):
            lessons[built.language].append(Lesson(stage, make_page(course, stage, built, pdf, site)))
    return {language: _package(course, language, lessons[language]) for language in languages}


def _package(course: Course, language: str, lessons: list[Lesson]) -> bytes:
    files = cartridge(course.title[language], language, lessons)
    problems = check_package(files)
    if problems:
        raise UserError(f"the package for Canvas would not be whole: {'; '.join(problems)}")
    return make_zip(files)


def check_package(files: dict[str, bytes]) -> list[str]:
    """Return what is wrong with a package, given as its files by name: nothing, if Canvas can import it."""
    problems = []
    trees = {}
    for name, data in files.items():
        if name.endswith(".xml"):
            try:
                trees[name] = ET.fromstring(data)
            except ET.ParseError as error:
                problems.append(f"{name} is no XML: {error}")
    if "imsmanifest.xml" not in trees:
        return [*problems, "imsmanifest.xml is missing or broken"]
    problems += _check_manifest(trees["imsmanifest.xml"], files)
    problems += _check_settings(trees)
    for name, data in files.items():
        if name.endswith(".html"):
            for link in FILEBASE.findall(data.decode()):
                if f"web_resources/{unquote(link)}" not in files:
                    problems.append(f"{name} links to {link}, which is not in the package")
            if "{file:" in data.decode():
                problems.append(f"{name} has a file without an address")
    return problems


def _check_manifest(manifest: ET.Element, files: dict[str, bytes]) -> list[str]:
    problems = []
    if _text(manifest, "schema") != "IMS Common Cartridge" or _text(manifest, "schemaversion") != "1.1.0":
        problems.append("imsmanifest.xml is not of Common Cartridge 1.1.0")
    resources = _all(manifest, "resource")
    own = [element.get("identifier") for element in [*resources, *_all(manifest, "item")]]
    problems += [f"the identifier {one} is used twice" for one in sorted({str(i) for i in own if own.count(i) > 1})]
    named = [str(file.get("href")) for file in _all(manifest, "file")]
    problems += [f"{name} is named, but not there" for name in named if name not in files]
    problems += [f"{name} is named by {named.count(name)} resources" for name in set(named) if named.count(name) > 1]
    problems += [f"{name} is there, but not named" for name in files if name not in named and name != "imsmanifest.xml"]
    there = {resource.get("identifier") for resource in resources}
    for item in _all(manifest, "item"):
        if item.get("identifierref") and item.get("identifierref") not in there:
            problems.append(f"an item leads to {item.get('identifierref')}, which is no resource")
    kinds = {resource.get("type") for resource in resources}
    problems += [f"unknown type of resource {kind}" for kind in kinds - {LEARNING, "webcontent"}]
    for resource in resources:
        if resource.get("href") not in [file.get("href") for file in _all(resource, "file")]:
            problems.append(f"resource {resource.get('identifier')} does not hold its own page")
    return problems


def _check_settings(trees: dict[str, ET.Element]) -> list[str]:
    wanted = [f"{SETTINGS}/{name}.xml" for name in ("assignment_groups", "rubrics", "module_meta")]
    problems = [f"{name} is missing" for name in wanted if name not in trees]
    if problems:
        return problems
    groups, rubrics, modules = (trees[name] for name in wanted)
    group_ids = {group.get("identifier") for group in _all(groups, "assignmentGroup")}
    points = {rubric.get("identifier"): _text(rubric, "points_possible") for rubric in _all(rubrics, "rubric")}
    for rubric in _all(rubrics, "rubric"):
        of_rows = sum(float(_text(criterion, "points")) for criterion in _all(rubric, "criterion"))
        if not same_points(of_rows, float(_text(rubric, "points_possible"))):
            problems.append(f"the rubric {_text(rubric, 'title')} does not add up")
    assignments = {
        tree.get("identifier"): tree for name, tree in trees.items() if name.endswith("assignment_settings.xml")
    }
    for name, tree in trees.items():
        if not name.endswith("assignment_settings.xml"):
            continue
        for tag in REQUIRED:
            if not _text(tree, tag):
                problems.append(f"{name}: {tag} is missing")
        if name.partition("/")[0] != tree.get("identifier"):
            problems.append(f"{name}: its identifier is not its folder's")
        if _text(tree, "workflow_state") != "unpublished" or _text(tree, "post_manually") != "true":
            problems.append(f"{name}: it would be published, or show grades at once")
        if _text(tree, "assignment_group_identifierref") not in group_ids:
            problems.append(f"{name}: its group is not there")
        if points.get(_text(tree, "rubric_identifierref")) != _text(tree, "points_possible"):
            problems.append(f"{name}: its rubric is not there, or has other points")
    for item in _all(modules, "item"):
        if _text(item, "identifierref") not in assignments:
            problems.append(f"the module's item {_text(item, 'title')} is no assignment")
    return problems


def _all(tree: ET.Element, tag: str) -> list[ET.Element]:
    return list(tree.iter(f"{{{_namespace(tree)}}}{tag}"))


def _text(tree: ET.Element, tag: str) -> str:
    element = next(iter(_all(tree, tag)), None)
    return (element.text or "").strip() if element is not None else ""


def _namespace(tree: ET.Element) -> str:
    return tree.tag[1:].partition("}")[0]
