"""Attacks: what student code may try. Each is a program of its own in `programs/`, by what it is after.

A program replaces the function `double` of the stage in `stage/`, or does its harm while it is loaded. Its docstring
says what it tries, and below that, as TOML, what must happen: the fields of `Attack`. What it may use is in `tools.py`.
"""

import ast
from pathlib import Path

import msgspec

from capas.sandbox import MAX_LEVEL, Limits
from capas.sandbox.layers import LAYER_LEVELS

FOLDER = Path(__file__).parent / "programs"
CATEGORIES = {"forge": "Forge the score", "read": "Read the secret", "crash": "Crash, hang, flood"}
ALL_POINTS = 5.0
SAYS = "A program that "
HANDED_IN_NEXT = "# %% handed in next\n"

HARM = {
    "forges": "gets points that its code does not earn",
    "spoils": "takes points from another question, or from its own right answer",
    "leaks": "gets something secret into its feedback",
    "gets through": "does what it set out to do",
    "harms others": "kills, stops or changes the grader, another submission or a file of the course",
    "stays": "leaves a process running",
    "writes": "leaves a file outside its own folder",
    "calls out": "opens a connection",
    "floods": "makes the result huge",
    "holds up": "holds the grader up beyond its deadlines",
}


class Attack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One program.

    ``stopped_by`` names the layers of which each alone stops it: with none it is stopped everywhere, by the process
    boundary and the protocol; "nothing" stops nowhere. Where it is not stopped it does ``harm``.
    ``earns`` are the points of `double` that it gets at every level, and that it is worth: all of them where the
    function itself is right. ``keeps`` says that `shift`, which is right, keeps its points. ``sources`` are handed in
    one after the other. A ``dangerous`` one would hit the machine where it is not stopped. Without the capabilities it
    ``needs`` it cannot do its harm anywhere. One that ``hangs`` is given little time.
    """

    name: str
    category: str
    sources: tuple[str, ...]
    earns: float = 0.0
    keeps: bool = True
    stopped_by: tuple[str, ...] = ()
    harm: str = ""
    hangs: bool = False
    dangerous: bool = False
    limits: Limits | None = None
    needs: tuple[str, ...] = ()

    @property
    def level(self) -> int:
        """The lowest level at which it is stopped; one more than there are when it never is."""
        if not self.stopped_by:
            return 0
        return min(LAYER_LEVELS.get(layer, MAX_LEVEL + 1) for layer in self.stopped_by)

    def is_stopped(self, present: set[str]) -> bool:
        """Tell whether it is stopped where the layers ``present`` are on."""
        return not self.stopped_by or bool(present & set(self.stopped_by))


def read_attack(path: Path) -> Attack:
    """Return the attack in a file. Raises `msgspec.ValidationError` for what is no field of `Attack`."""
    text = path.read_text(encoding="utf-8")
    first, _, declared = (ast.get_docstring(ast.parse(text)) or "").partition("\n")
    assert first.startswith(SAYS), f"{path}: its docstring begins with {SAYS!r}"
    fields = {
        "name": first.removeprefix(SAYS).removesuffix("."),
        "category": CATEGORIES[path.parent.name],
        "sources": text.split(HANDED_IN_NEXT),
    }
    return msgspec.convert(fields | msgspec.toml.decode(declared), Attack)


ATTACKS = [read_attack(path) for category in CATEGORIES for path in sorted((FOLDER / category).glob("*.py"))]
