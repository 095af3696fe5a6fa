"""Pictures of stage 04: the network as arrays, what comes out of it, and how that is compared with the targets."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from reference import forward, relu, sigmoid  # pyright: ignore[reportMissingImports]

from capas.course.figures import figure
from capas.course.network_drawing import ACCENT, INK, PALE, SECOND, THIRD, draw_network

GREY = "#6B6B6B"


def _signed(value: float) -> str:
    return f"{value:g}".replace("-", "−")


@figure(
    es="La red [8, 9, 9, 9, 4] con cinco columnas de círculos. Sobre cada columna, su arreglo y su forma: x (8,), y1,"
    " y2 e y3 (9,), y4 (4,). Bajo cada uno de los cuatro haces de flechas, su par: W1 (8, 9) y b1 (9,), W2 y W3 "
    "(9, 9) con b2 y b3 (9,), W4 (9, 4) y b4 (4,).",
    en="The network [8, 9, 9, 9, 4] with five columns of circles. Above each column, its array and its shape: x (8,),"
    " y1, y2 and y3 (9,), y4 (4,). Below each of the four bundles of arrows, its pair: W1 (8, 9) and b1 (9,), W2 "
    "and W3 (9, 9) with b2 and b3 (9,), W4 (9, 4) and b4 (4,).",
)
def network_as_arrays(language: str) -> Figure:
    words = {
        "es": ("entrada", "capas escondidas", "salida", "par"),
        "en": ("input", "hidden layers", "output", "pair"),
    }[language]
    sizes = [8, 9, 9, 9, 4]
    picture, axes = plt.subplots(figsize=(6.0, 5.0), layout="constrained")
    draw_network(axes, sizes, radius=0.2, gaps=(2.2, 0.6))
    top, bottom = 2.95, -2.85
    for layer, units in enumerate(sizes):
        name = r"$\mathbf{x}$" if layer == 0 else rf"$\mathbf{{y}}_{layer}$"
        axes.text(2.2 * layer, top, f"{name}  ({units},)", ha="center", color=ACCENT, fontsize=14)
    for place, word in zip((0.0, 4.4, 8.8), words[:3], strict=True):
        axes.text(place, top + 0.55, word, ha="center", color=INK)
    for number, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        left, right = 2.2 * number - 1.9, 2.2 * number - 0.3
        middle = (left + right) / 2
        axes.plot([left, left, right, right], [bottom + 0.15, bottom, bottom, bottom + 0.15], color=SECOND, lw=1.6)
        pair = f"$W_{number}$  ({n_in}, {n_out})\n$\\mathbf{{b}}_{number}$  ({n_out},)"
        axes.text(middle, bottom - 0.15, pair, ha="center", va="top", color=SECOND, fontsize=13, linespacing=1.5)
        axes.text(middle, bottom - 1.35, f"{words[3]} {number}", ha="center", va="top", color=INK)
    axes.set_xlim(-0.75, 9.55)
    axes.set_ylim(bottom - 1.8, top + 1.0)
    return picture


@figure(
    es="Arriba, dos veces la sigmoide entre −30 y 30, con rayas donde es casi plana. Abajo, histogramas de la suma de"
    " una unidad con 100 entradas. Con s = 1 las sumas se reparten de −30 a 30 y la mayoría cae en las zonas "
    "planas; con s = 0.1 todas caen en el centro, donde la curva sube.",
    en="Above, the sigmoid from −30 to 30, twice, hatched where it is almost flat. Below, histograms of the sum of a "
    "unit with 100 inputs. With s = 1 the sums spread from −30 to 30 and most fall in the flat zones; with s = 0.1"
    " all of them fall in the middle, where the curve rises.",
)
def spread_of_sums(language: str) -> Figure:
    words = {
        "es": ("sigmoide", "suma $a$ de la unidad", "unidades", "{:.0f} %\nsaturadas", "saturada"),
        "en": ("sigmoid", "sum $a$ of the unit", "units", "{:.0f}%\nsaturated", "saturated"),
    }[language]
    generator = np.random.default_rng(4)
    inputs = generator.choice([-1.0, 1.0], size=100)
    # Beyond ±4.6 the derivative of the sigmoid is below 0.01, a twenty-fifth of the largest.
    flat = np.log(99.0)
    curve = np.linspace(-30, 30, 601)
    picture, axes = plt.subplots(2, 2, figsize=(7.2, 4.6), sharex=True, sharey="row", layout="constrained")
    for column, s in enumerate((1.0, 0.1)):
        sums = inputs @ generator.normal(0.0, s, size=(100, 4000))
        above, below = axes[:, column]
        above.plot(curve, sigmoid(curve), color=ACCENT)
        above.set_title(f"$s = {s:g}$")
        below.hist(sums, bins=np.arange(-30, 31).tolist(), color=ACCENT, edgecolor="white", linewidth=0.4, zorder=3)
        for ax in (above, below):
            for left, right in ((-30, -flat), (flat, 30)):
                ax.axvspan(left, right, facecolor="none", edgecolor=PALE, hatch="///", linewidth=0, zorder=0)
            ax.grid(visible=False)
        share = words[3].format(100 * np.mean(np.abs(sums) > flat))
        below.text(
            0.03, 0.93, share, transform=below.transAxes, va="top", fontweight="bold", color=SECOND, bbox=_white()
        )
        below.set_xlabel(words[1])
        below.set_xlim(-30, 30)
        below.set_xticks([-20, -10, 0, 10, 20])
        for place in (-17.3, 17.3):
            above.text(place, 0.5, words[4], ha="center", va="center", color=GREY, fontsize=11, bbox=_white())
    axes[0, 0].set_ylabel(words[0])
    axes[1, 0].set_ylabel(words[2])
    return picture


def _white() -> dict[str, object]:
    return {"facecolor": "white", "edgecolor": "none", "pad": 2.0}


@figure(
    es="La red [2, 3, 2] con sus números dentro. Entran 1 y 2; las unidades escondidas suman −1, 2 y 3 y, tras la "
    "ReLU, valen 0, 2 y 3; las de salida suman −1 y 2 y valen 0 y 2. Las flechas llevan sus pesos. Resaltado, el "
    "camino de la última suma: 0 por 1, 2 por −2 y 3 por 1, más el sesgo 3, son 2.",
    en="The network [2, 3, 2] with its numbers inside. 1 and 2 go in; the hidden units add up to −1, 2 and 3 and, "
    "after ReLU, are 0, 2 and 3; those of the output add up to −1 and 2 and are 0 and 2. The arrows carry their "
    "weights. Highlighted, the way to the last sum: 0 times 1, 2 times −2 and 3 times 1, plus the bias 3, make 2.",
)
def forward_numbers(language: str) -> Figure:
    words = {"es": ("suma", "sesgo"), "en": ("sum", "bias")}[language]
    sizes = [2, 3, 2]
    network = [
        (np.array([[1, 2, 0], [-1, 0, 1]]), np.array([0, 0, 1])),
        (np.array([[5, 1], [1, -2], [-1, 1]]), np.array([0, 3])),
    ]
    outputs = forward([1, 2], network, ["relu", "relu"])
    sums = [outputs[layer] @ W + b for layer, (W, b) in enumerate(network)]
    picture, axes = plt.subplots(figsize=(7.2, 5.2), layout="constrained")
    values = {(layer, unit): _signed(value) for layer, y in enumerate(outputs) for unit, value in enumerate(y)}
    shown = (2, 1)
    places = draw_network(
        axes,
        sizes,
        values=values,
        arrows={((1, unit), shown): "" for unit in range(3)},
        highlighted=[shown],
        radius=0.26,
        gaps=(2.7, 1.3),
    )
    for layer, (W, b) in enumerate(network):
        for (i, j), weight in np.ndenumerate(W):
            (x0, y0), (x1, y1) = places[layer, i], places[layer + 1, j]
            color = SECOND if (layer + 1, j) == shown else INK
            # Near the unit it leaves, where arrows are far apart; not all at the same distance, or they would meet.
            at = (0.25, 0.36, 0.25)[j] if layer == 0 else (0.22, 0.32)[j]
            axes.text(
                x0 + at * (x1 - x0),
                y0 + at * (y1 - y0),
                _signed(weight),
                ha="center",
                va="center",
                fontsize=11,
                color=color,
                zorder=5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
            )
        for unit, (total, bias) in enumerate(zip(sums[layer], b, strict=True)):
            x, y = places[layer + 1, unit]
            # Under the first unit of a layer pass the arrows of the others.
            y, va = (y + 0.33, "bottom") if unit == 0 else (y - 0.32, "top")
            text = f"{words[0]} {_signed(total)}" + (f"\n({words[1]} {_signed(bias)})" if bias else "")
            axes.text(x, y, text, ha="center", va=va, fontsize=11, color=GREY, zorder=6, bbox=_white())
    for layer, name in enumerate((r"$\mathbf{x}$", r"$\mathbf{y}_1$", r"$\mathbf{y}_2$")):
        axes.text(2.7 * layer, 2.05, name, ha="center", fontsize=15, color=ACCENT)
    for layer in (0, 1):
        text = rf"$W_{layer + 1},\ \mathbf{{b}}_{layer + 1}$, ReLU"
        arrow = {"arrowstyle": "-|>", "color": INK}
        axes.annotate("", (2.7 * layer + 2.3, 2.12), (2.7 * layer + 0.4, 2.12), arrowprops=arrow)
        axes.text(2.7 * layer + 1.35, 2.22, text, ha="center", color=INK)
    axes.set_xlim(-0.5, 5.95)
    axes.set_ylim(-2.15, 2.55)
    return picture


@figure(
    es="Dos planos. A la izquierda, las entradas: los ceros del «o exclusivo» en (0, 0) y (1, 1), los unos en (0, 1) "
    "y (1, 0), en esquinas opuestas; la recta intentada deja un punto en el lado equivocado. A la derecha, la capa"
    " escondida: los dos unos coinciden en (1, 0), los ceros están en (0, 0) y (2, 1), y una recta los separa.",
    en='Two planes. On the left, the inputs: the zeros of "exclusive or" at (0, 0) and (1, 1), the ones at (0, 1) and'
    " (1, 0), in opposite corners; the line that was tried leaves a point on the wrong side. On the right, the "
    "hidden layer: the two ones coincide at (1, 0), the zeros are at (0, 0) and (2, 1), and a line separates them.",
)
def xor_space(language: str) -> Figure:
    words = {
        "es": {
            "left": "Entrada $\\mathbf{x}$:\nninguna recta sirve",
            "right": "Capa escondida $\\mathbf{y}_1$:\nuna recta los separa",
            "axis": "unidad {}",
            "wrong": "lado\nequivocado",
            "target": "meta {}",
            "and": "[0, 1] y [1, 0]",
        },
        "en": {
            "left": "Input $\\mathbf{x}$:\nno line will do",
            "right": "Hidden layer $\\mathbf{y}_1$:\na line separates them",
            "axis": "unit {}",
            "wrong": "wrong\nside",
            "target": "target {}",
            "and": "[0, 1] and [1, 0]",
        },
    }[language]
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    targets = inputs[:, 0] ^ inputs[:, 1]
    hidden = relu(inputs @ np.array([[1, 1], [1, 1]]) + np.array([0, -1]))
    picture, (left, right) = plt.subplots(1, 2, figsize=(7.2, 4.5), layout="constrained")
    for axes, points in ((left, inputs), (right, hidden)):
        for target, marker, color in ((0, "o", ACCENT), (1, "s", SECOND)):
            chosen = points[targets == target]
            axes.plot(*chosen.T, marker, color=color, markersize=13, label=words["target"].format(target), zorder=4)
        axes.set_aspect("equal")
        axes.grid(visible=False)
    line = np.array([-0.45, 2.45])
    left.plot(line, 0.5 - line, "--", color=INK)
    left.fill_between(line, 0.5 - line, 3, color=SECOND, alpha=0.13, linewidth=0)
    left.plot(1, 1, "o", markersize=24, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=1.6, zorder=5)
    left.annotate(words["wrong"], (1.12, 1.12), (1.0, 1.32), va="bottom", ha="center")
    for point in inputs[:3]:
        left.annotate(
            f"[{point[0]}, {point[1]}]", point, xytext=(0, -12), textcoords="offset points", ha="center", va="top"
        )
    left.annotate("[1, 1]", (1, 1), xytext=(0, -16), textcoords="offset points", ha="center", va="top")
    left.set_xlim(-0.45, 1.65)
    left.set_ylim(-0.45, 1.95)
    # The output is y1 − 2 y2: 0 for the zeros and 1 for the ones; the line is where it is one half.
    right.plot(line, (line - 0.5) / 2, "--", color=INK)
    right.fill_between(line, (line - 0.5) / 2, -3, color=SECOND, alpha=0.13, linewidth=0)
    for text, point, offset in (
        ("[0, 0]", (0, 0), (0, 11)),
        (words["and"], (1, 0), (4, -12)),
        ("[1, 1]", (2, 1), (-4, 11)),
    ):
        va = "bottom" if offset[1] > 0 else "top"
        right.annotate(text, point, xytext=offset, textcoords="offset points", ha="center", va=va)
    right.set_xlim(-0.45, 2.45)
    right.set_ylim(-0.95, 2.35)
    for axes, marks in ((left, [0, 1]), (right, [0, 1, 2])):
        axes.set_xticks(marks)
        axes.set_yticks(marks)
    left.set_xlabel("$x_1$")
    left.set_ylabel("$x_2$")
    right.set_xlabel(words["axis"].format(1))
    right.set_ylabel(words["axis"].format(2))
    left.set_title(words["left"])
    right.set_title(words["right"])
    right.legend(loc="upper left", handletextpad=0.3, borderaxespad=0.2)
    return picture


@figure(
    es="De izquierda a derecha: los datos x entran en la red, salen las salidas y, se comparan con las metas t, y de "
    "la comparación resultan los errores y − t y la pérdida L. Una flecha pálida vuelve de ahí a la red: la "
    "siguiente etapa.",
    en="From left to right: the data x go into the network, the outputs y come out, they are compared with the "
    "targets t, and the comparison gives the errors y − t and the loss L. A pale arrow goes back from there to the"
    " network: the next stage.",
)
def epoch_loop(language: str) -> Figure:
    words = {
        "es": {
            "data": "datos\n$\\mathbf{x}$",
            "network": "propagación\nhacia adelante",
            "outputs": "salidas\n$\\mathbf{y}$",
            "targets": "metas\n$\\mathbf{t}$",
            "errors": "errores\n$\\mathbf{y} - \\mathbf{t}$",
            "loss": "pérdida\n$L$",
            "back": "siguiente etapa: los errores vuelven y la red aprende",
        },
        "en": {
            "data": "data\n$\\mathbf{x}$",
            "network": "forward\npropagation",
            "outputs": "outputs\n$\\mathbf{y}$",
            "targets": "targets\n$\\mathbf{t}$",
            "errors": "errors\n$\\mathbf{y} - \\mathbf{t}$",
            "loss": "loss\n$L$",
            "back": "next stage: the errors travel back and the network learns",
        },
    }[language]
    picture, axes = plt.subplots(figsize=(7.2, 4.4))
    draw_network(axes, [3, 4, 2], radius=0.16, gaps=(1.0, 0.5))
    axes.text(1.0, 1.1, words["network"], ha="center", va="bottom", fontweight="bold")
    _box(axes, (-1.6, 0), words["data"], ACCENT)
    _box(axes, (3.6, 0), words["outputs"], ACCENT)
    _box(axes, (3.6, 1.6), words["targets"], THIRD)
    _box(axes, (5.6, 0.8), words["errors"], SECOND)
    _box(axes, (5.6, -0.9), words["loss"], SECOND)
    for start, end in (
        ((-0.98, 0), (-0.26, 0)),
        ((2.26, 0), (2.98, 0)),
        ((4.2, 0.2), (4.98, 0.62)),
        ((4.2, 1.4), (4.98, 0.98)),
        ((5.6, 0.36), (5.6, -0.46)),
    ):
        axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.8})
    axes.plot([5.6, 5.6, 1.0, 1.0], [-1.36, -2.0, -2.0, -1.2], color=PALE, linestyle="--")
    axes.annotate("", (1.0, -0.98), (1.0, -1.22), arrowprops={"arrowstyle": "-|>", "color": PALE, "linewidth": 2.2})
    axes.text(3.3, -2.12, words["back"], ha="center", va="top", color=GREY)
    axes.set_xlim(-2.3, 6.3)
    axes.set_ylim(-2.6, 2.1)
    return picture


def _box(axes: Axes, centre: tuple[float, float], text: str, color: str) -> None:
    x, y = centre
    box = FancyBboxPatch(
        (x - 0.54, y - 0.36), 1.08, 0.72, boxstyle="round,pad=0.08", facecolor="white", edgecolor=color, linewidth=2
    )
    axes.add_patch(box)
    axes.text(x, y, text, ha="center", va="center", linespacing=1.4)
