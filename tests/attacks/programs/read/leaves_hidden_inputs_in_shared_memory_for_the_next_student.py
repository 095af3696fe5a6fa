"""A program that leaves hidden inputs in shared memory of System V for the next student.

earns = 5.0
stopped_by = ["seccomp"]
harm = "leaks"
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


def double(x, label="", through=None):
    if label:
        number = libc.shmget(KEY, 4096, 0o1666)
        if number < 0:
            return
        address = libc.shmat(number, None, 0)
        ctypes.memmove(address, label.encode(), len(label))


# %% handed in next
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)

number = libc.shmget(KEY, 4096, 0o666)
if number >= 0:
    text = ctypes.string_at(libc.shmat(number, None, 0))
    libc.shmctl(number, 0, None)
    tell(text)
