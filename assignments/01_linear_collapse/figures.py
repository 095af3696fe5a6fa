"""Pictures of stage 01: a network with no depth, a deep one, and what is left of it without non-linearities."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle
from mpl_toolkits.mplot3d import Axes3D
from numpy.typing import NDArray

from capas.course.figures import figure
from capas.course.network_drawing import ACCENT, INK, PALE, SECOND, THIRD, draw_network

LECTURE = [8, 9, 9, 9, 4]


@figure(
    es="Red sin profundidad: las entradas x₁ y x₂ unidas por flechas directamente a las salidas y₁, y₂, y₃. La flecha "
    "de x₂ a y₁ está marcada con su peso, w₂₁. Junto a cada salida está su combinación lineal.",
    en="Network with no depth: the inputs x₁ and x₂ joined by arrows straight to the outputs y₁, y₂, y₃. The arrow "
    "from x₂ to y₁ is marked with its weight, w₂₁. Next to each output stands its linear combination.",
)
def no_depth(language: str) -> Figure:
    words = {
        "es": {"in": "entrada", "out": "salida", "note": "$w_{ij}$ va de la entrada $i$ a la unidad $j$"},
        "en": {"in": "input", "out": "output", "note": "$w_{ij}$ goes from input $i$ to unit $j$"},
    }[language]
    picture, axes = plt.subplots(figsize=(7.2, 3.2), layout="constrained")
    values = {(0, i): f"$x_{i + 1}$" for i in range(2)} | {(1, j): f"$y_{j + 1}$" for j in range(3)}
    places = draw_network(axes, [2, 3], values=values, arrows={((0, 1), (1, 0)): "$w_{21}$"})
    for j in range(3):
        x, y = places[1, j]
        sum_ = rf"$y_{j + 1} = x_1 w_{{1{j + 1}}} + x_2 w_{{2{j + 1}}} + b_{j + 1}$"
        axes.text(x + 0.4, y, sum_, va="center", fontsize=14, color=SECOND if j == 0 else INK)
    axes.text(0, -1.25, words["in"], ha="center", weight="bold")
    axes.text(2, -1.25, words["out"], ha="center", weight="bold")
    axes.text(2.55, -1.25, words["note"], color=SECOND)
    axes.set_xlim(-0.4, 5.2)
    axes.set_ylim(-1.4, 1.1)
    return picture


@figure(
    es="Red de 5 columnas de círculos con 8, 9, 9, 9 y 4 unidades, cada una unida a todas las de la columna siguiente. "
    "Señala una capa (una columna), una unidad o perceptrón (un círculo), una flecha con su peso w_ij, las capas de "
    "entrada, escondidas y de salida, el ancho 9 y la profundidad 3.",
    en="Network of 5 columns of circles with 8, 9, 9, 9 and 4 units, each joined to all those of the next column. It "
    "points out a layer (a column), a unit or perceptron (a circle), an arrow with its weight w_ij, the input, hidden "
    "and output layers, the width 9 and the depth 3.",
)
def deep_network(language: str) -> Figure:
    words = {
        "es": {
            "layer": "una capa",
            "unit": "una unidad\n(perceptrón)",
            "arrow": "una flecha:\nun peso $w_{ij}$",
            "names": ("entrada", "capas escondidas", "salida"),
            "depth": "profundidad 3",
            "width": "ancho 9",
        },
        "en": {
            "layer": "a layer",
            "unit": "a unit\n(perceptron)",
            "arrow": "an arrow:\na weight $w_{ij}$",
            "names": ("input", "hidden layers", "output"),
            "depth": "depth 3",
            "width": "width 9",
        },
    }[language]
    picture, axes = plt.subplots(figsize=(6.4, 5.1), layout="constrained")
    places = draw_network(
        axes,
        LECTURE,
        values={(3, 8): "$i$", (4, 3): "$j$"},
        arrows={((3, 8), (4, 3)): ""},
        highlighted=[(4, 0)],
    )
    top, bottom = places[1, 0][1] + 0.22, places[1, 8][1] - 0.22
    x, _ = places[1, 0]
    axes.add_patch(
        FancyBboxPatch((x - 0.28, bottom), 0.56, top - bottom, boxstyle="round,pad=0.12", fc="none", ec=THIRD, lw=2.4)
    )
    axes.text(x, top + 0.3, words["layer"], ha="center", color=THIRD, weight="bold")
    clear = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    axes.text(8.1, 1.65, words["unit"], ha="center", va="bottom", color=ACCENT, weight="bold", bbox=clear)
    axes.text(8.25, -1.9, words["arrow"], ha="center", va="top", color=SECOND, weight="bold")
    for y in (top, bottom):
        axes.plot([places[3, 0][0] + 0.35, 9.75], [y, y], color=PALE, lw=1.2, ls=":")
    _span(axes, (9.55, bottom), (9.55, top))
    axes.text(9.75, 0, words["width"], va="center", weight="bold")
    names, floor = words["names"], bottom - 0.6
    for layer, size in enumerate(LECTURE):
        axes.text(2 * layer, floor - 0.5, f"{size}", ha="center", va="center")
    for layer, name in zip((0, 2, 4), names, strict=True):
        axes.text(2 * layer, floor, name, ha="center", va="center", weight="bold")
    _span(axes, (1.7, floor - 0.85), (6.3, floor - 0.85))
    axes.text(4, floor - 1.25, words["depth"], ha="center", va="center", weight="bold")
    axes.set_xlim(-0.9, 11.5)
    axes.set_ylim(floor - 1.5, top + 0.75)
    return picture


def _span(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], color: str = INK, curve: float = 0.0
) -> None:
    line = {"arrowstyle": "<|-|>", "color": color, "linewidth": 1.4, "connectionstyle": f"arc3,rad={curve}"}
    axes.annotate("", end, start, arrowprops=line | {"shrinkA": 0, "shrinkB": 0})


@figure(
    es="Arriba, rectángulos de casillas: W₁ de 8×9 por W₂ de 9×4 da una de 8×4; la fila i de la primera y la columna k "
    "de la segunda, de 9 casillas las dos, acaban en una sola casilla, y el 9 desaparece. Abajo, lo mismo en redes: "
    "los nueve caminos de la entrada i a la salida k se vuelven una sola flecha.",
    en="Above, rectangles of cells: W₁ of 8×9 times W₂ of 9×4 gives one of 8×4; row i of the first and column k of the "
    "second, 9 cells each, end in a single cell, and the 9 vanishes. Below, the same as networks: the nine paths from "
    "input i to output k become one arrow.",
)
def collapse_shapes(language: str) -> Figure:
    words = {
        "es": {"inside": "el 9 desaparece", "paths": "nueve caminos", "arrow": "una flecha, $w^*_{ik}$"},
        "en": {"inside": "the 9 vanishes", "paths": "nine paths", "arrow": "one arrow, $w^*_{ik}$"},
    }[language]
    picture, (above, below) = plt.subplots(2, 1, figsize=(7.2, 6.6), height_ratios=[1, 1.1], layout="constrained")
    row, column = 2, 1
    _matrix(above, (0, 0), "$W_1$", (8, 9), [(row, j) for j in range(9)], inside="columns")
    _matrix(above, (13, -0.5), "$W_2$", (9, 4), [(j, column) for j in range(9)], inside="rows")
    _matrix(above, (22, 0), "$W^*$", (8, 4), [(row, column)])
    above.text(10.6, 4, "·", ha="center", va="center", fontsize=26)
    above.text(19.2, 4, "=", ha="center", va="center", fontsize=22)
    above.text(-0.7, 8 - row - 0.5, "$i$", va="center", ha="center", color=SECOND)
    above.text(21.3, 8 - row - 0.5, "$i$", va="center", ha="center", color=SECOND)
    above.text(13 + column + 0.5, -1.2, "$k$", va="center", ha="center", color=SECOND)
    above.text(22 + column + 0.5, -0.7, "$k$", va="center", ha="center", color=SECOND)
    _span(above, (5.3, 8.9), (12.3, 4.4), color=SECOND, curve=-0.35)
    above.text(10.4, 9.6, words["inside"], ha="center", va="center", color=SECOND, weight="bold")
    above.set_xlim(-2.4, 27.5)
    above.set_ylim(-3.0, 10.4)
    above.set_aspect("equal")
    above.axis("off")

    left, right = below.inset_axes((0.0, 0.0, 0.58, 0.88)), below.inset_axes((0.66, 0.0, 0.34, 0.88))
    paths = {((0, row), (1, j)): "" for j in range(9)} | {((1, j), (2, column)): "" for j in range(9)}
    same = {"radius": 0.28, "gaps": (3.2, 0.7)}
    draw_network(left, [8, 9, 4], values={(0, row): "$i$", (2, column): "$k$"}, arrows=paths, **same)
    one = {((0, row), (1, column)): ""}
    draw_network(right, [8, 4], values={(0, row): "$i$", (1, column): "$k$"}, arrows=one, **same)
    right.set_ylim(left.get_ylim())
    left.set_title(words["paths"], color=SECOND)
    right.set_title(words["arrow"], color=SECOND)
    below.text(0.62, 0.44, "=", ha="center", va="center", fontsize=22)
    below.axis("off")
    return picture


def _matrix(
    axes: Axes,
    corner: tuple[float, float],
    name: str,
    shape: tuple[int, int],
    marked: list[tuple[int, int]],
    inside: str = "",
) -> None:
    """Draw a matrix of cells with its two sizes; ``inside`` says which of them the product loses."""
    (rows, columns), (x, y) = shape, corner
    for i in range(rows):
        for j in range(columns):
            stressed: dict[str, Any] = (
                {"facecolor": "#F6C9A8", "hatch": "////"} if (i, j) in marked else {"facecolor": "white"}
            )
            axes.add_patch(Rectangle((x + j, y + rows - 1 - i), 1, 1, edgecolor=PALE, linewidth=0.8, **stressed))
    axes.add_patch(Rectangle(corner, columns, rows, facecolor="none", edgecolor=INK, linewidth=1.8))
    lost = {"color": SECOND, "weight": "bold", "fontsize": 15, "ha": "center", "va": "center"}
    kept = lost | {"color": INK, "fontsize": 13}
    axes.text(x + columns / 2, y + rows + 0.8, f"{columns}", **(lost if inside == "columns" else kept))
    axes.text(x - 0.7, y + rows / 2 - 0.6, f"{rows}", **(lost if inside == "rows" else kept))
    axes.text(x + columns / 2, y - 1.9, name, ha="center", va="center", fontsize=17, color=ACCENT)


@figure(
    es="A la izquierda, la red: de la entrada x salen dos flechas con pesos 1 y −1, y las dos unidades llegan a la "
    "salida con pesos 1 y 1. A la derecha, su gráfica entre −3 y 3: sin ReLU es una recta plana en 0; con ReLU, una V, "
    "|x|. En x = 3 y x = −2 la V vale 3 y 2; la recta, 0.",
    en="On the left, the network: two arrows with weights 1 and −1 leave the input x, and both units reach the output "
    "with weights 1 and 1. On the right, its graph between −3 and 3: without ReLU a flat line at 0; with ReLU a V, "
    "|x|. At x = 3 and x = −2 the V is at 3 and 2, the line at 0.",
)
def bent_line(language: str) -> Figure:
    words = {
        "es": {
            "with": "con ReLU: $|x|$",
            "without": "sin ReLU: siempre 0",
            "out": "salida",
            "network": "los mismos pesos,\ncon ReLU y sin ella",
        },
        "en": {
            "with": "with ReLU: $|x|$",
            "without": "without ReLU: always 0",
            "out": "output",
            "network": "the same weights,\nwith ReLU and without",
        },
    }[language]
    picture, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.5), width_ratios=[1, 1.5], layout="constrained")
    W1, W2 = np.array([[1.0, -1.0]]), np.array([[1.0], [1.0]])
    arrows = {((0, 0), (1, 0)): "", ((0, 0), (1, 1)): "", ((1, 0), (2, 0)): "", ((1, 1), (2, 0)): ""}
    draw_network(left, [1, 2, 1], values={(0, 0): "$x$", (2, 0): "$y$"}, arrows=arrows, radius=0.32, gaps=(1.7, 2.0))
    for column, y, weight in ((0.75, 0.78, "1"), (0.75, -0.78, "−1"), (2.65, 0.78, "1"), (2.65, -0.78, "1")):
        left.text(column, y, weight, color=SECOND, ha="center", va="center", fontsize=14)
    for y in (1.0, -1.0):
        left.plot([1.5, 1.7, 1.88], [y - 0.09, y - 0.09, y + 0.13], color=ACCENT, zorder=5)
    left.text(1.7, -1.95, words["network"], ha="center", va="top")
    left.set_ylim(-2.9, 1.6)
    x = np.linspace(-3, 3, 601)[:, np.newaxis]
    right.plot(x, np.maximum(0, x @ W1) @ W2, color=ACCENT)
    right.plot(x, x @ W1 @ W2, color=SECOND, linestyle="--")
    marked = np.array([[-2.0], [3.0]])
    right.plot(marked, np.maximum(0, marked @ W1) @ W2, "o", color=ACCENT, clip_on=False, markersize=9)
    right.plot(marked, marked @ W1 @ W2, "s", color=SECOND, clip_on=False, markersize=8)
    right.vlines(marked[:, 0], 0, np.abs(marked[:, 0]), color=PALE, linestyle=":", zorder=1)
    right.annotate("2", (-2, 2), (10, 2), textcoords="offset points", color=ACCENT)
    right.annotate("3", (3, 3), (-8, 8), textcoords="offset points", color=ACCENT, ha="right")
    right.text(0, 2.5, words["with"], color=ACCENT, ha="center")
    right.text(0, -0.25, words["without"], color=SECOND, ha="center", va="top")
    right.set(xlim=(-3, 3), ylim=(-0.8, 3.2), xlabel="$x$", ylabel=words["out"], xticks=range(-3, 4), yticks=range(4))
    return picture


@figure(
    es="El «o exclusivo» pide 1 en (0, 1) y (1, 0), y 0 en (0, 0) y (1, 1). A la izquierda, sin ReLU: un plano, que "
    "acierta en tres puntos y en (1, 1) da 2 en vez de 0; su frontera es una recta que deja ese punto del lado "
    "equivocado. A la derecha, con ReLU: el plano se dobla en un valle que pasa por los cuatro puntos, y la frontera "
    "son dos rectas que separan los ceros de los unos.",
    en="Exclusive or asks for 1 at (0, 1) and (1, 0), and 0 at (0, 0) and (1, 1). On the left, without ReLU: a plane, "
    "right at three points and 2 instead of 0 at (1, 1); its border is a straight line that leaves that point on the "
    "wrong side. On the right, with ReLU: the plane is folded into a valley through all four points, and the border is "
    "two lines that part the zeros from the ones.",
)
def xor_plane(language: str) -> Figure:
    words = {
        "es": {"without": "sin ReLU: un plano", "with": "con ReLU: el plano se dobla", "wrong": "mal", "out": "salida"},
        "en": {
            "without": "without ReLU: a plane",
            "with": "with ReLU: the plane folds",
            "wrong": "wrong",
            "out": "output",
        },
    }[language]
    W1, W2 = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([[1.0], [1.0]])
    outputs = {
        "without": lambda x: x.sum(axis=-1),
        "with": lambda x: (np.maximum(0, x @ W1) @ W2)[..., 0],
    }
    picture = plt.figure(figsize=(7.2, 7.0))
    for place, (name, output) in enumerate(outputs.items()):
        space = picture.add_axes((0.0 + 0.5 * place, 0.49, 0.48, 0.46), projection="3d")
        assert isinstance(space, Axes3D)
        _surface(space, output)
        space.text2D(-0.02, 0.86, words["out"], transform=space.transAxes)
        space.set_title(words[name], pad=0)
        flat = picture.add_axes((0.09 + 0.5 * place, 0.06, 0.38, 0.39))
        _border(flat, output, words["wrong"])
    return picture


_CORNERS = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
_WANTED = np.array([0, 0, 1, 1])


def _surface(axes: Axes3D, output: Callable[[NDArray], NDArray]) -> None:
    side = np.linspace(0, 1, 41)
    x1, x2 = np.meshgrid(side, side)
    height = output(np.stack([x1, x2], axis=-1))
    axes.plot_surface(x1, x2, height, color=ACCENT, alpha=0.35, rcount=8, ccount=8, edgecolor=ACCENT, linewidth=0.4)
    for (x, y), wanted in zip(_CORNERS, _WANTED, strict=True):
        got = float(output(np.array([x, y])))
        axes.plot([x, x], [y, y], [wanted, got], color=SECOND, linestyle=":")
        axes.plot(
            [x],
            [y],
            [wanted],
            marker="s" if wanted else "o",
            color=SECOND if wanted else "white",
            markeredgecolor=INK,
            markersize=9,
        )
    axes.set(xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1], zticks=[0, 1, 2], zlim=(0, 2))
    axes.set_box_aspect((4, 4, 3))
    axes.view_init(elev=20, azim=-122)


def _border(axes: Axes, output: Callable[[NDArray], NDArray], wrong: str) -> None:
    side = np.linspace(-0.35, 1.35, 401)
    x1, x2 = np.meshgrid(side, side)
    height = output(np.stack([x1, x2], axis=-1))
    regions = axes.contourf(x1, x2, height, levels=[-9, 0.5, 9], colors=["white", "#D9E9F4"], hatches=["", "//"])
    regions.set_edgecolor("#8FB4CF")
    regions.set_linewidth(0)
    axes.contour(x1, x2, height, levels=[0.5], colors=ACCENT, linewidths=2.4)
    axes.plot([0, 1], [0, 1], color=INK, linestyle=":", linewidth=1.2)
    axes.plot([0, 1], [1, 0], color=INK, linestyle=":", linewidth=1.2)
    for (x, y), wanted in zip(_CORNERS, _WANTED, strict=True):
        face = SECOND if wanted else "white"
        axes.plot(x, y, marker="s" if wanted else "o", color=face, markeredgecolor=INK, markersize=19)
        axes.text(x, y, f"{wanted}", ha="center", va="center", weight="bold", color="white" if wanted else INK)
        if (output(np.array([x, y])) > 0.5) != wanted:
            axes.text(
                x,
                y + 0.2,
                wrong,
                ha="center",
                va="center",
                weight="bold",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
    axes.set(xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
    axes.grid(False)
    axes.set_aspect("equal")
