"""How the checks begin in a notebook: `start`, in its first cell."""

import sys
from collections.abc import Mapping
from typing import Any

from capas_check.limit import CAN_LIMIT
from capas_check.texts import load_texts

try:
    from capas_check.grader import Grader
except ImportError:  # without NumPy; the student is told what to install
    Grader = None


def start(stage: Mapping[str, Any], namespace: dict[str, Any]) -> None:
    """Put the ``grader`` of a stage into the notebook's namespace; see `capas_check.grader.Grader`."""
    say = load_texts(stage["language"])
    if Grader is None:
        print(say("no_numpy_in_notebook"))
        return
    # Jupyter's own end the notebook a moment later; in a student's function, `exit()` is to be told like an error.
    namespace |= {"exit": sys.exit, "quit": sys.exit, "grader": Grader(stage, namespace)}
    print(say("ready") if CAN_LIMIT else f"{say('ready')} {say('no_limit')}")
