"""What students hand in, whatever it is: files, folders and zips are listed, read, and made into cells."""

from capas.submission.archive import MAX_ENTRIES, ZIP_ERRORS, ZipEntry, the_work
from capas.submission.disk import DiskFile
from capas.submission.files import list_submissions, read_submission, read_with_hash
from capas.submission.model import (
    GRADABLE,
    MAX_BYTES,
    NO_CODE,
    PROBLEMS,
    Code,
    Contents,
    Note,
    Source,
    Submission,
    SubmissionFile,
    Unreadable,
    hash_of,
)
from capas.submission.notebook import OWN_CELL, decode_python, is_own_cell, plain_python, read_cells

__all__ = [
    "GRADABLE",
    "MAX_BYTES",
    "MAX_ENTRIES",
    "NO_CODE",
    "OWN_CELL",
    "PROBLEMS",
    "ZIP_ERRORS",
    "Code",
    "Contents",
    "DiskFile",
    "Note",
    "Source",
    "Submission",
    "SubmissionFile",
    "Unreadable",
    "ZipEntry",
    "decode_python",
    "hash_of",
    "is_own_cell",
    "list_submissions",
    "plain_python",
    "read_cells",
    "read_submission",
    "read_with_hash",
    "the_work",
]
