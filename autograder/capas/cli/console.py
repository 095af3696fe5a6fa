"""Where commands print tables and results, in the width of the terminal."""

import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from capas.texts.plain import clean


class _Console(Console):
    """Prints text as it is, but for what would move the cursor or turn it around: students wrote some of it."""

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*map(_cleaned, objects), **options)


def _cleaned(printed: Any) -> Any:
    if isinstance(printed, str):
        return clean(printed)
    return Text(clean(printed.plain)) if isinstance(printed, Text) and not printed.spans else printed


# In a pipe there is no width to obey: tables stay whole.
console = _Console(highlight=False, width=None if sys.stdout and sys.stdout.isatty() else 120)
