"""Answers that share code though names were changed: which, in what, and how much. What it means, a person decides.

Compared are fingerprints (`fingerprints.py`) of tokens (`code_tokens.py`), question by question, each with the helpers
that it uses, and all of a submission together. Left out is what was handed out, and what more of the class share than
`most_alike` says: that is how one writes it. The limits were chosen by the shipped course, whose right solutions are
independent of each other: of all pairs of answers to one question none shares more than 12 fingerprints, and in classes
of honest variants of them (`tests/report/honest.py`) no pair of submissions with such a share has more than 14. Short
answers are alike by chance in half of a class, and are told only where many of them are alike at once: of a stage of
one-line answers a copy is often not told.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
import numpy as np

from capas.report.code_tokens import Definition, codes_of, definitions_in
from capas.report.fingerprints import GRAM, NONE, Hashes, all_hashes, fingerprints

WHOLE = ""
"""In the place of a question: all that was handed in."""
SHORTEST = 20
"""The fewest fingerprints that two answers to a question share, or two submissions, before that is told."""
LEAST_SHARE, LEAST_SHARE_WHOLE = 0.7, 0.6
"""The least share of the shorter one's fingerprints that they must be."""
COMMON, COMMON_SHARE = 10, 0.03
"""What more submissions share than this, and than this share of the class, is no sign of anything."""


class Alike(msgspec.Struct, frozen=True):
    """Two submissions that share code in a question: how many fingerprints, and what share of the shorter answer's."""

    question: str
    first: str
    second: str
    shared: int
    share: float


class Answers:
    """The answers of one submission as definitions: to each question its own, and the helpers that it uses."""

    def __init__(self, cells: Sequence[str], questions: Collection[str]):
        self._all = definitions_in(cells)
        self._questions = [name for name in questions if name in self._all]

    def of(self, question: str) -> list[Definition]:
        """Return what answers a question; of `WHOLE` what answers any, or all where no question is a name of code."""
        wanted = self._questions or list(self._all) if question == WHOLE else [question]
        return [self._all[name] for name in self._used(wanted)]

    def hashes(self, question: str) -> Hashes:
        """Return the hash of every run of tokens in an answer, of which fingerprints are some."""
        return np.concatenate([NONE, *(all_hashes(one.codes) for one in self.of(question))])

    def fingerprints(self, handed_out: Hashes) -> dict[str, Hashes]:
        """Return the fingerprints by question and of all, without those of what was handed out."""
        by_name = {name: fingerprints(one.codes) for name, one in self._all.items()}
        found = {}
        for question in (*self._questions, WHOLE):
            parts = [by_name[one.name] for one in self.of(question)]
            found[question] = np.setdiff1d(np.concatenate(parts), handed_out) if parts else NONE
        return found

    def _used(self, names: Iterable[str]) -> list[str]:
        used: dict[str, None] = {}
        waiting = deque(name for name in names if name in self._all)
        while waiting:
            name = waiting.popleft()
            if name not in used:
                used[name] = None
                # An answer to another question is not part of this one.
                waiting += sorted((self._all[name].uses & self._all.keys()) - set(self._questions))
        return list(used)


def pieces(one: Definition, sought: Hashes) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether its tokens are in runs of tokens whose hashes are in ``sought``.

    No such piece goes over the end of a line, or holds a line's indentation.
    """
    inside = np.zeros(len(one.codes), dtype=bool)
    for begin in np.flatnonzero(np.isin(all_hashes(one.codes), sought)):
        inside[begin : begin + GRAM] = True
    spans: list[tuple[int, int]] = []
    for index in np.flatnonzero(inside):
        begin, end = one.spans[index]
        if index and inside[index - 1] and "\n" not in one.text[spans[-1][1] : begin]:
            begin = spans.pop()[0]
        spans.append((begin, end))
    found, place = [], 0
    for begin, end in spans:
        found += [(one.text[place:begin], False), (one.text[begin:end], True)]
        place = end
    return [*found, (one.text[place:], False)]


def handed_out_hashes(sources: Iterable[str]) -> Hashes:
    """Return the hashes of all that is in sources that everybody was given."""
    parts = [all_hashes(codes_of(source)) for source in sources]
    parts += [all_hashes(one.codes) for source in sources for one in definitions_in([source]).values()]
    return np.unique(np.concatenate([NONE, *parts]))


def most_alike(size: int) -> int:
    """Return how many of a class of ``size`` may share something that is still unusual; never more than half."""
    return int(min(max(COMMON, COMMON_SHARE * size), max(2, size // 2)))


def find_alike(class_prints: Mapping[str, Mapping[str, Hashes]]) -> list[Alike]:
    """Return all pairs of submissions that share enough, from each submission's fingerprints by question."""
    by_question: dict[str, dict[str, Hashes]] = defaultdict(dict)
    for submission, prints in class_prints.items():
        for question, hashes in prints.items():
            by_question[question][submission] = hashes
    found = []
    for question, prints in by_question.items():
        share = LEAST_SHARE_WHOLE if question == WHOLE else LEAST_SHARE
        found += _pairs(question, prints, share, most_alike(len(class_prints)))
    return found


def _pairs(question: str, prints: Mapping[str, Hashes], share: float, most: int) -> list[Alike]:
    """Return pairs, found by an inverted index: who has a fingerprint, of all that more than one has and few have."""
    names = sorted(prints)  # so that the order of results changes nothing
    hashes = np.concatenate([NONE, *(prints[name] for name in names)])
    owners = np.repeat(np.arange(len(names)), [len(prints[name]) for name in names])
    _, which, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    unusual = counts[which] <= most
    sizes = np.bincount(owners[unusual], minlength=len(names))
    kept = unusual & (counts[which] > 1)
    which, owners = which[kept], owners[kept]
    order = np.argsort(which, kind="stable")
    postings = owners[order]
    begins = np.searchsorted(which[order], np.arange(len(counts) + 1))
    of_each = np.searchsorted(owners, np.arange(len(names) + 1))  # owners come in order
    found = []
    for one, name in enumerate(names):
        mine = which[of_each[one] : of_each[one + 1]]
        if len(mine) < SHORTEST:
            continue
        shared = np.bincount(
            np.concatenate([postings[begins[fingerprint] : begins[fingerprint + 1]] for fingerprint in mine]),
            minlength=len(names),
        )
        shorter = np.minimum(sizes, sizes[one])
        others = np.flatnonzero((shared >= SHORTEST) & (shared >= share * shorter))
        found += [
            Alike(question, name, names[other], int(shared[other]), float(shared[other] / shorter[other]))
            for other in others
            if other > one
        ]
    return found
