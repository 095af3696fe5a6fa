"""The sentences in both languages: the same keys and places, each used, each given what it has places for."""

import ast
from pathlib import Path
from string import Formatter

import capas_check
from capas_check.texts import load_texts

PACKAGE = Path(capas_check.__file__).parent
TEXTS = {language: load_texts(language) for language in ("es", "en")}
# Of each kind of drawing: a stretch of it, one place of it.
OF_DRAWINGS = {f"draw_{kind}{end}" for kind in ("curve", "line", "bars") for end in ("", "_at")}
AXES = {"draw_line_axis", "draw_bars_axis"}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def nodes() -> list[ast.AST]:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py")]
    return [node for source in sources for node in ast.walk(ast.parse(source))]


def keys_of(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return keys_of(node.body) | keys_of(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


ALREADY_GIVEN: dict[str, set[str]] = {"say": set(), "_say": set(), "_failure": {"call"}, "refusal": {"name"}}
"""What fills in a sentence, with the names that it gives by itself."""


def uses() -> list[tuple[str, "set[str] | None"]]:
    """Return each key that the code writes out, with the names it is given; None where those are not written out."""
    found: list[tuple[str, set[str] | None]] = []
    for node in nodes():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in ALREADY_GIVEN:
            continue
        key, given = node.args[0], ALREADY_GIVEN[name]
        if name == "_failure" and len(node.args) > 1 and keys_of(node.args[1]) != {""}:  # a key that is not the kind
            key = node.args[1]
        written_out = all(keyword.arg for keyword in node.keywords)
        names = given | {keyword.arg for keyword in node.keywords if keyword.arg} if written_out else None
        found += [(key, names) for key in keys_of(key)]
    return found


def test_there_are_spanish_and_english() -> None:
    assert {path.name for path in (PACKAGE / "texts").iterdir()} == {"es.json", "en.json"}


def test_every_sentence_is_in_both_languages_with_the_same_places() -> None:
    spanish, english = TEXTS["es"], TEXTS["en"]
    assert list(spanish) == list(english)
    for key in spanish:
        assert all(say[key].strip() for say in TEXTS.values()), key
        assert spanish[key] != english[key], key
        assert places(spanish[key]) == places(english[key]), key


def test_every_key_in_the_code_has_a_sentence_and_gives_what_it_has_places_for() -> None:
    found = uses()
    assert len(found) > 40
    assert {key for key, _ in found} <= set(TEXTS["es"])
    for key, names in found:
        assert names is None or places(TEXTS["es"][key]) == names or (key, names) == ("all_pass", {"passed", "total"})


def test_every_sentence_is_used() -> None:
    written = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(TEXTS["es"]) - written == (OF_DRAWINGS | AXES) - written
    assert set(TEXTS["es"]) >= OF_DRAWINGS | AXES


def test_a_sentence_is_said_in_the_language_of_its_texts() -> None:
    assert [(say["language"], say("crashed", call="f(1)")) for say in TEXTS.values()] == [
        ("es", "f(1) cerró el programa sin devolver nada."),
        ("en", "f(1) shut the program down without returning anything."),
    ]
