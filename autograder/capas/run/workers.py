"""How worker processes are started."""

import gc
import multiprocessing
import os
import threading
from multiprocessing.context import BaseContext


def process_context() -> BaseContext:
    """Return how to start workers: forked they have everything loaded already; elsewhere they load it anew."""
    return multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")


def end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went; a pool's would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def collect_less() -> None:
    """Leave what is here now out of every search for garbage, and search less often: a course stays as it is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
