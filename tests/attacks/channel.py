"""Ways in which one process could tell another something, without a file or a socket between them.

Each is a program with ``put(value)`` and ``get()``. `test_channels.py` tries to carry numbers through it, from a
sandbox that has seen something hidden to one whose messages are shown, and proves what is declared here.
"""

from dataclasses import dataclass

AFTER, BESIDE, NEXT_RUN = "after", "beside", "next run"
WAYS = {
    AFTER: "to a later sandbox of the same worker: the same submission's, or the next one's",
    BESIDE: "to one that another worker has at the same time",
    NEXT_RUN: "to one of the next run",
}


@dataclass(frozen=True)
class Channel:
    """A way to carry numbers of so many ``bits`` at once.

    Args:
        name: what carries them.
        source: the program.
        closed: for each way that is open somewhere, the first level at which it is closed.
        bits: of one number.
        counts: whether ``get`` tells a counter, which has to be read before and after.
        sure: whether it works wherever it is open; some depend on the file system.
    """

    name: str
    source: str
    closed: dict[str, int]
    bits: int = 8
    counts: bool = False
    sure: bool = True

    def part_of(self, number: int) -> int:
        """Return what of a number of 16 bits this channel carries at once."""
        return number % 2**self.bits


LOCKS = """
import fcntl, numpy, struct
F = open(numpy.__file__, "rb")
FMT = "hhqqi4x"
def put(value, command):
    for bit in range(8):
        if value >> bit & 1:
            fcntl.fcntl(F, command, struct.pack(FMT, fcntl.F_RDLCK, 0, 1000 + bit, 1, 0))
def get(command):
    taken = 0
    for bit in range(8):
        told = fcntl.fcntl(F, command, struct.pack(FMT, fcntl.F_WRLCK, 0, 1000 + bit, 1, 0))
        taken |= (struct.unpack(FMT, told)[0] != fcntl.F_UNLCK) << bit
    return taken
"""

READABLE = """
import glob, numpy, os
FILES = sorted(glob.glob(os.path.dirname(numpy.__file__) + "/**/*.pyi", recursive=True))[:8]
"""

CHANNELS = [
    Channel(
        "record locks",
        LOCKS.replace("command)", "command=fcntl.F_SETLK)", 1).replace("get(command)", "get(command=fcntl.F_GETLK)"),
        {BESIDE: 4},
    ),
    Channel(
        "locks of open files",
        LOCKS.replace("command)", "command=37)", 1).replace("get(command)", "get(command=36)"),
        {BESIDE: 4},
    ),
    Channel(
        "locks of whole files",
        READABLE
        + """
import fcntl
HELD = [open(file, "rb") for file in FILES]
def put(value):
    for bit, file in enumerate(HELD):
        if value >> bit & 1:
            fcntl.flock(file, fcntl.LOCK_SH)
def get():
    taken = 0
    for bit, file in enumerate(HELD):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(file, fcntl.LOCK_UN)
        except BlockingIOError:
            taken |= 1 << bit
    return taken
""",
        {BESIDE: 4},
    ),
    Channel(
        "times of access",
        READABLE
        + """
def put(value):
    for bit, file in enumerate(FILES):
        if value >> bit & 1:
            open(file, "rb").read(1)
def get():
    times = [os.stat(file).st_atime for file in FILES]
    return sum((time > OLD + 1000) << bit for bit, time in enumerate(times))
""",
        {AFTER: 5, BESIDE: 5, NEXT_RUN: 5},
    ),
    Channel(
        "status flags of /dev/null",
        """
import fcntl, os
FLAGS = (os.O_APPEND, os.O_NONBLOCK)
def put(value):
    old = fcntl.fcntl(0, fcntl.F_GETFL) & ~(os.O_APPEND | os.O_NONBLOCK)
    fcntl.fcntl(0, fcntl.F_SETFL, old | sum(flag for bit, flag in enumerate(FLAGS) if value >> bit & 1))
def get():
    now = fcntl.fcntl(0, fcntl.F_GETFL)
    return sum(bool(now & flag) << bit for bit, flag in enumerate(FLAGS))
""",
        {},
        bits=2,
    ),
    Channel(
        "places in open files",
        """
import os
def put(value):
    for descriptor in range(64):
        try:
            os.lseek(descriptor, value, 0)
        except OSError:
            pass
def get():
    found = []
    for descriptor in range(64):
        try:
            found.append(os.lseek(descriptor, 0, 1))
        except OSError:
            pass
    return max(found, default=0)
""",
        {},
    ),
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
        "numbers of files",
        """
import os
def put(value):
    for number in range(value):
        open(f"{number}", "w").close()
def get():
    with open("one", "w") as file:
        return os.fstat(file.fileno()).st_ino
""",
        {AFTER: 5, BESIDE: 5, NEXT_RUN: 5},
        counts=True,
        sure=False,
    ),
    Channel(
        "links of folders",
        """
import os
def put(value):
    for number in range(value):
        os.mkdir(f"folder{number}")
def get():
    most, own = 0, os.getcwd()
    for start, folders, _files in os.walk(os.path.dirname(os.path.dirname(own))):
        if not start.startswith(own):
            most = max(most, os.stat(start).st_nlink - 2)
    return most
""",
        {},
    ),
    Channel(
        "files that anybody may write",
        """
import os
PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock")
def put(value):
    for place in PLACES:
        try:
            open(f"{place}/capas-channel", "w").write(str(value))
        except OSError:
            pass
def get():
    for place in PLACES:
        try:
            return int(open(f"{place}/capas-channel").read())
        except OSError:
            pass
    return 0
""",
        {AFTER: 3, BESIDE: 3, NEXT_RUN: 3},
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
