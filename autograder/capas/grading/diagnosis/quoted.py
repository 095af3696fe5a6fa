"""How much of a general kind of error may be told: nothing that says what hidden inputs are.

A function may return hidden inputs as a factor, as a constant, as the name of its error. So numbers and names that it
chooses are told only where its public calls, of which everything is told, show the same; and so are words of inputs.
"""

import builtins
from collections.abc import Iterator
from typing import Any

from capas.grading.diagnosis.general import kinds_of, parts_of
from capas.grading.diagnosis.inputs import words_of
from capas.grading.diagnosis.outcome import Outcome

CHOSEN = frozenset(
    ("returns_a_constant", "wrong_by_a_factor", "off_by", "rounds", "agrees_to_some_digits", "raises"),
)
"""Kinds with something that the function chooses."""


def general_kind(outcome: Outcome, reference: Any) -> str | None:
    """Return the kind of error that explains every failing case, as far as it may be told, or None."""
    return next(told_kinds(outcome, reference), None)


def told_kinds(outcome: Outcome, reference: Any) -> Iterator[str]:
    """Yield the kinds that hold, the one that says most first, each as far as it may be told."""
    public = outcome.part(hidden=False)
    shown: set[tuple[str, str]] | None = None
    words = {word for calls in public.calls for call in calls for word in words_of(call)}
    for kind in kinds_of(outcome, reference):
        how, what, where, which = parts_of(kind)
        if where == "word" and which not in words:
            continue
        if what and how in CHOSEN and not (how == "raises" and hasattr(builtins, what)):
            if shown is None:
                shown = {parts_of(known)[:2] for known in kinds_of(public, reference)}
            if (how, what) not in shown:
                kind = kind.replace(f"{how}={what}", how, 1)
        yield kind
