"""The course's assignments over the API: which are there, what would change in them, and doing it."""

from typing import Any

import msgspec

from capas.canvas.api import Api
from capas.canvas.cartridge import EXTENSIONS, Lesson
from capas.files import UserError
from capas.texts import program_texts
from capas.texts.points import points_text, rounded, same_points
from capas.texts.wording import counted


class AssignmentPlan(msgspec.Struct, frozen=True):
    """A stage with its assignment in Canvas, or None, and what would change: a line for each thing."""

    lesson: Lesson
    existing: Any
    changes: list[str]


def find_assignment(assignments: list[Any], lesson: Lesson) -> Any:
    """Return the assignment that was made of a stage: by the mark on its page, else by its title; None if none was.

    Raises:
        UserError: when there are several.
    """
    title = lesson.stage.title[lesson.page.language]
    marked = [one for one in assignments if lesson.page.mark() in (getattr(one, "description", None) or "")]
    matching = marked or [one for one in assignments if one.name == title]
    if len(matching) > 1:
        listed = ", ".join(str(one.id) for one in matching)
        raise UserError(
            f"the course has several assignments of {lesson.stage.id}: {listed}; delete or rename all but one"
        )
    return matching[0] if matching else None


def plan_assignments(api: Api, lessons: list[Lesson]) -> list[AssignmentPlan]:
    """Return what would be made and changed."""
    assignments = api.assignments()
    planned = []
    for lesson in lessons:
        existing = find_assignment(assignments, lesson)
        planned.append(AssignmentPlan(lesson, existing, _changes(lesson, existing)))
    return planned


def _changes(lesson: Lesson, existing: Any) -> list[str]:
    if existing is None:
        points, rows = points_text(lesson.stage.points), counted(len(lesson.stage.all_questions), "row")
        return [f"create, unpublished, {points} points, rubric of {rows}"]
    changes = []
    if not same_points(existing.points_possible or 0.0, lesson.stage.points):
        changes.append(f"points: {existing.points_possible} → {points_text(lesson.stage.points)}")
    if list(existing.submission_types) != ["online_upload"]:
        changes.append(f"submission types: {', '.join(existing.submission_types)} → online_upload")
    extensions = ",".join(getattr(existing, "allowed_extensions", None) or [])
    if extensions != EXTENSIONS:
        changes.append(f"allowed extensions: {extensions or 'any'} → {EXTENSIONS}")
    if lesson.page.version() not in (existing.description or ""):
        changes.append("description and files: a new version")
    if not getattr(existing, "rubric", None):
        changes.append(f"rubric: {len(lesson.stage.all_questions)} rows")
    if not getattr(existing, "post_manually", False):
        changes.append("grades: hidden until you post them")
    return changes


def apply_assignment(api: Api, arranged: AssignmentPlan) -> Any:
    """Make or change one assignment; return it as Canvas has it then."""
    lesson, existing = arranged.lesson, arranged.existing
    stage, language = lesson.stage, lesson.page.language
    settings: dict[str, Any] = {
        "points_possible": rounded(stage.points),
        "submission_types": ["online_upload"],
        "allowed_extensions": EXTENSIONS.split(","),
    }
    if existing is None or lesson.page.version() not in (existing.description or ""):
        course = api.course.id
        numbers = {
            name: api.upload(
                f"courses/{course}/files",
                name,
                data,
                parent_folder_path=f"capas/{language}/{stage.id}",
                on_duplicate="overwrite",
            )
            for name, data in lesson.page.files.items()
        }
        settings["description"] = lesson.page.html(
            lambda name: f"/courses/{course}/files/{numbers[name]}/{_show(name)}"
        )
    if existing is None:
        settings |= {"name": stage.title[language], "grading_type": "points", "published": False}
        number = api.call("POST", f"courses/{api.course.id}/assignments", assignment=settings)["id"]
    else:
        number = existing.id
        api.call("PUT", f"courses/{api.course.id}/assignments/{number}", assignment=settings)
    if existing is None or not getattr(existing, "rubric", None):
        _make_rubric(api, lesson, number)
    api.post_manually(number)
    return api.assignment(number)


def _show(name: str) -> str:
    return "preview" if name.endswith(".png") else "download"


def _make_rubric(api: Api, lesson: Lesson, assignment: int) -> None:
    language, say = lesson.page.language, program_texts(lesson.page.language)
    criteria = {
        str(position): {
            "description": question.title[language],
            "long_description": question.name,
            "points": question.points,
            "ratings": {
                "0": {"description": say("rating_full"), "points": question.points},
                "1": {"description": say("rating_none"), "points": 0},
            },
        }
        for position, question in enumerate(lesson.stage.all_questions)
    }
    api.call(
        "POST",
        f"courses/{api.course.id}/rubrics",
        rubric={"title": lesson.stage.title[language], "free_form_criterion_comments": False, "criteria": criteria},
        rubric_association={
            "association_type": "Assignment",
            "association_id": assignment,
            "purpose": "grading",
            "use_for_grading": False,
        },
    )
