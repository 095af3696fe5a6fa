"""The program's sentences: in `texts/` and nowhere else, the same in every language, each of them used."""

import ast
import json
import re
from pathlib import Path
from string import Formatter

import pytest

import capas
import capas_check.texts
from capas.texts import count_missing, languages, program_texts
from capas_check import CheckFailure, require

PACKAGE = Path(capas.__file__).parent
LANGUAGES = languages()
FILES = sorted(PACKAGE.glob("texts/*/*.json"))


def sentences(path: Path) -> dict[str, str]:
    return json.loads(path.read_text(encoding="utf-8"))


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def nodes(folder: Path = PACKAGE) -> list[tuple[Path, ast.AST]]:
    sources = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    return [(path, node) for path, source in sources.items() for node in ast.walk(ast.parse(source))]


def is_table_of_languages(node: ast.AST) -> bool:
    keys: list[object] = []
    if isinstance(node, ast.Dict):
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    elif isinstance(node, ast.Call):
        keys = [keyword.arg for keyword in node.keywords]
    return bool({*keys} & {*LANGUAGES})


@pytest.mark.parametrize("source", ["{'es': 'sí'}", "dict(es='sí', en='yes')", "f({'x': 1, 'en': 2})"])
def test_a_table_of_languages_is_seen(source: str) -> None:
    assert any(map(is_table_of_languages, ast.walk(ast.parse(source))))


def test_no_module_holds_a_table_of_languages() -> None:
    tables = [
        f"{path.relative_to(PACKAGE)}, line {node.lineno}"
        for path, node in nodes()
        if isinstance(node, ast.expr) and is_table_of_languages(node)
    ]
    assert not tables


def test_there_are_spanish_and_english() -> None:
    assert LANGUAGES == ["en", "es"]


def test_the_languages_have_the_same_files_keys_and_places() -> None:
    assert {path.name for path in PACKAGE.glob("texts/es/*")} == {path.name for path in PACKAGE.glob("texts/en/*")}
    for spanish_file in PACKAGE.glob("texts/es/*.json"):
        spanish, english = sentences(spanish_file), sentences(PACKAGE / "texts/en" / spanish_file.name)
        assert list(spanish) == list(english)
        for key in spanish:
            assert spanish[key].strip(), key
            assert english[key].strip(), key
            assert places(spanish[key]) == places(english[key]), key


def test_a_key_is_in_one_file_of_its_language_which_is_named_as_a_room() -> None:
    for language in LANGUAGES:
        files = [path for path in FILES if path.parent.name == language]
        assert all((PACKAGE / path.stem).is_dir() for path in files)
        assert sum(len(sentences(path)) for path in files) == len(program_texts(language))


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("texts/es/*.json")), ids=lambda path: path.stem)
def test_every_sentence_is_used_by_its_room(path: Path) -> None:
    room = PACKAGE / path.stem
    texts = {node.value for _, node in nodes(room) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for template in room.rglob("*.html"):
        texts |= set(re.findall(r'say\("(\w+)"', template.read_text(encoding="utf-8")))
    # Some are put together: f"diagnosis_{id}", "page_" + kind, and in templates "state_" ~ state.
    beginnings = tuple(text for text in texts if text.endswith("_"))
    assert not [key for key in sentences(path) if key not in texts and not key.startswith(beginnings)]


def test_every_key_that_is_written_out_has_a_sentence_and_is_given_what_it_has_places_for() -> None:
    texts = program_texts("es")
    written = 0
    for path, node in nodes():
        if "import program_texts" not in path.read_text(encoding="utf-8"):
            continue
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") in ("say", "texts"):
            key, names = node.args[0], {keyword.arg for keyword in node.keywords}
            if isinstance(key, ast.Constant):
                written += 1
                assert places(texts[str(key.value)]) == names, (path, key.value)
    for path in PACKAGE.rglob("*.html"):
        for key, arguments in re.findall(r'say\("(\w+)"([,)].*?) ?\}\}', path.read_text(encoding="utf-8")):
            written += 1
            assert places(texts[key]) == set(re.findall(r"(\w+)=", arguments)), (path, key)
    assert written > 80


def test_what_a_language_lacks_is_said_in_english() -> None:
    assert program_texts("fr") == program_texts("en")
    missing, all_ = count_missing("fr")
    assert missing == all_ > 400
    assert count_missing("es") == (0, all_)


def test_students_checks_have_the_sentences_that_a_language_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts").mkdir()
    english = Path(capas_check.texts.__file__).with_name("texts") / "en.json"
    (tmp_path / "texts" / "en.json").write_bytes(english.read_bytes())
    (tmp_path / "texts" / "fr.json").write_text('{"all_pass": "Tout passe ({total})."}', encoding="utf-8")
    monkeypatch.setattr(capas_check.texts, "__file__", str(tmp_path / "texts.py"))
    french = capas_check.texts.load_texts.__wrapped__("fr")
    assert french("all_pass", total=2) == "Tout passe (2)."
    assert french["summary"] == "Summary of the public cases"
    assert french["language"] == "fr"


def test_a_sentence_of_a_case_is_said_in_the_language_or_else_in_english() -> None:
    texts = capas_check.texts.Texts(language="fr")
    for told, said in (({"es": "sí", "en": "yes {n}", "fr": "oui {n}"}, "oui 3"), ({"en": "yes {n}"}, "yes 3")):
        with pytest.raises(CheckFailure) as caught:
            require(False, **told, n=3)
        assert caught.value.sentence(texts) == said
