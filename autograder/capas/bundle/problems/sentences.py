"""Problems in the sentences of `require`: a language without one, a place in one that nothing fills in."""

import ast
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from string import Formatter

from capas.bundle.problems.problem import Problem
from capas.course.text_files import parse_source


def require_problems(path: Path, text: str, languages: Sequence[str]) -> list[Problem]:
    """Return the problems of every `require` of a test file."""
    calls = [node for node in ast.walk(parse_source(path, text)) if isinstance(node, ast.Call)]
    found = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "require"]
    return [Problem(told, path, node.lineno) for node in found for told in _problems(node, languages)]


def _problems(node: ast.Call, languages: Sequence[str]) -> Iterator[str]:
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    if len(given) < len(node.keywords):  # `**sentences` may bring it
        return
    lacking = next((language for language in languages if language not in given), None)
    if lacking:
        yield f'`require` has no sentence in language `{lacking}`; add {lacking}="…"'
    for language in languages:
        sentence = given.get(language)
        if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
            yield from _unfilled(sentence.value, language, given.keys())


def _unfilled(sentence: str, language: str, given: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the places in a sentence, such as ``{call}``: each is filled in as text, by name."""
    where = f"the sentence of `require` in `{language}`"
    try:
        places = [(name, form) for _, name, form, _ in Formatter().parse(sentence) if name is not None]
    except ValueError:
        yield f"{where} has a brace alone; write {{{{ and }}}} for braces that are shown"
        return
    for place, form in dict.fromkeys(places):
        name = place.replace("[", ".").partition(".")[0]
        if name not in given:
            add = f"add {name}=…" if name.isidentifier() else "name what stands there, as in {call} and call=…"
            yield f"{where} speaks of {{{place}}}, and nothing is named so; {add}"
        elif place != name or form:
            yield f"{where} has {{{place}{':' if form else ''}{form}}}; it is filled in as text: write {{{name}}}"
