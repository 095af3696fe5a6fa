"""A program that warns of hidden inputs."""

import warnings


def double(x, label="", through=None):
    for kind in (UserWarning, RuntimeWarning, SyntaxWarning):
        warnings.warn(f"{x} {label}", kind)
