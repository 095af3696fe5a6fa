"""A program that leaves threads that never rest.

earns = 5.0
"""

import threading


def spin():
    while True:
        pass


for _ in range(3):
    threading.Thread(target=spin, daemon=True).start()
