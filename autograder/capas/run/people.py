"""Who is meant by what a teacher writes: a submission's id, a platform's number, a login, an address, a name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import msgspec

from capas.run.attempts import by_student, turns_of
from capas.submission.manifest import Entry
from capas.texts.plain import spreadsheet_cell


class Person(msgspec.Struct, frozen=True):
    """A submission as decisions see it: its file, its entry in the manifest, its points and those of its questions."""

    submission: str
    file: str
    points: float
    questions: dict[str, float]
    entry: Entry | None = None

    def shown(self) -> str:
        """Return the submission's id with what tells it apart from others of the same name."""
        more = [self.entry.full_name, self.entry.section, self.entry.login or self.entry.email] if self.entry else []
        told = ", ".join(filter(None, more))
        return f"{self.submission} ({told})" if told else self.submission


class People:
    """All who handed in, to be found by what is known of each; one who did so several times is who did so last."""

    def __init__(self, people: Iterable[Person]):
        self._by_id: dict[str, Person] = {}
        self._by_key: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        of = {person.submission: person for person in people}
        turns = turns_of({person.submission: person.entry for person in of.values() if person.entry})
        for several in by_student(of, turns):
            last = of[several[-1]]
            for person in (of[submission] for submission in several):
                self._by_id[person.submission] = last
                for key in _keys(person):
                    self._by_key[key][last.submission] = last

    def find(self, text: str) -> list[Person]:
        """Return those whom ``text`` may mean: one, where it tells a student alone."""
        for exact in (text, text.removeprefix("'")):  # as a cell is written that no spreadsheet takes for a formula
            if exact in self._by_id:
                return [self._by_id[exact]]
        for key in (folded(text), _name_key(text), _joined(text)):
            if key in self._by_key:
                return list(self._by_key[key].values())
        return []


def folded(text: str) -> str:
    """Return a text without what may differ where the same is meant: accents, case, spaces and what stands for them."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(re.sub(r"[\s_'’]+", " ", plain).split())


def _name_key(text: str) -> str:
    """Return a name as a key that is the same in whichever order its words are: García, Ana and Ana García."""
    return "name " + " ".join(sorted(re.findall(r"\w+", folded(text))))


def _joined(name: str) -> str:
    """Return a name as Canvas writes it into that of a file: without what is between its words."""
    return "".join(re.findall(r"\w+", folded(name)))


def _keys(person: Person) -> Iterator[str]:
    stem = PurePosixPath(person.file).stem
    names = [person.submission, stem]
    exact = [person.submission, spreadsheet_cell(person.submission), person.file]
    if entry := person.entry:
        names += [entry.name, entry.full_name]
        exact += [entry.user, entry.login, entry.sis, entry.email, entry.anonymous, *entry.members]
        exact += [_joined(entry.full_name)]
    for text in filter(None, exact):
        yield folded(text)
    for name in filter(None, names):
        yield folded(name)
        if re.search(r"\w", name):
            yield _name_key(name)
