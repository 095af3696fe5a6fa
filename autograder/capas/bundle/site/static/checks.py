"""Checks answers in the browser, with the checks that students run in a notebook; `worker.js` calls it."""

import base64
import contextlib
import functools
import io
import json
import math
import pathlib
import signal
import sys
import types
import zlib

LIMIT, MOST_PRINTED = 3.0, 4000
"""Seconds that a case or a cell may take, and how many characters of what is printed are shown."""


class Printed(io.TextIOBase):
    """Keeps the beginning of what is printed, however much that is."""

    def __init__(self):
        """Begin with nothing."""
        self.text, self.more = "", False

    def write(self, text):
        """Keep what there is room for."""
        room = MOST_PRINTED - len(self.text)
        self.text += text[:room]
        self.more = self.more or len(text) > room
        return len(text)


def limited(until):
    """Return the module that stands for `capas_check.limit`, which needs threads; ``until`` takes seconds from now.

    While they last, the page's own clock interrupts Python, as it does not ask Python for it.
    """

    class TookTooLong(BaseException):
        kind = "timeout"

    def end(*_):
        raise TookTooLong

    def run_limited(seconds, action):
        until(seconds or LIMIT)
        try:
            return action()
        finally:
            until(0)

    def stopped_function(function):
        def stopped(*_arguments, **_keywords):
            raise TookTooLong

        stopped.__name__ = getattr(function, "__name__", "f")
        return stopped

    signal.signal(signal.SIGINT, end)
    module = types.ModuleType("capas_check.limit")
    vars(module).update(
        CAN_LIMIT=True,
        CASE_SECONDS=LIMIT,
        LOAD_SECONDS=LIMIT,
        TookTooLong=TookTooLong,
        run_limited=run_limited,
        stopped_function=stopped_function,
    )
    return module


class Checks:
    """The checks of one stage.

    ``data`` is what the first cell of its notebook holds; ``at`` is told what runs and, of a case, its seconds.
    """

    def __init__(self, data, at, until):
        """Unpack the checks and import them."""
        self.stage, self.at = json.loads(zlib.decompress(base64.b85decode(data))), at
        folder = pathlib.Path("/capas")
        for name, text in self.stage["package"].items():
            path = folder / "capas_check" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sys.path.insert(0, str(folder))
        sys.modules["capas_check.limit"] = limited(until)
        from capas_check import grader, texts, zero

        self.grader, self.zero, self.say = grader, zero, texts.load_texts(self.stage["language"])
        self.run_case = grader.run_case
        grader.run_case = self._run_case

    def _run_case(self, case, namespace, seconds, stopped):
        self.at("", seconds)
        return self.run_case(case, namespace, seconds, stopped)

    def check(self, job):
        """Return, as JSON, what is told of a question; ``job`` has it and the cells, both as JSON."""
        job, printed = json.loads(job), Printed()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            told = self._check(job["question"], job["cells"])
        told |= {"printed": printed.text, "more": printed.more}
        return json.dumps(told)

    def _check(self, question, cells):
        namespace = {"__name__": "__main__", "_ih": [cell["source"] for cell in cells]}
        namespace |= dict.fromkeys(("grader", "get_ipython", "display"), self.zero.Nothing(namespace))
        namespace |= {"exit": sys.exit, "quit": sys.exit}
        errors = []
        for cell in cells:
            self.at(cell["name"])
            for line, error in self.zero.run_cell(cell["source"], namespace, LIMIT):
                if cell["name"] == question:
                    errors.append(f"{self.say('place_line', line=line)}: {self.zero._told(error, self.say)}")
        grader = self.grader.Grader(self.stage, namespace)
        shown = grader.check(question)
        runs = [run.passed for run in shown.runs]
        begun = len(shown.lines) > len(runs)
        stopped = any(run.kind == "timeout" for run in shown.runs)
        return {
            "question": question,
            "good": shown.good and begun,
            "begun": begun,
            "errors": errors[:5],
            "cases": [{"passed": good, "text": text} for good, text in zip(runs, shown.lines, strict=False)]
            if begun
            else [],
            "lines": list(shown.lines[len(runs) :] if begun else shown.lines),
            "advice": self.say("advice", advice="\n").partition("\n")[0],
            "drawings": self._drawings(question, namespace) if begun and not stopped else [],
        }

    def _drawings(self, question, namespace):
        drawn = []
        for drawing in self.stage["drawings"].values():
            if drawing["function"] != question:
                continue
            from capas_check import picture

            self.at("")
            one, function = picture.Drawing(**drawing), namespace.get(question)
            answer = self.grader.run_limited(LIMIT, functools.partial(picture.compare, one, function, self.say))
            values = [] if answer.values is None else [float(value) for value in answer.values]
            drawn.append(
                {
                    "kind": one.kind,
                    "title": one.title,
                    "x": [float(place) for place in one.x],
                    "right": list(one.right),
                    "values": [value if math.isfinite(value) else None for value in values],
                    "stretches": [list(stretch) for stretch in answer.stretches],
                    "agrees": bool(answer.agrees),
                    "lines": list(answer.lines),
                    "axis": one.argument if one.kind == "curve" else self.say(f"draw_{one.kind}_axis"),
                    "mine": self.say("draw_mine", name=one.function),
                    "correct": self.say("draw_right"),
                }
            )
        return drawn
