"""What people read after grading: a page for each student, their own file with comments in it, a page for the class."""

from capas.report.classroom import Took
from capas.report.counting import Misunderstanding, count_misunderstandings, explanations_of
from capas.report.write import Written, read_results, read_run, write_report, write_times

__all__ = [
    "Misunderstanding",
    "Took",
    "Written",
    "count_misunderstandings",
    "explanations_of",
    "read_results",
    "read_run",
    "write_report",
    "write_times",
]
