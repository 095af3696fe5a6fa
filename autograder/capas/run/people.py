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
        for keys in ([folded(text)], [_name_key(text)], _joined_in_turn(text)):
            found = {name: person for key in keys for name, person in self._by_key.get(key, {}).items()}
            if found:
                return list(found.values())
        return []


_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ø": "o", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart, as they are written where there are none."""
_BETWEEN = re.compile(r"[\s_'’‘ʼ`´]+")
"""What stands between the parts of a name, or for nothing: spaces, and apostrophes of all kinds."""


def folded(text: str) -> str:
    """Return a text without what may differ where the same is meant: accents, case, spaces and what stands for them."""
    apart = _BETWEEN.sub(" ", text)
    for _ in range(2):  # as Unicode compares without case: what is taken apart may be a capital, as 𝕋 is
        apart = unicodedata.normalize("NFKD", apart.casefold())
    plain = "".join(character for character in apart if not unicodedata.combining(character)).translate(_PLAIN)
    return " ".join(_BETWEEN.sub(" ", plain).split())


def _words(name: str) -> list[str]:
    """Return the words of a name; a hyphen parts them as a space does."""
    return re.findall(r"\w+", folded(name))


def _name_key(text: str) -> str:
    """Return a name as a key that is the same in whichever order its words are: García, Ana and Ana García."""
    return "name " + " ".join(sorted(_words(text)))


def _joined(name: str) -> str:
    """Return a name as Canvas writes it into that of a file: without what is between its words."""
    return "".join(_words(name))


def _joined_in_turn(name: str) -> list[str]:
    """Return a name as Canvas may write it, beginning with any of its words: it puts the family's names first."""
    words = _words(name)
    return ["".join(words[first:] + words[:first]) for first in range(len(words))]


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
