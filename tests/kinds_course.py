"""A small course whose questions are a variable, a class and a function, in Spanish and English."""

from pathlib import Path

from capas.course.model import Stage, load_course
from capas.course.scaffold import new_course, new_stage, read_question_names

REFERENCE = '''"""Pendulums."""

import math
from typing import Any

# Gravity on Earth, in m/s².
gravity: float = 9.81


class Pendulum:
    """A pendulum of a length in m.

    length: as it was made with.
    period(): of small swings, in s.
    """

    def __init__(self, length: "Any"):
        # BEGIN SOLUTION
        self.length = length
        # END SOLUTION

    def period(
        self,
        gravity: float = 9.81,
    ) -> float:
        # BEGIN SOLUTION
        return 2 * math.pi * math.sqrt(self.length / gravity)
        # END SOLUTION

    def __eq__(self, other):
        # BEGIN SOLUTION
        return self.length == other.length
        # END SOLUTION


def weight(mass):
    """The weight of a mass in kg on Earth, in N."""
    # BEGIN SOLUTION
    return mass * gravity
    # END SOLUTION
'''
ALTERNATIVES = """from dataclasses import dataclass

from capas.course.solutions import alternative


@alternative("gravity")
def computed():
    parts = [9.0, 0.81]
    return sum(parts)


@alternative("Pendulum")
@dataclass
class AsData:
    length: float

    def period(self, gravity=9.81):
        return 6.283185307179586 * (self.length / gravity) ** 0.5
"""
MISTAKES = """import math

from capas.course.solutions import mistake


@mistake("gravity", en="That is gravity in feet.", es="Esa es la gravedad en pies.")
def in_feet():
    return 32.2


@mistake("Pendulum", en="You left out the root.", es="Falta la raíz.")
class NoRoot:
    def __init__(self, length):
        self.length = length

    def period(self, gravity=9.81):
        return 2 * math.pi * self.length / gravity

    def __eq__(self, other):
        return self.length == other.length


@mistake("Pendulum", en="It forgets its length.", es="Olvida su longitud.")
class Forgets:
    def __init__(self, length):
        pass

    def period(self, gravity=9.81):
        return 2.0

    def __eq__(self, other):
        return True
"""
CASES = {
    "gravity": """from capas_check import require
from capas_check.variables import variable

@test_case(points=1)
def above_zero(gravity):
    value = variable(gravity=gravity).array(())
    require(0 < value < 20, en="{value} is not near 10.", es="{value} no está cerca de 10.", value=value)

@test_case(points=4, hidden=True)
def the_value(gravity):
    variable(gravity=gravity).returns(9.81)
""",
    "Pendulum": """from capas_check import call
from capas_check.objects import attribute, method

@test_case(points=2)
def of_one_metre(Pendulum):
    made = call(Pendulum, 1.0)
    attribute(made, "length").returns(1.0)
    method(made, "period").returns(2.006, rtol=1e-3)

@test_case(points=3, hidden=True)
def on_the_moon(Pendulum):
    first, second = call(Pendulum, 4.0), call(Pendulum, 1.0)
    method(first, "period", gravity=1.62).returns(9.8732, rtol=1e-3)
    assert method(first, "__eq__", call(Pendulum, 4.0)).value is True, "equal lengths"
    assert method(first, "__eq__", second).value is False, "other lengths"
""",
    "weight": """from capas_check import call

@test_case(points=2)
def of_two(weight):
    call(weight, 2.0).returns(19.62)

@test_case(points=3, hidden=True)
def of_none(weight):
    call(weight, 0.0).returns(0.0)
    call(weight, 10.0).returns(98.1)
""",
}


def made_stage(root: Path, languages: str = '["en", "es"]') -> Stage:
    """Write the course into ``root`` and return its stage."""
    new_course(root, "en")
    course = root / "course.toml"
    text = course.read_text(encoding="utf-8").replace('["en"]', languages)
    course.write_text(text.replace("title.en", 'title.es = "Física"\ntitle.en', 1), encoding="utf-8")
    new_stage(root, "01_swinging", read_question_names("gravity:variable,Pendulum:class,weight"))
    solutions, tests = root / "solutions/01_swinging", root / "assignments/01_swinging/tests"
    for name, source in (("reference", REFERENCE), ("alternatives", ALTERNATIVES), ("mistakes", MISTAKES)):
        (solutions / f"{name}.py").write_text(source, encoding="utf-8")
    for name, cases in CASES.items():
        head = f'from otter.test_files import test_case\n\nOK_FORMAT = False\nname = "{name}"\npoints = 5\n'
        (tests / f"{name}.py").write_text(head + cases, encoding="utf-8")
    (stage,) = load_course(root).stages
    return stage
