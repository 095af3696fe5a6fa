"""With which inputs, or in which place of a result, things go wrong: what only the wrong has."""

from collections.abc import Iterator, Sequence

from capas.grading.diagnosis.comparison import Piece
from capas.grading.diagnosis.inputs import PLACES, call_features, features_of
from capas_check import Call


def where_wrong(pieces: Sequence[Piece]) -> str:
    """Return what all that is wrong has in common, and nothing that is right, "" where there is no such thing."""
    judged = [(features_of(piece), piece.is_wrong) for piece in pieces]
    return _common(judged, exact=True) or _place(pieces) or _common(judged, exact=False)


def _common(judged: Sequence[tuple[Sequence[str], bool]], exact: bool) -> str:
    """Return a feature of all that is wrong: of nothing right or, where not ``exact``, of less than what is wrong."""
    wrong = [features for features, bad in judged if bad]
    right = [features for features, bad in judged if not bad]
    if not wrong or not right:
        return ""
    for feature in wrong[0]:
        count = sum(feature in features for features in right)
        enough = count == 0 if exact else count < len(right) and count <= len(wrong)
        if enough and all(feature in features for features in wrong):
            return feature
    return ""


def _place(pieces: Sequence[Piece]) -> str:
    """Return the place of a result outside of which nothing is wrong, in which most is; "" where there is none."""
    comparing = [piece for piece in pieces if piece.compares]
    if any(piece.is_wrong and not piece.compares for piece in pieces):
        return ""
    for name, place in PLACES.items():
        inside, outside = [0, 0], 0  # right and wrong ones, right ones
        for piece in comparing:
            mask = place(piece)
            if mask is None:
                if piece.is_wrong:
                    break
                continue
            if (piece.wrong & ~mask).any():
                break
            inside[0] += int((mask & ~piece.wrong).sum())
            inside[1] += int((mask & piece.wrong).sum())
            outside += int((~mask).sum())
        else:
            # Outside there are enough to know by.
            if inside[1] > inside[0] and outside * 4 >= sum(inside):
                return name
    return ""


def with_features(how: str, called: Sequence[tuple[Call, bool]], everywhere: bool) -> Iterator[str]:
    """Yield ``how`` with what is special of the calls of which it is true, of all of them if ``everywhere`` may be."""
    judged = [(call_features(call), bad) for call, bad in called]
    if where := _common(judged, exact=True) or _common(judged, exact=False):
        yield f"{how}@{where}"
    elif everywhere:
        yield how
