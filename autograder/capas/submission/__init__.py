"""What students hand in, whatever it is: files, folders and zips are listed, read, and made into cells."""

from capas.submission.archive import ZIP_ERRORS, ZipEntry
from capas.submission.bounded import TooMuchError, call_bounded, start_bounded
from capas.submission.disk import DiskFile, list_folder
from capas.submission.files import list_submissions, read_with_hash
from capas.submission.group import FileGroup, FileOfGroup, packed
from capas.submission.model import (
    GRADABLE,
    MAX_BYTES,
    MAX_SOURCE_BYTES,
    NO_CODE,
    PROBLEMS,
    Code,
    Contents,
    Note,
    Problem,
    Source,
    Submission,
    SubmissionFile,
    Unreadable,
    hash_of,
    problem_text,
)
from capas.submission.notebook import plain_python
from capas.submission.own_cells import OWN_CELL, is_own_cell
from capas.submission.reading import hash_of_file, read_submission
from capas.submission.sought import NOTHING_SOUGHT, Sought, StageNames
from capas.submission.text_encoding import decode_text
from capas.submission.unpack import MAX_ENTRIES
from capas.submission.written import ANSWER, place_in_notebook, place_in_script

__all__ = [
    "ANSWER",
    "GRADABLE",
    "MAX_BYTES",
    "MAX_ENTRIES",
    "MAX_SOURCE_BYTES",
    "NOTHING_SOUGHT",
    "NO_CODE",
    "OWN_CELL",
    "PROBLEMS",
    "ZIP_ERRORS",
    "Code",
    "Contents",
    "DiskFile",
    "FileGroup",
    "FileOfGroup",
    "Note",
    "Problem",
    "Sought",
    "Source",
    "StageNames",
    "Submission",
    "SubmissionFile",
    "TooMuchError",
    "Unreadable",
    "ZipEntry",
    "call_bounded",
    "decode_text",
    "hash_of",
    "hash_of_file",
    "is_own_cell",
    "list_folder",
    "list_submissions",
    "packed",
    "place_in_notebook",
    "place_in_script",
    "plain_python",
    "problem_text",
    "read_submission",
    "read_with_hash",
    "start_bounded",
]
