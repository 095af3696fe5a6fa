"""Groups of submissions that share code: only where each shares it with each, so that nobody is in one by a chain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from capas.report.copies import Alike


class Shared(msgspec.Struct, frozen=True):
    """What any two of ``members`` share in a question, at least: how many fingerprints, and what share of one's."""

    question: str
    members: list[str]
    shared: int
    share: float


class Group(msgspec.Struct, frozen=True):
    """Submissions of which each is alike to each in some question, and all in which they or some of them are alike."""

    members: list[str]
    alike: list[Shared]


def grouped(pairs: Iterable[Alike]) -> list[Group]:
    """Return groups of submissions that are alike, those that share the most first.

    One who is alike to two that are not alike to each other is in two groups.
    """
    by_question: dict[str, list[Alike]] = defaultdict(list)
    for pair in pairs:
        by_question[pair.question].append(pair)
    found = [one for question in sorted(by_question) for one in _all_alike(question, by_question[question])]
    # What some of a group share besides is told with the group, not once more.
    groups: list[Group] = []
    for one in sorted(found, key=lambda one: (-len(one.members), -one.shared, one.question, one.members)):
        home = next((group for group in groups if set(one.members) <= set(group.members)), None)
        if home is None:
            groups.append(Group(one.members, [one]))
        else:
            home.alike.append(one)
    for group in groups:
        group.alike.sort(key=lambda one: (-len(one.members), -one.shared, one.question))
    return sorted(groups, key=lambda group: (-max(one.shared for one in group.alike), group.members))


def _all_alike(question: str, pairs: list[Alike]) -> list[Shared]:
    """Return sets of submissions, each alike to each in a question, so that every pair is in one; the strongest first.

    Most such sets are the largest there are; to find always the largest would take too long in a large class.
    """
    by_names = {frozenset((pair.first, pair.second)): pair for pair in pairs}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        neighbours[pair.first].add(pair.second)
        neighbours[pair.second].add(pair.first)
    told: set[frozenset[str]] = set()
    found = []
    for pair in sorted(pairs, key=lambda pair: (-pair.shared, pair.first, pair.second)):
        if frozenset((pair.first, pair.second)) in told:
            continue
        members = _grown(pair, neighbours)
        inside = [frozenset((one, other)) for one in members for other in members if one < other]
        told.update(inside)
        shared = min(by_names[names].shared for names in inside)
        found.append(Shared(question, members, shared, min(by_names[names].share for names in inside)))
    return found


def _grown(pair: Alike, neighbours: Mapping[str, set[str]]) -> list[str]:
    members = [pair.first, pair.second]
    further = neighbours[pair.first] & neighbours[pair.second]
    while further:
        members.append(min(further))
        further = further & neighbours[members[-1]]
    return sorted(members)
