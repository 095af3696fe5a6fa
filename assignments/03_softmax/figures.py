"""Pictures of stage 03: what softmax does to a set of numbers, its derivative, and what it cannot see."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from reference import softmax, softmax_jacobian  # pyright: ignore[reportMissingImports]

from capas.course.figures import figure
from capas.course.network_drawing import ACCENT, INK, PALE, SECOND, THIRD

LECTURE = np.array([-0.21, 0.47, 1.72])
EIGHT = np.log([1, 2, 5])
COLORS, HATCHES = (SECOND, THIRD, ACCENT), ("//", "", "..")
GARMENTS = {"es": ("camiseta", "suéter", "chaqueta"), "en": ("T-shirt", "sweater", "jacket")}


def _bars(axes: Axes, heights: np.ndarray, labels: list[str]) -> BarContainer:
    bars = axes.bar(range(len(heights)), heights, color=COLORS, edgecolor="white", linewidth=0, width=0.75)
    for bar, hatch in zip(bars, HATCHES, strict=True):
        bar.set_hatch(hatch)
    axes.bar_label(bars, labels, padding=3, fontsize=12)
    axes.axhline(0, color=INK, linewidth=1.2)
    axes.grid(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_yticks([])
    axes.margins(y=0.16)
    return bars


@figure(
    es="Tres gráficas de barras para camiseta, suéter y chaqueta, de izquierda a derecha. Los números que llegan: "
    "−0.21, 0.47 y 1.72, el primero negativo. Sus exponenciales: 0.8106, 1.6000 y 5.5845, todas positivas, "
    "suman 7.9951. Divididas entre la suma: 0.1014, 0.2001 y 0.6985, que suman 1.",
    en="Three bar charts for T-shirt, sweater and jacket, from left to right. The numbers that come in: −0.21, 0.47 "
    "and 1.72, the first of them negative. Their exponentials: 0.8106, 1.6000 and 5.5845, all positive, with sum "
    "7.9951. Divided by the sum: 0.1014, 0.2001 and 0.6985, which add up to 1.",
)
def softmax_steps(language: str) -> Figure:
    words = {
        "es": ("llegan", "1. exponencial", "2. su parte del total", "suma"),
        "en": ("they come in", "1. exponential", "2. share of the total", "sum"),
    }[language]
    picture, panels = plt.subplots(1, 3, figsize=(7.6, 4.0), layout="constrained")
    exponentials = np.exp(LECTURE)
    columns = (
        (LECTURE, "{:.2f}", "$a_i$", ""),
        (exponentials, "{:.4f}", "$e^{a_i}$", f"{words[3]} {exponentials.sum():.4f}"),
        (softmax(LECTURE), "{:.4f}", r"$\sigma_i$", f"{words[3]} 1"),
    )
    for axes, title, (heights, form, symbol, total) in zip(panels, words, columns, strict=False):
        _bars(axes, heights, [form.format(height).replace("-", "−") for height in heights])
        axes.set_title(f"{title}\n{symbol}", fontsize=13)
        axes.set_xticks(range(3), GARMENTS[language], fontsize=10.5, va="baseline")
        axes.tick_params(bottom=False, pad=14)
        axes.set_xlabel(total, weight="bold")
    return picture


@figure(
    es="Tres curvas de probabilidad mientras el tercer número va de −5 a 8 y los otros dos se quedan quietos. La de la "
    "chaqueta sube de casi 0 a casi 1; las de suéter y camiseta bajan de 0.66 y 0.34 a casi 0. En 1.72 valen 0.70, "
    "0.20 y 0.10.",
    en="Three curves of probability while the third number goes from −5 to 8 and the other two stay put. That of the "
    "jacket rises from nearly 0 to nearly 1; those of sweater and T-shirt fall from 0.66 and 0.34 to nearly 0. At 1.72 "
    "they are at 0.70, 0.20 and 0.10.",
)
def softmax_curves(language: str) -> Figure:
    words = {
        "es": {"x": "el tercer número, $a_3$", "y": "probabilidad", "class": "el ejemplo:\n$a_3 = 1.72$"},
        "en": {"x": "the third number, $a_3$", "y": "probability", "class": "the example:\n$a_3 = 1.72$"},
    }[language]
    picture, axes = plt.subplots(figsize=(7.2, 3.9), layout="constrained")
    third = np.linspace(-5, 8, 400)
    moved = np.tile(LECTURE, (third.size, 1))
    moved[:, 2] = third
    curves, at = softmax(moved), softmax(LECTURE)
    axes.axvline(LECTURE[2], color=PALE, linestyle=":", linewidth=1.6, zorder=1)
    axes.text(LECTURE[2] + 0.15, 0.4, words["class"], va="center")
    for i, (style, marker) in enumerate((("--", "s"), ("-.", "^"), ("-", "o"))):
        axes.plot(third, curves[:, i], color=COLORS[i], linestyle=style)
        axes.plot(LECTURE[2], at[i], marker, color=COLORS[i], markersize=9)
        beside = (-38, -14) if i == 0 else (10, 4)
        axes.annotate(f"{at[i]:.2f}", (LECTURE[2], at[i]), beside, textcoords="offset points", color=COLORS[i])
    for i, (x, y, side) in enumerate(((-4.9, 0.27, "left"), (-4.9, 0.71, "left"), (7.9, 0.9, "right"))):
        name = rf"{GARMENTS[language][i]}, $\sigma_{i + 1}$"
        axes.text(x, y, name, color=COLORS[i], ha=side, va="center", weight="bold")
    axes.set(xlim=(-5, 8), ylim=(-0.02, 1.05), xlabel=words["x"], ylabel=words["y"], yticks=np.arange(0, 1.1, 0.25))
    return picture


@figure(
    es="El jacobiano como tabla de 3 por 3, en sesentaicuatroavos: 7, −2, −5; −2, 12, −10; −5, −10, 15. La diagonal es "
    "positiva y está rayada; lo demás es negativo. Cada fila y cada columna suma 0. La tercera columna, enmarcada, "
    "dice qué pasa si crece a₃: la salida 3 gana lo que pierden las otras dos.",
    en="The Jacobian as a table of 3 by 3, in sixty-fourths: 7, −2, −5; −2, 12, −10; −5, −10, 15. The diagonal is "
    "positive and hatched; the rest is negative. Every row and every column sums to 0. The third column, framed, tells "
    "what happens if a₃ grows: output 3 gains what the other two lose.",
)
def jacobian_signs(language: str) -> Figure:
    words = {
        "es": {
            "output": "salida",
            "input": "entrada que se mueve",
            "sum": "suma",
            "grows": "si crece $a_3$,\n$\\sigma_3$ gana lo que\npierden $\\sigma_1$ y $\\sigma_2$",
            "plus": "positivo",
            "minus": "negativo",
        },
        "en": {
            "output": "output",
            "input": "input that moves",
            "sum": "sum",
            "grows": "if $a_3$ grows,\n$\\sigma_3$ gains what\n$\\sigma_1$ and $\\sigma_2$ lose",
            "plus": "positive",
            "minus": "negative",
        },
    }[language]
    table = 64 * softmax_jacobian(EIGHT)
    picture, axes = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
    cells: dict[bool, dict[str, Any]] = {
        True: {"facecolor": "#BFDDEE", "hatch": "//"},
        False: {"facecolor": "#FBE3D2", "hatch": ""},
    }
    clear = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    for i in range(3):
        for j in range(3):
            cell = cells[bool(table[i, j] > 0)]
            axes.add_patch(Rectangle((j, 2 - i), 1, 1, edgecolor="#7FA9C4" if cell["hatch"] else "white", **cell))
            text = f"{table[i, j]:.0f}/64".replace("-", "−")
            axes.text(j + 0.5, 2.5 - i, text, ha="center", va="center", fontsize=14, bbox=clear)
        axes.text(-0.12, 2.5 - i, rf"$\sigma_{i + 1}$", ha="right", va="center", fontsize=14)
        axes.text(i + 0.5, 3.12, f"$a_{i + 1}$", ha="center", va="bottom", fontsize=14)
        axes.text(3.3, 2.5 - i, "0", ha="center", va="center", weight="bold")
        axes.text(i + 0.5, -0.22, "0", ha="center", va="center", weight="bold")
    axes.add_patch(Rectangle((0, 0), 3, 3, facecolor="none", edgecolor=INK, linewidth=1.6))
    axes.add_patch(Rectangle((2, 0), 1, 3, facecolor="none", edgecolor=INK, linewidth=4))
    axes.text(-0.5, 1.5, words["output"], ha="right", va="center", rotation=90)
    axes.text(1.5, 3.5, words["input"], ha="center", va="bottom")
    axes.text(3.3, -0.22, words["sum"], ha="center", va="center", weight="bold")
    axes.text(4.1, 1.6, words["grows"], ha="left", va="center", linespacing=1.5)
    for y, (positive, name) in zip((0.4, 0.0), ((True, words["plus"]), (False, words["minus"])), strict=True):
        edge = "#7FA9C4" if positive else PALE
        axes.add_patch(Rectangle((4.1, y - 0.1), 0.35, 0.25, edgecolor=edge, **cells[positive]))
        axes.text(4.58, y + 0.02, name, va="center")
    axes.set_xlim(-0.9, 5.8)
    axes.set_ylim(-0.5, 3.95)
    axes.set_aspect("equal")
    axes.axis("off")
    return picture


@figure(
    es="A la izquierda, dos vectores en barras: a = (0, ln 2, ln 5) y, debajo, b = (ln 3, ln 6, ln 15), el mismo "
    "perfil levantado ln 3 en las tres barras, con lo añadido en gris. De los dos sale, a la derecha, el mismo "
    "softmax: 0.125, 0.25 y 0.625.",
    en="On the left, two vectors as bars: a = (0, ln 2, ln 5) and, below it, b = (ln 3, ln 6, ln 15), the same profile "
    "lifted by ln 3 in all three bars, with the part added in grey. Both lead, on the right, to the same softmax: "
    "0.125, 0.25 and 0.625.",
)
def softmax_twins(language: str) -> Figure:
    words = {
        "es": {"shift": "+ ln 3 en todas", "same": "el mismo softmax"},
        "en": {"shift": "+ ln 3 everywhere", "same": "the same softmax"},
    }[language]
    shift = np.log(3)
    picture = plt.figure(figsize=(7.2, 5.0), layout="constrained")
    panels = picture.subplot_mosaic([["a", ".", "s"], ["b", ".", "s"]], width_ratios=[1, 0.28, 1])
    _bars(panels["a"], EIGHT, ["0", "ln 2", "ln 5"])
    _bars(panels["b"], EIGHT + shift, ["ln 3", "ln 6", "ln 15"])
    panels["b"].bar(range(3), shift, color="#D0D0D0", edgecolor=INK, linewidth=0.8, width=0.75)
    panels["b"].text(
        1,
        shift / 2,
        words["shift"],
        ha="center",
        va="center",
        bbox={"facecolor": "white", "pad": 2, "edgecolor": "none"},
    )
    for name in "ab":
        panels[name].set_ylim(0, (EIGHT + shift).max() * 1.18)
        panels[name].set_title(rf"$\mathbf{{{name}}}$", loc="left", fontsize=15)
        panels[name].set_xticks([])
    shares = softmax(EIGHT)
    assert np.allclose(shares, softmax(EIGHT + shift))
    _bars(panels["s"], shares, [f"{share:g}" for share in shares])
    panels["s"].set_title(f"{words['same']}\n" + r"$\sigma(\mathbf{a}) = \sigma(\mathbf{b})$")
    panels["s"].set_xticks(range(3), [rf"$\sigma_{i}$" for i in (1, 2, 3)])
    panels["s"].tick_params(bottom=False)
    for name, end in (("a", 0.62), ("b", 0.42)):
        panels[name].annotate(
            "",
            (0.0, end),
            (1.02, 0.5),
            xycoords=panels["s"].transAxes,
            textcoords=panels[name].transAxes,
            arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 2},
        )
    return picture
