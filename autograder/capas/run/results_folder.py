"""The folder of results that `capas grade` writes: its only reader, and its only writer.

`journal.jsonl` comes first, and is what counts: a file in `results/` that is missing or spoiled is made anew from it.
Where a line of the journal is spoiled and the file in `results/` is whole, the file's result is taken up again with
its grading key unknown: it stays until its submission is graded anew. Nothing else removes a result but `prune`.
"""

import contextlib
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

import msgspec

from capas.course.grade_terms import GradeTerms
from capas.files import UserError, hold, remove_leftovers, told_as_user_error, write_atomically
from capas.grading.result import (
    FEEDBACK,
    FEEDBACK_ENDINGS,
    KILLED,
    RESULTS,
    Result,
    encode_result,
    grades_csv,
)
from capas.run.attempts import free_id, given_id
from capas.run.desk import NOTHING_DECIDED, DecidedResults, Desk, open_desk
from capas.run.journal import UNKNOWN_KEY, Journal, JournalLine, decode_line, read_lines
from capas.run.overrides import OVERRIDES
from capas.run.stored_by_name import Run, StoredByName, read_files, read_run
from capas.submission.disk import JOURNAL_FILE, RUN_FILE
from capas.texts.wording import listed

GRADES_FILE, SET_ASIDE = "grades.csv", "set_aside"
AUTOGRADER_ENDING = "-autograder.zip"


def kept_autograder(folder: Path) -> Path | None:
    """Return the bundle of Otter's that the results in ``folder`` are of, None where they are of a stage."""
    return next(iter(sorted(folder.glob(f"*{AUTOGRADER_ENDING}"))), None)


def keep_autograder(folder: Path, assignment: str, autograder: str) -> None:
    """Keep a copy of the bundle that was graded, so that its results can be reported without it; "" for none."""
    path = folder / f"{assignment}{AUTOGRADER_ENDING}"
    if autograder and Path(autograder).absolute() != path.absolute():
        with told_as_user_error(folder):
            write_atomically(path, Path(autograder).read_bytes())


class StoredResults(msgspec.Struct, frozen=True):
    """What a folder holds: results in order of submission, the key of every result, and what was found spoiled.

    Results are as they count, one of each student, with the keys of those that may, unless the machine's own are asked
    for, which are of every attempt.
    """

    run: Run
    results: list[Result]
    keys: dict[str, str]
    notes: list[str]


def read_results_folder(folder: Path, terms: GradeTerms | None = None) -> StoredResults:
    """Read a folder of results, with what a person decided of them, and change nothing in it.

    Args:
        folder: the folder.
        terms: what the course says of grades; what it said when the results were written where it is not at hand.

    Raises:
        UserError: when it is none, or `overrides.csv` is not right.
    """
    stored = read_machine_results(folder)
    desk = open_desk(folder, stored.results, terms or stored.run.terms)
    keys = {name: stored.keys[name] for name in desk.may_count(stored.keys)}
    return msgspec.structs.replace(stored, results=list(DecidedResults(stored.results, desk)), keys=keys)


def read_machine_results(folder: Path) -> StoredResults:
    """Read what the machine gave, which is no grade yet, and change nothing in the folder.

    Raises:
        UserError: when it is no folder of results.
    """
    run = read_run(folder)
    lines = {line.result.submission: line for data in read_lines(folder / JOURNAL_FILE) if (line := decode_line(data))}
    only_files, spoiled = read_files(folder, run.stage, lines)
    lines |= {name: JournalLine(UNKNOWN_KEY, result) for name, result in only_files.items()}
    names = sorted(lines)
    notes = [_tell_spoiled(folder, spoiled)] if spoiled else []
    return StoredResults(run, [lines[name].result for name in names], {name: lines[name].key for name in names}, notes)


def stream_results(folder: Path) -> Iterator[Result]:
    """Return what the machine gave, one result at a time, in order of submission, and change nothing in the folder.

    Raises:
        UserError: when it is no folder of results.
    """
    stored = StoredByName(folder)
    return map(stored.of, stored.submissions())


def decided_results(folder: Path, desk: Desk) -> DecidedResults:
    """Return what counts of a folder of results, read one at a time, and change nothing in it.

    Raises:
        UserError: when it is no folder of results.
    """
    return DecidedResults(StoredByName(folder), desk)


def keys_that_count(journal: Journal, desk: Desk) -> list[str]:
    """Return the grading keys of results that may count, which earlier attempts do by some rules only."""
    return [journal.origins[name].key for name in desk.may_count(journal.submissions())]


def tell_others(folder: Path, stage: str, keys: Iterable[str], key: str) -> list[str]:
    """Return a line that says how many results are of other cases than there are now; none when all are of these."""
    made_with = list(keys)
    others = sum(one != key for one in made_with)
    if not others:
        return []
    return [
        f"{others} of {len(made_with)} results in {folder} were graded with other cases, limits, mistakes, language or "
        f"versions than there are now; to grade them again, run capas grade {stage} SUBMISSIONS --out {folder}"
    ]


class ResultsFolder:
    """A folder of results, held by one writer at a time. Use it as a context manager.

    Its ``journal`` has the results and can be read as long as the folder is there, also when it is held no more.
    ``notes`` say what was spoiled, a line each.

    Args:
        folder: the folder, which is made.
        run: what is graded into it, or reported of it.

    Raises:
        UserError: when the folder holds another stage's results, is in use, or cannot be written.
    """

    def __init__(self, folder: Path, run: Run):
        self._folder = folder
        self.journal = Journal(folder / JOURNAL_FILE)
        self.notes: list[str] = []
        with contextlib.ExitStack() as stack:
            stack.enter_context(hold(folder))
            with told_as_user_error(folder):
                (folder / RESULTS).mkdir(exist_ok=True)
                self._take_up(run)
            self._held = stack.pop_all()

    def _take_up(self, run: Run) -> None:
        """Make journal and files whole, and of the same results."""
        for part in (self._folder, self._folder / RESULTS, self._folder / FEEDBACK):
            remove_leftovers(part)
        self.journal.find()
        self._refuse_another_stage(run)
        graded = (self._folder / JOURNAL_FILE).stat().st_mtime_ns if self.journal else 0
        only_files, spoiled = read_files(self._folder, run.stage, self.journal.origins)
        self.journal.rewrite(added={name: JournalLine(UNKNOWN_KEY, result) for name, result in only_files.items()})
        if self.journal.spoiled or only_files:
            self.notes.append(_tell_journal(self._folder, self.journal.spoiled, list(only_files)))
        if spoiled:
            self.notes.append(_tell_spoiled(self._folder, spoiled))
        edited = [f"{one.submission}.json" for one in self.journal if self._write_file(one, graded)]
        if edited := [name for name in edited if name not in spoiled]:
            self.notes.append(_tell_edited(self._folder, edited))
        path, data = self._folder / RUN_FILE, msgspec.json.encode(run) + b"\n"
        if not (path.is_file() and path.read_bytes() == data):
            write_atomically(path, data)

    def _refuse_another_stage(self, run: Run) -> None:
        path = self._folder / RUN_FILE
        stage = run.stage
        if self.journal:
            stage = self.journal[0].stage  # it has a checksum
        elif path.exists():
            try:
                stage = msgspec.json.decode(path.read_bytes(), type=Run).stage
            except (msgspec.MsgspecError, UnicodeDecodeError):
                if not (self._folder / JOURNAL_FILE).exists():
                    raise UserError(f"{path} is not of this program; choose another --out, or remove it") from None
        if stage != run.stage:
            raise UserError(f"{self._folder} holds results of {stage}; choose another --out for {run.stage}")

    def add(self, results: list[Result], key: str) -> None:
        """Keep results: after this returns they survive a power cut.

        Raises:
            UserError: when the disk is full or gone; what was added before stays.
        """
        with told_as_user_error(self._folder):
            self.journal.append(JournalLine(key, result) for result in results)
            for result in results:
                self._write_file(result)

    def set_aside(self, submissions: Iterable[str]) -> None:
        """Keep a copy of the results of ``submissions``, which others of the same id are about to replace."""
        with told_as_user_error(self._folder):
            for name in submissions:
                write_atomically(
                    _place_aside(self._folder, f"{name}.json"), encode_result(self.journal.of(name)), sync=False
                )

    def keep_attempts(self, submissions: Iterable[str]) -> None:
        """Keep the results of ``submissions``, of which something else was handed in now, each under an id of its own.

        One whose grading was killed from outside says nothing; what a run that was stopped kept is there already.
        """
        with told_as_user_error(self._folder):
            ids = {name: earlier for name in submissions if (earlier := free_id(name, self.journal.origins))}
            lines = (line for line in self.journal.lines(ids) if line.result.status != KILLED)
            self.journal.append(
                JournalLine(line.key, msgspec.structs.replace(line.result, submission=ids[line.result.submission]))
                for line in lines
            )
            for line in self.journal.lines(sorted(ids.values() & self.journal.origins.keys())):
                self._write_file(line.result)

    def prune(self, submissions: Set[str]) -> None:
        """Remove the results of ``submissions``, with those of earlier attempts under the same id, and their feedback.

        The journal goes last: should we be killed here, the next run finds them whole.
        """
        with told_as_user_error(self._folder):
            gone = {name for name in self.journal.origins if {name, given_id(name)} & submissions}
            for name in gone:
                for ending in FEEDBACK_ENDINGS:
                    (self._folder / FEEDBACK / f"{name}.{ending}").unlink(missing_ok=True)
                (self._folder / RESULTS / f"{name}.json").unlink(missing_ok=True)
            self.journal.rewrite(without=gone)

    def finish(self, questions: list[str], desk: Desk = NOTHING_DECIDED) -> None:
        """Write `grades.csv`, and the journal in order, so that every run of the same ends with the same bytes.

        Args:
            questions: the columns.
            desk: what a person decided.
        """
        with told_as_user_error(self._folder):
            self.journal.rewrite()
            write_atomically(self._folder / GRADES_FILE, grades_csv(DecidedResults(self.journal, desk), questions))

    def _write_file(self, result: Result, graded: int | None = None) -> bool:
        """Make a result's file; return whether there was another that is newer than ``graded``."""
        is_edited = False
        path = self._folder / RESULTS / f"{result.submission}.json"
        data = encode_result(result)
        if path.is_dir() and not path.is_symlink():
            # It is somebody's, and perhaps not empty.
            path.rename(_place_aside(self._folder, path.name))
        elif path.is_file() and not path.is_symlink():
            if path.read_bytes() == data:
                return False
            is_edited = graded is not None and path.stat().st_mtime_ns > graded
        write_atomically(path, data, sync=False)
        return is_edited

    def __enter__(self) -> "ResultsFolder":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._held.close()


def _place_aside(folder: Path, name: str) -> Path:
    """Return where something called ``name`` can be put aside."""
    aside = folder / SET_ASIDE
    aside.mkdir(exist_ok=True)
    number = 1
    while (target := aside / f"{name}.{number}").exists():
        number += 1
    return target


def _tell_spoiled(folder: Path, names: list[str]) -> str:
    return (
        f"not results of this stage: {listed(names)} in {folder / RESULTS}; capas grade makes anew what the journal "
        f"has, moves a folder to {SET_ASIDE}/, and leaves anything else as it is"
    )


def _tell_edited(folder: Path, names: list[str]) -> str:
    return (
        f"edited since they were graded: {listed(names)} in {folder / RESULTS}; they are as they were graded again, "
        f"and what you decide goes into {folder / OVERRIDES}"
    )


def _tell_journal(folder: Path, spoiled: int, kept: list[str]) -> str:
    text = (
        f"{folder / JOURNAL_FILE} has {spoiled} spoiled lines" if spoiled else f"{folder / JOURNAL_FILE} lacks results"
    )
    text += "; what was given is graded again"
    return text + (f", the rest is kept as {RESULTS}/ has it: {listed(kept)}" if kept else "")
