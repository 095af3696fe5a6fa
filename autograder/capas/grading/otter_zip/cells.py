"""The cells that are run of a notebook: those that Otter would make of it, seeds and all."""

import re
from collections.abc import Sequence

from capas.grading.otter_zip.config import OtterConfig

_NAMES_ITS_FILE = re.compile(r"""Notebook\(\s*(?:nb_path\s*=\s*)?(["'])([^"'\n]+\.ipynb)\1""")


def cells_with_seeds(cells: Sequence[str], config: OtterConfig) -> list[str]:
    """Return the cells with the seed put before each, but for those under a cell magic, as Otter does."""
    if config.seed is None:
        return list(cells)
    if config.seed_variable is not None:
        seed = f"{config.seed_variable} = {config.seed}"
        first: list[str] = []
    else:
        seed = f"np_OTTER.random.seed({config.seed})\nrandom_OTTER.seed({config.seed})"
        first = ["import numpy as np_OTTER\nimport random as random_OTTER"]
    return first + [source if source.startswith("%%") else f"{seed}\n{source}" for source in cells]


def file_named_in(cells: Sequence[str]) -> str:
    """Return the file name that a notebook gives to `otter.Notebook`, "" where it gives none."""
    for source in cells:
        if found := _NAMES_ITS_FILE.search(source):
            return found[2]
    return ""
