"""Data files that a stage gives: whether they are here, and where an answer that is run from zero finds them."""

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from capas_check.texts import load_texts

FOLDER = "CAPAS_DATA_FOLDER"
"""In the environment, where it reaches the process in which an answer is run from zero."""
MAX_NAMED = 3


def begin(stage: Mapping[str, Any], folder: "str | Path" = "") -> None:
    """Work in ``folder``, by default where this runs; there the data files are to be, and what is missing is said."""
    os.chdir(folder or Path())
    os.environ[FOLDER] = str(Path().resolve())
    missing = [name for name in stage["data"] if not Path(name).is_file()]
    named = [*missing[:MAX_NAMED], *(["…"] if len(missing) > MAX_NAMED else [])]
    if missing:
        print(load_texts(stage["language"])("no_data", files=", ".join(named)))


def bring(names: Sequence[str]) -> None:
    """Copy data files to the folder that this process runs in, where that is another one."""
    source = Path(os.environ.get(FOLDER, "")).resolve()
    for name in names if source != Path().resolve() else ():
        with contextlib.suppress(OSError):  # what is missing was said already
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, name)
