"""What people read after grading: a page for each student, their own file with comments in it, a page for the class."""

from capas.report.diagnoses import Diagnoses, Diagnosis, diagnoses_of
from capas.report.statistics import Misunderstanding, count_misunderstandings, is_of

__all__ = ["Diagnoses", "Diagnosis", "Misunderstanding", "count_misunderstandings", "diagnoses_of", "is_of"]
