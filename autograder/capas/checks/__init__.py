"""What a test case says about a student's function; ships to students, imports only NumPy.

A case calls the function once and states what must hold::

    call(softmax, [[1.0, 2.0], [3.0, 5.0]]).returns([[0.27, 0.73], [0.12, 0.88]], rtol=0.02)

The first statement that does not hold ends the case with a message in the student's language.
"""

from capas.checks.calls import Call, CheckFailure, call, require
from capas.checks.messages import get_language, set_language

__all__ = ["Call", "CheckFailure", "call", "get_language", "require", "set_language"]
