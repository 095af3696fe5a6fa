"""A program that imports the tests.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

import importlib.util

spec = importlib.util.spec_from_file_location("tests", TESTS + "/double.py")
module = importlib.util.module_from_spec(spec)
try:
    spec.loader.exec_module(module)
except ImportError:
    pass
import linecache

tell("".join(linecache.getlines(TESTS + "/double.py")))
