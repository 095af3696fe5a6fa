"""The pages of a stage in one language: its handout, and the derivation that comes with it."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from capas.bundle.site.config import page_config
from capas.bundle.site.handed_out import HandedOut
from capas.bundle.site.handout import Handout, HandoutReader
from capas.bundle.site.pages import Link, around, facts_of, in_others, page, points_of
from capas.bundle.site.prose import plain
from capas.bundle.site.pyodide import PyodidePlace
from capas.bundle.site.svg import SvgFigure
from capas.course.model import Course, Stage
from capas.texts import program_texts

DERIVATION = "derivation.html"


class StagePage(msgspec.Struct, frozen=True):
    """What a page of a stage is made of."""

    course: Course
    stage: Stage
    language: str
    languages: Sequence[str]
    policy: str
    handed_out: HandedOut
    figures: Mapping[tuple[str, str], SvgFigure]
    pyodide: PyodidePlace

    def render(self, name: str, handout: Handout, title: str, **values: Any) -> tuple[str, str]:
        """Return the path and the text of the page with a ``name``, for a handout."""
        say = program_texts(self.language)
        number = self.course.stages.index(self.stage) + 1
        return f"{self.language}/{self.stage.id}/{name}", page(
            "stage.html",
            self.language,
            base="../../",
            home="../index.html",
            course_title=self.course.title[self.language],
            page_title=f"{title} · {self.course.title[self.language]}",
            description=_opening(handout),
            policy=self.policy,
            others=in_others(self.language, self.languages, lambda other: f"../../{other}/{self.stage.id}/{name}"),
            handout=handout,
            kicker=say("site_stage", number=number),
            figures=self._figures(),
            explorables=self._explorables(),
            source=self.handed_out.source,
            points=functools.partial(points_of, language=self.language),
            notebook=f"{self.stage.slug}.ipynb",
            script=f"{self.stage.slug}.py",
            **values,
        )

    def _explorables(self) -> dict[str, dict[str, str]]:
        return {
            name: {
                "title": one.title[self.language],
                "about": one.about[self.language],
                "address": f"../../explorables/{self.stage.id}/{name}.js",
            }
            for name, one in self.stage.explorables.items()
        }

    def _figures(self) -> dict[str, dict[str, Any]]:
        return {
            name: {
                "address": f"../../figures/{self.stage.id}/{name}.{language}.svg",
                "alt": " ".join(figure.alt.split()),
                "width": figure.width,
                "height": figure.height,
            }
            for (name, language), figure in self.figures.items()
            if language == self.language
        }


def stage_pages(
    made: StagePage, reader: HandoutReader, stages: Sequence[Link], number: int
) -> Iterator[tuple[str, str]]:
    """Yield the pages of a stage, each with its path: it is the one with this ``number`` among ``stages``."""
    before, after = around([Link(one.title, f"../{one.address}/index.html") for one in stages], number)
    facts, title = facts_of(made.stage, made.language), made.stage.title[made.language]
    derivation = reader.derivation()
    links = {"before": before, "after": after}
    config = page_config(made.stage, made.language, made.handed_out, made.pyodide)
    shown = {"facts": facts, "derivation": derivation is not None, "answers": True, "config": config}
    yield made.render("index.html", reader.handout(), title, **shown, **links)
    if derivation:
        back = Link(title, "index.html")
        shown = {"facts": title, "derivation": False, "answers": False}
        yield made.render(DERIVATION, derivation, plain(derivation.title), **shown, before=back, after=None)


def _opening(handout: Handout) -> str:
    """Return how the handout begins, for who finds the page by a search."""
    first = next((part.value for part in handout.sections[0].parts if part.kind == "html"), "")
    text = " ".join(plain(first).split())
    return text if len(text) <= 160 else text[:160].rpartition(" ")[0] + "…"
