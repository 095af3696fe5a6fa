"""Zips with the same bytes for the same contents: sorted names, one date, one set of permissions."""

import io
import zipfile

DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE = ("run_autograder", "setup.sh")


def make_zip(files: dict[str, bytes]) -> bytes:
    """Return the bytes of a zip with ``files``, by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, DATE)
            # A wheel is a zip itself, which compresses no further.
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if name in EXECUTABLE else 0o644) << 16
            info.create_system = 3
            archive.writestr(info, files[name])
    return buffer.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return the files in a zip that we made ourselves, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
