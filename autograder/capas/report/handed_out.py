"""The code that every student was given, and that is nobody's own therefore."""

import re
from collections.abc import Iterator

from capas.course.cut_functions import given_cells, question_source
from capas.course.model import Stage
from capas.course.text_files import read_course_text

_FENCED = re.compile(r"^[ \t]*(```+|~~~+)[^\n]*\n(.*?)^[ \t]*\1", re.MULTILINE | re.DOTALL)
_SOLUTION = re.compile(r"# BEGIN SOLUTION.*?# END SOLUTION", re.DOTALL)


def handed_out_code(stage: Stage) -> list[str]:
    """Return what stands above the students' own code, their stubs, and the code that handout and derivation show.

    Of a bundle of Otter's nothing is known: what was handed out with it is left out where many still have it.
    """
    if stage.autograder:
        return []
    return [source for language in stage.languages for source in _in_language(stage, language)]


def _in_language(stage: Stage, language: str) -> Iterator[str]:
    yield from given_cells(stage, language)
    reference = read_course_text(stage.solutions / "reference.py")
    for question in stage.questions:
        source = question_source(stage, reference, question, language)
        if _SOLUTION.search(source):  # of a variable all is the solution
            yield _SOLUTION.sub("", source)
    for path in (stage.handout(language), stage.derivation(language)):
        if path.is_file():
            yield from (code for _, code in _FENCED.findall(path.read_text(encoding="utf-8")))
