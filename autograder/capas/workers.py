"""How worker processes are started."""

import multiprocessing
import os
from multiprocessing.context import BaseContext


def process_context() -> BaseContext:
    """Return how to start workers: forked they have everything loaded already; elsewhere they load it anew."""
    return multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
