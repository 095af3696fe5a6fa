"""IPython's own shell, with no kernel around it: nothing is shown, kept or asked.

It is made where this module is imported: in a fork server, before anything is forked, for it takes half a second,
and wants to write where a sandbox may not. Notebooks of Otter are run in it: their cells mean what IPython makes of
them.
"""

import os
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from capas.sandbox.known import print_options

os.environ["MPLBACKEND"] = "module://capas.sandbox.no_window"


class _Unshown(DisplayHook):
    """Keeps the value of a cell's last line under the usual names, and shows nothing."""

    def __call__(self, result: Any = None) -> None:
        self.check_for_underscore()
        if result is not None and not self.quiet():
            self.update_user_ns(result)
            self.fill_exec_result(result)


class _Unpublished(DisplayPublisher):
    def publish(self, *_data: Any, **_more: Any) -> None:
        """Show nothing."""

    def clear_output(self, wait: bool = False) -> None:
        """Do nothing."""


class SandboxShell(InteractiveShell):
    """A shell with nobody in front of it."""

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing."""

    def enable_matplotlib(self, gui: Any = None) -> Any:
        """Do nothing: figures are never drawn."""
        return "inline", "inline"

    def showtraceback(self, *_arguments: Any, **_keywords: Any) -> None:
        """Show nothing."""

    def showsyntaxerror(self, *_arguments: Any, **_keywords: Any) -> None:
        """Show nothing."""

    def showindentationerror(self) -> None:
        """Show nothing."""

    def ask_exit(self) -> None:
        """Go on: a notebook is run to its end."""


def _drive(coroutine: Any) -> Any:
    """Run a coroutine for which no event loop is needed."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as end:
        return end.value


def _made() -> SandboxShell:
    HistoryManager.enabled = False  # type: ignore[assignment]
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.autocall = 0
    folder = os.environ.get("MPLCONFIGDIR") or "/tmp"
    shell = SandboxShell.instance(
        config=config, ipython_dir=os.path.join(folder, "ipython"), displayhook_class=_Unshown
    )
    shell.display_pub = _Unpublished()
    shell.display_formatter.formatters = {}  # type: ignore[union-attr]
    shell.loop_runner = _drive
    # What every cell touches, so that it is loaded once and not in every fork.
    for source in ("pass", "%time 1", "1/0", "raise SystemExit", "%matplotlib inline"):
        shell.run_cell(source, store_history=False)
    shell.user_ns.pop("_", None)
    return shell


SHELL = _made()
PRINT_OPTIONS = print_options()
"""How NumPy shows numbers before any other library is loaded, which may change that for all."""
