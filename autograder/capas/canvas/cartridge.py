"""The files of a Canvas import package: IMS Common Cartridge 1.1 with Canvas's own settings beside it.

Every identifier comes from the course's own names, so that importing again updates what was imported before.
"""

import hashlib
from xml.etree import ElementTree as ET

import msgspec

from capas.canvas.description import Page
from capas.course.model import Stage
from capas.texts import program_texts
from capas.texts.points import points_text

CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
LEARNING = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
EXTENSIONS = "ipynb,py,zip"
SETTINGS = "course_settings"
NAMESPACES = {
    "xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "xmlns:lomimscc": "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": (
        "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 "
        "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd "
        "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest "
        "http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd"
    ),
}


class Lesson(msgspec.Struct, frozen=True):
    """A stage with its page, ready to be written."""

    stage: Stage
    page: Page


def identifier(*parts: str) -> str:
    """Return an identifier made of what it is of: the same every time, another for anything else."""
    return "g" + hashlib.sha256("\0".join(("capas", *parts)).encode()).hexdigest()[:32]


def cartridge(title: str, language: str, lessons: list[Lesson]) -> dict[str, bytes]:
    """Return the files of the package, by name."""
    files = {
        f"{SETTINGS}/canvas_export.txt": b"made by capas\n",
        f"{SETTINGS}/assignment_groups.xml": _groups(language),
        f"{SETTINGS}/rubrics.xml": _rubrics(language, lessons),
        f"{SETTINGS}/module_meta.xml": _modules(title, language, lessons),
    }
    for position, lesson in enumerate(lessons, start=1):
        own = identifier(language, lesson.stage.id, "assignment")
        folder = f"{language}/{lesson.stage.id}"
        files[f"{own}/{lesson.stage.slug}.html"] = _page(lesson, folder)
        files[f"{own}/assignment_settings.xml"] = _assignment(language, lesson, position)
        files |= {f"web_resources/{folder}/{name}": data for name, data in lesson.page.files.items()}
    files["imsmanifest.xml"] = _manifest(title, language, lessons, list(files))
    return files


def _page(lesson: Lesson, folder: str) -> bytes:
    body = lesson.page.html(lambda name: f"$IMS-CC-FILEBASE$/{folder}/{name}")
    root = ET.Element("html")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
    _add(head, "title", lesson.stage.title[lesson.page.language])
    ET.SubElement(root, "body").text = "@"
    before, after = ET.tostring(root, encoding="unicode", method="html").split("@</body>")
    return f"{before}\n{body}</body>{after}\n".encode()


def _assignment(language: str, lesson: Lesson, position: int) -> bytes:
    stage = lesson.stage
    root = _canvas_root("assignment", identifier=identifier(language, stage.id, "assignment"))
    _add(root, "title", stage.title[language])
    _add(root, "assignment_group_identifierref", identifier(language, "group"))
    # Left out, it would be published at once.
    _add(root, "workflow_state", "unpublished")
    _add(root, "rubric_identifierref", identifier(language, stage.id, "rubric"))
    # Grades come with the results; the rubric shows where the points are.
    _add(root, "rubric_use_for_grading", "false")
    _add(root, "rubric_hide_score_total", "false")
    _add(root, "allowed_extensions", EXTENSIONS)
    _add(root, "points_possible", points_text(stage.points))
    _add(root, "grading_type", "points")
    _add(root, "submission_types", "online_upload")
    _add(root, "allowed_attempts", "-1")
    _add(root, "position", str(position))
    _add(_add(root, "post_policy"), "post_manually", "true")
    return _bytes(root)


def _groups(language: str) -> bytes:
    root = _canvas_root("assignmentGroups")
    group = _add(root, "assignmentGroup", identifier=identifier(language, "group"))
    _add(group, "title", program_texts(language)("assignment_group"))
    return _bytes(root)


def _rubrics(language: str, lessons: list[Lesson]) -> bytes:
    root = _canvas_root("rubrics")
    for lesson in lessons:
        stage = lesson.stage
        rubric = _add(root, "rubric", identifier=identifier(language, stage.id, "rubric"))
        _add(rubric, "read_only", "false")
        _add(rubric, "title", stage.title[language])
        _add(rubric, "reusable", "false")
        _add(rubric, "public", "false")
        _add(rubric, "points_possible", points_text(stage.points))
        _add(rubric, "hide_score_total", "false")
        _add(rubric, "free_form_criterion_comments", "false")
        criteria = _add(rubric, "criteria")
        for question in stage.all_questions:
            criterion = _add(criteria, "criterion")
            own = f"capas_{question.name}"
            _add(criterion, "criterion_id", own)
            _add(criterion, "points", points_text(question.points))
            _add(criterion, "description", question.title[language])
            _add(criterion, "long_description", question.name)
            ratings = _add(criterion, "ratings")
            for kind, points in (("full", question.points), ("none", 0.0)):
                rating = _add(ratings, "rating")
                _add(rating, "description", program_texts(language)(f"rating_{kind}"))
                _add(rating, "points", points_text(points))
                _add(rating, "criterion_id", own)
                _add(rating, "id", f"{own}_{kind}")
    return _bytes(root)


def _modules(title: str, language: str, lessons: list[Lesson]) -> bytes:
    root = _canvas_root("modules")
    module = _add(root, "module", identifier=identifier(language, "module"))
    _add(module, "title", title)
    _add(module, "workflow_state", "unpublished")
    _add(module, "position", "1")
    items = _add(module, "items")
    for position, lesson in enumerate(lessons, start=1):
        item = _add(items, "item", identifier=identifier(language, lesson.stage.id, "item"))
        _add(item, "content_type", "Assignment")
        _add(item, "workflow_state", "unpublished")
        _add(item, "title", lesson.stage.title[language])
        _add(item, "identifierref", identifier(language, lesson.stage.id, "assignment"))
        _add(item, "position", str(position))
        _add(item, "indent", "0")
    return _bytes(root)


def _manifest(title: str, language: str, lessons: list[Lesson], files: list[str]) -> bytes:
    root = ET.Element("manifest", {"identifier": identifier(language, "course"), **NAMESPACES})
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "IMS Common Cartridge")
    _add(metadata, "schemaversion", "1.1.0")
    lom = _add(_add(_add(metadata, "lomimscc:lom"), "lomimscc:general"), "lomimscc:title")
    _add(lom, "lomimscc:string", title)
    organization = _add(_add(root, "organizations"), "organization", identifier="org_1", structure="rooted-hierarchy")
    module = _add(
        _add(organization, "item", identifier="LearningModules"), "item", identifier=identifier(language, "module")
    )
    _add(module, "title", title)
    for lesson in lessons:
        item = _add(
            module,
            "item",
            identifier=identifier(language, lesson.stage.id, "item"),
            identifierref=identifier(language, lesson.stage.id, "assignment"),
        )
        _add(item, "title", lesson.stage.title[language])
    resources = _add(root, "resources")
    flag = f"{SETTINGS}/canvas_export.txt"
    settings = [name for name in files if name.startswith(f"{SETTINGS}/") and name != flag]
    _resource(resources, identifier(language, "settings"), LEARNING, flag, [*sorted(settings), flag])
    for lesson in lessons:
        own = identifier(language, lesson.stage.id, "assignment")
        page = f"{own}/{lesson.stage.slug}.html"
        _resource(resources, own, LEARNING, page, [page, f"{own}/assignment_settings.xml"])
    for name in sorted(files):
        if name.startswith("web_resources/"):
            _resource(resources, identifier(language, "file", name), "webcontent", name, [name])
    return _bytes(root)


def _resource(resources: ET.Element, own: str, kind: str, href: str, files: list[str]) -> None:
    resource = _add(resources, "resource", identifier=own, type=kind, href=href)
    for name in files:
        _add(resource, "file", href=name)


def _canvas_root(tag: str, **attributes: str) -> ET.Element:
    schema = {
        "xmlns": CANVAS,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{CANVAS} https://canvas.instructure.com/xsd/cccv1p0.xsd",
    }
    return ET.Element(tag, {**attributes, **schema})


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
