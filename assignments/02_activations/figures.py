"""Pictures of stage 02: a layer, the jacket, and the activations with their derivatives."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from reference import (  # pyright: ignore[reportMissingImports]
    numerical_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)

from capas.course.figures import figure
from capas.course.network_drawing import ACCENT, INK, PALE, SECOND, draw_network


@figure(
    es="Una capa en dos pasos. Primero, todas las entradas x₁, x₂ llegan por flechas a cada una de las sumas a₁, a₂ y "
    "a₃: la combinación lineal. Después cada suma pasa sola por una caja con la activación f, un trazo doblado, y da "
    "su salida y₁, y₂ o y₃.",
    en="A layer in two steps. First all the inputs x₁, x₂ lead by arrows to each of the sums a₁, a₂, a₃: the linear "
    "combination. Then each sum goes by itself through a box with the activation f, a bent stroke, and gives its "
    "output y₁, y₂ or y₃.",
)
def layer_in_two_steps(language: str) -> Figure:
    words = {
        "es": ("1. combinación lineal", "mezcla todas las entradas", "2. no linealidad", "cada suma por separado"),
        "en": ("1. linear combination", "mixes all the inputs", "2. non-linearity", "each sum by itself"),
    }[language]
    picture, axes = plt.subplots(figsize=(7.2, 4.6), layout="constrained")
    values = {(0, i): f"$x_{i + 1}$" for i in range(2)} | {(1, j): f"$a_{j + 1}$" for j in range(3)}
    arrows = {((0, i), (1, j)): "" for i in range(2) for j in range(3)} | {((0, 0), (1, 0)): "$w_{11}$"}
    places = draw_network(axes, [2, 3], values=values, arrows=arrows, radius=0.26, gaps=(2.7, 0.85))
    line = {"arrowstyle": "-|>", "color": ACCENT, "linewidth": 2.0, "shrinkA": 0, "shrinkB": 0}
    for j in range(3):
        x, y = places[1, j]
        box = {"boxstyle": "round,pad=0.06", "facecolor": "white", "edgecolor": ACCENT, "linewidth": 1.8}
        axes.add_patch(FancyBboxPatch((x + 1.1, y - 0.22), 0.5, 0.44, **box))
        axes.plot([x + 1.1, x + 1.35, x + 1.58], [y - 0.12, y - 0.12, y + 0.16], color=ACCENT, linewidth=2.4)
        axes.annotate("", (x + 1.04, y), (x + 0.26, y), arrowprops=line)
        axes.annotate("", (x + 2.44, y), (x + 1.66, y), arrowprops=line)
        axes.add_patch(Circle((x + 2.7, y), 0.26, facecolor="white", edgecolor=INK, linewidth=1.4))
        axes.text(x + 2.7, y, f"$y_{j + 1}$", ha="center", va="center")
    axes.text(2.7 + 1.35, 1.22, "$f$", ha="center", va="bottom", color=ACCENT, fontsize=14)
    for middle, color, title, note, formula in (
        (1.35, SECOND, words[0], words[1], r"$\mathbf{a} = \mathbf{x}\,W + \mathbf{b}$"),
        (4.05, ACCENT, words[2], words[3], "$y_j = f(a_j)$"),
    ):
        axes.plot([middle - 1.1, middle + 1.1], [-1.28, -1.28], color=color, linewidth=2)
        axes.text(middle, -1.42, title, ha="center", va="top", color=color, weight="bold")
        axes.text(middle, -1.72, note, ha="center", va="top", color=color)
        axes.text(middle, -2.04, formula, ha="center", va="top", color=color, fontsize=14)
    axes.set_xlim(-0.35, 5.75)
    axes.set_ylim(-2.4, 1.5)
    return picture


@figure(
    es="La chaqueta como escalón. La temperatura baja de izquierda a derecha: en 24, 20 y 17 grados la respuesta es 0; "
    "pasado el umbral de 16 salta a 1, y en 14 y 9 grados es 1. En 16 justos hay un punto lleno en 0 y uno vacío en 1.",
    en="The jacket as a step. Temperature falls from left to right: at 24, 20 and 17 degrees the answer is 0; past the "
    "threshold of 16 it jumps to 1, and at 14 and 9 degrees it is 1. At exactly 16 there is a filled point on 0 and an "
    "empty one on 1.",
)
def jacket_step(language: str) -> Figure:
    words = {
        "es": {
            "x": "temperatura $T$ (baja →)",
            "threshold": "umbral 16",
            "answers": ("0: no", "1: sí"),
            "y": "chaqueta",
        },
        "en": {
            "x": "temperature $T$ (falling →)",
            "threshold": "threshold 16",
            "answers": ("0: no", "1: yes"),
            "y": "jacket",
        },
    }[language]
    picture, axes = plt.subplots(figsize=(7.2, 3.3), layout="constrained")
    axes.plot([26, 16], [0, 0], color=ACCENT)
    axes.plot([16, 7], [1, 1], color=ACCENT)
    axes.axvline(16, color=SECOND, linestyle="--", linewidth=1.6)
    axes.text(16.25, 0.5, words["threshold"], color=SECOND, ha="right", va="center")
    for temperature in (24, 20, 17, 14, 9):
        answer = float(temperature < 16)
        axes.plot(temperature, answer, "s", color=INK, markersize=9)
        axes.annotate(f"{temperature}", (temperature, answer), (0, 9), textcoords="offset points", ha="center")
    axes.plot(16, 0, "o", color=ACCENT, markersize=11)
    axes.plot(16, 1, "o", color=ACCENT, markerfacecolor="white", markeredgewidth=2, markersize=11)
    axes.annotate("16", (16, 0), (10, 7), textcoords="offset points", color=ACCENT, weight="bold")
    axes.set(xlim=(26, 7), ylim=(-0.3, 1.3), xlabel=words["x"], ylabel=words["y"], xticks=range(26, 6, -2))
    axes.set_yticks([0, 1], words["answers"])
    return picture


@figure(
    es="Tres gráficas con la función en línea continua, su derivada a trazos y el rango marcado en el margen. "
    "Sigmoide: una S de 0 a 1, derivada con máximo 0.25 en 0. Tanh: una S de −1 a 1, derivada con máximo 1 en 0. ReLU: "
    "0 hasta a = 0 y después la recta y = a, derivada 0 y luego 1; su rango incluye el 0 y no tiene fin.",
    en="Three graphs with the function as a solid line, its derivative dashed and the range marked in the margin. "
    "Sigmoid: an S from 0 to 1, derivative with maximum 0.25 at 0. Tanh: an S from −1 to 1, derivative with maximum 1 "
    "at 0. ReLU: 0 up to a = 0, then the line y = a, derivative 0 and then 1; its range includes 0 and has no end.",
)
def activation_graphs(language: str) -> Figure:
    words = {
        "es": {"names": ("sigmoide", "tanh", "ReLU"), "range": "rango", "f": "función", "d": "derivada"},
        "en": {"names": ("sigmoid", "tanh", "ReLU"), "range": "range", "f": "function", "d": "derivative"},
    }[language]
    picture, panels = plt.subplots(1, 3, figsize=(7.6, 4.0), layout="constrained")
    a = np.linspace(-5, 5, 501)
    rows = (
        (sigmoid, sigmoid_derivative, (-0.1, 1.15), "(0, 1)", (0, 1)),
        (tanh, tanh_derivative, (-1.2, 1.3), "(−1, 1)", (-1, 1)),
        (relu, relu_derivative, (-0.5, 5.75), "[0, ∞)", (0, 5.6)),
    )
    for axes, name, (f, derivative, limits, text, ends) in zip(panels, words["names"], rows, strict=True):
        axes.plot(a, f(a), color=ACCENT, label=words["f"])
        slope = derivative(a)
        slope[:-1][np.diff(slope) == 1] = np.nan
        axes.plot(a, slope, color=SECOND, linestyle="--", label=words["d"])
        _range(axes, ends, words["range"], endless="∞" in text)
        axes.set_title(f"{name}\n{words['range']} {text}")
        axes.set(xlim=(-6.2, 5), ylim=limits, xlabel="$a$", xticks=(-5, 0, 5))
    for axes, top in zip(panels, (0.25, 1.0), strict=False):
        axes.plot(0, top, "D", color=SECOND, markersize=6)
        axes.annotate(f"{top:g}", (0, top), (7, 2), textcoords="offset points", color=SECOND)
    panels[0].set_yticks([0, 0.25, 0.5, 0.75, 1])
    panels[1].set_yticks([-1, -0.5, 0, 0.5, 1])
    panels[2].plot(0, 0, "o", color=SECOND, markersize=7)
    panels[2].plot(0, 1, "o", color=SECOND, markerfacecolor="white", markersize=7)
    picture.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return picture


def _range(axes: Axes, ends: tuple[float, float], name: str, endless: bool) -> None:
    """Mark the range as a bar in the left margin: empty circles for ends out of reach, an arrow for no end."""
    x = -5.6
    axes.plot([x, x], ends, color=INK, linewidth=3.5, solid_capstyle="butt", label=name)
    filled = INK if endless else "white"
    axes.plot(x, ends[0], "o", color=INK, markerfacecolor=filled, markersize=7)
    axes.plot(x, ends[1], "^" if endless else "o", color=INK, markerfacecolor=filled, markersize=7)
    for end in ends[: 1 if endless else 2]:
        axes.axhline(end, color=PALE, linestyle=":", linewidth=1.3, zorder=1)


@figure(
    es="A la izquierda, ReLU cerca de 0: plana a la izquierda, pendiente 0, y recta que sube a la derecha, pendiente "
    "1; en 0 hay una esquina. A la derecha, su derivada: un escalón que vale 0 hasta a = 0, con el punto lleno, y 1 "
    "después, con el punto vacío.",
    en="On the left, ReLU near 0: flat on the left, slope 0, and a rising line on the right, slope 1; there is a "
    "corner at 0. On the right, its derivative: a step that is 0 up to a = 0, with the point filled, and 1 after it, "
    "with the point empty.",
)
def relu_corner(language: str) -> Figure:
    words = {
        "es": {
            "slope": "pendiente",
            "corner": "esquina:\nsin derivada",
            "d": "derivada",
            "rule": "en 0, por\nconvención, 0",
        },
        "en": {
            "slope": "slope",
            "corner": "corner:\nno derivative",
            "d": "derivative",
            "rule": "at 0, by\nconvention, 0",
        },
    }[language]
    picture, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.7), layout="constrained")
    marked = np.array([-2.0, -0.5, 0.5, 3.0])
    ends = np.array([-2.6, 0.0, 3.2])
    left.plot(ends, relu(ends), color=ACCENT)
    left.plot(marked, relu(marked), "s", color=INK, markersize=6)
    left.plot(0, 0, "o", color=ACCENT, markersize=11)
    left.text(-1.3, 0.22, f"{words['slope']} 0", ha="center", color=ACCENT)
    left.text(1.6, 2.05, f"{words['slope']} 1", ha="right", color=ACCENT)
    left.annotate(
        words["corner"],
        (0.05, -0.06),
        (0.8, -0.55),
        color=SECOND,
        va="center",
        arrowprops={"arrowstyle": "->", "color": SECOND},
    )
    left.set_title("$\\mathrm{relu}(a)$")
    left.set(xlim=(-2.6, 3.2), ylim=(-1, 3.3), xlabel="$a$", yticks=range(-1, 4))
    right.plot([-2.6, 0], [0, 0], color=ACCENT, linestyle="--")
    right.plot([0, 3.2], [1, 1], color=ACCENT, linestyle="--")
    right.plot(marked, relu_derivative(marked), "s", color=INK, markersize=6)
    right.plot(0, 0, "o", color=ACCENT, markersize=11)
    right.plot(0, 1, "o", color=ACCENT, markerfacecolor="white", markeredgewidth=2, markersize=11)
    right.annotate(
        words["rule"],
        (0.12, 0.0),
        (0.7, 0.32),
        color=SECOND,
        va="center",
        arrowprops={"arrowstyle": "->", "color": SECOND},
    )
    right.set_title(words["d"])
    right.set(xlim=(-2.6, 3.2), ylim=(-0.25, 1.25), xlabel="$a$", yticks=(0, 0.5, 1))
    return picture


@figure(
    es="La curva a³ cerca de a = 1 y tres rectas. La tangente en 1 tiene pendiente 3. La cuerda central, entre a = 0.5 "
    "y a = 1.5, tiene pendiente 3.25 y es casi paralela a la tangente. La cuerda hacia delante, entre 1 y 1.5, tiene "
    "pendiente 4.75 y sube demasiado.",
    en="The curve a³ near a = 1 and three straight lines. The tangent at 1 has slope 3. The central chord, between "
    "a = 0.5 and a = 1.5, has slope 3.25 and is almost parallel to the tangent. The forward chord, between 1 and 1.5, "
    "has slope 4.75 and rises too steeply.",
)
def central_difference(language: str) -> Figure:
    words = {
        "es": {
            "tangent": "tangente",
            "central": "cuerda central",
            "forward": "cuerda hacia delante",
            "slope": "pendiente",
        },
        "en": {"tangent": "tangent", "central": "central chord", "forward": "forward chord", "slope": "slope"},
    }[language]

    def cube(a):
        return a**3

    point, h = 1.0, 0.5
    slopes = {
        "tangent": 3 * point**2,
        "central": float(numerical_derivative(cube, point, h)),
        "forward": (cube(point + h) - cube(point)) / h,
    }
    picture, axes = plt.subplots(figsize=(7.2, 4.6), layout="constrained")
    a = np.linspace(0.25, 1.68, 200)
    axes.plot(a, cube(a), color=INK, linewidth=3, label="$a^3$")
    for key, start, color, style in (
        ("tangent", point, ACCENT, "-"),
        ("central", point - h, SECOND, "--"),
        ("forward", point, "#009E73", "-."),
    ):
        around = np.array([0.7, 1.6]) if key == "tangent" else np.array([start - 0.09, point + h + 0.1])
        label = f"{words[key]}: {words['slope']} {slopes[key]:g}"
        axes.plot(around, cube(start) + slopes[key] * (around - start), color=color, linestyle=style, label=label)
    for at in (point - h, point, point + h):
        axes.plot(at, cube(at), "o", color=INK, markersize=9, zorder=5)
        axes.vlines(at, -0.8, cube(at), color=PALE, linestyle=":", linewidth=1.4)
    axes.annotate("", (point, -0.3), (point + h, -0.3), arrowprops={"arrowstyle": "<->", "color": INK})
    axes.annotate("", (point - h, -0.3), (point, -0.3), arrowprops={"arrowstyle": "<->", "color": INK})
    for middle in (point - h / 2, point + h / 2):
        axes.text(middle, -0.38, f"$h = {h:g}$", ha="center", va="top")
    axes.set(xlim=(0.25, 1.75), ylim=(-0.8, 4.6), xlabel="$a$", xticks=(0.5, 1, 1.5))
    axes.legend(loc="upper left", fontsize=12)
    return picture
