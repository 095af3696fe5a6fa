"""Mutation of the references: one small change at a time, which the cases must notice.

`capas mutants [STAGE ...]` grades every mutant by the cases of its own question and lists the survivors.
A survivor is either killed by a better case or listed in `solutions/<stage>/equivalent_mutants.toml` with the
reason why no case can tell it from the reference.
"""

from capas.verify.mutants.changes import Mutant, make_mutants
from capas.verify.mutants.document import figures_table, write_table
from capas.verify.mutants.grade import Equivalent, Figures, grade_stage, listed_names, read_equivalents, stage_mutants

__all__ = [
    "Equivalent",
    "Figures",
    "Mutant",
    "figures_table",
    "grade_stage",
    "listed_names",
    "make_mutants",
    "read_equivalents",
    "stage_mutants",
    "write_table",
]
