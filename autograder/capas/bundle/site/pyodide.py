"""Where Python for the browser comes from: its public distribution, an address, or a folder that the site carries."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from capas.files import UserError
from capas.submission import hash_of

VERSION = "0.28.3"
PUBLIC = f"https://cdn.jsdelivr.net/npm/pyodide@{VERSION}/"
PACKAGES = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
INTEGRITY = {
    "pyodide.mjs": "sha384-81fS7esAvlEVAVK509OWewC3dTwye8WYv/Qw69eL8WcPB/67xk3ju1SxzR3KAEzr",
    "pyodide.asm.js": "sha384-r0/vSQNahhZUJBO7ne5kqeNO4O9xSg658nGR6cGiQtzyIYSOfY9J8JUwOUdUMEkd",
    "pyodide.asm.wasm": "sha384-nfuXSg0f8YmFmBVMelAoom75Yji4r0iU2RrxMHYAa+AIt0JGdHWbau1imflLNNEu",
    "python_stdlib.zip": "sha384-3iWptIFECvk1VbDttuo8ZRZG8fk0MaHphrxgsJg6Rl40GnKqRLPRRuA7h+648E5D",
    "pyodide-lock.json": "sha384-kW8BHvD8flyCLy52v2Ca0t5mO5oCeKABys/zXNtKhH8+Mgxf/rnKFeksLsjy0y5Y",
}
"""Hashes of the public files. The last has the packages with theirs."""
LOCK = "pyodide-lock.json"


class PyodidePlace(msgspec.Struct, frozen=True):
    """Where pages find Pyodide.

    ``index`` is the address of its files, that of a folder in the site where it carries them, as ``files``;
    ``packages`` that of its packages where it is another; ``integrity`` has hashes of what comes from elsewhere.
    """

    index: str
    packages: str = ""
    integrity: dict[str, str] = {}
    files: dict[str, bytes] = {}

    @property
    def config(self) -> dict[str, object]:
        """What pages of stages need to know."""
        index = self.index if ":" in self.index else f"../../{self.index}"
        return {"index": index, "packages": self.packages, "integrity": self.integrity}


def pyodide_place(given: str | None, libraries: Iterable[str]) -> PyodidePlace:
    """Return where Pyodide is: at the address or in the folder that is ``given``, or its public distribution.

    A folder is copied with those of the ``libraries`` that it has, by their names.

    Raises:
        UserError: when the folder is not there, or lacks a file.
    """
    if given is None:
        return PyodidePlace(PUBLIC, PACKAGES, INTEGRITY)
    if re.match(r"https?://", given):
        return PyodidePlace(given.rstrip("/") + "/")
    folder = Path(given).expanduser()
    if not folder.is_dir():
        raise UserError(f"{given}: no such folder; --pyodide takes a folder with Pyodide in it, or an address")
    files = {name: _read(folder, name) for name in _names(folder, libraries)}
    # Another Pyodide has another address: browsers keep this one for good.
    index = f"pyodide-{hash_of(b''.join(files.values()))[:10]}/"
    return PyodidePlace(index, files={index + name: data for name, data in files.items()})


def service_worker(place: PyodidePlace) -> bytes:
    """Return the script that keeps pages and Python in the browser."""
    source = Path(__file__).with_name("service_worker.js").read_text(encoding="utf-8")
    addresses = msgspec.json.encode([address for address in (place.index, place.packages) if address]).decode()
    return source.replace("/*python*/ []", addresses).encode()


def _names(folder: Path, libraries: Iterable[str]) -> list[str]:
    lock = _read(folder, LOCK)
    try:
        packages = msgspec.json.decode(lock)["packages"]
        waiting, wanted = ["numpy", *libraries], dict[str, str]()
        while waiting:
            name = waiting.pop()
            if name in packages and name not in wanted:
                wanted[name] = _plain_name(packages[name]["file_name"])
                waiting += packages[name]["depends"]
    except (msgspec.DecodeError, KeyError, TypeError, ValueError):
        raise UserError(f"{folder / LOCK}: is no list of packages of Pyodide; take it from where Pyodide is") from None
    if "numpy" not in wanted:
        raise UserError(f"{folder / LOCK}: has no numpy, which checks need; take a Pyodide with its packages")
    beside = [name for name in wanted.values() if name == wanted["numpy"] or (folder / name).is_file()]
    return [*INTEGRITY, *beside]


def _plain_name(name: str) -> str:
    """Return the name of a file in the folder itself; ValueError for what leads elsewhere."""
    if Path(name).name != name or "\\" in name:
        raise ValueError(name)
    return name


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise UserError(f"{folder}: has no {name}; expected the files of Pyodide {VERSION}") from None
