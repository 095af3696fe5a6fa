"""What a case finds by some of Python's own names where it works with functions or objects of the notebook.

Their classes are not known here, and what they say of themselves is asked of the process that they are in.
"""

import contextlib
import types
from collections.abc import Callable, Iterator
from typing import Any

from capas.sandbox.shadows import ask_of, is_shadow, kind_of

_KINDS: dict[str, Any] = {
    "function": types.FunctionType,
    "builtin_function_or_method": types.BuiltinFunctionType,
    "method": types.MethodType,
    "generator": types.GeneratorType,
    "module": types.ModuleType,
}
"""Classes of Python's own that are not builtins, by their names."""


def _is_instance(value: Any, kinds: Any) -> bool:
    several = _several(kinds)
    if is_shadow(value):
        return any(_is_of(value, kind) for kind in several)
    return isinstance(value, tuple(kind for kind in several if not is_shadow(kind)))


def _is_of(shadow: Any, kind: Any) -> bool:
    if kind in (types.FunctionType, types.BuiltinFunctionType):
        return kind_of(shadow)[0] == "function"
    if not is_shadow(kind) and kind in _KINDS.values():
        return _KINDS.get(kind_of(shadow)[1]) is kind
    return ask_of(shadow, "isinstance", shadow, kind) is True


def _is_subclass(one: Any, kinds: Any) -> bool:
    several = _several(kinds)
    if is_shadow(one):
        return any(ask_of(one, "issubclass", one, kind) is True for kind in several)
    return issubclass(one, tuple(kind for kind in several if not is_shadow(kind)))


def _is_callable(value: Any) -> bool:
    return ask_of(value, "callable", value) is True if is_shadow(value) else callable(value)


def _has_attribute(value: Any, name: str) -> bool:
    return ask_of(value, "hasattr", value, name) is True if is_shadow(value) else hasattr(value, name)


def _type_of(value: Any, *more: Any) -> Any:
    if not is_shadow(value):
        return type(value, *more)
    found = ask_of(value, "type", value)
    return _KINDS.get(kind_of(found)[1], found) if is_shadow(found) else found


def _several(kinds: Any) -> tuple[Any, ...]:
    flat = kinds if isinstance(kinds, tuple) else (kinds,)
    return tuple(type if kind is _type_of else kind for kind in flat)


STAND_INS: dict[str, Callable[..., Any]] = {
    "isinstance": _is_instance,
    "issubclass": _is_subclass,
    "callable": _is_callable,
    "hasattr": _has_attribute,
    "type": _type_of,
}


@contextlib.contextmanager
def standing_in(names: dict[str, Any]) -> Iterator[None]:
    """Have a module's functions find the stand-ins, but for what it has under these names itself."""
    given = {name: stand_in for name, stand_in in STAND_INS.items() if name not in names}
    names.update(given)
    try:
        yield
    finally:
        for name in given:
            names.pop(name, None)
