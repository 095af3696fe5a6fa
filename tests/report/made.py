"""Submissions made of the course's mistakes, and pages made readable for golden files."""

import re
from html.parser import HTMLParser
from itertools import pairwise

from capas.course.drawings import drawings_of
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.course.variants import replace_definition
from capas.grading.result import CaseResult, Isolation, QuestionResult, Result
from capas.report import diagnoses_of
from capas.report.pictures import Picture, draw_answers
from capas.report.student_feedback import StudentFeedback, feedback_for
from capas.sandbox import Limits, Zygote
from capas.submission import Contents, SubmissionFile

HOSTILE = (
    "</p></bdi><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- --><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; \x00\x1b[31m \u202eabc",
    "javascript:alert(1)",
)


def told(
    stage: Stage, result: Result, pictures: dict[str, Picture] | None = None, language: str = "es"
) -> StudentFeedback:
    return feedback_for(stage, result, diagnoses_of(stage, language), pictures or {}, language)


def result_of(stage: Stage, *, message: str = "", case: str = "", hidden: str = "", file: str = "x.py") -> Result:
    """Return a result in which every question fails, with the texts that are given."""
    cases = [CaseResult("c1", False, 1.0, False, message=case), CaseResult("c2", True, 1.0, False, message=hidden)]
    questions = [QuestionResult(one.name, 0.0, 2.0, False, None, cases) for one in stage.questions]
    return Result("x", file, "", stage.id, "graded", 0, 20, questions, Isolation(0, ["process"]), "0", message)


def seen(stage: Stage, result: Result, cells: list[str], zygote: Zygote, language: str = "es") -> dict[str, Picture]:
    return draw_answers(result, lambda _: cells, drawings_of(stage, language), lambda: zygote, Limits(), language)


def with_mistakes(stage: Stage, *ids: str) -> bytes:
    """Return the reference with mistakes of the catalogue in it, as a student's `.py`."""
    solutions = Solutions(stage)
    source = solutions.reference_source
    text = (stage.solutions / "mistakes.py").read_text(encoding="utf-8")
    for identity in ids:
        (question,) = {mistake.question for mistake in solutions.mistakes if mistake.id == identity}
        source = replace_definition(source, text, identity, question)
    return source.encode()


def found(files: dict[str, bytes]) -> list[SubmissionFile]:
    """Return submissions, by file name."""
    return [SubmissionFile(name.rpartition(".")[0], name, Contents(data)) for name, data in sorted(files.items())]


def readable(page: str) -> str:
    """Return a page without what is the same on all, and without the bytes of pictures."""
    page = re.sub(r"(<style>).*?(</style>)", r"\1…\2", page, flags=re.DOTALL)
    page = re.sub(r"(<script>).*?(</script>)", r"\1…\2", page, flags=re.DOTALL)
    return re.sub(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+|sha256-[A-Za-z0-9+/=]+", "…", page)


class Outline(HTMLParser):
    """Reads a page strictly: every element is closed, in order."""

    VOID = {"meta", "img", "br", "input"}

    def __init__(self, page: str):
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.text).split())


def well_made(page: str) -> Outline:
    """Return what is in a page, having looked at what every page must have."""
    outline = Outline(page)
    headings = [int(tag[1]) for tag in outline.tags if tag in ("h1", "h2", "h3", "h4")]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings)), headings
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in outline.elements:
        if tag == "html":
            assert attributes["lang"] in ("es", "en")
        if tag == "img":
            assert attributes["alt"]
            assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
    # Nothing comes from elsewhere.
    assert "//" not in re.sub(r"data:[^\"]*|(?s:<script>.*?</script>)", "", page.replace("<!DOCTYPE", ""))
    return outline
