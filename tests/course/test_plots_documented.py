"""What `docs/write-a-stage.md` says of plots: its cases hold of a right plot only, and no statement is missing."""

import inspect
import re
from pathlib import Path
from typing import Any

from capas.course.scaffold import new_course, new_stage, read_question_names
from capas.grading.cases import load_test_file
from capas_check.plots import Picture
from capas_check.statements import Call
from capas_check.texts import load_texts

DOCUMENT = (Path(__file__).parents[2] / "docs/write-a-stage.md").read_text(encoding="utf-8")
SECTION = re.split(r"^#{2,4} ", DOCUMENT.partition("\n#### Plots\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def drawn(folder: Path, body: str) -> list[str]:
    """Return what each case of the document says of a function that draws by ``body``, "" where it holds."""
    (source,) = re.findall(r"^```python\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    path = folder / "fall_plot.py"
    path.write_text(source, encoding="utf-8")
    test_file = load_test_file(path)
    names: dict[str, Any] = {}
    exec(f"import matplotlib.pyplot as plt\ndef fall_plot(t, y):\n    {body}", names)
    test_file.run(names)
    return [run.message(load_texts("en")) for run in test_file.runs]


RIGHT = "plt.plot(t, y); plt.title('Fall'); plt.xlabel('t (s)'); plt.ylabel('y (m)')"


def test_the_cases_of_the_document_hold_and_say_what_is_wrong(tmp_path: Path) -> None:
    assert drawn(tmp_path, f"{RIGHT}; plt.ylim(bottom=0)") == ["", "", ""]
    line, words, _ground = drawn(tmp_path, f"{RIGHT.replace('(t, y)', '(y, t)').replace('(m)', 'y')}")
    assert "x and y are exchanged" in line
    assert "the label of the y axis is “y y”; expected “(m)” in it." in words
    assert "the ground cannot be seen" in drawn(tmp_path, f"{RIGHT}; plt.ylim(5, 9)")[2]


def test_the_command_of_the_document_is_one(tmp_path: Path) -> None:
    (questions,) = re.findall(r"--questions (\S+)`", SECTION)
    new_course(tmp_path / "physics", "en")
    new_stage(tmp_path / "physics", "01_falling", read_question_names(questions))
    assert (tmp_path / "physics/assignments/01_falling/tests/fall_plot.py").is_file()


def test_the_document_names_every_statement() -> None:
    own = {name for name, _ in inspect.getmembers(Picture) if not name.startswith("_") and not hasattr(Call, name)}
    named = set(re.findall(r"\.(\w+)", "".join(re.findall(r"^\| `.*", SECTION, re.MULTILINE))))
    assert own <= named
