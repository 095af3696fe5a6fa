"""The documents: every link leads somewhere, and the lecture's map is whole."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MAP = ROOT / "docs" / "lecture-map.md"
LINK = re.compile(r"\]\(([^)\s]+)\)")


def prose(path: Path) -> str:
    """Return the text of a document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> list[str]:
    """Return the anchors of a document's headings, in order, as GitHub makes them."""
    found: list[str] = []
    for heading in re.findall(r"^#+ +(.+?) *$", prose(path), re.MULTILINE):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        same = sum(re.fullmatch(rf"{re.escape(anchor)}(-\d+)?", other) is not None for other in found)
        found.append(f"{anchor}-{same}" if same else anchor)
    return found


def target(document: Path, link: str) -> tuple[Path, str]:
    path, _, anchor = unquote(link).partition("#")
    return ((document.parent / path).resolve() if path else document), anchor


def test_anchors_are_those_of_github(tmp_path: Path) -> None:
    document = tmp_path / "document.md"
    document.write_text(
        "# El δ de la salida\n\n```python\n# no heading\n```\n\n## ¿Y `f(x)`: sí?\n\n## El δ de la salida\n"
    )
    assert anchors(document) == ["el-δ-de-la-salida", "y-fx-sí", "el-δ-de-la-salida-1"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(prose(document)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, anchor = target(document, link)
        assert path.exists(), f"{document.name}: {link}: no such file"
        if anchor:
            assert anchor in anchors(path), f"{document.name}: {link}: no such heading"


def test_the_map_has_every_item_of_the_lecture_in_both_languages() -> None:
    rows = re.findall(r"^\| (\d+) \|(.*)\|(.*)\|(.*)\|$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, 20))
    for number, _, spanish, english in rows:
        places = []
        for language, cell in (("es", spanish), ("en", english)):
            targets = [target(MAP, link) for link in LINK.findall(cell)]
            assert targets, f"item {number} has no place in {language}"
            assert all(path.name.endswith(f".{language}.md") for path, _ in targets)
            # The same sections in both languages: same stage, same place in order.
            places.append([(path.parent.name, anchors(path).index(anchor)) for path, anchor in targets])
        assert places[0] == places[1], f"item {number}: other sections in English than in Spanish"
