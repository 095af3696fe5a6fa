"""Fingerprints of code, by winnowing as MOSS does (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003).

Every run of `GRAM` tokens is hashed, and of every `WINDOW` hashes in a row the smallest is a fingerprint. So whatever
`GRAM` + `WINDOW` - 1 = 14 tokens in a row two answers share, they share a fingerprint of it; what is shorter than
`GRAM` = 10 tokens never counts. On average every third hash is one (2 / (`WINDOW` + 1)).
"""

import numpy as np
from numpy.typing import NDArray

GRAM, WINDOW = 10, 5
_BASE, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)

Hashes = NDArray[np.uint64]
NONE: Hashes = np.zeros(0, dtype=np.uint64)


def all_hashes(codes: list[int]) -> Hashes:
    """Return the hash of every run of `GRAM` tokens, in order."""
    count = len(codes) - GRAM + 1
    if count <= 0:
        return NONE
    numbers = np.array(codes, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(GRAM):
        hashes = hashes * _BASE + numbers[offset : offset + count]
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _MIX
    return hashes ^ (hashes >> np.uint64(29))


def fingerprints(codes: list[int]) -> Hashes:
    """Return the fingerprints of code, each once, sorted."""
    hashes = all_hashes(codes)
    if len(hashes) <= WINDOW:
        return hashes.min(keepdims=True) if len(hashes) else NONE
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1))
