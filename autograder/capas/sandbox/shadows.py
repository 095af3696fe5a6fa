"""An object of a notebook as a test sees it in the judge's process: every attribute, call and item is asked for.

A shadow equals nothing but what is an object of the same notebook, and no number compares with it: an object that
calls itself equal to everything is equal to nothing here. All else is what the object's own process says of it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from capas.sandbox.values import Handle

_COMPUTES = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor")
_CHANGES = ("neg", "pos", "abs", "invert", "index")
_CONVERTS = ("int", "float", "complex", "round", "format", "reversed", "dir")
_OWN = ("doc", "annotations")
_KNOWN_BY_NAME = ("defaults", "kwdefaults", "dict", "code", "wrapped", "mro")
"""What tests ask of a function or a class, and no protocol of Python's looks for."""


class Shadow:
    """Stands for an object of a notebook that is no plain data.

    Args:
        handle: which one.
        ask: asks a helper beside the notebook, see `capas.sandbox.shell_cells.HELPERS`.
        call: calls an object there.
    """

    __slots__ = ("_capas_ask", "_capas_call", "_capas_handle")  # any other name is the object's
    _capas_ask: Callable[..., Any]
    _capas_call: Callable[..., Any]
    _capas_handle: Handle

    def __init__(self, handle: Handle, ask: Callable[..., Any], call: Callable[..., Any]):
        for name, value in zip(Shadow.__slots__, (ask, call, handle), strict=True):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name in ("__name__", "__qualname__") and kind_of(self)[0] in ("function", "class"):
            return kind_of(self)[1]
        if name.startswith("__") and name.strip("_") not in _KNOWN_BY_NAME:
            raise AttributeError(f"{kind_of(self)[1]!r} object has no attribute {name!r}")
        return self._capas_ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._capas_ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._capas_ask("delattr", self, name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the object there."""
        return self._capas_call(self._capas_handle, arguments, keywords)

    def __len__(self) -> int:
        return self._capas_ask("len", self)

    def __getitem__(self, place: Any) -> Any:
        return self._capas_ask("getitem", self, place)

    def __setitem__(self, place: Any, value: Any) -> None:
        self._capas_ask("setitem", self, place, value)

    def __delitem__(self, place: Any) -> None:
        self._capas_ask("delitem", self, place)

    def __iter__(self) -> Iterator[Any]:
        return self._capas_ask("iter", self)

    def __next__(self) -> Any:
        return self._capas_ask("next", self)

    def __contains__(self, item: Any) -> bool:
        return self._capas_ask("contains", self, item) is True

    def __enter__(self) -> Any:
        return self._capas_ask("getattr", self, "__enter__")()

    def __exit__(self, *_error: Any) -> Any:
        return self._capas_ask("getattr", self, "__exit__")(None, None, None)

    def __repr__(self) -> str:
        return str(self._capas_ask("repr", self))

    def __str__(self) -> str:
        return str(self._capas_ask("str", self))

    def __bool__(self) -> bool:
        return self._capas_ask("bool", self) is True

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return is_shadow(other) and self._capas_ask("operate", "eq", self, other) is True

    def __lt__(self, other: object) -> bool:
        return is_shadow(other) and self._capas_ask("operate", "lt", self, other) is True

    def __le__(self, other: object) -> bool:
        return is_shadow(other) and self._capas_ask("operate", "le", self, other) is True

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """Return the numbers that it is made of; what has none is an array's single item."""
        numbers = self._capas_ask("convert", "array", self)
        if isinstance(numbers, np.ndarray) and numbers.dtype != object:
            return np.asarray(numbers, dtype)
        single = np.empty((), dtype=object)
        single[()] = self
        return single

    def __hash__(self) -> int:
        return hash(self._capas_handle.number)

    def __copy__(self) -> Any:
        return self._capas_ask("copy", self)

    def __deepcopy__(self, _memo: dict[int, Any]) -> Any:
        return self._capas_ask("deepcopy", self)


class FunctionShadow(Shadow):
    """Stands for a function, or a class that is no collection: libraries do not call what looks like a collection."""

    __slots__ = ()
    __iter__ = __next__ = __len__ = __contains__ = None  # type: ignore[assignment]


def _computing(name: str, reflected: bool) -> Callable[[Shadow, Any], Any]:
    def compute(self: Shadow, other: Any) -> Any:
        return self._capas_ask("operate", name, *((other, self) if reflected else (self, other)))

    return compute


def _asking(helper: str, name: str) -> Callable[..., Any]:
    return lambda self, *more: self._capas_ask(helper, name, self, *more)


def _own(name: str) -> property:
    return property(lambda self: self._capas_ask("getattr", self, name))


for _name in _OWN:
    for _class in (Shadow, FunctionShadow):
        setattr(_class, f"__{_name}__", _own(f"__{_name}__"))
for _name in _COMPUTES:
    setattr(Shadow, f"__{_name.strip('_')}__", _computing(_name, False))
    setattr(Shadow, f"__r{_name.strip('_')}__", _computing(_name, True))
for _name in _CHANGES:
    setattr(Shadow, f"__{_name}__", _asking("operate", _name))
for _name in _CONVERTS:
    setattr(Shadow, f"__{_name}__", _asking("convert", _name))


def shadow_of(handle: Handle, ask: Callable[..., Any], call: Callable[..., Any]) -> Shadow:
    """Return what stands for an object, see `Shadow`."""
    kind = FunctionShadow if handle.form.startswith("function:") else Shadow
    return kind(handle, ask, call)


def is_shadow(value: object) -> bool:
    """Tell whether a value stands for an object of a notebook; what such an object says of its class is not asked."""
    return type(value) in (Shadow, FunctionShadow)


def handle_of(value: Any) -> Any:
    """Return what travels for a shadow, and any other value as it is."""
    return object.__getattribute__(value, "_capas_handle") if is_shadow(value) else value


def kind_of(shadow: Any) -> tuple[str, str]:
    """Return of what kind a shadow's object is, see `capas.sandbox.shell_cells.form_of`, and a name for it."""
    kind, _, name = handle_of(shadow).form.partition(":")
    return kind, name


def ask_of(shadow: Any, helper: str, *values: Any) -> Any:
    """Return what a helper says of ``values``, beside the notebook that an object is of."""
    return shadow._capas_ask(helper, *values)
