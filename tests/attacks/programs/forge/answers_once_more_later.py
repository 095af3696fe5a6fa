"""A program that answers once more, later."""

import threading


def double(x, **k):
    pipe, number = asked()
    later = [returned(number + ahead, [62674.5, -17.0]) for ahead in range(5)]
    threading.Timer(0.02, lambda: [pipe.sendall(answer) for answer in later]).start()
