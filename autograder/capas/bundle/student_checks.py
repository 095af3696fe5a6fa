"""The cell that starts a student's notebook, and `check.py`: the checks and the public cases, in one piece.

Students may open the notebook alone, under any name, in Jupyter, VS Code, Colab or JupyterLite. So the few
modules that public cases need travel inside it as readable text.
"""

import pprint
from importlib import resources
from typing import Any

from capas.files import UserError

MODULES = (
    "capas.checks.messages",
    "capas.checks.calls",
    "capas.checks.fingerprint",
    "capas.checks.otter_files",
    "capas.checks",
    "capas.checks.output",
    "capas.checks.student",
)
DRAWING = "capas.checks.drawing"

# What Otter's test-file classes need, without the rest of what Otter would install.
PACKAGES = "otter-grader>=7.0,<8 fica python-frontmatter nbformat"

WORDS = {
    "title": {
        "es": "Inicio: ejecuta esta celda primero",
        "en": "Start: run this cell first",
    },
    "comment": {
        "es": "Prepara las comprobaciones de este cuaderno. No hace falta leerla ni cambiarla.",
        "en": "Prepares the checks of this notebook. There is no need to read or change it.",
    },
    "ready": {
        "es": "Todo listo: completa las funciones y comprueba cada una.",
        "en": "All set: complete the functions and check each of them.",
    },
    "script": {
        "es": "Comprueba {file} con las pruebas públicas. Uso: python check.py [pregunta]\n\n"
        "Necesita NumPy y Otter: pip install numpy otter-grader",
        "en": "Checks {file} against the public cases. Usage: python check.py [question]\n\n"
        "Needs NumPy and Otter: pip install numpy otter-grader",
    },
    "no_file": {
        "es": "No encuentro {file} junto a check.py.",
        "en": "There is no {file} beside check.py.",
    },
    "exiting_file": {
        "es": "{file}, línea {line}: aquí tu código cierra el programa, con exit(), quit() o sys.exit(). Quítalo.",
        "en": "{file}, line {line}: here your code closes the program, with exit(), quit() or sys.exit(). Remove it.",
    },
    "broken_file": {
        "es": "{file} no se puede ejecutar:",
        "en": "{file} cannot be run:",
    },
}

_LOADER = """
def _start(modules):
    import sys, types
    sys.modules["capas"] = types.ModuleType("capas")
    for name, text in modules.items():
        module = sys.modules[name] = types.ModuleType(name)
        exec(compile(text, f"<{name}>", "exec"), module.__dict__)
    sys.modules["capas.checks"].__path__ = []
"""

_INSTALL = """
import importlib.util, sys
if importlib.util.find_spec("otter") is None:
    if sys.platform == "emscripten":
        import piplite
        await piplite.install("{packages}".split(), deps=False)
        await piplite.install({compiled!r})
    else:
        get_ipython().run_line_magic("pip", "install --quiet --no-deps {quoted}")
"""

_NOTEBOOK_END = """
_start(_modules)
from capas.checks import set_language
from capas.checks.student import Grader
set_language({language!r})
grader = Grader(_tests, {points!r}, globals(), {file!r}, _known, _drawings)
print({ready!r})
"""

_SCRIPT_END = """

def main():
    import pathlib, sys, traceback
    _start(_modules)
    from capas.checks import set_language
    from capas.checks.output import show_readable
    from capas.checks.student import Grader
    show_readable()
    set_language({language!r})
    path = pathlib.Path(__file__).with_name({file!r})
    if not path.is_file():
        sys.exit({no_file!r})
    namespace = {{"__name__": "student", "__file__": str(path)}}
    try:
        exec(compile(path.read_bytes(), path.name, "exec"), namespace)
    except SystemExit as exit:
        lines = [frame.lineno for frame in traceback.extract_tb(exit.__traceback__) if frame.filename == path.name]
        print({exiting_file!r}.format(line=lines[-1]))
        sys.exit(1)
    except Exception:
        print({broken_file!r})
        traceback.print_exc(limit=-1)
        sys.exit(1)
    grader = Grader(_tests, {points!r}, namespace, {file!r}, _known)
    for question in sys.argv[1:] or _tests:
        print(grader.check(question), end="\\n\\n")
    if not sys.argv[1:]:
        print(grader.summary())


main()
"""

Points = dict[str, tuple[float, float]]
"""Points of each question, and how many of them hidden cases decide."""


def start_cell(
    tests: dict[str, str],
    points: Points,
    known: dict[str, str],
    language: str,
    file: str,
    drawings: dict[str, dict[str, Any]],
) -> str:
    """Return the source of the notebook's first cell.

    Args:
        tests: the text of each question's public test file, in order.
        points: see `Points`.
        known: what to tell of known mistakes, see `capas.bundle.public_fingerprints`.
        language: of the messages.
        file: the notebook's name.
        drawings: what `capas.checks.drawing.draw` needs for each picture.
    """
    quoted = " ".join(f"'{package}'" for package in PACKAGES.split())
    modules, compiled = MODULES, ["numpy"]
    if drawings:
        modules, compiled = (*MODULES, DRAWING), ["numpy", "matplotlib"]
    return "".join(
        [
            # Colab shows a folded cell by this title; other notebooks show the line itself.
            f"#@title {WORDS['title'][language]}\n",
            f"# {WORDS['comment'][language]}\n",
            _INSTALL.format(packages=PACKAGES, quoted=quoted, compiled=compiled),
            _LOADER,
            _texts("_modules", {name: _module_text(name) for name in modules}),
            _texts("_tests", tests),
            _literal("_known", known),
            _literal("_drawings", drawings),
            _NOTEBOOK_END.format(language=language, points=points, file=file, ready=WORDS["ready"][language]),
        ]
    )


def check_script(tests: dict[str, str], points: Points, known: dict[str, str], language: str, file: str) -> str:
    """Return the source of `check.py`, with the same arguments as `start_cell` but for the drawings."""
    keys = ("script", "no_file", "broken_file", "exiting_file")
    words = {key: WORDS[key][language].format(file=file, line="{line}") for key in keys}
    return "".join(
        [
            f'"""{words.pop("script")}\n"""\n',
            _LOADER,
            _texts("_modules", {name: _module_text(name) for name in MODULES}),
            _texts("_tests", tests),
            _literal("_known", known),
            _SCRIPT_END.format(language=language, points=points, file=file, **words),
        ]
    )


def _module_text(name: str) -> str:
    *_, last = name.split(".")
    file = "__init__.py" if last == "checks" else f"{last}.py"
    return resources.files("capas.checks").joinpath(file).read_text(encoding="utf-8")


def _texts(name: str, texts: dict[str, str]) -> str:
    lines = [f"\n{name} = {{\n"]
    for key, text in texts.items():
        if "'''" in text or text.endswith(("'", "\\")):
            raise UserError(f"the text of {key} cannot be quoted in a notebook: it holds ''' or ends in ' or \\")
        lines.append(f"{key!r}: r'''{text}''',\n")
    return "".join([*lines, "}\n"])


def _literal(name: str, value: Any) -> str:
    return f"{name} = {pprint.pformat(value, width=120, compact=True, sort_dicts=False)}\n"
