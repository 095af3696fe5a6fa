"""The answer in what was handed in: which file it is, and the Python of it, ready to be run.

Contents decide. What was handed out unchanged is no answer, nor is another stage's; of several answers the one that
answers most is graded, and of equal ones the one worked on last.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from capas.submission.archive import KNOWN_SINCE
from capas.submission.definitions import Definitions, definitions, without_stubs_below
from capas.submission.kinds import kind_of
from capas.submission.model import MAX_BYTES, MAX_SOURCE_BYTES, Code, Note, Problem, Unreadable
from capas.submission.modules import DATA, imported_words, module_names, modules_for
from capas.submission.names import is_kept_copy
from capas.submission.notebook import SWALLOWS, Cell, code_cells, notebook_cells, noticed, plain_python
from capas.submission.otter_notebook import assignment_named, cells_as_otter_runs_them
from capas.submission.own_cells import is_own_cell, without_start
from capas.submission.readable import readable
from capas.submission.sought import NOTHING_SOUGHT, Sought
from capas.submission.text_encoding import decode_text
from capas.submission.unpack import Member, unpacked
from capas.submission.written import written_answers
from capas_check.notebook import receipt

CHECKS = "capas_check"
_OLDER = re.compile(
    r"checkpoint|(?:^|[\W_])(?:old|vieja|viejo|backup|copia|copy|antes|prueba|borrador|draft)(?:[\W_]|$)"
)
_VERSION = re.compile(r"\((\d{1,3})\)|(?:^|[\W_]|\bv|_v|ver|version|versión|intento|attempt)(\d{1,2})$")
_FINAL = re.compile(r"(?:^|[\W_])(?:final|definitiv[oa]|[uú]ltim[oa]|corregid[oa]|fixed)(?:[\W\d_]|$)")
"""What names say of which of several answers was worked on last, where no time does."""


class Answer(msgspec.Struct, frozen=True):
    """The file that is graded: its path in the archive (or its name), its bytes, and its code."""

    path: str
    data: bytes
    code: Code


class _Candidate(msgspec.Struct, frozen=True):
    """A file with Python in it."""

    member: Member
    cells: list[Cell] | None
    """Of a notebook; None of a script."""
    source: str
    """Of a script."""
    found: Definitions

    @property
    def path(self) -> PurePosixPath:
        return self.member.path

    def sources(self) -> list[str]:
        """Return the Python, piece by piece."""
        return [self.source] if self.cells is None else [cell.source for cell in self.cells if cell.is_code]

    def is_handed_out(self) -> bool:
        """Tell whether it is one of the kit's own programs: `check.py`, what it uses, and the cases."""
        text = self.source[:100_000]
        return self.cells is None and (
            CHECKS in self.path.parts[:-1]
            or re.search(rf"^(?:import|from) {CHECKS}\b", text, re.M) is not None
            or ("tests" in self.path.parts[:-1] and "test_case" in text)
        )

    def last_first(self) -> tuple[float | int | str, ...]:
        """Return what sorts equal answers: the one worked on last goes first, as far as times or names tell."""
        name = self.path.name.lower()
        number = _VERSION.search(self.path.stem.lower())
        kind = {".ipynb": 0, ".py": 1}.get(self.path.suffix.lower(), 2)
        older = _OLDER.search(str(self.path).lower()) is not None
        modified = self.member.modified
        time, turn = (modified, 0.0) if modified > KNOWN_SINCE else (0.0, modified)
        is_final = _FINAL.search(self.path.stem.lower()) is not None
        version = int(number[1] or number[2]) if number else 0
        return (-time, older, kind, -turn, not is_final, -version, len(name), str(self.path))


def read_answer(name: str, data: bytes, sought: Sought = NOTHING_SOUGHT) -> Answer:
    """Return the answer in a file called ``name`` with contents ``data``, be it a notebook, a script, or an archive.

    Raises:
        Unreadable: saying why there is none.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    if kind_of(name, data) in ("zip", "tar"):
        return _chosen(unpacked(name, data), sought)
    candidate = _candidate(Member(PurePosixPath(name), data))
    if candidate.is_handed_out() and not sought.is_of_this_stage(candidate.found):
        raise Unreadable("handed_out", file=name)
    if other := sought.other_stage(candidate.found):
        raise Unreadable("other_stage", file=name, other=other, stage=sought.stage)
    return Answer(name, data, _code(candidate, sought))


def read_cells(name: str, data: bytes) -> list[str]:
    """Return the pieces of Python in a file called ``name`` with contents ``data``, with the same errors."""
    return read_answer(name, data).code.cells


Role = Literal["answer", "stub", "module", "kit", "other"]
"""What a file is to a stage: "other" is whatever else somebody may have handed in as their answer."""


def role_of(name: str, data: bytes, sought: Sought) -> Role:
    """Return what a file called ``name`` with contents ``data`` is among others."""
    try:
        if kind_of(name, data) in ("zip", "tar"):
            return "answer"
        candidate = _candidate(Member(PurePosixPath(name), data))
    except Unreadable:
        return "other"
    if sought.is_of_this_stage(candidate.found):
        return "answer" if sought.answered(candidate.found) else "stub"
    if candidate.is_handed_out():
        return "kit"
    is_module = candidate.cells is None and not sought.other_stage(candidate.found)
    return "module" if is_module else "other"


def imported_modules(name: str, data: bytes) -> set[str]:
    """Return the names that the Python in a file imports from, as far as lines tell."""
    try:
        return imported_words(_candidate(Member(PurePosixPath(name), data)).sources())
    except Unreadable:
        return set()


def _candidate(member: Member) -> _Candidate:
    if member.problem:
        raise member.problem
    kind = kind_of(member.path.name, member.data)
    if kind == "notebook":
        cells = notebook_cells(member.data)
        own = [cell for cell in cells if cell.is_code and not is_own_cell(cell.metadata, cell.source)]
        if not any(cell.is_code for cell in cells):
            raise Unreadable("no_code")
        found = definitions(readable(cell.source) for cell in own if not SWALLOWS.match(cell.source))
        return _Candidate(member, cells, "", found)
    if kind != "script":
        raise Unreadable("zip_without_work")
    if len(member.data) > MAX_SOURCE_BYTES:
        raise Unreadable("too_much_code")
    source = without_start(readable(decode_text(member.data)))
    return _Candidate(member, None, source, definitions([source]))


def _code(candidate: _Candidate, sought: Sought) -> Code:
    data = candidate.member.data
    if sought.as_otter and candidate.cells is not None:
        return Code(cells_as_otter_runs_them(candidate.cells), assignment=assignment_named(data))
    if sought.as_otter:
        return Code([decode_text(data)], is_script=True)
    if candidate.cells is None:
        sign = receipt([data.decode("utf-8", "replace")])
        cells = without_stubs_below([plain_python(candidate.source)])
        written = written_answers([(decode_text(candidate.member.data), {})], sought.written)
        return Code(cells, is_script=True, receipt=sign, written=written)
    notes = noticed(candidate.cells, sought.names.questions)
    cells = without_stubs_below(code_cells(candidate.cells))
    written = written_answers(((cell.source, cell.metadata) for cell in candidate.cells), sought.written)
    return Code(cells, notes=notes, receipt=receipt(candidate.sources()), written=written)


def _chosen(members: Sequence[Member], sought: Sought) -> Answer:
    kept = [one for one in members if is_kept_copy(one.path)]
    members = [one for one in members if not is_kept_copy(one.path)]
    candidates, problems = _candidates(members)
    if not any(sought.answered(one.found) for one in candidates):
        # Work that was never saved under its own name, or was lost, may be where Jupyter keeps copies.
        candidates += [one for one in _candidates(kept)[0] if sought.answered(one.found)]
    own = [one for one in candidates if sought.is_of_this_stage(one.found) or not one.is_handed_out()]
    of_others = {str(one.path): other for one in own if (other := sought.other_stage(one.found))}
    own = [one for one in own if str(one.path) not in of_others]
    answers = [one for one in own if sought.answered(one.found)]
    # Where nobody answered anything, what comes nearest: our own file as it was handed out, or any other Python.
    ranked = sorted(answers or own, key=lambda one: (*_worth(one, sought), *one.last_first()))
    if not ranked:
        for path, other in of_others.items():
            raise Unreadable("other_stage", file=path, other=other, stage=sought.stage)
        raise Unreadable(problems[0] if problems else "zip_without_work")
    best = ranked[0]
    imported = imported_words(best.sources())
    others = [str(one.path) for one in ranked[1:] if answers and imported.isdisjoint(module_names(one.path))]
    stubs = [one.path for one in own if not sought.answered(one.found) and sought.is_of_this_stage(one.found)]
    handed_out = {one.path for one in candidates if one.is_handed_out()} | set(stubs)
    beside = [one for one in members if one.path not in handed_out]
    modules, left_out, changed = modules_for(best.path, best.sources(), beside, sought.data)
    code = _code(best, sought)
    notes = [
        *([Note("note_graded_of_several", {"chosen": str(best.path), "others": ", ".join(others)})] if others else []),
        *_answers_elsewhere(best, ranked[1:], others, sought),
        *([Note("note_graded_kept_copy", {"chosen": str(best.path)})] if is_kept_copy(best.path) else []),
        *(Note("note_file_of_other_stage", {"file": path, "other": other}) for path, other in of_others.items()),
        *([Note("note_files_left_out", {"files": ", ".join(left_out)})] if left_out else []),
        *([Note("note_data_changed", {"files": ", ".join(changed)})] if changed else []),
        *code.notes,
    ]
    code = msgspec.structs.replace(code, modules=modules, chosen=str(best.path), others=others, notes=notes)
    return Answer(str(best.path), best.member.data, code)


def _answers_elsewhere(best: _Candidate, ranked: Sequence[_Candidate], others: list[str], sought: Sought) -> list[Note]:
    """Return what to say of questions that another file answers, and the one that is graded does not."""
    missing = set(sought.names.questions) - sought.answered(best.found)
    notes = []
    for one in ranked:
        names = missing & sought.answered(one.found)
        if names and str(one.path) in others:
            values = {"file": str(one.path), "names": ", ".join(f"`{name}`" for name in sorted(names))}
            notes.append(Note("note_answers_elsewhere", values | {"chosen": str(best.path)}))
            missing -= names
    return notes


def _candidates(members: Sequence[Member]) -> tuple[list[_Candidate], list[Problem]]:
    """Return the files with Python in them, and what is the matter with those that look as if they should have some."""
    candidates: list[_Candidate] = []
    problems: list[Problem] = []
    for member in members:
        try:
            candidates.append(_candidate(member))
        except Unreadable as error:
            if error.problem not in ("wrong_type", "zip_without_work") and not _is_beside(member.path):
                problems.append(error.problem)
    return candidates, problems


def _is_beside(path: PurePosixPath) -> bool:
    """Tell whether a file that cannot be read is none that anybody would hand in as the answer."""
    return path.suffix.lower() in DATA or path.name == "__init__.py"


def _worth(one: _Candidate, sought: Sought) -> tuple[int, int, int]:
    """Return what sorts answers: the one with most questions answered first."""
    return (
        -len(sought.answered(one.found)),
        -len(one.found.names & set(sought.names.questions)),
        -bool(one.found.answered),
    )
