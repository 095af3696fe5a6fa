"""Where the pages of a published site are."""

from urllib.parse import urlsplit

from capas.course.model import Stage
from capas.files import UserError


def expect_site_address(address: str) -> str:
    """Return the address of a site, with a slash at its end.

    Raises:
        UserError: when it is none that a browser opens.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or set(address) & set(" <>\"'"):
        raise UserError(f"{address!r} is no address of a web site; expected one such as https://name.github.io/course/")
    return address.split("?")[0].split("#")[0].rstrip("/") + "/"


def page_address(site: str, stage: Stage, language: str) -> str:
    """Return the address of a stage's page in the site at an address, which ends with a slash."""
    return f"{site}{language}/{stage.id}/index.html"
