"""Otter kept warm says what a whole `otter run` says, and nothing of one submission reaches the next."""

from pathlib import Path

import pytest

from capas.bundle.build import Bundle
from capas.bundle.zip import make_zip, read_zip
from capas.verify.otter_run import OtterScore, otter_run_all
from capas.verify.warm_otter import warm_otter_run_all

RIGHT_TWIN = "def softmax_twin(t):\n    return t + 1.0\n"
PROGRAMS = {
    "nothing.py": "",
    "wrong.py": "import numpy as np\ndef predict(a):\n    return np.argmin(a, axis=-1)\n" + RIGHT_TWIN,
    "prints.py": "print('seen')\nimport os\nos.environ['SEEN'] = '1'\n",
    "syntax.py": "def predict(a)\n    return 1\n",
    "exits.py": "import sys\nsys.exit(3)\n",
    "not_a_notebook.ipynb": "{",
}


def score(run: OtterScore) -> tuple[object, ...]:
    return run.scores, run.cases, bool(run.error)


@pytest.mark.slow
def test_warm_and_whole_runs_agree(tmp_path: Path, built_softmax: Bundle) -> None:
    autograder = tmp_path / "autograder.zip"
    autograder.write_bytes(built_softmax.autograder)
    pairs = []
    for name, source in PROGRAMS.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
        pairs.append((tmp_path / name, autograder))
    whole, warm = otter_run_all(pairs), warm_otter_run_all([*pairs, *pairs])
    assert [score(run) for run in warm] == 2 * [score(run) for run in whole]
    assert any(case.passed for run in warm for cases in run.cases.values() for case in cases)


def test_each_bundle_is_judged_by_its_own_cases(tmp_path: Path, built_softmax: Bundle) -> None:
    """The second differs in one test file only: its cases of `softmax_twin` let nothing pass."""
    files = read_zip(built_softmax.autograder)
    test_file = files["tests/softmax_twin.py"].decode()
    files["tests/softmax_twin.py"] = test_file.replace("> 0.1", "> 1000.0").encode()
    assert files["tests/softmax_twin.py"].decode() != test_file
    for name, bundle in (("first.zip", built_softmax.autograder), ("second.zip", make_zip(files))):
        (tmp_path / name).write_bytes(bundle)
    (tmp_path / "answer.py").write_text(RIGHT_TWIN)
    answer, done = tmp_path / "answer.py", []
    pairs = [(answer, tmp_path / name) for name in ("first.zip", "second.zip", "first.zip")]
    first, second, again = warm_otter_run_all(pairs, 1, lambda: done.append(1))
    assert first.scores["softmax_twin"] > second.scores["softmax_twin"]
    assert score(first) == score(again)
    assert len(done) == 3


def test_a_bundle_that_otter_cannot_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "autograder.zip").write_bytes(b"no zip")
    (tmp_path / "answer.py").write_text("")
    (told,) = warm_otter_run_all([(tmp_path / "answer.py", tmp_path / "autograder.zip")])
    assert told.error.startswith("BadZipFile: ")
