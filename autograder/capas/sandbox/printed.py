"""What a program prints, in its own process."""

import io

from capas.sandbox.cells import sendable

PRINTED_CHARACTERS = 2_000


class Printed(io.TextIOBase):
    """Standard output of the program: the first characters since the last call are kept."""

    def __init__(self) -> None:
        self._text = ""

    def write(self, text: str, /) -> int:
        """Keep a text as far as there is room."""
        room = PRINTED_CHARACTERS - len(self._text)
        if room > 0:
            self._text += str(text)[:room]
        return len(text)

    def clear(self) -> None:
        """Forget what was printed."""
        self._text = ""

    def text(self) -> str:
        """Return what was printed."""
        return sendable(self._text)
