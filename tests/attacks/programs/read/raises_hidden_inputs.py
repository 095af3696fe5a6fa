"""A program that raises hidden inputs."""


def double(x, label="", through=None):
    raise ValueError(f"{x} {label}")
