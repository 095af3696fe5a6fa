"""How numbers and places are written in what the commands print."""

from collections.abc import Sequence
from pathlib import Path


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: 1 file, 2 files. Only for nouns whose plural ends in s."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def seen_from_here(path: Path) -> Path:
    """Return a path as it leads there from the current folder: without what is above it, or else from the root."""
    whole, here = path.absolute(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def listed(names: Sequence[str], most: int = 5) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
