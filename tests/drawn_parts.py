"""Parts of documents that are made from the code, each between two comment marks."""

import os
import re
from pathlib import Path


def assert_drawn(document: Path, mark: str, text: str) -> None:
    """Compare the part called ``mark`` with ``text``; with `CAPAS_GOLDEN=write`, write it."""
    start, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    pattern = re.compile(re.escape(start) + "(.*?)" + re.escape(end), re.DOTALL)
    contents = document.read_text(encoding="utf-8")
    assert len(pattern.findall(contents)) == 1, f"{document.name} needs one part between {start!r} and {end!r}"
    if os.environ.get("CAPAS_GOLDEN") == "write":
        contents = pattern.sub(lambda _: f"{start}{text}{end}", contents)
        document.write_text(contents, encoding="utf-8")
    (written,) = pattern.findall(contents)
    assert written == text, f"{document.name} is not as the code: run this test with CAPAS_GOLDEN=write"
