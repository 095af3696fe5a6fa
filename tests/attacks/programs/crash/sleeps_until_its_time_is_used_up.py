"""A program that sleeps just under the limit until its time is used up.

earns = 2.0
keeps = false
limits = { load_seconds = 20, call_seconds = 2, program_seconds = 1, memory_mb = 256 }
"""

import time

calls = []


def double(x, label="", through=None):
    calls.append(x)
    time.sleep(1.2 if len(calls) > 1 else 0)
    return [2 * v for v in x]
