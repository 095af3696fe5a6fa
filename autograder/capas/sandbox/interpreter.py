"""Starting a clean interpreter for student code, and the folder for temporary files that all users can reach."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from capas.sandbox import confinement

# All that a sandbox's environment holds: one thread per numeric library, no display, nothing of the caller.
ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    # Large arrays come from memory that was used before, and not each time from the kernel: pages anew are slow.
    "MALLOC_MMAP_THRESHOLD_": str(2**25),
    "MALLOC_TRIM_THRESHOLD_": str(2**26),
}


def temporary_folder() -> str:
    """Return the folder for temporary files, or a common one where another user could not go into ours."""
    chosen = tempfile.gettempdir()
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return chosen
    candidates = [folder for folder in (chosen, "/tmp", "/var/tmp") if os.path.isdir(folder)]
    return next((folder for folder in candidates if confinement.reachable_by_all(Path(folder).resolve())), chosen)


def start_python(module: str, argument: Any, descriptors: list[int]) -> "subprocess.Popen[bytes]":
    """Start a module of this room in a clean interpreter, with one argument as JSON."""
    package_root = Path(__file__).resolve().parents[2]
    start = f"import sys; sys.path.append({str(package_root)!r}); from capas.sandbox import {module}; {module}.main()"
    inherited: dict[str, Any] = {"pass_fds": descriptors, "start_new_session": True}
    if sys.platform == "win32":
        for descriptor in descriptors:
            os.set_handle_inheritable(descriptor, True)
        inherited = {"close_fds": False}
    return subprocess.Popen[bytes](
        [sys.executable, "-I", "-c", start, msgspec.json.encode(argument).decode()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**ENVIRONMENT, "HOME": "/nonexistent"},
        cwd="/",
        **inherited,
    )
