"""Statements about values drawn by chance, and functions that draw the same in every call.

A function that is ``seeded``, or gets a generator ``with_generator``, is called like any other. How values are
distributed is stated of many at once: ``samples`` that a function returns, or what comes of calling it ``repeated``.

The chance that a right function fails a statement is below ``ERROR``, whatever it draws from: what is allowed comes
from inequalities with known constants, which hold for all distributions. The global generators begin at a fixed seed,
so that a statement says the same each time of a submission that draws from these.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from capas_check import chance  # noqa: F401  operations
from capas_check.operations import through
from capas_check.show import show
from capas_check.statements import Call, CheckFailure, call

if TYPE_CHECKING:
    from typing import Self

ERROR = 1e-10
"""The chance that one statement fails of a function that is right."""
SEED = 20_260_101
"""Where the global generators begin when values are drawn for a statement, so that it says the same each time."""
WIDEST = 0.2
"""From so few values that less than a difference of this cannot be seen, nothing can be learnt."""
MAX_SHOWN = 12


def seeded(function: Any, seed: int) -> Any:
    """Return ``function`` with Python's and NumPy's global generators begun anew from ``seed`` before each call.

    What it draws from a generator of its own, `np.random.default_rng()`, is by chance all the same.
    """
    return _named(function, f"seed({seed}); ", "seeded", seed=seed)


def with_generator(function: Any, name: str, seed: int) -> Any:
    """Return ``function`` with `np.random.default_rng(seed)`, made where it runs, as its argument ``name``."""
    return _named(function, f"{name} = default_rng({seed}); ", "with_generator", name=name, seed=seed)


def _named(function: Any, before: str, operation: str, **options: Any) -> Any:
    if not callable(function):
        return function  # what calls it says so
    made: Any = through(function, operation, **options)
    made.__name__ = f"{before}{getattr(function, '__name__', 'f')}"
    return made


def samples(count: int, function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Sample":
    """Call ``function`` once: it is to return ``count`` values, drawn independently."""
    return Sample(count, _drawing(function), arguments, keywords)


def repeated(count: int, function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Sample":
    """Call ``function`` so often, one call after the other in its own process: each is to return one value."""
    if not callable(function):
        call(function)  # says what is wrong
    return Sample(count, _drawing(through(function, "repeated", count=count)), arguments, keywords)


def _drawing(function: Callable[..., Any] | None) -> Callable[..., Any]:
    if not callable(function):
        call(function)
    return through(function, "seeded", seed=SEED)


class Sample(Call):
    """A finished call that drew ``count`` values, and what is to be true of them."""

    def __init__(self, count: int, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]):
        self.count = count
        super().__init__(function, arguments, keywords)

    def follows(self, cdf: Callable[[np.ndarray], Any]) -> "Self":
        """State that the values come from the distribution of which ``cdf(x)`` is the chance of x or less.

        It may have jumps. With the inequality of Dvoretzky, Kiefer and Wolfowitz and Massart's constant, the share of
        values up to x is for all x at once within √(ln(2/error) / 2n) of ``cdf(x)``: Massart, "The tight constant in
        the Dvoretzky-Kiefer-Wolfowitz inequality", Annals of Probability 18 (1990).
        """
        most = self._width(math.log(2 / ERROR))
        values, counts = np.unique(self._numbers_drawn(), return_counts=True)
        up_to = np.cumsum(counts)
        before = up_to - counts
        chances, chances_before = _at(cdf, values), _at(cdf, np.nextafter(values, -np.inf))
        off, off_before = np.abs(up_to / self.count - chances), np.abs(before / self.count - chances_before)
        if max(off.max(), off_before.max()) > most:
            below = bool(off_before.max() > off.max())
            place = int(np.argmax(off_before if below else off))
            chance, seen = (chances_before, before) if below else (chances, up_to)
            bounds = max(0.0, chance[place] - most), min(1.0, chance[place] + most)
            raise self._unlike("drawn_below" if below else "drawn_up_to", int(seen[place]), bounds, values[place])
        return self._holds()

    def has_mean(self, mean: float, low: float, high: float) -> "Self":
        """State that all values are from ``low`` to ``high``, and their mean, but for chance, is ``mean``.

        How far it may be off is Hoeffding's first inequality, which holds for all distributions between two bounds:
        "Probability inequalities for sums of bounded random variables", JASA 58 (1963), (2.1).
        """
        self._width(math.log(2 / ERROR))
        values = self._numbers_drawn()
        outside = values[(values < low) | (values > high)]
        if outside.size:
            raise self._fails("drawn_outside", value=show(outside[0]), low=show(low), high=show(high))
        share = (mean - low) / (high - low)
        least, most = (low + (high - low) * bound for bound in mean_bounds(share, self.count, ERROR))
        if not least <= values.mean() <= most:
            told = {"mean": show(values.mean()), "low": show(least), "high": show(most)}
            raise self._fails("drawn_mean", count=self.count, **told)
        return self._holds()

    def proportions(self, chances: Mapping[Any, float]) -> "Self":
        """State how often each value comes: its chance, which together are 1. No other value may come.

        How far a proportion may be off is Hoeffding's first inequality for each, as in `has_mean`, the error shared
        among them. Lists and arrays are values as tuples.
        """
        if not math.isclose(sum(chances.values()), 1, abs_tol=1e-9):
            raise ValueError(f"proportions() needs chances that are 1 together, and these are {sum(chances.values())}")
        self._width(math.log(2 * len(chances) / ERROR))
        seen = Counter(self._drawn())
        for value in seen:
            if value not in chances:
                raise self._fails(
                    "drawn_another", value=getattr(value, "form", show(value)), expected=_list_of(chances)
                )
        for value, expected in chances.items():
            bounds = mean_bounds(expected, self.count, ERROR / len(chances))
            if not bounds[0] <= seen[value] / self.count <= bounds[1]:
                raise self._unlike("drawn_value", seen[value], bounds, value)
        return self._holds()

    def differs(self) -> "Self":
        """State that not all values are the same, as when a seed is set inside: ask for values that hardly can be."""
        drawn = self._drawn()
        if len(set(drawn)) == 1:
            raise self._fails("drawn_the_same", value=getattr(drawn[0], "form", show(drawn[0])), count=self.count)
        return self._holds()

    def _width(self, logarithm: float) -> float:
        """Return how far shares of values may be off by chance; ValueError where that leaves nothing to be seen."""
        width = math.sqrt(logarithm / (2 * self.count))
        if width > WIDEST:
            enough = math.ceil(logarithm / (2 * WIDEST**2))
            raise ValueError(f"{self.count} values are too few to tell chance from error; ask for {enough} or more")
        return width

    def _numbers_drawn(self) -> np.ndarray:
        return self.array((self.count,))

    def _drawn(self) -> list[Any]:
        """Return the values as what can be counted."""
        value = self.value
        many = value.tolist() if isinstance(value, np.ndarray) and value.ndim else value
        if not isinstance(many, (list, tuple)):
            kind = "nothing" if many is None else "type"
            raise self._fails("drawn_no_list", kind, count=self.count, returned=show(many))
        if len(many) != self.count:
            raise self._fails("drawn_too_few", "shape", count=self.count, length=len(many))
        return [_countable(one) for one in many]

    def _holds(self) -> "Self":
        self._valued = True
        return self

    def _unlike(self, key: str, seen: int, bounds: tuple[float, float], value: Any) -> CheckFailure:
        low, high = math.ceil(bounds[0] * self.count), math.floor(bounds[1] * self.count)
        return self._fails(key, count=self.count, seen=seen, value=show(value), low=low, high=high)

    def _fails(self, key: str, kind: str = "distribution", **told: Any) -> CheckFailure:
        text = self.text
        return CheckFailure(kind, lambda say: say(key, call=text, **told))


def mean_bounds(mean: float, count: int, error: float) -> tuple[float, float]:
    """Return between which two the mean of ``count`` values from 0 to 1 is, but for ``error``, where ``mean`` is right.

    P(above q) ≤ exp(-n (q ln(q/p) + (1-q) ln((1-q)/(1-p)))), and likewise below: Hoeffding (1963), (2.1).
    """
    enough = math.log(2 / error) / count

    def apart(q: float) -> float:
        return sum(a * math.log(a / b) if a > 0 else 0.0 for a, b in ((q, mean), (1 - q, 1 - mean)) if a or b)

    def farthest(end: float) -> float:
        if not 0 < mean < 1:
            return mean
        if apart(end) <= enough:
            return end
        near, far = mean, end
        for _ in range(60):
            middle = (near + far) / 2
            near, far = (middle, far) if apart(middle) <= enough else (near, middle)
        return far

    return farthest(0.0), farthest(1.0)


def _at(cdf: Callable[[Any], Any], values: np.ndarray) -> np.ndarray:
    """Return what a function gives for each value, whether or not it takes them all at once."""
    try:
        chances = np.asarray(cdf(values), float)
    except (TypeError, ValueError):
        chances = np.array(0.0)
    return chances if chances.shape == values.shape else np.array([float(cdf(value)) for value in values.tolist()])


def _countable(value: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return tuple(map(_countable, value))
    return value if isinstance(value, (str, bytes, int, float, complex)) or value is None else _Other(value)


class _Other:
    """A value of a kind that is not counted: it is none of those expected, and shows as what it is."""

    def __init__(self, value: Any):
        self.form = show(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Other) and self.form == other.form

    def __hash__(self) -> int:
        return hash(self.form)


def _list_of(chances: Mapping[Any, float]) -> str:
    names = [show(value) for value in list(chances)[:MAX_SHOWN]]
    return ", ".join(names) + (", …" if len(chances) > MAX_SHOWN else "")
