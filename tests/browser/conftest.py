"""A JupyterLab with nobody's settings, and Chromium to look at it."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from notebook_page import HEIGHT, WIDTH

from benchmarks.chromium import BROWSERS

SETTINGS = {
    # Every cell is in the page, not only those in sight, and nothing below the last.
    "notebook-extension/tracker": '{"windowingMode": "none", "scrollPastEnd": false}',
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}


def missing() -> str:
    """Return what this machine lacks for these tests, or nothing."""
    lacking = [name for name in ("jupyterlab", "playwright") if importlib.util.find_spec(name) is None]
    if lacking:
        return f"{' and '.join(lacking)} not installed; run: pip install --editable '.[dev]'"
    if not any(map(shutil.which, BROWSERS)):
        return f"no browser ({', '.join(BROWSERS)}); run: apt-get install chromium"
    return ""


@pytest.fixture(scope="module", autouse=True)
def _everything_is_there() -> None:
    if reason := missing():
        # Where the tests must run, a skip would look like a pass.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[str]:
    """A JupyterLab with nobody's settings that serves ``home``; its address."""
    for name, text in SETTINGS.items():
        path = home / ".settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    folders = {f"JUPYTER_{kind}_DIR": str(home / f".{kind.lower()}") for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    environment |= folders | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / ".settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / ".workspaces"),
        "MPLCONFIGDIR": mpl.get_cachedir(),  # else matplotlib looks for fonts for seconds, and says so
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [
        *("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={home}", "--LabApp.news_url="),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = home / ".lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *arguments],
            env=environment,
            cwd=home,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def browser(browser: Any) -> Any:
    """Return one context of the browser, so that JupyterLab is loaded once."""
    return browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = os.environ.get("CAPAS_SCREENSHOTS")
    path = Path(folder) if folder else tmp_path_factory.mktemp("screenshots")
    path.mkdir(parents=True, exist_ok=True)
    return path
