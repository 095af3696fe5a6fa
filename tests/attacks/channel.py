"""Ways in which one process could tell another something, without a file or a socket between them.

Each is a program with ``put(value)`` and ``get()``. `test_channels.py` tries to carry numbers through it, from a
sandbox that has seen something hidden to one whose messages are shown, and proves what is declared here.
"""

from channel_kind import AFTER, BESIDE, NEXT_RUN, WAYS, Channel
from channels_of_files import FILE_CHANNELS

__all__ = ["AFTER", "BESIDE", "CHANNELS", "NEXT_RUN", "WAYS", "Channel"]

CHANNELS = [
    *FILE_CHANNELS,
    Channel(
        "numbers of processes",
        """
import os, threading
def put(value):
    for _ in range(value):
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
def get():
    return os.getpid()
""",
        {AFTER: 5, BESIDE: 5, NEXT_RUN: 5},
        counts=True,
        sure=False,
    ),
    Channel(
        "threads that /proc counts",
        """
import os, threading
def put(value):
    for _ in range(value):
        threading.Thread(target=threading.Event().wait, daemon=True).start()
def get():
    most = 0
    for pid in range(1, 60_000):
        if pid != os.getpid():
            try:
                most = max(most, os.stat(f"/proc/{pid}/task").st_nlink - 3 if is_sandbox(pid) else 0)
            except OSError:
                pass
    return most
def is_sandbox(pid):
    return os.stat(f"/proc/{pid}").st_uid >= 10_000
""",
        {BESIDE: 5},
        bits=4,
    ),
    Channel(
        "shared memory",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
def put(value):
    place = libc.shmat(libc.shmget(0x0CA9A5, 16, 0o1666), None, 0)
    ctypes.memmove(place, bytes([value]), 1)
def get():
    known = libc.shmget(0x0CA9A5, 16, 0)
    return 0 if known < 0 else ctypes.string_at(libc.shmat(known, None, 0), 1)[0]
""",
        {AFTER: 4, BESIDE: 4, NEXT_RUN: 4},
    ),
    Channel(
        "semaphores",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def put(value):
    libc.semctl(libc.semget(0x0CA9A6, 1, 0o1666), 0, 16, value)
def get():
    known = libc.semget(0x0CA9A6, 1, 0)
    return 0 if known < 0 else max(libc.semctl(known, 0, 12), 0)
""",
        {AFTER: 4, BESIDE: 4, NEXT_RUN: 4},
    ),
    Channel(
        "sockets by name",
        """
import socket
HELD = []
def put(value):
    for bit in range(8):
        if value >> bit & 1:
            HELD.append(socket.socket(socket.AF_UNIX))
            HELD[-1].bind(f"\\0capas-channel-{bit}")
            HELD[-1].listen()
def get():
    taken = 0
    for bit in range(8):
        with socket.socket(socket.AF_UNIX) as other:
            taken |= (other.connect_ex(f"\\0capas-channel-{bit}") == 0) << bit
    return taken
""",
        {BESIDE: 3},
    ),
    Channel(
        "the machine's name",
        """
import os, socket
def put(value):
    socket.sethostname(f"capas-channel-{value}")
def get():
    name = os.uname().nodename
    return int(name.rpartition("-")[2]) if name.startswith("capas-channel-") else 0
""",
        {AFTER: 2, BESIDE: 2, NEXT_RUN: 2},
    ),
]
