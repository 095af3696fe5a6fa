"""Where the pages of a published site are."""

from pathlib import Path
from urllib.parse import urlsplit

from capas.files import UserError


def site_address(address: str) -> str:
    """Return the address of a site, with a slash at its end.

    Raises:
        UserError: when it is none that a browser opens.
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable()
    except ValueError:
        known = False
    if not known or set(address) & set(" <>\"'()[]\\`"):
        raise UserError(f"{address!r} is no address of a web site; expected one such as https://name.github.io/course/")
    return address.split("?")[0].split("#")[0].rstrip("/") + "/"


def course_site(path: Path, address: str) -> str:
    """Return the address in a `course.toml`, as `site_address` does, or "" where it has none."""
    try:
        return site_address(address) if address else ""
    except UserError as error:
        raise UserError(f"{path}: `site`: {error}") from None


def page_address(site: str, stage_id: str, language: str) -> str:
    """Return the address of a stage's page in the site at an address, which ends with a slash."""
    return f"{site}{language}/{stage_id}/index.html"
