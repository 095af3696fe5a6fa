"""An alternative or a mistake as a submission: the reference with one answer replaced, and what that answer uses."""

from capas.course.variants import replace_definition

REFERENCE = "def half(x):\n    return x / 2\n"

VARIANTS = '''"""Other ways."""
import math, itertools
from os.path import *
from scipy import special
from capas.course.solutions import alternative
try:
    from fast import quick
except ImportError:
    quick = None
SHIFT = 3
def shifted(x):
    return SHIFT * math.sqrt(x)
def other(x):
    return special.expit(x)
print("loaded")
@alternative("half")
def by_shift(x):
    return shifted(x) + quick(x)
@alternative("half")
def by_expit(x):
    return other(x)
'''


def test_what_an_answer_uses_comes_along_and_nothing_else() -> None:
    source = replace_definition(REFERENCE, VARIANTS, "by_shift", "half")
    for line in ("import math\n", "from os.path import *", "quick = None", "SHIFT = 3", "def shifted(x):", "'loaded'"):
        assert line in source, line
    for line in ("itertools", "special", "def other", "alternative", "Other ways", "x / 2"):
        assert line not in source, line
    source = replace_definition(REFERENCE, VARIANTS, "by_expit", "half")
    assert "from scipy import special" in source
    assert "math" not in source
