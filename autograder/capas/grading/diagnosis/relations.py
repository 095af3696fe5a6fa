"""How numbers that are wrong relate to the right ones: a sign, a factor, fewer digits, another function of them.

Each relation takes all wrong numbers of one or more results, ``value`` and ``right``, both finite and of shape
``(n,)``, and returns None where it does not hold, else what is to be said besides: a factor, a number of digits, or "".
"""

from collections.abc import Callable

import numpy as np

Relation = Callable[[np.ndarray, np.ndarray], str | None]

MAX_DECIMALS = 6
ATOL = 1e-12


def same(value: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether numbers are the same but for rounding."""
    with np.errstate(all="ignore"):
        return bool(np.allclose(value, right, rtol=1e-5, atol=ATOL))


def _sign(value: np.ndarray, right: np.ndarray) -> str | None:
    return "" if same(-value, right) else None


def _size_only(value: np.ndarray, right: np.ndarray) -> str | None:
    mixed = bool(np.any(right < 0))
    return "" if mixed and same(value, np.abs(right)) else None


def _zeros(value: np.ndarray, _right: np.ndarray) -> str | None:
    return "" if not value.any() else None


def _constant(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where one number comes out for several, three times or more."""
    enough = value.size >= 3 and np.unique(right).size >= 2
    return written(value[0]) if enough and same(value, np.full_like(value, value[0])) else None


def _truncated(value: np.ndarray, right: np.ndarray) -> str | None:
    return "" if bool(np.all(value == np.trunc(right)) and np.any(np.abs(right - np.round(right)) > 1e-6)) else None


def _rounded(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where numbers are right to so many decimals and have no more."""
    for decimals in range(MAX_DECIMALS + 1):
        # To the same side or the other, as binary fractions go.
        near = np.abs(value - right) <= 0.5001 * 10.0**-decimals
        if np.allclose(value, np.round(value, decimals), rtol=1e-7, atol=ATOL):
            return str(decimals) if near.all() else None
    return None


def _factor(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where all is one multiple of what is right, of which there are at least two different numbers."""
    if np.unique(np.abs(right[right != 0])).size < 2:
        return None
    factor = float(value @ right / (right @ right))
    # One of 1.0003 is no factor that somebody forgot: some digits agree.
    said = written(factor) if abs(factor) > 1e-6 and same(value, factor * right) else None
    return None if said == "1" else said


def _offset(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where all is off by one number, of at least two different ones."""
    if np.unique(right).size < 2:
        return None
    offset = float(np.mean(value - right))
    return written(offset) if offset and same(value, right + offset) else None


FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "square": np.square,
    "root": lambda right: np.sqrt(np.abs(right)),
    "inverse": lambda right: 1 / right,
    "one_minus": lambda right: 1 - right,
    "exponential": np.exp,
    "logarithm": lambda right: np.log(np.abs(right)),
}


def _function(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where all is one simple function of what is right, which has at least two different numbers."""
    if np.unique(right).size < 2:
        return None
    with np.errstate(all="ignore"):
        return next((name for name, function in FUNCTIONS.items() if same(value, function(right))), None)


def _digits(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where at least two digits of every number agree, of which one is not 0."""
    with np.errstate(all="ignore"):
        apart = np.abs(value - right) / np.abs(right)
    largest = float(np.max(np.where(right == 0, np.inf, apart)))
    return str(int(-np.log10(2 * largest))) if 0 < largest <= 5e-3 else None


def _too_large(value: np.ndarray, right: np.ndarray) -> str | None:
    return "" if value.size >= 2 and bool(np.all(value > right)) else None


def _too_small(value: np.ndarray, right: np.ndarray) -> str | None:
    return "" if value.size >= 2 and bool(np.all(value < right)) else None


def _far_from_zero(value: np.ndarray, right: np.ndarray) -> str | None:
    """Hold where all numbers have the right sign and are too large in size."""
    return "" if value.size >= 2 and bool(np.all((np.abs(value) > np.abs(right)) & (value * right > 0))) else None


def _near_to_zero(value: np.ndarray, right: np.ndarray) -> str | None:
    return "" if value.size >= 2 and bool(np.all((np.abs(value) < np.abs(right)) & (value * right >= 0))) else None


EXACT: dict[str, Relation] = {
    "returns_zeros": _zeros,
    "has_the_other_sign": _sign,
    "loses_the_sign": _size_only,
    "truncates_to_integers": _truncated,
    "rounds": _rounded,
    "wrong_by_a_factor": _factor,
    "off_by": _offset,
    "returns_a_constant": _constant,
    "is_a_function_of_what_is_right": _function,
    "agrees_to_some_digits": _digits,
}
"""Relations that say what has been done, the surest first."""
ROUGH: dict[str, Relation] = {
    "too_near_to_zero": _near_to_zero,
    "too_far_from_zero": _far_from_zero,
    "too_large": _too_large,
    "too_small": _too_small,
}
"""Relations that only say to which side it is wrong."""


def written(number: float) -> str:
    """Return a number to three digits, without an exponent where it needs none: 0.333, 2, 1e-05."""
    return f"{number:.3g}"
