"""Pictures of stage 05: going downhill, the δ on its way back, and a network that learns."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from reference import (  # pyright: ignore[reportMissingImports]
    backpropagate,
    forward,
    hidden_delta,
    output_delta,
    sigmoid,
    train,
    update,
)

from capas.course.figures import figure
from capas.course.network_drawing import ACCENT, INK, PALE, SECOND, THIRD, draw_network

GREY = "#6B6B6B"

# The worked example of the handout: two inputs, two hidden units, one output.
X, T = np.array([1.0, 2.0]), np.array([1.0])
NETWORK = [
    (np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, np.log(3)])),
    (np.array([[3.0], [-2.0]]), np.array([0.0])),
]


def _signed(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _white(pad: float = 1.5) -> dict[str, object]:
    return {"facecolor": "white", "edgecolor": "none", "pad": pad}


@figure(
    es="La pérdida según un solo parámetro p: un valle. A la izquierda del fondo la pendiente es negativa y los pasos"
    " van hacia la derecha; a la derecha del fondo es positiva y van hacia la izquierda. Un paso mide η veces la "
    "pendiente: donde la curva se aplana, cerca del fondo, los pasos se acortan.",
    en="The loss against a single parameter p: a valley. Left of the bottom the slope is negative and the steps go to"
    " the right; right of the bottom it is positive and they go to the left. A step is η times the slope long: "
    "where the curve flattens, near the bottom, the steps get shorter.",
)
def gradient_descent(language: str) -> Figure:
    words = {
        "es": (
            "parámetro $p$",
            "pérdida $L$",
            "pendiente negativa:\n$p$ sube",
            "pendiente positiva:\n$p$ baja",
            "valle",
        ),
        "en": ("parameter $p$", "loss $L$", "negative slope:\n$p$ rises", "positive slope:\n$p$ falls", "valley"),
    }[language]
    target, rate = 0.55, 7.0

    def loss(p: NDArray | float) -> NDArray:
        return (sigmoid(p) - target) ** 2 / 2

    def slope(p: float) -> float:
        return float((sigmoid(p) - target) * sigmoid(p) * (1 - sigmoid(p)))

    picture, axes = plt.subplots(figsize=(7.2, 4.2))
    curve = np.linspace(-3.4, 3.6, 300)
    axes.plot(curve, loss(curve), color=ACCENT)
    for start, marker, color, text, place in (
        (-2.2, "o", SECOND, words[2], (-0.75, 0.125)),
        (2.3, "s", THIRD, words[3], (1.35, 0.088)),
    ):
        path = [start]
        for _ in range(9):
            path.append(path[-1] - rate * slope(path[-1]))
        heights = [float(loss(p)) for p in path]
        axes.plot(path, heights, marker, color=color, zorder=4)
        for step in range(9):
            corner = (path[step + 1], heights[step])
            axes.plot(
                [path[step], corner[0], corner[0]], [corner[1], corner[1], heights[step + 1]], ":", color=color, lw=1.2
            )
        reach = np.array([-0.7, 0.7])
        axes.plot(start + reach, heights[0] + slope(start) * reach, color=INK, linewidth=1.6, linestyle="--")
        axes.text(*place, text, color=color, ha="center", va="center")
        if start < 0:
            middle = ((path[3] + path[4]) / 2, heights[3])
            arrow = {"arrowstyle": "-", "color": GREY}
            formula = r"$-\eta\,\frac{\partial L}{\partial p}$"
            axes.annotate(formula, middle, (10, 32), textcoords="offset points", fontsize=17, arrowprops=arrow)
    bottom = float(np.log(target / (1 - target)))
    axes.plot(bottom, 0, "*", color=INK, markersize=13, zorder=5)
    axes.annotate(words[4], (bottom, 0), (0, -10), textcoords="offset points", ha="center", va="top")
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_ylim(-0.02, 0.15)
    return picture


@figure(
    es="La red 2-2-1 del ejemplo, dos veces. Arriba, hacia adelante: entran 1 y 2, la capa escondida responde 0.5 y "
    "0.75, la salida 0.5 y la meta es 1. Abajo, hacia atrás: el δ de la salida es −0.125; por sus flechas vuelven "
    "−0.375 y 0.25; por las pendientes 0.25 y 0.1875, los δ escondidos son −0.09375 y 0.046875. Las capas llevan "
    "las letras i, j y k.",
    en="The 2-2-1 network of the example, twice. Above, forward: 1 and 2 go in, the hidden layer answers 0.5 and "
    "0.75, the output 0.5, and the target is 1. Below, back: the δ of the output is −0.125; along its arrows "
    "−0.375 and 0.25 come back; times the slopes 0.25 and 0.1875, the hidden δ are −0.09375 and 0.046875. The "
    "layers bear the letters i, j and k.",
)
def forward_and_backward(language: str) -> Figure:
    words = {
        "es": ("Hacia adelante: las salidas", "Hacia atrás: los δ", "suma", "meta $t = 1$", "dato:\nsin δ"),
        "en": ("Forward: the outputs", "Back: the δ", "sum", "target $t = 1$", "data:\nno δ"),
    }[language]
    picture, panels = plt.subplots(2, 1, figsize=(7.2, 7.6), layout="constrained")
    _outputs_forward(panels[0], *words[2:4])
    _deltas_back(panels[1], words[4])
    for axes, title in zip(panels, words[:2], strict=True):
        axes.set_title(title, fontweight="bold")
        for layer, letter in enumerate("ijk"):
            axes.text(ACROSS * layer, 1.72, f"${letter}$", ha="center", va="center", fontsize=17, color=GREY)
        axes.set_xlim(-0.65, 6.55)
        axes.set_ylim(-1.6, 1.9)
    return picture


SIZES, ACROSS, DOWN, RADIUS = [2, 2, 1], 2.9, 1.4, 0.48


def _outputs_forward(axes: Axes, word_sum: str, word_target: str) -> None:
    outputs = forward(X, NETWORK)
    values = {(layer, unit): _signed(float(value)) for layer, y in enumerate(outputs) for unit, value in enumerate(y)}
    pairs = [((layer, i), (layer + 1, j)) for layer, (W, _) in enumerate(NETWORK) for i, j in np.ndindex(W.shape)]
    places = draw_network(
        axes, SIZES, values=values, arrows=dict.fromkeys(pairs, ""), radius=RADIUS, gaps=(ACROSS, DOWN)
    )
    for (layer, i), (after, j) in pairs:
        _on_arrow(axes, places[layer, i], places[after, j], _signed(float(NETWORK[layer][0][i, j])), 0.3)
    for unit, text, side in (((1, 0), "0", 1), ((1, 1), r"$\ln 3$", -1), ((2, 0), "0", 1)):
        _over_unit(axes, places[unit], f"{word_sum} {text}", side)
    _over_unit(axes, places[2, 0], word_target, -1)


def _deltas_back(axes: Axes, word_data: str) -> None:
    outputs = forward(X, NETWORK)
    last = output_delta(outputs[2], T)
    hidden = hidden_delta(last, NETWORK[1][0], outputs[1])
    units = {(1, 0): hidden[0], (1, 1): hidden[1], (2, 0): last[0]}
    places = draw_network(
        axes,
        SIZES,
        values={(0, 0): word_data, (0, 1): word_data} | {unit: _signed(value) for unit, value in units.items()},
        arrows={((1, 0), (2, 0)): "", ((1, 1), (2, 0)): ""},
        highlighted=list(units),
        radius=RADIUS,
        gaps=(ACROSS, DOWN),
        backward=True,
    )
    for unit, side in ((0, 1), (1, -1)):
        weight, y = NETWORK[1][0][unit, 0], outputs[1][unit]
        back = weight * last[0]
        _beside_arrow(axes, places[1, unit], places[2, 0], f"{last[0]:g} · {_factor(weight)} = {back:g}", side)
        _over_unit(axes, places[1, unit], f"{back:g} · {y * (1 - y):g} =", side)
    y = outputs[2][0]
    _over_unit(axes, places[2, 0], f"({y:g} - 1)\n· {y:g} · {1 - y:g} =", 1)


def _over_unit(axes: Axes, place: tuple[float, float], text: str, side: int) -> None:
    """Write above a unit (side 1) or below it (side -1)."""
    x, y = place
    va = "bottom" if side > 0 else "top"
    axes.text(x, y + (RADIUS + 0.1) * side, text.replace("-", "−"), ha="center", va=va)


def _factor(value: float) -> str:
    return f"({value:g})" if value < 0 else f"{value:g}"


def _on_arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], text: str, at: float) -> None:
    x, y = (1 - at) * np.array(start) + at * np.array(end)
    axes.text(x, y, text, ha="center", va="center", zorder=5, bbox=_white())


def _beside_arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], text: str, side: int, away: float = 0.2
) -> None:
    """Write along an arrow, above it (side 1) or below it (side -1)."""
    along = np.array(end) - np.array(start)
    x, y = (np.array(start) + np.array(end)) / 2 + away * side * np.array([-along[1], along[0]]) / np.hypot(*along)
    angle = float(np.degrees(np.arctan2(along[1], along[0])))
    axes.text(
        x,
        y,
        text.replace("-", "−"),
        ha="center",
        va="center",
        rotation=angle,
        rotation_mode="anchor",
        fontsize=11.5,
        zorder=5,
        bbox=_white(0.8),
    )


@figure(
    es="Una unidad j entre las unidades i y k. Hacia ella vuelven, por los pesos w_jk, los δ de las dos unidades k: "
    "0.1 por 3 y −0.2 por −1, que suman 0.5; por su pendiente, 0.16, es δ_j = 0.08. Hacia atrás, la flecha de peso"
    " w_ij, por la que entró x_i, recibe la derivada δ_j x_i.",
    en="A unit j between units i and k. The δ of the two units k come back to it along the weights w_jk: 0.1 times 3 "
    "and −0.2 times −1, which add up to 0.5; times its slope, 0.16, that is δ_j = 0.08. Further back, the arrow of"
    " weight w_ij, along which x_i came in, gets the derivative δ_j x_i.",
)
def error_flowing_back(language: str) -> Figure:
    way = {"es": "hacia atrás", "en": "backwards"}[language]
    delta_next, weights = np.array([0.1, -0.2]), np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 5.0]])
    y = np.array([0.5, 0.2, 0.5])
    delta = hidden_delta(delta_next, weights, y)[1]
    back = delta_next * weights[1]
    unit = (1, 1)
    picture, axes = plt.subplots(figsize=(7.2, 5.6), layout="constrained")
    values = {(2, k): f"$\\delta_k$\n{_signed(value)}" for k, value in enumerate(delta_next)}
    places = draw_network(
        axes,
        [2, 3, 2],
        values={(0, 0): "$x_i$", unit: f"$\\delta_j$\n{delta:.2f}", **values},
        arrows={(unit, (2, 0)): "", (unit, (2, 1)): "", ((0, 0), unit): ""},
        highlighted=[unit, (2, 0), (2, 1)],
        radius=0.42,
        gaps=(3.1, 1.7),
        backward=True,
    )
    for k, side in ((0, 1), (1, -1)):
        _on_arrow(axes, places[unit], places[2, k], "$w_{jk}$", 0.5)
        text = f"{delta_next[k]:g} · {_factor(weights[1, k])} = {back[k]:g}"
        _beside_arrow(axes, places[unit], places[2, k], text, side, away=0.33)
    _on_arrow(axes, places[0, 0], places[unit], "$w_{ij}$", 0.5)
    _beside_arrow(axes, places[0, 0], places[unit], r"$\partial L / \partial w_{ij} = \delta_j\, x_i$", 1, away=0.36)
    for layer, letter in enumerate("ijk"):
        axes.text(3.1 * layer, 2.4, f"${letter}$", ha="center", va="center", fontsize=17, color=GREY)
    axes.annotate("", (2.1, -2.4), (4.1, -2.4), arrowprops={"arrowstyle": "-|>", "color": SECOND, "linewidth": 2})
    axes.text(4.25, -2.4, way, va="center")
    formula = r"$\delta_j = \left(\sum_k \delta_k\, w_{jk}\right) y_j\,(1 - y_j)"
    formula += f" = ({back[0]:g} + {back[1]:g}) \\cdot {y[1] * (1 - y[1]):g} = {delta:g}$"
    axes.text(3.1, -2.85, formula, ha="center", va="center", fontsize=14)
    axes.set_xlim(-0.6, 6.8)
    axes.set_ylim(-3.1, 2.6)
    return picture


@figure(
    es="La pendiente y (1 − y) según la salida y de la unidad, entre 0 y 1: un arco que vale 0 en los extremos y "
    "llega a su máximo, 0.25, con y = 0.5. Con y = 0.9 vale 0.09 y con y = 0.99, 0.0099.",
    en="The slope y (1 − y) against the output y of the unit, between 0 and 1: an arch that is 0 at both ends and "
    "reaches its largest value, 0.25, at y = 0.5. At y = 0.9 it is 0.09 and at y = 0.99, 0.0099.",
)
def sigmoid_slope(language: str) -> Figure:
    words = {
        "es": ("salida $y$ de la unidad", "pendiente $y\\,(1 - y)$", "máximo: 0.25", "saturada"),
        "en": ("output $y$ of the unit", "slope $y\\,(1 - y)$", "largest: 0.25", "saturated"),
    }[language]
    picture, axes = plt.subplots(figsize=(7.2, 3.8))
    outputs = np.linspace(0, 1, 201)
    axes.plot(outputs, outputs * (1 - outputs), color=ACCENT)
    for y, text, offset, ha in (
        (0.5, words[2], (0, 10), "center"),
        (0.9, "0.09", (10, 6), "left"),
        (0.99, "0.0099", (8, 4), "left"),
    ):
        height = y * (1 - y)
        axes.plot([y, y], [0, height], color=GREY, linewidth=1.2, linestyle=":")
        axes.plot(y, height, "o", color=SECOND, zorder=4, clip_on=False)
        axes.annotate(text, (y, height), offset, textcoords="offset points", ha=ha, va="bottom", bbox=_white(0.8))
    for left, right in ((0, 0.1), (0.9, 1)):
        axes.axvspan(left, right, facecolor="none", edgecolor=PALE, hatch="///", linewidth=0, zorder=0)
        axes.text((left + right) / 2, 0.2, words[3], rotation=90, ha="center", va="center", color=GREY, bbox=_white(2))
    axes.set_xticks([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1], ["0", "0.1", "0.25", "0.5", "0.75", "0.9", "1"])
    axes.set_yticks([0, 0.09, 0.1875, 0.25], ["0", "0.09", "0.1875", "0.25"])
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 0.29)
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    return picture


@figure(
    es="Curvas de igual pérdida según un peso w y un sesgo b, más oscuro cuanto mayor es; el fondo, una estrella. Los"
    " dos caminos salen del mismo punto. Con η = 4 los pasos cortan las curvas de frente y bajan al fondo; con η ="
    " 25 son tan largos que saltan de una ladera a otra sin quedarse en él.",
    en="Curves of equal loss against a weight w and a bias b, darker where it is higher; the bottom is a star. Both "
    "paths begin at the same point. With η = 4 the steps cut the curves squarely and go down to the bottom; with η"
    " = 25 they are so long that they jump from side to side and never stay there.",
)
def descent_on_contour(language: str) -> Figure:
    words = {
        "es": ("peso $w$", "sesgo $b$", "salida", "fondo"),
        "en": ("weight $w$", "bias $b$", "start", "bottom"),
    }[language]
    x, best, start = np.array([[-2.0], [-1.0], [1.0], [2.0]]), (0.5, 0.0), (-1.0, 1.2)
    t = sigmoid(x * best[0] + best[1])
    w, b = np.meshgrid(np.linspace(-1.4, 2.4, 153), np.linspace(-1.1, 1.9, 121))
    losses = np.mean((sigmoid(w[..., None] * x[:, 0] + b[..., None]) - t[:, 0]) ** 2 / 2, axis=-1)
    picture, axes = plt.subplots(figsize=(7.2, 5.6))
    # Closer together at the bottom, where the slope is small.
    levels = 0.13 * np.linspace(0, 1, 12) ** 2
    axes.contourf(w, b, losses, levels=levels, colors=[str(grey) for grey in np.linspace(1, 0.72, 11)], extend="max")
    axes.contour(w, b, losses, levels=levels, colors="#8A8A8A", linewidths=0.9)
    for rate, steps, marker, color, style in ((4.0, 20, "o", ACCENT, "-"), (25.0, 9, "s", SECOND, "--")):
        network = [(np.array([[start[0]]]), np.array([start[1]]))]
        path = [start]
        for _ in range(steps):
            network = update(network, backpropagate(x, t, network), rate)
            path.append((network[0][0].item(), network[0][1].item()))
        axes.plot(*np.array(path).T, marker + style, color=color, linewidth=1.6, label=f"$\\eta = {rate:g}$")
    for text, point, offset in ((words[2], start, (-6, 9)), (words[3], best, (0, -29))):
        va = "bottom" if offset[1] > 0 else "top"
        box = {"facecolor": "#F6F6F6", "edgecolor": "none", "pad": 0.5} if point is best else None
        axes.annotate(text, point, offset, textcoords="offset points", ha="center", va=va, zorder=6, bbox=box)
    axes.plot(*best, "*", color=INK, markersize=16, zorder=5)
    axes.set_aspect("equal")
    axes.grid(visible=False)
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    axes.legend(loc="lower right", fontsize=13)
    return picture


@figure(
    es="La pérdida de la red del ejemplo en cada época, con η = 0.8: 0.1250 en la época 0, 0.0624 en la 1, 0.0369 en "
    "la 2, y cada vez baja menos.",
    en="The loss of the example's network in each epoch, with η = 0.8: 0.1250 in epoch 0, 0.0624 in epoch 1, 0.0369 "
    "in epoch 2, and it falls less and less.",
)
def loss_by_epoch(language: str) -> Figure:
    words = {
        "es": ("época $e$", "pérdida, antes del paso"),
        "en": ("epoch $e$", "loss, before the step"),
    }[language]
    _, losses = train(X, T, NETWORK, 0.8, 13)
    picture, axes = plt.subplots(figsize=(7.2, 3.8))
    axes.plot(losses, "o-", color=ACCENT, zorder=3)
    for epoch, loss in enumerate(losses[:3]):
        text = f"losses[{epoch}] = {loss:.4f}"
        axes.annotate(text, (epoch, loss), (12, 4), textcoords="offset points", va="bottom")
    axes.set_xticks(range(13))
    axes.set_ylim(0, 0.14)
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    return picture
