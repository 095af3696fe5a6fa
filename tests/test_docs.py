"""The documents: every link leads somewhere, and the lecture's map is whole."""

import re
import shutil
import subprocess
import sys
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


def test_what_is_to_be_changed_is_where_the_architecture_says() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("## Where to change what")[2].partition("\n## ")[0]
    paths = re.findall(r"`([\w./]+(?:/|\.\w+))`", table)
    assert len(paths) > 10
    rooms = ROOT / "autograder" / "capas"
    assert [path for path in paths if not (ROOT / path).exists() and not (rooms / path).exists()] == []


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


def test_files_of_the_program_that_are_named_are_there() -> None:
    # Of the project's folders, as a student's or a teacher's own file may have any name.
    rooms = {path.name for path in (ROOT / "autograder" / "capas").iterdir() if path.is_dir()} | {
        "capas",
        "tests",
        "docs",
    }
    for document in DOCUMENTS:
        for name in re.findall(r"`(?:pytest )?([\w.-]+/[\w./-]+\.\w+)`", document.read_text(encoding="utf-8")):
            places = [ROOT / name, ROOT / "autograder" / name, ROOT / "autograder" / "capas" / name]
            if name.partition("/")[0] in {*rooms, "capas", "tests", "docs"}:
                assert any(place.exists() for place in places), f"{document.name}: {name}: no such file"


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


def commands(document: Path) -> list[str]:
    """Return what a document tells to type, in order."""
    blocks = re.findall(r"^```console$(.*?)^```$", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.slow
def test_the_commands_of_the_readme_work_as_typed(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(
        ".git", ".venv*", "dist", "demo", "graded", "__pycache__", ".*_cache", ".hypothesis"
    )
    clone = shutil.copytree(ROOT, tmp_path / "capas", ignore=ignored)
    # What `make` would install, which takes a network, is there already.
    (clone / ".venv").mkdir()
    (clone / ".venv/bin").symlink_to(Path(sys.executable).parent)
    (clone / ".venv/.ready").touch()
    typed = commands(clone / "README.md")
    assert typed[:2] == ["make demo", "make test"]
    # `make test` runs this file; the proof of a stage has tests of its own and takes minutes.
    left_out = {"make test", *(command for command in typed if "capas verify" in command)}
    for command in typed:
        if command not in left_out:
            done = subprocess.run(
                command, shell=True, cwd=clone, capture_output=True, text=True, timeout=600, check=False
            )
            assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    assert (clone / "demo/graded/report.html").is_file()
    assert (clone / "graded/report.html").is_file()
    assert list((clone / "graded/feedback").glob("*.html"))
