"""How many items a frame of MessagePack has, counted before any of them takes memory.

A frame may be large, because an array may be. But a frame of the same size full of empty lists, one byte each,
would take some seventy times its size when it is decoded, and MessagePack's decoder has no limit for that.
"""

from capas.sandbox.wire.errors import TooLargeError
from capas.sandbox.wire.values import HOLDING_ITEMS

MAX_ITEMS = 100_000
"""Lists, numbers, texts in one frame: what comes one by one is looked at one by one."""

_HOLDING_ITEMS = {bytes([code]) for code in HOLDING_ITEMS}


def _steps() -> list[tuple[int, int]]:
    """Return for each first byte of a MessagePack item how many bytes lead to the next, and how many of them say more.

    Lists, maps, and the extensions that hold MessagePack are stepped into.
    """
    steps = [(1, 0)] * 256
    for length in range(32):
        steps[0xA0 + length] = (1 + length, 0)
    for start, extra in ((0xC4, 0), (0xD9, 0), (0xC7, 1)):  # bytes, text, extensions: a length of 1, 2 or 4 bytes
        for index, width in enumerate((1, 2, 4)):
            steps[start + index] = (1 + width + extra, width)
    for start in (0xCC, 0xD0):  # whole numbers
        for index in range(4):
            steps[start + index] = (1 + 2**index, 0)
    for index in range(5):  # extensions of 1 to 16 bytes
        steps[0xD4 + index] = (2 + 2**index, 0)
    steps[0xCA], steps[0xCB] = (5, 0), (9, 0)
    steps[0xDC] = steps[0xDE] = (3, 0)
    steps[0xDD] = steps[0xDF] = (5, 0)
    return steps


_STEPS = _steps()


def refuse_too_many_items(data: bytes) -> None:
    """Refuse a frame that would become far more memory than it has bytes.

    Raises:
        TooLargeError: when it has more than ``MAX_ITEMS`` items.
    """
    if len(data) <= MAX_ITEMS:
        return
    position, items, length = 0, 0, len(data)
    while position < length:
        items += 1
        if items > MAX_ITEMS:
            raise TooLargeError(f"more than {MAX_ITEMS} items")
        first = data[position]
        step, width = _STEPS[first]
        if 0xC7 <= first <= 0xC9 or 0xD4 <= first <= 0xD8:
            header = 1 + width
            if data[position + header : position + header + 1] in _HOLDING_ITEMS:
                position += header + 1
                continue
        if width:
            step += int.from_bytes(data[position + 1 : position + 1 + width])
        position += step
