"""A submission's code as the judge sees it: a namespace of proxies over sandboxes that may die and come back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capas.sandbox import CallTimedOut, Limits, Proxy, Sandbox, UnsendableArgument, Zygote

# `import otter` in a submission must neither take its 0.7 s nor bring the judge's classes into the sandbox.
STAND_INS = ("otter",)


class Program:
    """The functions of one submission.

    A sandbox that crashes is replaced by a fresh one for the next call. A function that timed out once is
    not called again: a loop costs its deadline once, not in every case.

    Args:
        zygote: where sandboxes come from.
        limits: deadlines; ``program_seconds`` bounds the time that all sandboxes of the program together keep us
            waiting, while they are loaded and called. What the judge does in between does not count.
        cells: the program.
        replaced: names that stand for functions of ours once the cells have run, as `replace` makes them.

    Raises:
        SandboxError: when the cells cannot be run to their end.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        cells: Sequence[str],
        replaced: Mapping[str, Callable[..., Any]] | None = None,
    ):
        self._zygote = zygote.for_program(cells)
        self._limits = limits
        self._cells = cells
        self._seconds_before = 0.0  # of sandboxes that are gone
        self._replaced = dict(replaced or {})
        self._timed_out: set[str] = set()
        self.printing: set[str] = set()
        """Functions that wrote something to the screen when they were called."""
        self.fresh = True
        """Whether nothing was called since the program was loaded, or `forget` was."""
        self.asked = 0
        """How often anything was asked of the student's code: calls, values, names that it lacks."""
        self._sandbox = self._start()

    def _start(self) -> Sandbox:
        sandbox = Sandbox(self._zygote, self._limits)
        try:
            self.loaded = sandbox.load(self._cells, STAND_INS)
            if self._replaced:
                sandbox.replace(self._replaced)
        except BaseException:
            sandbox.close()
            self._seconds_before += sandbox.waited_seconds
            raise
        return sandbox

    def _restart(self) -> None:
        self._seconds_before += self._sandbox.waited_seconds
        self._sandbox.waited_seconds = 0.0
        self._sandbox = self._start()

    @property
    def waited_seconds(self) -> float:
        """How long the program has kept us waiting, in all its sandboxes."""
        return self._seconds_before + self._sandbox.waited_seconds

    def call(self, function: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a function of the program, with the errors of `Sandbox.call`."""
        self.asked += 1
        if function in self._timed_out or self.waited_seconds > self._limits.program_seconds:
            raise CallTimedOut("its time is used up")
        if self._sandbox.dead:
            self._restart()
        self.fresh = False
        try:
            return self._sandbox.call(function, arguments, keywords)
        except CallTimedOut:
            self._timed_out.add(function)
            raise
        except UnsendableArgument:
            self.asked -= 1
            raise
        finally:
            if self._sandbox.printed.strip():
                self.printing.add(function)

    def replace(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        """From now on these names of the program stand for ``functions`` of ours.

        Raises:
            SandboxError: when the program does not answer.
        """
        self._replaced.update(functions)
        if not self._sandbox.dead:
            self._sandbox.replace(functions)

    def forget(self) -> None:
        """Go on in a fresh sandbox, which knows nothing of the calls so far."""
        self._sandbox.close()
        self.fresh = True

    def namespace(self) -> "Namespace":
        """Return what the judge's test files take for the namespace of an executed notebook."""
        return Namespace(self)

    def get(self, name: str) -> Any:
        """Return the value of a name that is not a function."""
        if self._sandbox.dead:
            self._restart()
        return self._sandbox.get(name)

    def close(self) -> None:
        """End the program's process."""
        self._sandbox.close()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


class Namespace(dict[str, Any]):
    """A dict of the program's names: functions are proxies, other values are fetched when asked for."""

    def __init__(self, program: Program):
        super().__init__({name: Proxy(program.call, name) for name in program.loaded.functions})
        self._functions = set(program.loaded.functions)
        self._values = set(program.loaded.values)
        self._program = program

    @property
    def asked(self) -> int:
        """How often anything was asked of the student's code."""
        return self._program.asked

    def __missing__(self, key: str) -> Any:
        self._program.asked += 1
        raise KeyError(key)

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the value of ``key``, or ``default`` when there is none or it is not plain data."""
        if key not in self._functions:
            self._program.asked += 1
        if key not in self and key in self._values:
            try:
                self[key] = self._program.get(key)
            except Exception:
                return default
        return super().get(key, default)
