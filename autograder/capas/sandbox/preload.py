"""Libraries that take many times longer to load than a submission takes to grade.

A fork server with all of them loaded forks seven times slower. So there is one for each set of these libraries that
submissions import, started when the first such submission comes (figures in docs/performance.md).
"""

import re
from collections.abc import Sequence

LIBRARIES = {
    "babypandas": ("babypandas",),
    "datascience": ("datascience",),
    "ipywidgets": ("ipywidgets",),
    "matplotlib": ("matplotlib.pyplot",),
    "pandas": ("pandas",),
    "scipy": ("scipy.linalg", "scipy.special"),
    "seaborn": ("seaborn",),
    "statsmodels": ("statsmodels.api",),
}
"""For each library the modules of it that nearly every program that imports it uses."""

TOGETHER = {("matplotlib", "pandas"): "pandas.plotting._matplotlib"}
"""What one library loads when it first works with another, which would take longer than all that is drawn."""

_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+(.+)$", re.MULTILINE)
_WORD = re.compile(r"\w+")


def modules_for(cells: Sequence[str]) -> frozenset[str]:
    """Return the modules that are worth having loaded before ``cells`` are run. A wrong guess costs only time."""
    lines = (line for cell in cells for line in _IMPORT.findall(cell))
    words = {word for line in lines for word in _WORD.findall(line)}
    modules = frozenset(module for library in LIBRARIES.keys() & words for module in LIBRARIES[library])
    return modules | {module for libraries, module in TOGETHER.items() if words.issuperset(libraries)}
