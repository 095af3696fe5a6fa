"""A small stage as students' checks get it, and a reader of the HTML that they show."""

from html.parser import HTMLParser
from typing import Any

DOUBLE = """
import numpy as np
from capas_check import call

@test_case(points=1)
def of_a_number(double):
    call(double, 2.0).returns(4.0)

@test_case(points=1)
def of_an_array(double):
    call(double, np.array([1.0, 2.0])).returns([2.0, 4.0])
"""

HALF = """
@test_case(points=1)
def called_by_itself(half):
    assert half(4.0) == 2.0
"""


def make_stage(**changes: Any) -> dict[str, Any]:
    """Return a stage of two questions, ``double`` and ``half``, with ``changes`` to what `Grader` takes."""
    return {
        "language": "es",
        "file": "functions.py",
        "tests": {"double": DOUBLE, "half": HALF},
        "points": {"double": ["5", "3"], "half": ["1.5", "0.5"]},
        "known": {},
        "given": ["import numpy as np"],
        "libraries": "numpy",
        "modules": ["numpy"],
        "drawings": {},
    } | changes


class Page(HTMLParser):
    """Takes HTML apart: its tags, the text between them, and the attributes of its picture."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.picture: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.picture = {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data
