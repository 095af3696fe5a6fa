"""Imports go downward only from room to room, so never in a circle."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "autograder" / "capas"

# From the top: each room may import only rooms below it.
FLOORS = [
    "cli",
    "canvas verify",
    "run bundle report",
    "grading",
    "course submission",
    "sandbox texts checks files",
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
    for path in (PACKAGE / "checks").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith("capas.checks"):
                assert node.module.split(".")[0] in {"collections", "contextlib", "functools", "typing"}, path
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= {
                    *(
                        "base64",
                        "codecs",
                        "copy",
                        "functools",
                        "hashlib",
                        "html",
                        "importlib",
                        "io",
                        "numpy",
                        "sys",
                        "types",
                        "unicodedata",
                        "warnings",
                    )
                }, path


def test_the_sandbox_knows_nothing_of_courses() -> None:
    for path in (PACKAGE / "sandbox").glob("*.py"):
        assert imported_rooms(path) <= {"sandbox"}, path


def test_reading_submissions_knows_nothing_of_courses_and_results() -> None:
    for path in (PACKAGE / "submission").glob("*.py"):
        assert imported_rooms(path) <= {"submission", "files", "texts"}
