"""Which layers work on this machine: each is put on in a child process before it is counted on."""

import ctypes
import os

from capas.sandbox import kernel
from capas.sandbox.confinement import FIRST_UID, Confiner, resource
from capas.sandbox.layers import LAYER_LEVELS, Confinement


def probe(max_level: int, memory_bytes: int, cpu_seconds: int, scratch: str, in_namespaces: bool) -> Confinement:
    """Return the layers that really work here, up to ``max_level``, by putting them on in a child that ends."""
    candidates = ["rlimits"] if resource is not None else []
    if kernel.IS_LINUX:
        candidates += ["uid"] if os.getuid() == 0 else []
        candidates += ["landlock", "seccomp"]
    layers: list[str] = []
    for layer in candidates:
        if LAYER_LEVELS[layer] <= max_level:
            trial = Confinement([*layers, layer], memory_bytes, cpu_seconds)
            if _works_in_a_child(trial, scratch):
                layers.append(layer)
    if in_namespaces:
        layers.append("namespaces")
        if os.getuid() != 0:
            layers.append("userns")
    return Confinement(sorted(layers, key=list(LAYER_LEVELS).index), memory_bytes, cpu_seconds)


def _works_in_a_child(confinement: Confinement, scratch: str) -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            Confiner(confinement).confine(FIRST_UID, scratch)
            os.chdir(scratch)
            # A library that is not loaded yet must still be found from inside.
            import colorsys  # noqa: F401

            ctypes.CDLL(None)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0
