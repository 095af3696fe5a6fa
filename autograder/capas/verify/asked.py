"""Every case of a course beside the sentence of the handout that asks for it, as tables in a document.

``python -m capas.verify.asked docs/judgement.md`` writes them.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from capas.course.handout import read_handout
from capas.course.looked_at import asking_texts, looked_at_in, sentence_with
from capas.course.model import Stage, open_course
from capas.grading.cases import case_name
from capas.grading.stage import stage_test_files
from capas.verify.mutants.document import write_table

TABLE_BEGINS, TABLE_ENDS = "<!-- cases -->", "<!-- /cases -->"
"""Between these lines of the document stand the tables."""


def cases_tables(stages: Iterable[Stage], language: str) -> str:
    """Return a Markdown table for each stage: question, case, whether it is hidden, and what asks for it."""
    return "\n\n".join(_table(stage, language) for stage in stages)


def _table(stage: Stage, language: str) -> str:
    looked_at, asked = looked_at_in(stage, language), asking_texts(read_handout(stage, language))
    lines = [f"### {stage.id}", "", "| question | case | | the handout says |", "|---|---|---|---|"]
    for test_file in stage_test_files(stage):
        for case in test_file.test_cases:
            words = looked_at.get(test_file.name, {}).get(case_name(case), "")
            sentence = sentence_with(words, asked[test_file.name]) if words else None
            hidden = "hidden" if case.hidden else "public"
            lines.append(f"| `{test_file.name}` | `{case_name(case)}` | {hidden} | {_cell(sentence or '', words)} |")
    return "\n".join(lines)


def _cell(sentence: str, words: str) -> str:
    """Return the sentence for a cell of a table, with what the case looks at in bold."""
    plain = sentence.replace("**", "").strip()
    start = plain.casefold().find(" ".join(words.split()).casefold())
    if not words or start < 0:
        return plain.replace("|", "\\|")
    end = start + len(words)
    return f"{plain[:start]}**{plain[start:end]}**{plain[end:]}".replace("|", "\\|")


if __name__ == "__main__":
    course = open_course(None)
    write_table(Path(sys.argv[1]), "\n" + cases_tables(course.stages, "en") + "\n", TABLE_BEGINS, TABLE_ENDS)
