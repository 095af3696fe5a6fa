"""Assignments over the API: made once, brought up to date when the course changes, otherwise left alone."""

from pathlib import Path

import pytest
from canvas_server import TOKEN, running
from fake_canvas import COURSE, FakeCanvas

from capas.bundle.build import Bundle
from capas.canvas.api import Api
from capas.canvas.assignments import apply_assignment, plan_assignments
from capas.canvas.cartridge import Lesson
from capas.canvas.description import make_page
from capas.course.model import Course, load_course
from capas.course.site_address import site_address
from capas.files import UserError


@pytest.fixture
def lesson(course: Course, built_softmax: Bundle) -> Lesson:
    stage = course.choose(["03_softmax"])[0]
    return Lesson(stage, make_page(course, stage, built_softmax, pdf=False))


def test_an_assignment_is_made_unpublished_with_all_it_needs(lesson: Lesson) -> None:
    canvas = FakeCanvas([], {})
    with running(canvas) as url:
        api = Api(url, COURSE, TOKEN)
        (planned,) = plan_assignments(api, [lesson])
        assert planned.changes == ["create, unpublished, 20 points, rubric of 4 rows"]
        assert canvas.assignments == {}
        apply_assignment(api, planned)
        (made,) = canvas.assignments.values()
        assert made["name"] == "Softmax: de números a probabilidades"
        assert (made["published"], made["post_manually"], made["points_possible"]) == (False, True, 20.0)
        assert made["allowed_extensions"] == ["ipynb", "py", "zip"]
        assert [(row["long_description"], row["points"]) for row in made["rubric"]] == [
            ("softmax", 7),
            ("softmax_jacobian", 6),
            ("predict", 2),
            ("softmax_twin", 5),
        ]
        names = {name: number for number, (name, _) in canvas.files.items()}
        assert f"/courses/{COURSE}/files/{names['softmax_steps.es.png']}/preview" in made["description"]
        assert f"/courses/{COURSE}/files/{names['softmax.zip']}/download" in made["description"]
        assert canvas.files[names["softmax.zip"]][1] == lesson.page.files["softmax.zip"]
        assert [planned.changes for planned in plan_assignments(api, [lesson])] == [[]]


def test_what_changed_is_told_and_brought_up_to_date(lesson: Lesson, small_course: Path, built_softmax: Bundle) -> None:
    canvas = FakeCanvas([], {})
    with running(canvas) as url:
        api = Api(url, COURSE, TOKEN)
        made = apply_assignment(api, plan_assignments(api, [lesson])[0])
        canvas.assignments[made.id] |= {"name": "Tarea 3", "points_possible": 100.0, "allowed_extensions": []}
        handout = small_course / "assignments/03_softmax/handout.es.md"
        handout.write_text(handout.read_text(encoding="utf-8").replace("prenda", "ropa"), encoding="utf-8")
        course = load_course(small_course)
        newer = Lesson(course.stages[0], make_page(course, course.stages[0], built_softmax, pdf=False))
        (planned,) = plan_assignments(api, [newer])
        assert planned.existing.id == made.id
        assert planned.changes == [
            "points: 100.0 → 20",
            "allowed extensions: any → ipynb,py,zip",
            "description and files: a new version",
        ]
        apply_assignment(api, planned)
        assert len(canvas.assignments) == 1
        assert "ropa" in canvas.assignments[made.id]["description"]
        # The title is the teacher's.
        assert canvas.assignments[made.id]["name"] == "Tarea 3"
        assert [planned.changes for planned in plan_assignments(api, [newer])] == [[]]


def test_one_that_is_there_under_its_title_is_taken(lesson: Lesson) -> None:
    canvas = FakeCanvas([], {})
    number = canvas.add_assignment()
    with running(canvas) as url:
        api = Api(url, COURSE, TOKEN)
        (planned,) = plan_assignments(api, [lesson])
        assert planned.existing.id == number
        assert "grades: hidden until you post them" in planned.changes
        canvas.add_assignment()
        with pytest.raises(UserError, match="several assignments of 03_softmax"):
            plan_assignments(api, [lesson])


def test_a_page_links_to_the_web_site_where_its_address_is_given(course: Course, built_softmax: Bundle) -> None:
    stage = course.choose(["03_softmax"])[0]
    site = site_address("https://name.github.io/course")
    linked = make_page(course, stage, built_softmax, pdf=False, site=site).html(str)
    assert '<a href="https://name.github.io/course/es/03_softmax/index.html">Leer, responder' in linked
    assert "github.io" not in make_page(course, stage, built_softmax, pdf=False).html(str)
    for wrong in (
        "name.github.io",
        "javascript:alert(1)",
        'https://a.org/"x',
        "https://",
        "https://[a",
        "https://a.org/)",
    ):
        with pytest.raises(UserError, match="is no address of a web site"):
            site_address(wrong)
