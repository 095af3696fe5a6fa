"""Names of entries in zips: in any encoding, with any separators, twice: all are read, each as its own."""

import io
import stat
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from capas.submission import Unreadable, list_submissions
from capas.submission.answer import read_cells
from capas.submission.names import as_path, entry_name, is_skipped


class RawInfo(zipfile.ZipInfo):
    """An entry whose name is written as the bytes it is given, in an encoding that is not declared."""

    def __init__(self, raw: bytes):
        super().__init__(raw.decode("cp437"))
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802, zipfile's name
        return self.raw, 0


def class_zip(entries: list[tuple[str | bytes, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else RawInfo(name), data)
    return buffer.getvalue()


def read_back(folder: Path, entries: list[tuple[str | bytes, bytes]]) -> list[tuple[str, str, bytes]]:
    path = folder / "class.zip"
    path.write_bytes(class_zip(entries))
    return [(file.id, file.file, file.read()) for file in list_submissions([path])]


NFD = unicodedata.normalize("NFD", "Peña")


@pytest.mark.parametrize(
    ("name", "id_", "file"),
    [
        ("./ana.py", "ana", "ana.py"),
        ("b//ana.py", "ana", "ana.py"),
        ("b\\ana.py", "ana", "ana.py"),
        ("C:\\work\\ana.py", "ana", "ana.py"),
        ("/home/ana/ana.py", "ana", "ana.py"),
        ("../../ana.py", "ana", "ana.py"),
        ("x/../ana.py", "ana", "ana.py"),
        ("Peña.py", "Peña", "Peña.py"),
        (f"{NFD}.py", "Peña", f"{NFD}.py"),
        ("Peña.py".encode(), "Peña", "Peña.py"),
        ("Peña.py".encode("cp437"), "Peña", "Peña.py"),
        ("Muñoz Ávila.py".encode("cp850"), "Muñoz_Ávila", "Muñoz Ávila.py"),
        (b"\xe2\x9d\xff.py", "Γ", "Γ¥\xa0.py"),
        ("宿題.py", "宿題", "宿題.py"),
    ],
)
def test_a_name_is_read_as_it_was_meant(tmp_path: Path, name: str | bytes, id_: str, file: str | None) -> None:
    first, second = read_back(tmp_path, [(name, b"x = 1"), ("other.py", b"x = 2")])
    assert first == (id_, file or first[1], b"x = 1")
    assert second == ("other", "other.py", b"x = 2")


def test_names_that_mean_the_same_are_told_apart(tmp_path: Path) -> None:
    names: list[str | bytes] = ["a/b.py", "a//b.py", "a\\b.py", "./a/b.py", "/a/b.py", "a/b.py", NFD + ".py", "Peña.py"]
    with pytest.warns(UserWarning, match="Duplicate"):
        read = read_back(tmp_path, [(name, b"x = %d" % number) for number, name in enumerate(names)])
    assert [data for _, _, data in read] == [b"x = %d" % number for number in range(len(names))]
    assert len({id_ for id_, _, _ in read}) == len(names)


letters = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
pieces = st.sampled_from(["/", "\\", "//", "./", "../", "C:\\", ".", "a", NFD, "Peña", " ", "__MACOSX/"]) | letters
texts = st.lists(pieces, max_size=5).map("".join)
raws = st.binary(max_size=12).map(lambda data: data.replace(b"\0", b""))


@given(st.lists(texts.map(lambda text: text + ".py") | raws.map(lambda data: data + b".py"), min_size=2, max_size=8))
@example(["a.py", "./a.py", b"a.py"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_whatever_their_names_all_entries_are_read_each_as_its_own(names: list[str | bytes]) -> None:
    entries = [(name, b"x = %d" % number) for number, name in enumerate([*names, "z.py", "zz.py"])]
    with zipfile.ZipFile(io.BytesIO(class_zip(entries))) as archive:
        paths = [as_path(entry_name(info)) for info in archive.infolist()]
    with TemporaryDirectory() as folder:
        read = read_back(Path(folder), entries)
    wanted = [data for path, (_, data) in zip(paths, entries, strict=True) if not is_skipped(path)]
    assert [data for _, _, data in read] == wanted
    assert len({id_.casefold() for id_, _, _ in read}) == len(read)
    assert all(unicodedata.is_normalized("NFC", id_) for id_, _, _ in read)


@given(texts)
def test_a_path_never_leads_upward_and_has_no_separators_in_its_parts(name: str) -> None:
    path = as_path(name)
    assert not path.is_absolute()
    assert not {"..", "."} & set(path.parts)
    assert not any(set("/\\") & set(part) for part in path.parts)
    assert as_path(str(path)) in (path, PurePosixPath(str(path)[2:].lstrip("/")))


@pytest.mark.parametrize(
    ("mode", "problem"), [(stat.S_IFLNK, "link"), (stat.S_IFIFO, "not_a_file"), (stat.S_IFCHR, "not_a_file")]
)
def test_links_and_pipes_in_a_zip_are_told(tmp_path: Path, mode: int, problem: str) -> None:
    info = zipfile.ZipInfo("eve.py")
    info.external_attr = (mode | 0o777) << 16
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("ana.py", "x = 1")
        archive.writestr("bea.py", "x = 2")
    eve = next(file for file in list_submissions([path]) if file.id == "eve")
    with pytest.raises(Unreadable, match=problem):
        eve.read()
    with zipfile.ZipFile(tmp_path / "eve.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(Unreadable, match=problem):
        read_cells("eve.zip", (tmp_path / "eve.zip").read_bytes())
