"""Which known mistake the public cases point to: what the student's own check names, as it sees no other cases.

Hidden cases may say that it is not all, or not the same. Then no mistake explains the answer, and what was named
before is told as what it is: true of the public cases.
"""

from collections.abc import Sequence

from capas.grading.diagnosis.explanations import Known
from capas.grading.diagnosis.outcome import Outcome
from capas_check.fingerprint import Fingerprint, distance

POINTED_TO = "on_public_cases"
"""The kind of a diagnosis that only public cases give: ``on_public_cases=id``, after what is true of all cases."""

Group = list[Known]
"""Mistakes that lose points in public cases, which these cases cannot tell apart."""


def groups_of(known: Sequence[Known]) -> list[Group]:
    """Return the mistakes that lose points in public cases, those that these cannot tell apart together."""
    groups: list[Group] = []
    for mistake, outcome in known:
        public = outcome.part(hidden=False)
        if all(public.passed):
            continue
        alike = next((group for group in groups if group[0][1].part(hidden=False).agrees(public)), None)
        if alike is None:
            groups.append([(mistake, outcome)])
        else:
            alike.append((mistake, outcome))
    return groups


def is_clear(group: Group) -> bool:
    """Tell whether hidden cases cannot tell the mistakes of a group apart either: in doubt none is named."""
    first, *others = (outcome.part(hidden=True) for _, outcome in group)
    return all(first.agrees(other) for other in others)


def pointed_to(outcome: Outcome, known: Sequence[Known]) -> str | None:
    """Return the id of the mistake that does in the public cases what a function did in them, or None."""
    public = outcome.part(hidden=False)
    if all(public.passed):
        return None
    apart = [(distance(public.fingerprints, _public_prints(group)), group) for group in groups_of(known)]
    near = [(far, place) for place, (far, _) in enumerate(apart) if far is not None]
    if not near:
        return None
    nearest = apart[min(near)[1]][1]
    return nearest[0][0].id if is_clear(nearest) else None


def _public_prints(group: Group) -> list[Fingerprint]:
    return group[0][1].part(hidden=False).fingerprints
