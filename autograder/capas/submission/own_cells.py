"""The kit's own cells (start, checks, drawings, hand-in), by their tags, or by their contents where tags were lost."""

import re
from typing import Any

from capas.submission.definitions import definitions

OWN_CELL = "capas"
"""The key in a cell's metadata that marks the kit's own cells, and ``role`` inside it what they are for."""

_START, _STARTS = "def start_checks(data):\n", "\nstart_checks(DATA)"
_CHECK = re.compile(
    r"#.*|(?:\w+ *= *)?(?:grader\.\w+\([^()]*\)|otter\.Notebook\([^()]*\))[ ;]*|(?:import otter|from otter import .*)"
)


def is_own_cell(metadata: dict[str, Any], source: str) -> bool:
    """Tell whether a cell is the kit's own, not to be run for a grade."""
    own = metadata.get(OWN_CELL)
    role = own.get("role") if isinstance(own, dict) else None
    tags = metadata.get("tags")
    if role not in (None, "stub", "given") or (isinstance(tags, list) and "otter_ignore" in tags):
        # A student may have written an answer where a check was.
        rest = without_start(source)
        return (role == "start" and rest == source) or not definitions([rest]).answered
    return "grader" in source and all(_CHECK.fullmatch(line.strip()) for line in source.splitlines() if line.strip())


def without_start(source: str) -> str:
    """Return a source without the kit's start cell, which may be in the middle of it; lines keep their numbers."""
    begin = source.find(_START)
    end = source.find(_STARTS, begin)
    if begin < 0 or end < 0:
        return source
    end += len(_STARTS)
    lines = source[:begin].splitlines(keepends=True)
    while lines and lines[-1].startswith("#"):
        lines.pop()
    kept = "".join(lines)
    return kept + "\n" * source.count("\n", len(kept), end) + source[end:]
