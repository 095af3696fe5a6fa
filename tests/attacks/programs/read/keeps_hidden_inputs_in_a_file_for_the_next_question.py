"""A program that keeps hidden inputs in a file for the next question.

keeps = false
stopped_by = ["landlock"]
harm = "writes"
"""


def double(x, label="", through=None):
    open(OPEN + "/seen", "a").write(f"{x} {label}")


def shift(x):
    raise ValueError(open(OPEN + "/seen").read())
