"""Imports go downward only from room to room, so never in a circle; and no file is too long to be read."""

import ast
import sys
from pathlib import Path

from drawn_parts import assert_drawn

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "autograder" / "capas"
ARCHITECTURE = ROOT / "docs" / "architecture.md"

MOST_LINES = 300
# To be split; nothing may be added here.
TOO_LONG = {
    "tests/capas_check/test_statements.py",
}

# From the top: each room may import only rooms below it.
FLOORS = [
    "cli",
    "canvas verify",
    "run bundle report",
    "grading",
    "course submission",
    "sandbox texts files",
]
LEVEL = {name: level for level, row in enumerate(FLOORS) for name in row.split()}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("capas."):
            rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "capas":
            rooms.update(alias.name for alias in node.names if (PACKAGE / f"{alias.name}.py").exists())
        elif isinstance(node, ast.Import):
            rooms.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("capas."))
    return rooms


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py"]


def test_every_module_has_its_place() -> None:
    assert {room_of(path) for path in modules()} == set(LEVEL)


def test_imports_go_down() -> None:
    upward = [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in modules()
        for room in imported_rooms(path) - {room_of(path)}
        if LEVEL[room] <= LEVEL[room_of(path)]
    ]
    assert not upward


def test_what_ships_to_students_imports_only_numpy() -> None:
    # Matplotlib is imported where something is drawn, so that everything else works without it. Pandas is imported by
    # what is loaded for its tables alone.
    for path in (PACKAGE.parent / "capas_check").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            roots = {module.split(".")[0] for module in modules}
            known = {"capas_check", "numpy", *(["pandas"] if path.stem == "tables" else []), *sys.stdlib_module_names}
            assert roots <= known, path


def test_the_sandbox_knows_nothing_of_courses() -> None:
    for path in (PACKAGE / "sandbox").glob("*.py"):
        assert imported_rooms(path) <= {"sandbox"}, path


def test_reading_submissions_knows_nothing_of_courses_and_results() -> None:
    for path in (PACKAGE / "submission").glob("*.py"):
        assert imported_rooms(path) <= {"submission", "files", "texts"}


def test_what_was_handed_in_is_read_within_bounds_and_in_no_other_way() -> None:
    # What opens, parses and rewrites files takes as much as they make it; only `reading` calls it, in its own process.
    inner = {"answer", "notebook", "otter_notebook", "unpack", "kinds", "own_cells", "modules", "written"}
    for path in modules():
        names = {
            (node.module or "").removeprefix("capas.submission.")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("capas.submission.")
        }
        if room_of(path) != "submission":
            assert not names & {*inner, "archive", "readable"}, path
        elif path.stem not in {*inner, "reading", "__init__", "folders"}:
            assert not names & inner, path


def test_no_file_is_longer_than_one_idea_takes() -> None:
    paths = [path for folder in ("autograder", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    assert len(paths) > 300
    lines = {str(path.relative_to(ROOT)): path.read_bytes().count(b"\n") for path in paths}
    assert not {path: count for path, count in lines.items() if count > MOST_LINES and path not in TOO_LONG}


def test_no_two_files_of_tests_have_one_name() -> None:
    # pytest takes the second for the first.
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name not in ("__init__.py", "conftest.py")]
    names = [name for name in names if names.count(name) > 1 and name.startswith("test_")]
    assert not names


def arrows() -> dict[str, set[str]]:
    """Return for each room those that it imports."""
    found: dict[str, set[str]] = {room: set() for room in LEVEL}
    for path in modules():
        found[room_of(path)] |= imported_rooms(path) - {room_of(path)}
    return found


def contents_of(room: str) -> str:
    """Return what lives in a room: the first line of its docstring."""
    places = [PACKAGE / room / "__init__.py", PACKAGE / f"{room}.py", PACKAGE.parent / room / "__init__.py"]
    (path,) = [place for place in places if place.exists()]
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def table_of_rooms() -> str:
    """Return the rooms from the top, what lives there, and what each imports, as a table in Markdown."""
    rows = ["| floor | room | what lives there | imports |", "|---|---|---|---|"]
    found = arrows()
    for room, level in LEVEL.items():
        imports = " ".join(f"`{other}`" for other in LEVEL if other in found[room]) or "nothing of capas"
        rows.append(f"| {len(FLOORS) - level} | `{room}` | {contents_of(room)} | {imports} |")
    return "\n".join(rows) + "\n"


def picture_of_rooms() -> str:
    """Return the floors as a Mermaid diagram. An arrow that others imply is left out, or nobody could follow any."""
    found = arrows()
    below: dict[str, set[str]] = {}
    for room in sorted(LEVEL, key=lambda room: -LEVEL[room]):
        below[room] = found[room].union(*(below[other] for other in found[room]))
    lines = ["```mermaid", "flowchart TD"]
    for level, floor in enumerate(FLOORS):
        lines += [f'  subgraph floor{len(FLOORS) - level}["floor {len(FLOORS) - level}"]']
        lines += [f"    {room}" for room in floor.split()] + ["  end"]
    for room in LEVEL:
        direct = [other for other in found[room] if not any(other in below[between] for between in found[room])]
        lines += [f"  {room} --> {other}" for other in LEVEL if other in direct]
    return "\n".join([*lines, "```"]) + "\n"


def test_the_document_shows_the_rooms_as_they_are() -> None:
    assert_drawn(ARCHITECTURE, "picture of the rooms", picture_of_rooms())
    assert_drawn(ARCHITECTURE, "table of the rooms", table_of_rooms())
