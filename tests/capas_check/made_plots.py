"""What the tests of plots share: a fall, and what is said of a picture that is wrong."""

import importlib
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from capas_check import CheckFailure
from capas_check.texts import load_texts

mpl.use("Agg")
plt: Any = importlib.import_module("matplotlib.pyplot")

T = np.linspace(0, 1, 5)
Y = -(T**2)
IMAGE = np.arange(6.0).reshape(2, 3)


def said(state: Callable[[], Any], language: str = "en") -> str:
    """Return what a statement that does not hold says, after its kind."""
    with pytest.raises(CheckFailure) as caught:
        state()
    return f"{caught.value.kind}: {caught.value.sentence(load_texts(language))}"


def fall(x: Any = T, y: Any = Y, *style: str, **words: str) -> None:
    plt.plot(x, y, *style)
    plt.gca().set(**words)
