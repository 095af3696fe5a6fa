"""Made-up classes: mixed submissions of one stage, written to a folder."""

import ast
import itertools
import json
from pathlib import Path

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.verify.samples import Sample, make_samples

HANGING = "\n\ndef {name}(*arguments):\n    while True:\n        pass\n"
CRASHING = "\n\ndef {name}(*arguments):\n    import os\n    os._exit(1)\n"

LIBRARIES = """
import matplotlib.pyplot as plt
import pandas as pd
from scipy import special

for line in range(500):
    print("trying", line)
print(pd.DataFrame({"x": [1.0, 2.0], "sigmoid": special.expit([1.0, 2.0])}))
plt.plot([0, 1], [0, 1])
plt.show()
"""


RIGHT = ("reference", "alternative")


def honest_class(stage: Stage, built: Bundle, size: int, folder: Path, right: bool = False) -> list[Path]:
    """Write ``size`` submissions: reference, alternatives, mistakes and stub in turn, notebooks and scripts in turn.

    Each is different from every other. With ``right`` mistakes and stub are left out.
    """
    samples = [one for one in make_samples(stage, Solutions(stage), built) if not right or one.kind in RIGHT]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, sample in zip(range(size), itertools.cycle(samples), strict=False):
        # A line of its own, so that nobody's work is a copy of another's.
        own = Sample(sample.id, sample.kind, sample.question, f"# student {number}\n{sample.source}")
        suffix = "py" if number % 2 else "ipynb"
        path = folder / f"student_{number:05d}.{suffix}"
        path.write_bytes(own.as_script() if suffix == "py" else own.as_notebook(built, stage))
        paths.append(path)
    return paths


def repeating_class(
    stage: Stage, built: Bundle, size: int, mistakes: int, folder: Path, own_words: bool = False
) -> list[Path]:
    """Write ``size`` submissions, no two the same: a third are right, the others share ``mistakes`` known mistakes.

    With ``own_words`` no function of one is written as in another.
    """
    samples = make_samples(stage, Solutions(stage), built)
    right = itertools.cycle([one for one in samples if one.kind in RIGHT])
    wrong = [one for one in samples if one.kind == "mistake"]
    shared = itertools.cycle(wrong[:: max(1, len(wrong) // mistakes)][:mistakes])
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"student_{number:05d}.py" for number in range(size)]
    for number, path in enumerate(paths):
        source = next(shared if number % 3 else right).source
        written = in_own_words(source, number) if own_words else source
        path.write_text(f"# student {number}\n{written}", encoding="utf-8")
    return paths


def in_own_words(source: str, number: int) -> str:
    """Return a program that does the same, with a line in each function that no other student has."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body.append(ast.Expr(ast.Constant(number)))
    return ast.unparse(ast.fix_missing_locations(tree))


def hostile_class(stage: Stage, size: int, folder: Path) -> None:
    """Write ``size`` submissions whose last question hangs or crashes, in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    source = Solutions(stage).reference_source
    name = stage.questions[-1].name
    for number in range(size):
        path = folder / f"hostile_{number:03d}.py"
        path.write_text(source + (CRASHING if number % 2 else HANGING).format(name=name) + f"# {number}\n")


def library_class(stage: Stage, size: int, folder: Path) -> None:
    """Write ``size`` right submissions that import Matplotlib, SciPy and pandas, draw, and print a lot."""
    folder.mkdir(parents=True, exist_ok=True)
    source = Solutions(stage).reference_source
    for number in range(size):
        (folder / f"student_{number:03d}.py").write_text(f"{LIBRARIES}\n{source}\n# {number}\n")


def endless_class(stage: Stage, built: Bundle, size: int, endless: int, folder: Path) -> None:
    """Write ``size`` right notebooks, spread among them ``endless`` that have a cell that never ends."""
    paths = honest_class(stage, built, 2 * size, folder, right=True)
    notebooks = [path for path in paths if path.suffix == ".ipynb"]
    for path in set(paths) - set(notebooks):
        path.unlink()
    for path in notebooks[: endless * (size // max(endless, 1)) : size // max(endless, 1)]:
        notebook = json.loads(path.read_bytes())
        cell = {"cell_type": "code", "id": "endless", "metadata": {}, "outputs": [], "execution_count": 1}
        notebook["cells"].append(cell | {"source": "while True:\n    pass"})
        path.write_text(json.dumps(notebook), encoding="utf-8")
