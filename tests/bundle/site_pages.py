"""What tests of the site share: its pages as a reader's program takes them, and what students must not find in it."""

import ast
import base64
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from capas.course.model import Stage

VOID = {"meta", "link", "img", "br", "input", "path"}


class SitePage(HTMLParser):
    """A page: its elements in order, its text, and whether each element that is opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text, self.open, self.crossed = "", list[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.crossed.append(tag)
        elif self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.elements if "id" in attributes}


def readable(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield each file as text, and what is packed in files as text, too."""
    for path, data in files.items():
        text = data.decode("utf-8", "replace")
        yield path, text
        for packed in re.findall(r"[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{2000,}", json_text(path, text)):
            try:
                yield f"{path} (packed)", zlib.decompress(base64.b85decode(packed)).decode()
            except (ValueError, zlib.error):
                continue


def json_text(path: str, text: str) -> str:
    """Return the sources in a notebook, or the text as it is."""
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"]) if path.endswith("ipynb") else text


def secrets_of(stage: Stage) -> set[str]:
    """Return what only hidden cases and the reference have: names of cases, and their lines of code."""
    public, hidden = set[str](), set[str]()
    for path in sorted((stage.assignment / "tests").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                is_hidden = "hidden=True" in ast.unparse(node.decorator_list[0])
                lines = [ast.unparse(one) for one in node.body]
                (hidden if is_hidden else public).update([f"def {node.name}(", *lines])
    reference = (stage.solutions / "reference.py").read_text(encoding="utf-8")
    asked = {question.name for question in stage.questions}
    for node in ast.parse(reference).body:
        if isinstance(node, ast.FunctionDef) and node.name in asked:
            hidden.update(ast.unparse(one) for one in node.body[1:] if len(ast.unparse(one)) > 20)
        elif isinstance(node, ast.FunctionDef):
            public.update(ast.unparse(one) for one in node.body)
    return {line for line in hidden - public if len(line) > 12}


def flat(text: str) -> str:
    """Return a text without spaces, in which code is found however it is laid out."""
    return re.sub(r"\s+", "", text.replace('\\"', '"').replace("\\n", "").replace("'", '"'))
