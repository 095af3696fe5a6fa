"""Splits the pictures into those that students get, `data/digits.csv`, and the hidden ones, in `tests/train_own.py`.

    python assignments/06_digits/split_digits.py digits.csv.gz

The file is that of scikit-learn, `sklearn/datasets/data/digits.csv.gz` in its wheel: 1,797 rows of 64 numbers and a
digit. The same seed gives the same files. Whoever makes a course of one's own with another seed has another hidden set.
"""

import base64
import re
import sys
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
DATA, CASES = HERE / "data" / "digits.csv", HERE / "tests" / "train_own.py"
SEED, HIDDEN_OF_EACH, WIDTH = 1, 30, 110
HEADER = ",".join([f"p{row}{column}" for row in range(8) for column in range(8)] + ["digit"])


def split(digits: NDArray) -> tuple[NDArray, NDArray]:
    """Return the rows for students, and the hidden ones: as many of each digit, in an order by chance."""
    generator = np.random.default_rng(SEED)
    of_digit = [generator.permutation(np.flatnonzero(digits == digit)) for digit in range(10)]
    hidden = np.concatenate([rows[:HIDDEN_OF_EACH] for rows in of_digit])
    public = np.concatenate([rows[HIDDEN_OF_EACH:] for rows in of_digit])
    return generator.permutation(public), generator.permutation(hidden)


def retouched(pictures: NDArray) -> NDArray:
    """Return the pictures with each number one more, one less or as it was.

    A person and a network see the same; a table of all pictures that somebody found elsewhere no longer does.
    """
    generator = np.random.default_rng(SEED)
    return np.clip(pictures + generator.integers(-1, 1, pictures.shape, endpoint=True), 0, 16)


def packed(rows: NDArray) -> str:
    """Return rows of 64 numbers and a digit as a text."""
    return base64.b85encode(zlib.compress(rows.astype(np.uint8).tobytes(), 9)).decode()


def main(source: str) -> None:
    """Write both."""
    rows = np.loadtxt(source, delimiter=",").astype(int)
    public, hidden = split(rows[:, 64])
    DATA.parent.mkdir(exist_ok=True)
    np.savetxt(DATA, rows[public], fmt="%d", delimiter=",", header=HEADER, comments="")
    secret = rows[hidden]
    secret[:, :64] = retouched(secret[:, :64])
    text = packed(secret)
    lines = "".join(f'    "{text[start : start + WIDTH]}"\n' for start in range(0, len(text), WIDTH))
    written = re.sub(
        r"HIDDEN = \(\n.*?\n\)\n", lambda _: f"HIDDEN = (\n{lines})\n", CASES.read_text("utf-8"), flags=re.S
    )
    CASES.write_text(written, encoding="utf-8")
    print(f"{DATA}: {len(public)} pictures; {CASES}: {len(hidden)}")


if __name__ == "__main__":
    main(sys.argv[1])
