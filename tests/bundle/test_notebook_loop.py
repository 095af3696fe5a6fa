"""The built notebook in a real kernel, as a student works in it: unsaved, renamed, a cell gone, without its folder."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from build_once import Build
from jupyter_client.manager import start_new_kernel

from capas.course.model import Stage

SECONDS = 180
HELPER = "def helper(p):\n    return np.argmax(p, axis=-1)\n"
PREDICT = "def predict(probabilities):\n    return helper(probabilities)\n"
COLAB = """
import sys, types
package, module = types.ModuleType("google"), types.ModuleType("google.colab")
module._message = types.SimpleNamespace(blocking_request=lambda kind, timeout_sec: {"ipynb": NOTEBOOK})
sys.modules |= {"google": package, "google.colab": module}
"""


class Kernel:
    """A kernel in ``folder``, in which the student runs cells."""

    def __init__(self, folder: Path):
        environment = {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
        self._manager, self._client = start_new_kernel(startup_timeout=SECONDS, cwd=str(folder), env=environment)

    def run(self, source: str) -> str:
        """Run a cell and return what it shows."""
        shown: list[str] = []

        def see(message: dict[str, Any]) -> None:
            content = message["content"]
            shown.append(content.get("text", "") + content.get("data", {}).get("text/plain", ""))

        self._client.execute_interactive(source, output_hook=see, timeout=SECONDS)
        return "".join(shown)

    def end(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Kernel]:
    one = Kernel(tmp_path)
    yield one
    one.end()


TOLD = {
    "es": ("guárdalo y vuelve a ejecutar", "aquí pasa, pero", "última vez que la ejecutaste", "pasan todas (2)"),
    "en": ("save it and run this cell", "it passes here, but", "when you last ran it", "all pass (2)"),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_student_works_in_the_notebook(
    softmax: Stage, build: Build, tmp_path: Path, kernel: Kernel, language: str
) -> None:
    unsaved, here_only, failed, all_pass = TOLD[language]
    notebook = json.loads(build(softmax, language).student_files["softmax.ipynb"])
    stub = next(cell for cell in notebook["cells"] if cell["metadata"].get("capas", {}).get("name") == "predict")
    file = tmp_path / "mine.ipynb"
    file.write_text(json.dumps(notebook), encoding="utf-8")

    kernel.run("".join(notebook["cells"][0]["source"]))  # its folder is not there: it travels alone
    kernel.run("import numpy as np")
    kernel.run(HELPER)
    kernel.run(PREDICT)
    assert all_pass in kernel.run('grader.check("predict")')
    shown = kernel.run("grader.summary()")
    assert "mine.ipynb" in shown
    assert unsaved in shown

    stub["source"] = PREDICT  # saved, but without the helper
    notebook["cells"].insert(1, {"cell_type": "code", "source": "import numpy as np", "metadata": {}, "outputs": []})
    file.write_text(json.dumps(notebook), encoding="utf-8")
    file = file.rename(tmp_path / "renamed.ipynb")
    shown = kernel.run("grader.summary()")
    assert f"predict: {here_only}" in shown
    assert "name 'helper' is not defined" in shown
    assert "renamed.ipynb" in shown

    assert failed not in kernel.run('grader.check("predict")')
    kernel.run("def predict(p)\n    return 1\n")
    assert failed in kernel.run('grader.check("predict")')

    notebook["cells"].insert(2, {"cell_type": "code", "source": HELPER, "metadata": {}, "outputs": []})
    notebook["metadata"]["colab"] = {"name": "On Colab.ipynb"}
    kernel.run(f"NOTEBOOK = {notebook!r}\n{COLAB}")
    shown = kernel.run("grader.summary()")
    assert "On Colab.ipynb" in shown
    assert f"✔ predict: {'Pruebas públicas: pasan' if language == 'es' else 'Public cases: all pass'}" in shown
