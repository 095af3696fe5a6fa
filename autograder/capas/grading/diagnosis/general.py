"""Kinds of error that need no catalogue: how a result is wrong, and with which inputs or in which place.

A kind is written ``how``, ``how=what``, ``how@where`` or ``how=what@where=what``: ``wrong_by_a_factor=2``,
``raises=TypeError@lists``. It is given only when it holds for everything that went wrong in every failing case and,
where it says with which inputs, for nothing that is right.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from capas.grading.diagnosis.comparison import (
    Piece,
    is_of_the_question,
    numbers_of,
    operations_of,
    pieces_of,
    right_result,
)
from capas.grading.diagnosis.from_arguments import from_arguments
from capas.grading.diagnosis.inputs import call_features
from capas.grading.diagnosis.outcome import Outcome
from capas.grading.diagnosis.relations import EXACT, ROUGH, Relation, same
from capas.grading.diagnosis.shapes import LAST_SHAPES, SHAPES
from capas.grading.diagnosis.where import where_wrong, with_features
from capas.grading.kept import is_large
from capas_check import Call
from capas_check.fingerprint import fingerprint
from capas_check.show import type_name

ELSEWHERE_RIGHT = "the_rest_is_right"
"""The place of what holds for all that is wrong, and for some of what is right not."""
MAX_BYTES = 3 * 2**20
"""Of all results of a question together: more would be looked at for longer than a diagnosis may take."""
ONLY_WHERE = "is_wrong"
"""How results are wrong of which only is known where."""


def parts_of(kind: str) -> tuple[str, str, str, str]:
    """Return how, what, where and which of a kind, "" for what it does not say."""
    before, _, after = kind.partition("@")
    how, _, what = before.partition("=")
    where, _, which = after.partition("=")
    return how, what, where, which


_UNFINISHED = {"generator": "gives_a_generator", "coroutine": "gives_a_coroutine"}
_ENDINGS = {
    "timeout": "never_ends",
    "crashed": "ends_the_program",
    "exited": "ends_the_program",
    "missing": "not_defined",
    "missing_member": "lacks_a_member",
}


def kinds_of(outcome: Outcome, reference: Any) -> Iterator[str]:
    """Yield the kinds that hold, the one that says most first; ``reference`` is what the question asks for."""
    kinds = {outcome.kinds[case] for case in outcome.failing}
    if len(kinds) == 1 and (ending := _ENDINGS.get(min(kinds))):
        yield ending
    if not callable(reference):  # of a single value everything could be said
        return
    if kinds == {"type"} and (unfinished := _unfinished(outcome, reference.__name__)):
        yield unfinished
    calls = [call for case in outcome.calls for call in case]
    if is_large([call.result for call in calls], MAX_BYTES):
        return
    if _differs_each_time(outcome, reference):
        yield "differs_each_time"
    pieces = pieces_of(outcome, reference)
    yield from _beside_the_value(outcome, kinds, calls)
    wrong = {id(piece.call) for piece in pieces if piece.is_wrong}
    explained = all(any(_is_bad(call, wrong) for call in outcome.calls[case]) for case in outcome.failing)
    if not explained:
        return
    yield from _by_value(pieces, reference, any_is_right="property" in kinds, raised="raised" in kinds)
    public = [passed for passed, hidden in zip(outcome.passed, outcome.hidden, strict=True) if not hidden]
    hidden = [passed for passed, hidden in zip(outcome.passed, outcome.hidden, strict=True) if hidden]
    if all(public) and hidden and not any(hidden):
        yield "right_on_public_cases_only"
    called = [(call, _is_bad(call, wrong)) for call in calls]
    if kinds == {"raised"}:
        names = {type(call.error).__name__ for call, bad in called if bad}
        yield from with_features(f"raises={min(names)}" if len(names) == 1 else "raises", called, everywhere=True)
    yield from _only_where(pieces, called)
    if "raised" not in kinds and "property" not in kinds:
        yield from _related(pieces, ROUGH)
        yield from _shaped(pieces, LAST_SHAPES)


def _unfinished(outcome: Outcome, name: str) -> str | None:
    """Return what came back of every call instead of numbers: a generator, a coroutine, or an object of a class."""
    calls = [call for case in outcome.failing for call in outcome.calls[case][-1:]]
    # A sandbox does not send such things, and says of which type they are.
    types = {str(call.error).rpartition(" of type ")[2] if call.error else type_name(call.result) for call in calls}
    if len(types) != 1:
        return None
    (of_type,) = types
    return "gives_an_object" if of_type == name else _UNFINISHED.get(of_type)


def _is_bad(call: Call, wrong: set[int]) -> bool:
    return call.error is not None or id(call) in wrong


def _beside_the_value(outcome: Outcome, kinds: set[str], calls: Sequence[Call]) -> Iterator[str]:
    """Yield kinds of answers whose values are right, and something else is not."""
    if kinds == {"changed_arguments"}:
        changed = [(call, bool(call.changed_arguments())) for call in calls]
        yield from with_features("changes_its_arguments", changed, everywhere=True)
    if kinds == {"did_not_raise"}:
        yield "accepts_what_is_to_be_refused"
    if kinds == {"warned"}:
        warned = [(call, call.warning is not None) for call in calls]
        overflows = all("overflow" in str(call.warning) for call, bad in warned if bad)
        yield "overflows" if overflows else "warns"


def _differs_each_time(outcome: Outcome, reference: Callable[..., Any]) -> bool:
    """Tell whether two calls with the same arguments gave different numbers, and those of the reference the same."""
    seen: dict[bytes, Call] = {}
    for call in (call for calls in outcome.calls for call in calls if call.error is None and is_of_the_question(call)):
        try:
            key = pickle.dumps((operations_of(call), call.arguments, call.keywords))
        except Exception:  # a function among them
            continue
        first = seen.setdefault(key, call)
        if fingerprint("", [first])[1:] != fingerprint("", [call])[1:]:
            return not _draws(call, reference)
    return False


def _draws(call: Call, reference: Callable[..., Any]) -> bool:
    """Tell whether the reference does not give the same twice either."""
    try:
        one, other = (repr(right_result(call, reference)) for _ in range(2))
    except Exception:
        return False
    return one != other


def _by_value(
    pieces: Sequence[Piece], reference: Callable[..., Any], any_is_right: bool, raised: bool
) -> Iterator[str]:
    """Yield how what came out relates to what is right; where many results are right, only to what was given."""
    wrong = [piece for piece in pieces if piece.is_wrong]
    if not wrong or raised:
        return
    if all(piece.value is None for piece in wrong):
        yield from _everywhere_or_with("returns_nothing", pieces)
        return
    yield from _not_finite(pieces)
    yield from _given_back(pieces, reference)
    if any_is_right:
        return
    yield from _shaped(pieces, SHAPES)
    yield from _related(pieces, EXACT)
    yield from from_arguments(pieces, reference)
    yield from _scaled(pieces)


def _everywhere_or_with(how: str, pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield ``how``, with what is special of the inputs where it is wrong if some results are right."""
    if all(piece.is_wrong for piece in pieces):
        yield how
    else:
        yield f"{how}@{where_wrong(pieces) or ELSEWHERE_RIGHT}"


def _not_finite(pieces: Sequence[Piece]) -> Iterator[str]:
    wrong = [piece for piece in pieces if piece.is_wrong]
    if not all(_is_not_finite(piece) for piece in wrong):
        return
    if all("large" in call_features(piece.call) for piece in wrong) and not all(piece.is_wrong for piece in pieces):
        yield "overflows"
    yield from _everywhere_or_with("is_not_finite", pieces)


def _is_not_finite(piece: Piece) -> bool:
    numbers = piece.numbers
    return piece.compares and numbers is not None and not np.isfinite(numbers[piece.wrong]).any()


def _given_back(pieces: Sequence[Piece], reference: Callable[..., Any]) -> Iterator[str]:
    """Yield that an argument comes out as it was given, with its name."""
    code = getattr(reference, "__code__", None)
    names = code.co_varnames[: code.co_argcount] if code else ()
    wrong = [piece for piece in pieces if piece.is_wrong]
    for place, name in enumerate(names):
        if all(_is_argument(piece, place) for piece in wrong):
            yield from _everywhere_or_with(f"gives_back_its_argument={name}", pieces)


def _is_argument(piece: Piece, place: int) -> bool:
    if piece.path or place >= len(piece.call.arguments):
        return False
    argument = piece.call.arguments[place]
    if isinstance(argument, (str, bytes)):
        return type(piece.value) is type(argument) and piece.value == argument
    given, numbers = numbers_of(argument), piece.numbers
    return given is not None and numbers is not None and given.shape == numbers.shape and same(numbers, given)


def _shaped(pieces: Sequence[Piece], relations: Mapping[str, Callable[[Any, Any], str | None]]) -> Iterator[str]:
    wrong = [piece for piece in pieces if piece.is_wrong]
    for how, relation in relations.items():
        said = {relation(piece.value, piece.right) for piece in wrong}
        if None not in said:
            what = said.pop() if len(said) == 1 else ""
            yield from _everywhere_or_with(f"{how}={what}" if what else how, pieces)


def _related(pieces: Sequence[Piece], relations: Mapping[str, Relation]) -> Iterator[str]:
    wrong = [piece for piece in pieces if piece.is_wrong]
    if not all(piece.compares for piece in wrong):
        return
    value, right = _numbers(wrong, lambda piece: piece.wrong)
    every = _numbers(
        [piece for piece in pieces if piece.compares], lambda piece: np.ones(piece.right.shape, dtype=bool)
    )
    if not np.isfinite(value).all():
        return
    for how, relation in relations.items():
        if (what := relation(value, right)) is not None:
            named = f"{how}={what}" if what else how
            holds_for_all = np.isfinite(every[0]).all() and relation(*every) == what
            yield named if holds_for_all else f"{named}@{where_wrong(pieces) or ELSEWHERE_RIGHT}"


def _numbers(pieces: Iterable[Piece], mask: Callable[[Piece], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of pieces where ``mask`` is true, and what is right there, both of shape (n,)."""
    pairs = [(np.asarray(piece.numbers)[mask(piece)], piece.right[mask(piece)]) for piece in pieces]
    value, right = ([pair[side] for pair in pairs] for side in (0, 1))
    return np.concatenate([np.zeros(0), *value]), np.concatenate([np.zeros(0), *right])


def _scaled(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield that each result, row, or column is off by a factor of its own, which may be the number of samples."""
    wrong = [piece for piece in pieces if piece.is_wrong]
    if not all(piece.compares and piece.right.size and np.isfinite(np.asarray(piece.numbers)).all() for piece in wrong):
        return
    for what, count in _SIZES.items():
        counts = [count(piece.call) for piece in pieces if piece.compares]
        pairs = [(np.asarray(piece.numbers), piece.right) for piece in pieces if piece.compares]
        if len({*counts}) > 1 and all(
            one and same(value, right * one) for (value, right), one in zip(pairs, counts, strict=True)
        ):
            yield f"wrong_by_a_count={what}"
    for what, axis in (("results", None), ("rows", -1), ("columns", -2)):
        if all(_is_scaled(np.asarray(piece.numbers), piece.right, axis) for piece in wrong):
            yield from _everywhere_or_with(f"scales={what}", pieces)


def _rows(call: Call) -> int:
    first = numbers_of(call.arguments[0]) if call.arguments else None
    return 0 if first is None or not first.ndim else 1 if first.ndim == 1 else first.shape[0]


def _columns(call: Call) -> int:
    first = numbers_of(call.arguments[0]) if call.arguments else None
    return 0 if first is None or not first.ndim else first.shape[-1]


_SIZES: dict[str, Callable[[Call], float]] = {
    "times_rows": _rows,
    "by_rows": lambda call: 1 / max(_rows(call), 1),
    "times_columns": _columns,
    "by_columns": lambda call: 1 / max(_columns(call), 1),
    "times_all": lambda call: _rows(call) * _columns(call),
    "by_all": lambda call: 1 / max(_rows(call) * _columns(call), 1),
}


def _is_scaled(value: np.ndarray, right: np.ndarray, axis: int | None) -> bool:
    """Tell whether ``value`` is ``right`` times one factor, or one for each row (axis -1) or column (axis -2)."""
    if right.ndim < (2 if axis else 1) or np.unique(np.abs(right[right != 0])).size < 2:
        return False
    if (right.shape[axis] if axis else right.size) < 2:
        return False
    along = tuple(range(right.ndim)) if axis is None else axis
    factors = np.sum(value * right, axis=along, keepdims=True) / np.sum(right * right, axis=along, keepdims=True)
    return bool(np.isfinite(factors).all() and factors.any()) and same(value, factors * right)


def _only_where(pieces: Sequence[Piece], called: Sequence[tuple[Call, bool]]) -> Iterator[str]:
    """Yield where things go wrong when no relation tells how."""
    if where := where_wrong(pieces):
        yield f"{ONLY_WHERE}@{where}"
    yield from with_features(ONLY_WHERE, called, everywhere=False)
