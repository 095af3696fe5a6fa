"""What a bundle's `environment.yml` or `requirements.txt` asks for, as far as it is Python's and submissions use it."""

import re
from collections.abc import Iterable
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

NOT_USED = re.compile(
    r"python|pip|setuptools|wheel|otter-grader|jupyter.*|notebook|nb-?.*|ipykernel|ipylab|pdfkit|gspread|pyppeteer"
    r"|playwright|rpy2|r-.*|wkhtmltopdf|pandoc|texlive.*|gcc.*|openssl|libxml2|nodejs|sphinx|pypdf2?|pytest.*"
)
"""What grading in Otter's own way needs, and submissions do not import."""


def required_libraries(environment: bytes | None, requirements: bytes | None) -> tuple[str, ...]:
    """Return the names of the libraries that pip is to install for a bundle, but for those of the grader itself."""
    lines = (requirements or b"").decode("utf-8", "replace").splitlines()
    lines += _pip_lines(environment)
    names: dict[str, None] = {}
    for line in lines:
        text = line.partition("#")[0].partition(";")[0].strip()
        if not text or text.startswith(("-", "git+", "http", ".", "/")):
            continue
        try:
            name = canonicalize_name(Requirement(text).name)
        except InvalidRequirement:
            continue
        if not NOT_USED.fullmatch(name):
            names[name] = None
    return tuple(names)


def _pip_lines(environment: bytes | None) -> Iterable[str]:
    import yaml  # of all that grades, only this

    try:
        contents: Any = yaml.safe_load(environment or b"")
    except (yaml.YAMLError, UnicodeDecodeError):
        return
    dependencies = contents.get("dependencies") if isinstance(contents, dict) else None
    for one in dependencies if isinstance(dependencies, list) else ():
        pip = one.get("pip") if isinstance(one, dict) else None
        yield from (str(line) for line in (pip if isinstance(pip, list) else ()))
