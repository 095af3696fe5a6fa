"""Pages from templates: what is put in is escaped, but for the HTML that `prose` made."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from capas.course.model import Question, Stage
from capas.texts import program_texts
from capas.texts.points import points_text

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")


class Link(msgspec.Struct, frozen=True):
    """A page by its title."""

    title: str
    address: str


def page(template: str, language: str, **values: object) -> str:
    """Return a page in ``language`` from a template."""
    return _environment().get_template(template).render(say=program_texts(language), language=language, **values)


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def in_others(language: str, languages: Sequence[str], address: Callable[[str], str]) -> list[dict[str, str]]:
    """Return the same page in the other languages, each with its name and its address."""
    return [
        {"language": other, "name": program_texts(other)("site_language"), "address": address(other)}
        for other in languages
        if other != language
    ]


def points_of(question: Question, language: str) -> str:
    """Return how many points a question brings, as in a table of contents."""
    key = "site_point" if question.points == 1 else "site_points"
    return program_texts(language)(key, points=points_text(question.points))


def facts_of(stage: Stage, language: str) -> str:
    """Return what a stage brings and takes: its questions, points and minutes."""
    say, count = program_texts(language), len(stage.all_questions)
    minutes = sum(question.minutes or 0 for question in stage.all_questions)
    told = [
        say("site_question" if count == 1 else "site_questions", count=count),
        say("site_points", points=points_text(stage.points)),
        *([_time(minutes, language)] if minutes else []),
    ]
    return " · ".join(told)


def _time(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest)
    # In one piece on a small window, too.
    return program_texts(language)("site_about", time=" ".join(parts).replace(" ", "\N{NO-BREAK SPACE}"))


def around(links: Sequence[Link], at: int) -> tuple[Link | None, Link | None]:
    """Return the links before and after that at a place."""
    return links[at - 1] if at else None, links[at + 1] if at + 1 < len(links) else None
