"""The table of `docs/security.md`, made from the attacks. `python tests/attacks/table.py` writes it there."""

from collections.abc import Iterator
from pathlib import Path

from attack import ATTACKS, CATEGORIES, HARM
from broken import BROKEN_INPUT, FILES
from channel import CHANNELS, WAYS

from capas.sandbox import MAX_LEVEL

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- attacks -->", "<!-- /attacks -->"
LEVELS = range(MAX_LEVEL + 1)
CHANNELS_BEGIN, CHANNELS_END = "<!-- channels -->", "<!-- /channels -->"


def lines() -> Iterator[str]:
    """Yield the lines of the section: how many are stopped at each level, then every attack."""
    yield from _row("kind of attack", "programs", *(f"level {level}" for level in LEVELS))
    yield from _row("---", *("---:" for _ in range(MAX_LEVEL + 2)))
    for category in CATEGORIES.values():
        levels = [attack.level for attack in ATTACKS if attack.category == category]
        yield from _row(category, len(levels), *(sum(level <= each for level in levels) for each in LEVELS))
    yield from _row(BROKEN_INPUT, len(FILES), *(len(FILES) for _ in LEVELS))
    for category in CATEGORIES.values():
        yield from ("", f"### {category}", "")
        yield from _row("a program that …", *LEVELS, "where it is not stopped, it …")
        yield from _row("---", *(":-:" for _ in LEVELS), "---")
        attacks = [attack for attack in ATTACKS if attack.category == category]
        for attack in sorted(attacks, key=lambda attack: (-attack.level, attack.name)):
            marks = ("✔" if attack.level <= level else "✘" for level in LEVELS)
            yield from _row(attack.name, *marks, HARM.get(attack.harm, ""))
    said = "Each gets a result that says what is wrong, or is read as what it was meant to be."
    yield from ("", f"### {BROKEN_INPUT}", "", said, "")
    yield from _row("what is handed in", "result")
    yield from _row("---", "---")
    for broken in FILES:
        both = broken.double + broken.shift
        result = broken.status if broken.status != "graded" else "all points" if both == 8 else "what is right in it"
        yield from _row(broken.name, result)


def _row(*cells: object) -> Iterator[str]:
    yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def channel_lines() -> Iterator[str]:
    """Yield the lines of the table of channels: from which level on each is closed, each way."""
    yield from _row("what could carry something", *WAYS)
    yield from _row("---", *(":-:" for _ in WAYS))
    for channel in CHANNELS:
        levels = [channel.closed.get(way, 0) for way in WAYS]
        yield from _row(channel.name, *("open" if level > MAX_LEVEL else level for level in levels))


def with_tables(text: str) -> str:
    """Return a document's text with both tables as they are now."""
    for begin, end, rows in ((BEGIN, END, lines()), (CHANNELS_BEGIN, CHANNELS_END, channel_lines())):
        before, rest = text.split(begin, 1)
        text = "\n".join([before + begin, "", *rows, "", end + rest.split(end, 1)[1]])
    return text


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
