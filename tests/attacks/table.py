"""The table attack × level of docs/security.md: `python tests/attacks/table.py` writes it anew.

It is made of what each program declares, and `test_attacks.py` proves those declarations.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from broken import BROKEN_INPUT, FILES
from programs import CRASH, FORGE, PROGRAMS, READ

from capas.sandbox import MAX_LEVEL

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
MARK = "<!-- table -->"


def table() -> str:
    """Return the table in Markdown: ✔ where a level stops it, ✘ where it does not."""
    levels = range(MAX_LEVEL + 1)
    lines = []
    for category in (FORGE, READ, CRASH):
        lines += [
            "",
            f"### {category}",
            "",
            "| it | " + " | ".join(map(str, levels)) + " |",
            "|---|" + "---|" * len(levels),
        ]
        for attack in PROGRAMS:
            if attack.category == category:
                marks = ("✔" if level >= attack.level else "✘" for level in levels)
                lines.append(f"| {attack.name} | " + " | ".join(marks) + " |")
    lines += ["", f"### {BROKEN_INPUT}", "", "| it | what comes of it, at every level |", "|---|---|"]
    lines += [f"| {file.name} | {file.status} |" for file in FILES]
    return "\n".join(lines) + "\n"


def document() -> str:
    """Return the document with today's table."""
    return DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0] + MARK + "\n" + table()


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
