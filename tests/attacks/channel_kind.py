"""What a channel between two processes is, and which ways it could carry something."""

from dataclasses import dataclass

from capas.sandbox import MAX_LEVEL

AFTER, BESIDE, NEXT_RUN = "after", "beside", "next run"
WAYS = {
    AFTER: "to a later sandbox of the same worker: the same submission's, or the next one's",
    BESIDE: "to one that another worker has at the same time",
    NEXT_RUN: "to one of the next run",
}
NEVER = MAX_LEVEL + 1
"""The level at which a channel is closed that stays open at each there is."""


@dataclass(frozen=True)
class Channel:
    """A way to carry numbers of so many ``bits`` at once.

    Args:
        name: what carries them.
        source: the program.
        closed: for each way that is open somewhere, the first level at which it is closed.
        bits: of one number.
        counts: whether ``get`` tells a counter, which has to be read before and after.
        sure: whether it works wherever it is open; some depend on the file system.
    """

    name: str
    source: str
    closed: dict[str, int]
    bits: int = 8
    counts: bool = False
    sure: bool = True

    def part_of(self, number: int) -> int:
        """Return what of a number of 16 bits this channel carries at once."""
        return number % 2**self.bits
