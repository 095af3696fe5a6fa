"""The objects of a program that the host knows by number, kept beside the program, in the sandbox."""

from collections.abc import Collection
from typing import Any

from capas.sandbox import wire

MAX_OBJECTS = 10_000
"""How many a program may hand out: more than any case needs, and each is kept as long as its process."""


class Stays:
    """A value that the host gets as an object, whatever it is."""

    def __init__(self, value: Any):
        self.value = value


class HandedOut:
    """Gives numbers to objects of the program's own classes.

    Args:
        modules: the names of the modules that the program consists of.
    """

    def __init__(self, modules: Collection[str]):
        self._modules = frozenset(modules)
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}

    def refer(self, value: Any) -> wire.ObjectReference | None:
        """Return what travels of an object of one of the program's classes, None for everything else.

        Raises:
            WireError: for one object too many.
        """
        if isinstance(value, Stays):
            return self.keep(value.value)
        return self.keep(value) if type(value).__module__ in self._modules else None

    def keep(self, value: Any) -> wire.ObjectReference:
        """Return what travels of any object; WireError for one too many."""
        number = self._numbers.get(id(value))
        if number is None:
            if len(self._objects) >= MAX_OBJECTS:
                raise wire.WireError(f"more than {MAX_OBJECTS} objects")
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return wire.ObjectReference(number, str(type(value).__name__))

    def is_own_class(self, value: Any) -> bool:
        """Tell whether ``value`` is a class of the program: what it makes is an object, even where it is plain data."""
        return isinstance(value, type) and value.__module__ in self._modules

    def get(self, number: int) -> Any:
        """Return an object by its number; WireError when none has it."""
        if not 0 <= number < len(self._objects):
            raise wire.WireError("an object that there is not")
        return self._objects[number]
