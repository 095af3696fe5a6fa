"""Checks a student's functions against the public cases of a stage, in the notebook and with `python check.py`.

A case calls a function once and states what must hold (`statements.py`)::

    call(softmax, [[1.0, 2.0], [3.0, 5.0]]).returns([[0.27, 0.73], [0.12, 0.88]], rtol=0.02)
"""

try:
    from capas_check.statements import Call, CheckFailure, call, require
except ModuleNotFoundError as error:  # `start` and `check.py` say in the student's language what to install
    if error.name != "numpy":
        raise
from capas_check.start import start

__all__ = ["Call", "CheckFailure", "call", "require", "start"]
