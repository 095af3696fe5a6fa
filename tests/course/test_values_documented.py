"""What `docs/write-a-stage.md` says of texts, dicts and tables: its case holds, and says what differs."""

import datetime
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import capas_check
from capas.grading.cases import load_test_file
from capas_check.texts import load_texts

DOCUMENT = (Path(__file__).parents[2] / "docs/write-a-stage.md").read_text(encoding="utf-8")
SECTION = re.split(r"^#{2,4} ", DOCUMENT.partition("\n#### Texts, dicts, tables\n")[2], maxsplit=1, flags=re.MULTILINE)[
    0
]


def summary(fall: pd.DataFrame) -> dict[str, Any]:
    return {
        "table": fall.assign(v=fall["y"] * 2),
        "labels": frozenset(fall.index),
        "day": datetime.date(2024, 2, 29),
        "title": f"{len(fall)} measurements",
    }


def told(folder: Path, function: Callable[[pd.DataFrame], Any]) -> str:
    (source,) = re.findall(r"^```python\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    path = folder / "summary.py"
    path.write_text(source, encoding="utf-8")
    test_file = load_test_file(path)
    test_file.run({"summary": function})
    (run,) = test_file.runs
    return run.message(load_texts("en"))


def test_the_case_of_the_document_holds_and_says_what_differs(tmp_path: Path) -> None:
    assert told(tmp_path, summary) == ""
    texts = {
        "They differ from character 3 on: 'Measurements!', where 'measurements' was expected.": {
            "title": "2 Measurements!"
        },
        "Only capitals differ, from character 3 on": {"title": "2 Measurements"},
        "Only spaces or line ends differ": {"title": "2 measurements\n"},
        "of type datetime; expected datetime.date(2024, 2, 29), of type date": {"day": datetime.datetime(2024, 2, 29)},
        "returned {'first'}; it lacks ['second'].": {"labels": {"first"}},
        "1 of the 2 rows of element ['table']['v'] of": {
            "table": summary(fall())["table"].fillna(1.0).assign(y=fall()["y"])
        },
        "it lacks the columns ['v']": {"table": fall()},
        "it should not have the keys ['more']": {"more": 1},
    }
    for sentence, other in texts.items():
        said = told(tmp_path, lambda given, other=other: summary(given) | other)
        assert sentence in said


def fall() -> pd.DataFrame:
    return pd.DataFrame({"t": [1.0, 2.0], "y": [4.9, None]}, index=["first", "second"])


WITHOUT_PANDAS = """
import sys
sys.modules["pandas"] = None
sys.path[:0] = [{folder!r}]
from capas_check import call, grader, values
call(lambda: {{"a": {{"b"}}}}).returns({{"a": {{"b"}}}})
from capas_check.fingerprint import fingerprint
print(fingerprint("", [call(lambda: "text")])[0])
"""


def test_everything_but_tables_works_without_pandas() -> None:
    folder = str(Path(capas_check.__file__).parents[1])
    command = [sys.executable, "-c", WITHOUT_PANDAS.format(folder=folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")
