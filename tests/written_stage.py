"""`docs/write-a-stage.md` as it is followed: each file under its name, each command as it is typed."""

import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "write-a-stage.md"
_STEP = re.compile(r"^(?:`([\w./-]+)`\n\n```(?:python|toml|markdown)|```console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, str]]:
    """Return what the hour tells to do, in order: a file with its text, or "" with a command."""
    text = (
        DOCUMENT.read_text(encoding="utf-8")
        .partition("\n## The hour\n")[2]
        .partition("\n## The files, one by one\n")[0]
    )
    found: list[tuple[str, str]] = []
    for file, block in _STEP.findall(text):
        if file:
            found.append((file, block))
        else:
            found += [("", line.removeprefix("$ ")) for line in block.splitlines() if line.startswith("$ ")]
    return found


def grades() -> dict[str, list[float]]:
    """Return the table of grades: points of each question and of all, by submission."""
    rows = re.findall(r"^\| (\w+) \|((?: [\d.]+ \|)+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: [float(cell) for cell in cells.split("|")[:-1]] for name, cells in rows}
