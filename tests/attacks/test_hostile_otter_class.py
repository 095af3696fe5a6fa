"""A class that means harm hands in to a bundle of Otter's, and is graded from end to end by one command."""

import csv
import json
from pathlib import Path

from attack import ATTACKS, Attack
from command import capas
from otter_bundles import doctests, handed_in, written, zipped

HIDDEN = [{"code": code, "hidden": True} for code in (">>> double(3)\n6", ">>> assert double(5) == 10")]
TESTS = {"double": doctests("double", ">>> double(2) == 4\nTrue", *HIDDEN)}
START = 'import otter\ngrader = otter.Notebook("hw.ipynb")'
HONEST = [START, "def double(x):\n    return 2 * x", 'grader.check("double")']
TOOLS = (Path(__file__).parent / "tools.py").read_text(encoding="utf-8")
CRASHES = ("aborts", "kills itself", "closes the pipe", "answers with garbage", "ends its process without a word")


def is_tried(attack: Attack) -> bool:
    """Tell whether an attack is worth no points, and can be had without harm to the machine and without waiting."""
    harmless = not (attack.dangerous or attack.hangs or attack.limits or attack.earns) and len(attack.sources) == 1
    return harmless and (attack.category == "Forge the score" or attack.name.startswith(CRASHES))


def test_forged_scores_are_0_neighbours_keep_theirs_and_nobody_is_lost(tmp_path: Path) -> None:
    attacks = {f"{number:02}_attacker": one for number, one in enumerate(filter(is_tried, ATTACKS))}
    assert len(attacks) > 30
    class_ = {name: [START, TOOLS, attack.sources[0]] for name, attack in attacks.items()}
    class_ |= {f"{number:02}_honest": HONEST for number in range(0, len(attacks), 10)}
    bundle = written(tmp_path / "hw-autograder.zip", zipped(TESTS))
    done = capas("grade", bundle, handed_in(tmp_path / "in", class_), "--out", tmp_path / "out", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8") as file:
        scores = {row["submission"]: float(row["score"]) for row in csv.DictReader(file)}
    expected = dict.fromkeys(class_, 0.0) | {name: 1.0 for name in class_ if name.endswith("honest")}
    wrong = {attacks[name].name if name in attacks else name for name in expected if scores.get(name) != expected[name]}
    assert wrong == set()
    assert scores.keys() == class_.keys()
    results = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out" / "results").iterdir()]
    assert len(results) == len(class_)
    assert all(len(result["questions"][0]["cases"]) == 3 for result in results)
