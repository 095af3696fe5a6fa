"""Problems in what cases are said to look at: a case asks for nothing that the question's text does not say."""

from collections.abc import Iterator, Sequence

from capas.bundle.problems.problem import Problem
from capas.course.handout import read_handout
from capas.course.looked_at import asking_texts, cases_file, read_looked_at, sentence_with
from capas.course.model import Stage
from capas.files import UserError
from capas.grading.cases import case_name
from capas.grading.stage import stage_test_files


def looked_at_problems(stage: Stage, languages: Sequence[str]) -> list[Problem]:
    """Return the problems of `cases.toml`: none where the stage has no such file. The cases must have none."""
    try:
        return [Problem(told, cases_file(stage)) for told in _problems(stage, languages)]
    except UserError as error:
        return [Problem(str(error))]


def _problems(stage: Stage, languages: Sequence[str]) -> Iterator[str]:
    looked_at = read_looked_at(stage)
    if not looked_at:
        return
    cases = {file.name: [case_name(case) for case in file.test_cases] for file in stage_test_files(stage)}
    for question in [name for name in looked_at if name not in cases]:
        yield f"[{question}]: no question of assignment.toml has this name; rename or remove it"
    asked = {language: asking_texts(read_handout(stage, language)) for language in languages}
    for question, names in cases.items():
        said = looked_at.get(question, {})
        for case in [name for name in said if name not in names]:
            yield f"[{question}]: `{case}` is no case of tests/{question}.py; rename or remove it"
        for case in names:
            if case not in said:
                yield f"[{question}]: `{case}` is missing; say what this case looks at, in words of the handout"
                continue
            for language in languages:
                if sentence_with(said[case][language], asked[language].get(question, "")) is None:
                    words = said[case][language]
                    handout = stage.handout(language).name
                    yield f"[{question}]: `{case}` looks at “{words}”, which the question in {handout} does not say"
