"""`capas build` builds what changed, and only that."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from capas.bundle import build, problems, stamp
from capas.bundle.build import Bundle
from capas.bundle.refresh import refresh_stages
from capas.course.model import Course, Stage, load_course

STAGE = "03_softmax"
ASSIGNMENT, SOLUTIONS = f"assignments/{STAGE}", f"solutions/{STAGE}"
TEMPLATE = f"student_template/es/{STAGE}"


def build_again(root: Path, fresh: bool = False) -> set[str]:
    """Build the course in ``root``; return the languages that something was to be built in."""
    course = load_course(root)
    done = refresh_stages(course, course.stages, course.languages, root / "dist", fresh=fresh)
    return {language for _, language, changed in done if changed is not None}


def files_of(root: Path) -> dict[Path, tuple[int, bytes]]:
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built_once(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "course"
    for folder in ("assignments", "solutions"):
        shutil.copytree(course.root / folder / STAGE, root / folder / STAGE)
    lines = (course.root / "course.toml").read_text(encoding="utf-8").splitlines()
    others = [f'"{stage.id}",' for stage in course.stages if stage.id != STAGE]
    kept = [line for line in lines if line.strip() not in others]
    (root / "course.toml").write_text("\n".join(kept), encoding="utf-8")
    assert build_again(root) == {"es", "en"}
    return root


@pytest.fixture
def root(built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one stage, built, that a test may change; what a bundle then holds does not matter to it."""

    def built_before(_stage: Stage, languages: Sequence[str]) -> list[Bundle]:
        return [_bundle_in(built_once, language) for language in languages]

    monkeypatch.setattr(build, "build_languages", built_before)
    monkeypatch.setattr(problems, "require_no_problems", lambda stages: None)
    return shutil.copytree(built_once, tmp_path / "course")


def _bundle_in(root: Path, language: str) -> Bundle:
    template = root / "student_template" / language / STAGE
    files = {path.relative_to(template).as_posix(): path.read_bytes() for path in template.rglob("*") if path.is_file()}
    return Bundle(STAGE, language, files, (root / "dist" / language / STAGE / "autograder.zip").read_bytes())


def test_a_second_build_touches_nothing(root: Path) -> None:
    before = files_of(root)
    assert build_again(root) == set()
    assert files_of(root) == before


def test_fresh_builds_anyway_and_writes_the_same(built_once: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built_once, tmp_path / "course")
    before = {path: data for path, (_, data) in files_of(root).items()}
    assert build_again(root, fresh=True) == {"es", "en"}
    assert {path: data for path, (_, data) in files_of(root).items()} == before


@pytest.mark.parametrize(
    ("file", "old", "new", "languages"),
    [
        (f"{ASSIGNMENT}/tests/softmax.py", "\n", "\n# changed\n", {"es", "en"}),
        (f"{ASSIGNMENT}/assignment.toml", "\n", "\n# changed\n", {"es", "en"}),
        (f"{ASSIGNMENT}/figures.py", "\n", "\n# changed\n", {"es", "en"}),
        (f"{SOLUTIONS}/reference.py", "\n", "\n# changed\n", {"es", "en"}),
        (f"{SOLUTIONS}/mistakes.py", "\n", "\n# changed\n", {"es", "en"}),
        (f"{ASSIGNMENT}/handout.en.md", "\n", "\n\nChanged.\n", {"en"}),
        (f"{ASSIGNMENT}/figures/jacobian_signs.es.png", "", "changed", {"es"}),
        ("course.toml", "call_seconds = 2.0", "call_seconds = 3.0", {"es", "en"}),
        # It stands in PDFs only.
        ("course.toml", "Capas: ", "Cambiado: ", set()),
    ],
)
def test_what_changed_is_built(root: Path, file: str, old: str, new: str, languages: set[str]) -> None:
    path = root / file
    if file.endswith(".png"):
        path.write_bytes(path.read_bytes() + new.encode())
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert build_again(root) == languages
    assert build_again(root) == set()


def test_a_file_more_or_less_is_a_change(root: Path) -> None:
    (root / ASSIGNMENT / "data").mkdir(exist_ok=True)
    (root / ASSIGNMENT / "data" / "more.csv").write_text("")
    assert build_again(root) == {"es", "en"}
    (root / ASSIGNMENT / "data" / "more.csv").unlink()
    assert build_again(root) == {"es", "en"}


def test_another_version_of_the_program_builds(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "_program", lambda: "another")
    assert build_again(root) == {"es", "en"}
    assert build_again(root) == set()


@pytest.mark.parametrize(
    "file",
    [
        f"dist/es/{STAGE}/student.zip",
        f"dist/es/{STAGE}/autograder.zip",
        f"{TEMPLATE}/softmax.ipynb",
        f"{TEMPLATE}/tests/softmax.py",
    ],
)
@pytest.mark.parametrize("deleted", [True, False])
def test_a_file_that_is_gone_or_edited_is_made_again(root: Path, file: str, deleted: bool) -> None:
    path = root / file
    data = path.read_bytes()
    if deleted:
        path.unlink()
    else:
        path.write_bytes(data + b"\n")
    assert build_again(root) == {"es"}
    assert path.read_bytes() == data
    assert build_again(root) == set()


def test_a_file_that_does_not_belong_there_goes(root: Path) -> None:
    other = root / TEMPLATE / "other.py"
    other.write_text("")
    assert build_again(root) == {"es"}
    assert not other.exists()


def test_a_stamp_that_cannot_be_read_builds(root: Path) -> None:
    for path in (root / "dist" / ".built").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:20])
    assert build_again(root) == {"es", "en"}
    assert build_again(root) == set()


def test_an_interrupted_build_is_done_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handout = root / ASSIGNMENT / "handout.es.md"
    text = handout.read_text(encoding="utf-8")
    handout.write_text(text + "\nCambiado.\n", encoding="utf-8")

    def interrupted(_built: Bundle, stage: Stage, _out: Path) -> list[Path]:
        (stage.root / TEMPLATE / "softmax.ipynb").write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(build, "write_bundle", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build_again(root)
    handout.write_text(text, encoding="utf-8")
    assert build_again(root) == {"es"}
    assert (root / TEMPLATE / "softmax.ipynb").read_bytes() != b"half"


def test_pdfs_are_made_where_they_are_wanted(root: Path) -> None:
    def write_pdfs(course: Course, stage: Stage, built: Bundle, out: Path) -> list[Path]:
        path = out / built.language / stage.id / "handout.pdf"
        path.write_text(course.title[built.language])
        return [path]

    def languages_built(with_pdfs: bool) -> set[str]:
        course = load_course(root)
        done = refresh_stages(course, course.stages, course.languages, root / "dist", write_pdfs if with_pdfs else None)
        return {language for _, language, changed in done if changed is not None}

    assert languages_built(True) == {"es", "en"}
    assert languages_built(True) == set()
    assert languages_built(False) == set()
    toml = root / "course.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Capas: ", "Cambiado: "), encoding="utf-8")
    assert languages_built(False) == set()
    assert languages_built(True) == {"es", "en"}
    (root / "dist" / "es" / STAGE / "handout.pdf").unlink()
    assert languages_built(True) == {"es"}


def test_nothing_that_builds_is_imported_where_nothing_is_to_be_built(root: Path) -> None:
    program = (
        "import sys; from capas.cli.main import app; app(['build'], standalone_mode=False); "
        "print({'otter', 'nbformat', 'matplotlib', 'capas.bundle.build'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    *lines, imported = done.stdout.splitlines()
    assert [line.split()[-1] for line in lines] == ["unchanged", "unchanged"]
    assert imported == "set()"
