"""`python check.py --watch`, in a terminal: after each save the one next thing to do, until Ctrl+C."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_start import RIGHT, hand_out

pty = pytest.importorskip("pty", reason="there are no terminals of this kind here")

SECONDS = 90


class Terminal:
    """A terminal in which `python check.py --watch` runs."""

    def __init__(self, folder: Path):
        self._ours, theirs = pty.openpty()
        command = [sys.executable, "check.py", "--watch"]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # Whatever runs these tests in the background has it ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)
        self.seen = ""

    def read_until(self, words: str) -> str:
        """Return what is shown, up to ``words`` and the end of its line."""
        end = time.monotonic() + SECONDS
        while words not in self.seen or "\n" not in self.seen.partition(words)[2]:
            assert time.monotonic() < end, self.seen
            if select.select([self._ours], [], [], 1.0)[0]:
                self.seen += os.read(self._ours, 10_000).decode()
        shown, self.seen = self.seen, ""
        return shown

    def interrupt(self) -> str:
        """Press Ctrl+C, and return what is shown after it."""
        os.killpg(self.process.pid, signal.SIGINT)
        assert self.process.wait(SECONDS) == 0
        while True:
            try:
                data = os.read(self._ours, 10_000)
            except OSError:  # on Linux that is the end of a terminal
                data = b""
            if not data:
                return self.seen
            self.seen += data.decode()


TOLD = {
    "es": ("Miro functions.py", "Sigue double: todavía no la has empezado.", "Listo para entregar: functions.py."),
    "en": ("Watching functions.py", "Next is double: it is not begun yet.", "Ready to hand in: functions.py."),
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_after_each_save_there_is_one_next_thing_to_do(tmp_path: Path, language: str) -> None:
    watching, begin, ready = TOLD[language]
    hand_out(tmp_path, "def double(x):\n    ...\n\n\ndef half(x):\n    ...\n", language=language)
    terminal = Terminal(tmp_path)
    assert "Ctrl+C" in terminal.read_until(watching)
    shown = terminal.read_until(begin)
    assert "0" in shown
    assert "half" not in shown  # one thing
    file = tmp_path / "functions.py"
    for text, words in [
        ("def double(x)\n    return x\n", "SyntaxError"),
        (RIGHT.replace("2 * x", "x"), "double(2)"),
        (RIGHT.replace("x / 2", "gone"), "NameError: name 'gone' is not defined"),
        (RIGHT, ready),
    ]:
        file.write_text(text, encoding="utf-8")
        assert terminal.read_until(words).count("\n") == 1
    assert "Traceback" not in terminal.interrupt()


def test_a_file_that_is_away_for_a_while_is_waited_for(tmp_path: Path) -> None:
    hand_out(tmp_path, RIGHT, language="en")
    terminal = Terminal(tmp_path)
    terminal.read_until("Ready to hand in")
    file = tmp_path / "functions.py"
    file.unlink()
    time.sleep(1.0)
    file.write_text(RIGHT.replace("2 * x", "x"), encoding="utf-8")
    assert "double" in terminal.read_until("expected 4")
    terminal.interrupt()


def test_ctrl_c_while_something_runs_ends_without_a_traceback(tmp_path: Path) -> None:
    hand_out(tmp_path, "while True:\n    pass\n", language="en")
    terminal = Terminal(tmp_path)
    terminal.read_until("Watching")
    time.sleep(1.0)
    assert "Traceback" not in terminal.interrupt()
