"""A program that answers without end before it is asked."""

import time
import threading


def double(x, **k):
    pipe, number = asked()

    def flood():
        while True:
            pipe.sendall(returned(number, [0.0] * 1000))

    threading.Thread(target=flood, daemon=True).start()
    time.sleep(0.05)
