"""The example course, which has each kind of question: a copy outside of this checkout, and what students hand in."""

import json
import shutil
from pathlib import Path

from capas.bundle.build import Bundle, build_stage
from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.verify.samples import Sample, make_samples

FOLDER = Path(__file__).parent / "example_course"
STAGES = ("01_falling", "02_measuring")


def copied_course(root: Path) -> Path:
    """Copy the course to ``root``, as a teacher has it."""
    shutil.copytree(FOLDER, root, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def stages_of(root: Path) -> list[Stage]:
    return list(load_course(root).stages)


def samples_of(stage: Stage) -> tuple[Bundle, list[Sample]]:
    """Return what students get, and what some of them hand in: all right, each mistake, nothing."""
    built = build_stage(stage, "en")
    return built, make_samples(stage, Solutions(stage), built)


def write_class(stage: Stage, folder: Path, count: int = 12) -> dict[str, str]:
    """Hand in notebooks and scripts in turn: the reference first, the empty stub last; return each's kind by id."""
    built, samples = samples_of(stage)
    reference, *variants, stub = samples
    chosen = [reference, *variants[:: max(1, len(variants) // (count - 2))][: count - 2], stub]
    folder.mkdir(parents=True)
    for number, sample in enumerate(chosen):
        name = f"student_{number:02d}"
        if number % 2:
            (folder / f"{name}.py").write_bytes(sample.as_script())
        else:
            (folder / f"{name}.ipynb").write_bytes(sample.as_notebook(built, stage))
    return {f"student_{number:02d}": sample.kind for number, sample in enumerate(chosen)}


def words_of(notebook: bytes) -> str:
    """Return what a student reads in a notebook, and what the cells say."""
    cells = json.loads(notebook)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
