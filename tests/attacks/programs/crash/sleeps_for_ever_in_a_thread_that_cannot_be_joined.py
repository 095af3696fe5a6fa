"""A program that sleeps for ever in a thread that cannot be joined.

hangs = true
"""

import threading, time


def double(x, **k):
    thread = threading.Thread(target=time.sleep, args=(600,))
    thread.start()
    thread.join()
