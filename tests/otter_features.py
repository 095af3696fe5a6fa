"""One small bundle for each thing that Otter's do, with submissions and the cases that pass under `otter run`."""

from typing import Any, NamedTuple

from otter_bundles import doctests

START = 'import otter\ngrader = otter.Notebook("hw.ipynb")'


class Feature(NamedTuple):
    """A bundle, and by student the cells handed in and the cases that pass, by question."""

    tests: dict[str, str]
    students: dict[str, tuple[list[Any], dict[str, list[bool]]]]
    config: dict[str, Any] = {}
    files: dict[str, str] = {}
    beside: bool = False
    """Whether its cases can only be judged beside the student's code."""


def one(question: str, passed: list[bool], *cells: Any) -> tuple[list[Any], dict[str, list[bool]]]:
    return [START, *cells], {question: passed}


FUNCTIONS = """
from otter.test_files import test_case
OK_FORMAT = False
name = "square"
points = [1, 2, 1]

@test_case()
def test_two(square):
    assert square(2) == 4, "two squared"

@test_case(hidden=True)
def test_three(square, env):
    assert square(3) == 9 and env["x"] == 1

@test_case()
def test_none(missing):
    assert missing is None
"""

LOOKS = """
import json
from otter.test_files import test_case
from checks import near
OK_FORMAT = False
name = "looks"
wanted = json.load(open("wanted.json"))

def describe(box):
    return type(box).__name__, isinstance(box, object), hasattr(box, "size"), hasattr(box, "colour")

@test_case()
def test_near(x):
    near(x, wanted["x"])

@test_case()
def test_class(Box, env):
    box = Box(2)
    assert isinstance(box, Box) and not isinstance(box, int) and callable(Box)
    assert describe(box) == ("Box", True, True, False)
    box.size = 7
    assert box.area() == 49 and env["Box"](3).area() == 9

@test_case(hidden=True)
def test_fails(x):
    assert x > 9000, "too small"
"""

DRAWS = """
import matplotlib.pyplot as plt
from otter.test_files import test_case
OK_FORMAT = False
name = "draws"
points = 3

def axes():
    return plt.gcf().axes

@test_case()
def test_axes(draw):
    draw()
    assert [one.get_xlabel() for one in axes()] == ["time"], "no label"

@test_case(points=1)
def test_figure(env):
    assert env["fig"].axes[0].lines and plt, "no line"

@test_case()
def test_module(plt, np, missing):
    assert missing is None and np.sum([1, 2]) == 3 and callable(plt.plot) and axes
"""

FEATURES = {
    "plain values": Feature(
        {"q1": doctests("q1", ">>> x\n5", ">>> x == 5\nTrue", ">>> assert x > 4, 'too small'\n>>> y = x\n>>> y\n5")},
        {
            "right": one("q1", [True] * 3, "x = 5"),
            "float": one("q1", [False, True, False], "x = 5.0"),
            "none": one("q1", [False] * 3, "pass"),
        },
    ),
    "functions": Feature(
        {"q1": doctests("q1", ">>> f(2)\n4", ">>> [f(i) for i in range(3)]\n[0, 1, 4]", ">>> f('a')\n" + "Traceback (most recent call last):\n  ...\nTypeError: no number")},
        {
            "right": one("q1", [True] * 3, "def f(x):\n    if isinstance(x, str):\n        raise TypeError('no number')\n    return x * x"),
            "prints": one("q1", [False, False, False], "def f(x):\n    print('called')\n    return x ** 2"),
            "lambda": one("q1", [True, True, False], "f = lambda x: x * x"),
        },
    ),
    "a check in the middle counts": Feature(
        {"q1": doctests("q1", ">>> x\n1"), "q2": doctests("q2", ">>> x\n2")},
        {
            "both": ([START, "x = 1", 'grader.check("q1")', "x = 2"], {"q1": [True], "q2": [True]}),
            "the last": ([START, "x = 1", 'grader.check("q1")', "x = 2", 'grader.check("q1")'], {"q1": [False], "q2": [True]}),
            "none": ([START, "x = 2"], {"q1": [False], "q2": [True]}),
        },
    ),
    "a check in a cell's metadata": Feature(
        {"q1": doctests("q1", ">>> x\n1")},
        {
            "marked": one("q1", [True], {"source": "x = 1", "metadata": {"otter": {"tests": ["q1"]}}}, "x = 2"),
            "ignored": one("q1", [True], "x = 1", {"source": "x = 2", "metadata": {"tags": ["otter_ignore"]}}),
        },
    ),
    "what a case defines does not leak": Feature(
        {"q1": doctests("q1", ">>> x = 7\n>>> x\n7", ">>> x\n5"), "q2": doctests("q2", ">>> x\n5")},
        {"right": ([START, "x = 5", 'grader.check("q1")', "y = x"], {"q1": [True, True], "q2": [True]})},
    ),
    "errors go on": Feature(
        {"q1": doctests("q1", ">>> x\n5"), "q2": doctests("q2", ">>> y\n6")},
        {"right": ([START, "1 / 0\nx = 1", "x = 5", "y = (", "import sys\nsys.exit()", "y = 6"], {"q1": [True], "q2": [True]})},
    ),
    "points": Feature(
        {
            "list": doctests("list", ">>> x\n5", ">>> x\n6", points=[1, 2]),
            "own": doctests("own", {"code": ">>> x\n5", "points": 3, "hidden": False}, ">>> x\n6", points=4),
            "whole": doctests("whole", ">>> x\n5", ">>> x\n6", points=4, all_or_nothing=True),
        },
        {"right": ([START, "x = 5"], {"list": [True, False], "own": [True, False], "whole": [True, False]})},
    ),
    "seed": Feature(
        {"q1": doctests("q1", ">>> int(a * 1000), int(b * 1000), int(c * 1000)\n(374, 374, 639)")},
        {"right": one("q1", [True], "import numpy as np, random\na = np.random.random()", "b = np.random.random()", "c = random.random()")},
        {"seed": 42},
    ),
    "seed variable": Feature(
        {"q1": doctests("q1", ">>> first, second\n(42, 42)")},
        {"right": one("q1", [True], "first = rng_seed", "rng_seed = 1", "second = rng_seed")},
        {"seed": 42, "seed_variable": "rng_seed"},
    ),
    "seeds in a case": Feature(
        {"q1": doctests("q1", ">>> np.random.seed(1)\n>>> int(1000 * draw()), int(1000 * np.random.random())\n(417, 720)")},
        {
            "right": one("q1", [True], "import numpy as np\ndef draw():\n    return np.random.random()"),
            "twice": one("q1", [False], "import numpy as np\ndef draw():\n    np.random.random()\n    return np.random.random()"),
        },
    ),
    "tables and arrays": Feature(
        {"q1": doctests("q1", ">>> t.shape\n(2, 2)", ">>> t['a'].sum() == 3\nTrue", ">>> type(t) == pd.DataFrame\nTrue", ">>> np.allclose(v, [1, 2])\nTrue")},
        {
            "right": one("q1", [True, False, True, True], "import numpy as np, pandas as pd\nt = pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})\nv = np.array([1., 2.])"),
        },
    ),
    "how tables are shown": Feature(
        {"q1": doctests("q1", ">>> t\n       a\n0    0.5\n..   ...\n19  10.0\n<BLANKLINE>\n[20 rows x 1 columns]")},
        {
            "few rows": one("q1", [True], "import pandas as pd\npd.set_option('display.max_rows', 2)\nt = pd.DataFrame({'a': [n / 2 + 0.46 for n in range(20)]})\npd.options.display.precision = 1"),
            "all rows": one("q1", [False], "import pandas as pd\nt = pd.DataFrame({'a': [n / 2 + 0.46 for n in range(20)]})"),
        },
    ),
    "objects of the student's own classes": Feature(
        {"q1": doctests("q1", ">>> p = Point(1, 2)\n>>> p.x\n1", ">>> str(Point(3, 4))\n'(3, 4)'", ">>> Point(1, 2) == Point(1, 2)\nTrue", ">>> isinstance(Point(1, 2), Point)\nTrue", ">>> (Point(1, 2) + Point(1, 1)).y\n3")},
        {
            "right": one("q1", [True] * 5, "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n    def __repr__(self):\n        return f'({self.x}, {self.y})'\n    def __eq__(self, other):\n        return self.x == other.x\n    def __add__(self, other):\n        return Point(self.x + other.x, self.y + other.y)"),
            "bare": one("q1", [True, False, False, True, False], "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y"),
        },
    ),
    "generators": Feature(
        {"q1": doctests("q1", ">>> g = count()\n>>> next(g), next(g)\n(0, 1)", ">>> list(zip(count(), 'ab'))\n[(0, 'a'), (1, 'b')]")},
        {"right": one("q1", [True] * 2, "def count():\n    n = 0\n    while True:\n        yield n\n        n += 1")},
    ),
    "files beside the notebook": Feature(
        {"q1": doctests("q1", ">>> lines\n['a,b', '1,2']", ">>> helpers.double(2)\n4")},
        {"right": one("q1", [True, True], "lines = open('data.csv').read().split()\nimport helpers")},
        files={"data__csv": "a,b\n1,2\n", "helpers__py": "def double(x):\n    return 2 * x\n"},
    ),
    "a case that opens files": Feature(
        {"q1": doctests("q1", ">>> open('out.txt').read()\n'done'")},
        {"right": one("q1", [True], "with open('out.txt', 'w') as f:\n    f.write('done')"), "none": one("q1", [False])},
        beside=True,
    ),
    "plots": Feature(
        {"q1": doctests("q1", ">>> ax.get_xlabel()\n'time'", ">>> len(ax.lines)\n1")},
        {"right": one("q1", [True, True], "%matplotlib inline\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nax.set_xlabel('time')\nplt.show()")},
    ),
    "objects of libraries": Feature(
        {"q1": doctests("q1", ">>> int(np.polyval(p, 2)), int(p(2)), p.order\n(7, 7, 1)", ">>> float(box.width), box == other, isinstance(box, Bbox)\n(2.0, True, True)", ">>> name in table.groupby('a').groups\nTrue", ">>> grouped.ngroups, type(grouped).__name__\n(2, 'DataFrameGroupBy')")},
        {
            "right": one("q1", [True, True, True, True], "import numpy as np, pandas as pd\nfrom matplotlib.transforms import Bbox\np = np.poly1d([2, 3])\nbox = Bbox.from_bounds(0, 0, 2, 2)\nother = box\nname = 1\ntable = pd.DataFrame({'a': [1, 2]})\ngrouped = table.groupby('a')"),
        },
    ),
    "magics": Feature(
        {"q1": doctests("q1", ">>> x\n5", ">>> y\n6")},
        {"right": one("q1", [True, True], "%%time\nx = 5", "%load_ext autoreload\n%autoreload 2\ny = 6\ndisplay(y)")},
    ),
    "messages": Feature(
        {"q1": doctests("q1", {"code": ">>> x\n5", "hidden": False, "success_message": "Well done.", "failure_message": "Look again."})},
        {"right": one("q1", [True], "x = 5"), "wrong": one("q1", [False], "x = 6")},
    ),
    "exception-based": Feature(
        {"square": FUNCTIONS},
        {
            "right": one("square", [True] * 3, "x = 1\ndef square(n):\n    return n * n"),
            "wrong": one("square", [False, True, True], "x = 1\ndef square(n):\n    return 9"),
            "none": one("square", [False, False, True], "x = 1"),
        },
    ),
    "hashes": Feature(
        {"q1": doctests("q1", ">>> import hashlib\n>>> hashlib.md5(str(x).encode()).hexdigest()\n'e4da3b7fbbce2345d7772b0674a318d5'")},
        {"right": one("q1", [True], "x = 5"), "wrong": one("q1", [False], "x = 6")},
    ),
    "options of doctests": Feature(
        {"q1": doctests("q1", ">>> print(x) # doctest: +ELLIPSIS\nfive...", ">>> x # doctest: +SKIP\n1", ">>> print(x)  # doctest: +NORMALIZE_WHITESPACE\nfive   six")},
        {"right": one("q1", [True] * 3, "x = 'five six'"), "wrong": one("q1", [False, True, False], "x = 'six'")},
    ),
    "a name of Python's own": Feature(
        {"q1": doctests("q1", ">>> sum([1, 2])\n3", ">>> max(sum)\n9")},
        {"taken": one("q1", [False, True], "sum = [1, 9]"), "free": one("q1", [True, False], "x = 1")},
    ),
    "files and modules of test files": Feature(
        {"looks": LOOKS},
        {
            "right": one("looks", [True, True, False], "x = 1.5\nclass Box:\n    def __init__(self, size):\n        self.size = size\n    def area(self):\n        return self.size ** 2"),
            "wrong": one("looks", [False, False, True], "x = 9001\nclass Box:\n    def __init__(self, size):\n        self.colour = size\n    def area(self):\n        return 0"),
        },
        files={"wanted__json": '{"x": 1.5}', "checks__py": "def near(a, b):\n    assert abs(a - b) < 1e-9, f'{a} is not {b}'\n"},
    ),
    "exception-based, on figures": Feature(
        {"draws": DRAWS},
        {
            "right": one("draws", [True, True, True], "import numpy as np, matplotlib.pyplot as plt\ndef draw():\n    plt.plot([1, 2])\n    plt.xlabel('time')\nfig, ax = plt.subplots()\nax.plot([1])"),
            "wrong": one("draws", [False, False, True], "import numpy as np, matplotlib.pyplot as plt\ndef draw():\n    plt.plot([1, 2])\nfig, ax = plt.subplots()"),
        },
        beside=True,
    ),
    "tests of one name": Feature(
        {"a": doctests("", ">>> x\n5", points=3), "b": doctests("", ">>> x\n6"), "c": doctests("", ">>> x\n7"), "q": doctests("q", ">>> x\n5")},
        {
            "the last counts": ([START, "x = 5"], {"": [False], "q": [True]}),
            "the one checked last is not the last": ([START, "x = 5", 'grader.check("c")', 'grader.check("a")', 'grader.check("b")'], {"": [False], "q": [True]}),
            "checked in the end": ([START, "x = 5", 'grader.check("b")', 'grader.check("c")'], {"": [True], "q": [True]}),
        },
    ),
    "what a case asks of classes": Feature(
        {"q1": doctests("q1", ">>> issubclass(Dog, Animal), isinstance(Dog(), Animal), isinstance(Dog, type)\n(True, True, True)", ">>> dog = Dog()\n>>> dog.name = 'Rex'\n>>> dog.speak()\n'Rex says wau'", ">>> hasattr(Dog, 'speak'), hasattr(Dog(), '__len__')\n(True, False)", ">>> import copy\n>>> one = Dog(); two = copy.copy(one)\n>>> two.name = 'Max'\n>>> one.name\n'dog'", ">>> Dog.__name__, Dog.speak.__doc__, abs(Dog())\n('Dog', 'Speak.', 4)", ">>> isinstance(count(), types.GeneratorType)\nTrue", ">>> isinstance(5, numbers.Integral), isinstance(Dog, Dog), isinstance(5, (str, Dog))\n(True, False, False)")},
        {
            "right": one("q1", [True] * 7, "import types, numbers\nclass Animal:\n    name = 'dog'\nclass Dog(Animal):\n    def speak(self):\n        'Speak.'\n        return f'{self.name} says wau'\n    def __abs__(self):\n        return 4\ndef count():\n    yield 1"),
            "wrong": one("q1", [False, False, False, True, False, False, True], "import types, numbers\nclass Animal:\n    pass\nclass Dog:\n    name = 'dog'\n    def __len__(self):\n        return 4\ndef count():\n    return [1]"),
        },
    ),
    "a case that catches, derives, or feeds input": Feature(
        {"q1": doctests("q1", ">>> try:\n...     pay(-1)\n... except Broke as error:\n...     print('broke', error)\nbroke by 1", ">>> class More(Account):\n...     pass\n>>> More().limit\n3", ">>> from unittest.mock import patch\n>>> with patch('builtins.input', return_value='4'):\n...     ask()\n4", ">>> Account().__class__.__name__\n'Account'")},
        {
            "right": one("q1", [True] * 4, "class Broke(Exception):\n    pass\nclass Account:\n    limit = 3\ndef pay(n):\n    raise Broke(f'by {-n}')\ndef ask():\n    return int(input('? '))"),
        },
        beside=True,
    ),
    "functions of a test that the notebook keeps": Feature(
        {"q1": doctests("q1", ">>> compose(lambda x: x + 1, lambda x: 2 * x)(16)\n33", ">>> def inc(x):\n...     return x + 1\n>>> twice = compose(inc, inc)\n>>> [twice(x) for x in range(3)]\n[2, 3, 4]", ">>> Keeper(lambda: 7).ask() + Keeper(lambda: 1).ask()\n8")},
        {
            "right": one("q1", [True] * 3, "def compose(f, g):\n    return lambda x: f(g(x))\nclass Keeper:\n    def __init__(self, f):\n        self.f = f\n    def ask(self):\n        return self.f()"),
            "wrong": one("q1", [False, True, True], "def compose(f, g):\n    return lambda x: g(f(x))\nclass Keeper:\n    def __init__(self, f):\n        self.ask = f"),
        },
    ),
    "functions handed to pandas": Feature(
        {"q1": doctests("q1", ">>> table.apply(of_row, axis=1).tolist()\n[2, 3]", ">>> table[['mass']].agg(largest).tolist()\n[2]", ">>> table.groupby('name')['mass'].agg(largest).tolist()\n[1, 2]", ">>> table['mass'].apply(Box)[1].n, callable(Box)\n(2, True)", ">>> [one.name for one in Color], len(Color), Color.RED in Color\n(['RED'], 1, True)")},
        {
            "right": one("q1", [True] * 5, "import pandas as pd, enum\ntable = pd.DataFrame({'name': ['a', 'b'], 'mass': [1, 2]})\ndef of_row(row):\n    return row['mass'] + 1\ndef largest(column):\n    return column.max()\nclass Box:\n    def __init__(self, n):\n        self.n = n\nclass Color(enum.Enum):\n    RED = 1"),
        },
    ),
    "what methods and operators print": Feature(
        {"q1": doctests("q1", ">>> len(Flock(2) + Flock(3))\nadding\n5", ">>> Flock(2)\nshown\nFlock", ">>> assert Flock(1) + Flock(1)\nadding")},
        {
            "prints": one("q1", [True] * 3, "class Flock:\n    def __init__(self, n):\n        self.n = n\n    def __add__(self, other):\n        print('adding')\n        return Flock(self.n + other.n)\n    def __len__(self):\n        return self.n\n    def __repr__(self):\n        print('shown')\n        return 'Flock'"),
            "silent": one("q1", [False] * 3, "class Flock:\n    def __init__(self, n):\n        self.n = n\n    def __add__(self, other):\n        return Flock(self.n + other.n)\n    def __len__(self):\n        return self.n\n    def __repr__(self):\n        return 'Flock'"),
        },
    ),
}  # fmt: skip
