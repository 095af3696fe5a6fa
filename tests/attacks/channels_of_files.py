"""Channels through files that both may read, or through what the kernel keeps of them."""

from channel_kind import AFTER, BESIDE, NEVER, NEXT_RUN, Channel

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

FILE_CHANNELS = [
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
        "waiting at places in files",
        """
import ctypes, mmap, numpy, os, threading, time
SYSTEM_CALL = {"x86_64": 202, "aarch64": 98}[os.uname().machine]
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
PAGE = libc.mmap(None, ctypes.c_size_t(4096), mmap.PROT_READ, mmap.MAP_PRIVATE, os.open(numpy.__file__, 0), 0)
def futex(bit, operation, value):
    return libc.syscall(SYSTEM_CALL, ctypes.c_void_p(PAGE + 4 * bit), operation, value, None)
def wait(bit):
    futex(bit, 0, ctypes.c_uint32.from_address(PAGE + 4 * bit).value)
def put(value):
    for bit in range(8):
        if value >> bit & 1:
            threading.Thread(target=wait, args=(bit,), daemon=True).start()
    time.sleep(0.5)
def get():
    return sum((futex(bit, 1, 1) == 1) << bit for bit in range(8))
""",
        {BESIDE: 4},
    ),
    Channel(
        "parts of files in memory",
        """
import glob, mmap, numpy, os, resource
FILE = os.open(glob.glob(os.path.dirname(numpy.__file__) + "/*core/tests/test_multiarray.py")[0], os.O_RDONLY)
def look_at(place):
    page = mmap.mmap(FILE, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ, offset=8192 * place)
    page.madvise(mmap.MADV_RANDOM)
    return page[0]
def reads():
    return resource.getrusage(resource.RUSAGE_SELF).ru_majflt
def put(value):
    for bit in range(8):
        if value >> bit & 1:
            look_at(bit)
def get():
    found = 0
    for bit in range(8):
        before = reads()
        look_at(bit)
        found |= (reads() == before) << bit
    return found
""",
        {AFTER: NEVER, BESIDE: NEVER, NEXT_RUN: NEVER},
        sure=False,
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
]
