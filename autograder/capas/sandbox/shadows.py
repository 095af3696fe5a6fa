"""An object of a notebook as a test sees it in the judge's process: every attribute, call and item is asked for.

A shadow equals nothing but what is an object of the same notebook, and no number compares with it: an object that
calls itself equal to everything is equal to nothing here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from capas.sandbox.values import Handle

_COMPUTES = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor")


class Shadow:
    """Stands for an object of a notebook that is no plain data.

    Args:
        handle: which one.
        ask: asks a helper beside the notebook, see `capas.sandbox.shell_cells.HELPERS`.
        call: calls an object there.
    """

    def __init__(self, handle: Handle, ask: Callable[..., Any], call: Callable[..., Any]):
        vars(self).update(_handle=handle, _ask=ask, _call=call)
        name = handle.form.partition(":")[2]
        if handle.form.startswith("function:"):
            vars(self).update(__name__=name, __qualname__=name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in ("__doc__", "__annotations__", "__defaults__", "__dict__"):
            raise AttributeError(f"{self._handle.form.partition(':')[2]!r} object has no attribute {name!r}")
        return self._ask("getattr", self, name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the object there."""
        return self._call(self._handle, arguments, keywords)

    def __len__(self) -> int:
        return self._ask("len", self)

    def __getitem__(self, place: Any) -> Any:
        return self._ask("getitem", self, place)

    def __iter__(self) -> Iterator[Any]:
        return self._ask("iter", self)

    def __next__(self) -> Any:
        return self._ask("next", self)

    def __contains__(self, item: Any) -> bool:
        return self._ask("contains", self, item) is True

    def __repr__(self) -> str:
        return str(self._ask("repr", self))

    def __str__(self) -> str:
        return str(self._ask("str", self))

    def __bool__(self) -> bool:
        return self._ask("bool", self) is True

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Shadow) and self._ask("operate", "eq", self, other) is True

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Shadow) and self._ask("operate", "lt", self, other) is True

    def __le__(self, other: object) -> bool:
        return isinstance(other, Shadow) and self._ask("operate", "le", self, other) is True

    def __hash__(self) -> int:
        return hash(self._handle.number)

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Shadow":
        return self


def _computing(name: str, reflected: bool) -> Callable[[Shadow, Any], Any]:
    def compute(self: Shadow, other: Any) -> Any:
        return self._ask("operate", name, *((other, self) if reflected else (self, other)))

    return compute


for _name in _COMPUTES:
    setattr(Shadow, f"__{_name.strip('_')}__", _computing(_name, False))
    setattr(Shadow, f"__r{_name.strip('_')}__", _computing(_name, True))


def handle_of(value: Any) -> Any:
    """Return what travels for a shadow, and any other value as it is."""
    return vars(value)["_handle"] if isinstance(value, Shadow) else value


def is_a(shadow: Shadow, kind: Shadow) -> bool:
    """Tell whether an object of a notebook is one of a class of it."""
    return vars(shadow)["_ask"]("isinstance", shadow, kind) is True


def is_callable(shadow: Shadow) -> bool:
    """Tell whether an object of a notebook can be called."""
    return vars(shadow)["_ask"]("callable", shadow) is True


def class_of(shadow: Shadow) -> Any:
    """Return the class of an object of a notebook."""
    return vars(shadow)["_ask"]("type", shadow)
