"""A wheel of the program, made from its own files: what `autograder.zip` carries to other machines.

The format is that of the packaging specification "Binary distribution format".
"""

import base64
import functools
import hashlib
from importlib import metadata
from pathlib import Path

import capas
from capas.bundle.zip import make_zip


def wheel_name() -> str:
    """Return the wheel's file name."""
    return f"capas-{capas.__version__}-py3-none-any.whl"


@functools.cache
def make_wheel() -> bytes:
    """Return the bytes of the wheel; the same program gives the same bytes."""
    package = Path(capas.__file__).parent
    files = {
        f"capas/{path.relative_to(package).as_posix()}": path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    info = f"capas-{capas.__version__}.dist-info"
    needs = [need for need in metadata.requires("capas") or [] if "extra ==" not in need]
    files[f"{info}/METADATA"] = "\n".join(
        [
            "Metadata-Version: 2.1",
            "Name: capas",
            f"Version: {capas.__version__}",
            "Requires-Python: >=3.11",
            *(f"Requires-Dist: {need}" for need in sorted(needs)),
            "",
        ]
    ).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: capas\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = b"[console_scripts]\ncapas = capas.cli.main:main\n"
    record = "".join(f"{name},{_digest(data)},{len(data)}\n" for name, data in sorted(files.items()))
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    return make_zip(files)


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"
