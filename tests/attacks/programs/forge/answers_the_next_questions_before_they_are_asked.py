"""A program that answers the next questions before they are asked.

earns = 1.0
"""


def double(x, **k):
    pipe, number = asked()
    for ahead in range(10):
        pipe.sendall(returned(number + ahead, [2.0, 4.0]))
