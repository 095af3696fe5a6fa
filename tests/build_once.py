"""Bundles of the course's stages, which all workers of a test run build once."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from filelock import FileLock

from capas.bundle.build import Bundle, build_languages
from capas.bundle.problems import require_no_problems
from capas.course.model import Stage
from capas.files import write_atomically

Build = Callable[[Stage, str], Bundle]


def build_once(folder: Path) -> Build:
    """Return what gives the bundle of a stage that no test has changed; bundles are kept in ``folder``."""
    bundles: dict[tuple[str, str], Bundle] = {}

    def build(stage: Stage, language: str) -> Bundle:
        key = (stage.id, language)
        if key not in bundles:
            path = folder / f"{stage.id}.{language}.bundle"
            with FileLock(folder / f"{stage.id}.lock"):
                if not path.exists():
                    require_no_problems([(stage, stage.languages)])
                    for built in build_languages(stage, stage.languages):
                        write_atomically(folder / f"{stage.id}.{built.language}.bundle", msgspec.msgpack.encode(built))
            bundles[key] = msgspec.msgpack.decode(path.read_bytes(), type=Bundle)
        return bundles[key]

    return build
