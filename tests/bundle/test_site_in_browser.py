"""The site as a student uses it, in Chromium: answers, checks, mistakes, reloads, no net, and a file to hand in.

`CAPAS_PYODIDE` names a folder with Pyodide; without one these tests are skipped. Screenshots go to the folder in
`CAPAS_SCREENSHOTS`, or to pytest's own.
"""

import ast
from pathlib import Path
from typing import Any

import pytest
from answering import check, context, opened, place, write
from axe import axe_source, barriers

from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import list_submissions, read_submission

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["context"]
TYPES = "from numpy.typing import ArrayLike, NDArray"


def answers_of(stage: Stage) -> dict[str, str]:
    """Return the reference's answer to each question, which needs no other function."""
    source = Solutions(stage).reference_source
    nodes = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    asked = {question.name for question in stage.questions}
    return {node.name: f"{TYPES}\n\n\n{ast.unparse(node)}\n" for node in nodes if node.name in asked}


def score(stage: Stage, path: Path, zygote: Zygote) -> float:
    (file,) = list_submissions([path], stage.handed_out)
    return stage_grader(stage, zygote, "en").grade(read_submission(file)).score


WRONG = "def softmax(a):\n    e = np.exp(np.asarray(a) - np.max(a))\n    return e / e.sum()\n"


def test_a_stage_from_the_first_try_to_the_file(
    context: Any, site_address: str, copied_course: Path, zygote: Zygote, tmp_path: Path
) -> None:
    (stage,) = load_course(copied_course).stages
    right = answers_of(stage)
    page, errors = opened(context, site_address)
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    assert "has not been begun" in check(page, "softmax")

    write(page, "softmax", WRONG)
    told = check(page, "softmax")
    assert "✔ Case 1" in told
    assert "✘ Case 2" in told
    assert "What seems to be the matter: You divide by the sum of the whole batch." in told
    assert place(page, "softmax").locator("svg.curve rect.mine").count() == 3
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not barriers(page, axe_source()), scheme

    write(page, "softmax", right["softmax"])
    assert "✘" not in check(page, "softmax")
    for name in ("softmax_jacobian", "predict", "softmax_twin"):
        write(page, name, right[name])
    assert page.locator(".answer.passes").count() == 1

    page.locator(".offline", has_text="Works without the net").wait_for()
    page.reload()
    assert "return " in place(page, "softmax").locator(".cm-content").inner_text()
    assert page.locator(".answer.passes").count() == 1
    context.set_offline(True)
    page.reload()
    for name in right:
        assert "✘" not in check(page, name), name
    assert page.locator(".answer.passes").count() == 4

    for name in ("softmax.py", "softmax.ipynb"):
        with page.expect_download() as download:
            page.locator("button.take", has_text=name).click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert score(stage, tmp_path / name, zygote) == stage.points
    context.set_offline(False)

    other = context.browser.new_context()
    page, more = opened(other, site_address)
    for name in ("softmax.py", "softmax.ipynb"):
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        page.locator(".handin .status", has_text=f"{name} is open: softmax, softmax_jacobian").wait_for()
        assert "return " in place(page, "predict").locator(".cm-content").inner_text()
    place(page, "predict").locator("button", has_text="Start over").click()
    assert "..." in place(page, "predict").locator(".cm-content").inner_text()
    other.close()

    assert not [url for url in requests if not url.startswith((site_address, "blob:", "data:"))]
    assert errors == more == []


ENDLESS = (
    "def softmax(a):\n    while True:\n        try:\n            pass\n        except Exception:\n            pass\n"
)
DEAF = "def softmax(a):\n    return sum(range(10 ** 12))\n"
FULL = "def softmax(a):\n    kept = []\n    while True:\n        kept.append(bytearray(100_000_000))\n"
LOUD = 'def softmax(a):\n    for _ in range(200):\n        print("spam" * 12_500)\n    return a\n'
AT_TOP = "while True:\n    pass\n\n\ndef softmax(a):\n    return a\n"


def test_code_that_never_ends_or_takes_too_much_costs_only_itself(context: Any, site_address: str) -> None:
    page, errors = opened(context, site_address)
    write(page, "softmax", ENDLESS)
    assert "did not finish in time" in check(page, "softmax")
    write(page, "softmax", AT_TOP)
    assert "Line 1" in check(page, "softmax")
    assert "has not been begun" in check(page, "predict")
    write(page, "softmax", LOUD)
    assert "… and more" in check(page, "softmax")
    write(page, "softmax", DEAF)
    assert "did not end within 3 seconds" in check(page, "softmax")
    assert "has not been begun" in check(page, "predict")
    write(page, "softmax", FULL)
    assert check(page, "softmax")
    assert "has not been begun" in check(page, "predict")
    assert errors == []
