"""The layers that may confine a sandbox, the levels they make, and what each level protects.

Levels, each including those before it: 0 process boundary, 1 limits, 2 own uid or user namespace, 3 Landlock,
4 seccomp, 5 namespaces for network and processes. What a level stops is in docs/security.md.
"""

from collections.abc import Sequence

import msgspec

LAYER_LEVELS = {"rlimits": 1, "uid": 2, "userns": 2, "landlock": 3, "seccomp": 4, "namespaces": 5}
MAX_LEVEL = 5


class Confinement(msgspec.Struct, frozen=True):
    """The layers that sandboxes get, in the order in which they are put on."""

    layers: list[str]
    memory_bytes: int
    cpu_seconds: int

    @property
    def level(self) -> int:
        """The highest level that all its layers up to there make; user namespaces and own uids both make 2."""
        made = {LAYER_LEVELS[layer] for layer in self.layers}
        return next((level - 1 for level in range(1, MAX_LEVEL + 1) if level not in made), MAX_LEVEL)

    def gives(self, level: int) -> bool:
        """Tell whether the layer of ``level`` is on, whatever there is below it."""
        return level == 0 or any(LAYER_LEVELS[layer] == level for layer in self.layers)


def describe(level: int) -> Sequence[str]:
    """Return, level by level up to ``level``, what is protected, in plain words."""
    return MEANING[: level + 1]


MEANING = (
    "Student code runs in another process: its answers cannot forge a score or lose a result.",
    "It has limits: memory, processor time, files; it ends when its parent does.",
    "It runs as another user: it cannot touch the grader or its results, or read files that others may not read.",
    "It can read nothing but Python's own files, and write nowhere but in a folder that is thrown away.",
    "It can start no process, open no connection, signal nobody; most of the kernel is out of its reach.",
    "It has no network at all, and sees no process but its own.",
)
