"""Libraries that take many times longer to load than a submission takes to grade.

A fork server with all of them loaded would fork seven times slower for everybody, so those who import one get a
fork server with just what they import, made when the first of them comes (figures in docs/performance.md).
"""

import re
from collections.abc import Sequence

LIBRARIES = {
    "matplotlib": ("matplotlib.pyplot",),
    "pandas": ("pandas",),
    "scipy": ("scipy.linalg", "scipy.special"),
}
"""What is loaded for whom: the part of each that nearly all who import it use."""

_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+(.+)$", re.MULTILINE)
_WORD = re.compile(r"\w+")


def modules_for(cells: Sequence[str]) -> frozenset[str]:
    """Return the modules that are worth having loaded before ``cells`` are run. A wrong guess costs time only."""
    lines = (line for cell in cells for line in _IMPORT.findall(cell))
    words = {word for line in lines for word in _WORD.findall(line)}
    return frozenset(module for library in LIBRARIES.keys() & words for module in LIBRARIES[library])
