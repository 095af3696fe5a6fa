"""Pictures of stage 06: digits as numbers, the network, how it learns, and what its first layer sees."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from numpy.typing import NDArray
from reference import batches, initialize, one_hot, scale, split, train  # pyright: ignore[reportMissingImports]

from capas.course.figures import figure
from capas.course.network_drawing import ACCENT, INK, PALE, SECOND, draw_network

GREY = "#6B6B6B"


@cache
def _digits() -> tuple[NDArray, NDArray]:
    table = np.loadtxt("data/digits.csv", delimiter=",", skiprows=1)
    return table[:, :64], table[:, 64].astype(int)


def _show(axes: Axes, picture: NDArray) -> AxesImage:
    image = axes.imshow(picture.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=PALE)
    return image


@figure(
    es="Arriba, dos filas de diez imágenes reales del conjunto, de 8 por 8 puntos grises: los dígitos del 0 al 9, cada "
    "uno escrito por dos manos. Abajo, el primer 3 en grande y, a su lado, los mismos 64 puntos como números: 0 donde "
    "no hay tinta, 16 donde todo es tinta.",
    en="Above, two rows of ten real pictures of the set, of 8 by 8 grey points: the digits 0 to 9, each written by two "
    "hands. Below, the first 3, enlarged, and beside it the same 64 points as numbers: 0 where there is no ink, 16 "
    "where all is ink.",
)
def digits(language: str) -> Figure:
    words = {
        "es": ("La imagen", "Los 64 números", "etiqueta {}"),
        "en": ("The picture", "The 64 numbers", "label {}"),
    }[language]
    pictures, labels = _digits()
    figure_ = plt.figure(figsize=(7.2, 6.2), layout="constrained")
    above, below = figure_.subfigures(2, 1, squeeze=False, height_ratios=[1.0, 2.0]).ravel()
    for hand, row in enumerate(above.subplots(2, 10)):
        for digit, axes in enumerate(row):
            _show(axes, pictures[labels == digit][hand])
            if hand == 0:
                axes.set_title(str(digit), fontsize=12)
    left, right = below.subplots(1, 2)
    shown = pictures[labels == 3][0]
    _show(left, shown)
    left.set_title(f"{words[0]} ({words[2].format(3)})")
    _show(right, np.zeros(64))
    right.set_title(words[1])
    for place, value in enumerate(shown.astype(int)):
        right.text(place % 8, place // 8, str(value), ha="center", va="center", color=INK if value else PALE)
    return figure_


@figure(
    es="A la izquierda, un 3 de 8 por 8 puntos. Sus 64 números entran en la primera columna de círculos, x1 a x64; "
    "flechas pálidas la unen con las unidades escondidas, y estas con diez salidas, de 0 a 9; todas son sigmoides. "
    "La salida 3 está resaltada. Bajo las flechas: W1 (64, 32) y b1 (32,), W2 (32, 10) y b2 (10,).",
    en="On the left, a 3 of 8 by 8 points. Its 64 numbers go into the first column of circles, x1 to x64; pale arrows "
    "join it with the hidden units, and these with ten outputs, 0 to 9; all are sigmoid. Output 3 is "
    "highlighted. Below the arrows: W1 (64, 32) and b1 (32,), W2 (32, 10) and b2 (10,).",
)
def network(language: str) -> Figure:
    words = {
        "es": ("64 entradas", "32 escondidas\nsigmoide", "10 salidas\nsigmoide", "la imagen"),
        "en": ("64 inputs", "32 hidden\nsigmoid", "10 outputs\nsigmoid", "the picture"),
    }[language]
    pictures, labels = _digits()
    figure_, (left, axes) = plt.subplots(1, 2, figsize=(7.2, 4.6), width_ratios=[1, 2.1], layout="constrained")
    _show(left, pictures[labels == 3][0])
    left.set_title(words[3], fontsize=12)
    dots = {(0, 4): "⋮", (1, 3): "⋮"}
    ends = {(0, 0): "$x_1$", (0, 1): "$x_2$", (0, 8): "$x_{64}$"}
    answers = {(2, digit): str(digit) for digit in range(10)}
    gaps = (2.7, 0.64)
    places = draw_network(
        axes, [9, 7, 10], values={**dots, **ends, **answers}, highlighted=[(2, 3)], radius=0.28, gaps=gaps
    )
    axes.annotate("", (-0.4, 0), (-1.5, 0), arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.8})
    for layer, text in enumerate(words[:3]):
        axes.text(gaps[0] * layer, places[2, 0][1] + 0.5, text, ha="center", va="bottom", color=ACCENT)
    for layer, (n_in, n_out) in enumerate(((64, 32), (32, 10)), 1):
        pair = f"$W_{layer}$  ({n_in}, {n_out})\n$\\mathbf{{b}}_{layer}$  ({n_out},)"
        axes.text(gaps[0] * (layer - 0.5), places[2, 9][1] - 0.45, pair, ha="center", va="top", color=SECOND)
    axes.set_xlim(-1.6, 2 * gaps[0] + 0.6)
    axes.set_ylim(places[2, 9][1] - 1.6, places[2, 0][1] + 1.6)
    return figure_


@figure(
    es="Dos curvas de la pérdida por época, de una red que aprende con 100 imágenes, 20 de ellas mal "
    "etiquetadas. La de entrenamiento baja siempre; la de validación baja al principio, llega a su punto más "
    "bajo, marcado con un círculo y una raya vertical, y desde ahí vuelve a subir: la zona pálida a la "
    "derecha es el sobreajuste.",
    en="Two curves of the loss by epoch, of a network that learns from 100 pictures, 20 of them with a wrong label. "
    "That of training falls all the time; that of validation falls at first, reaches its lowest point, marked with "
    "a circle and a vertical line, and rises again from there: the pale zone on the right is overfitting.",
)
def curve(language: str) -> Figure:
    words = {
        "es": ("época", "pérdida", "entrenamiento", "validación", "empieza el\nsobreajuste"),
        "en": ("epoch", "loss", "training", "validation", "overfitting\nbegins"),
    }[language]
    training, validation = _overfitted()
    epochs, lowest = np.arange(1, len(training) + 1), int(np.argmin(validation))
    figure_, axes = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
    axes.axvspan(epochs[lowest], epochs[-1], color=SECOND, alpha=0.1, linewidth=0)
    axes.axvline(epochs[lowest], color=GREY, linestyle=":", linewidth=1.6)
    axes.plot(epochs, training, color=ACCENT)
    axes.plot(epochs, validation, color=SECOND, linestyle="--")
    axes.plot(epochs[lowest], validation[lowest], "o", color=SECOND, markersize=10)
    for losses, text, color in ((training, words[2], ACCENT), (validation, words[3], SECOND)):
        place = (epochs[-1], losses[-1])
        axes.annotate(text, place, (-4, 10), textcoords="offset points", ha="right", va="bottom", color=color)
    axes.text(epochs[lowest] + 5, 0.485, words[4], va="top", color=INK)
    axes.set_xlim(0, epochs[-1])
    axes.set_ylim(0, 0.5)
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    return figure_


@cache
def _overfitted() -> tuple[list[float], list[float]]:
    """Return both losses of a network with too few pictures, some of them with a wrong label."""
    pictures, labels = _digits()
    x, digits_, others, right = split(scale(pictures), labels, 300, 0)
    count, seen = 100, digits_[:100].copy()
    seen[:20] = (seen[:20] + np.random.default_rng(1).integers(1, 10, 20)) % 10
    epochs = [batches(count, 20, epoch) for epoch in range(400)]
    pairs = (x[:count], one_hot(seen)), (others, one_hot(right))
    _, *losses = train(*pairs, initialize([64, 32, 10], 1), 3.0, epochs)
    return losses[0], losses[1]


@figure(
    es="Dieciséis cuadros de 8 por 8, uno por unidad escondida: los 64 pesos con que mira la imagen. Azul donde la "
    "tinta la enciende, naranja donde la apaga, blanco donde le da igual. No son dígitos enteros, sino trozos: un "
    "trazo, un borde, un hueco en el centro.",
    en="Sixteen squares of 8 by 8, one a hidden unit: the 64 weights with which it looks at the picture. Blue where "
    "ink switches it on, orange where ink switches it off, white where it does not care. They are no whole digits, but "
    "pieces: a stroke, an edge, a gap in the middle.",
)
def first_layer(language: str) -> Figure:
    words = {
        "es": ("la tinta la\nenciende", "le da igual", "la tinta\nla apaga"),
        "en": ("ink switches\nit on", "does not\ncare", "ink switches\nit off"),
    }[language]
    weights = _first_weights()[:, :16]
    most = float(np.quantile(np.abs(weights), 0.99))
    colors = LinearSegmentedColormap.from_list("weights", [SECOND, "white", ACCENT])
    figure_, rows = plt.subplots(2, 8, figsize=(7.2, 2.3), layout="constrained")
    images = [_show(axes, weights[:, unit]) for unit, axes in enumerate(rows.flat)]
    for image in images:
        image.set(cmap=colors, clim=(-most, most))
    bar = figure_.colorbar(images[0], ax=rows, ticks=[most, 0, -most])
    bar.ax.set_yticklabels(words, fontsize=10)
    return figure_


@cache
def _first_weights() -> NDArray:
    """Return the weights of the first layer of a network that reads digits well."""
    pictures, labels = _digits()
    pair = scale(pictures), one_hot(labels)
    epochs = [batches(len(labels), 16, epoch) for epoch in range(12)]
    network, *_ = train(pair, pair, initialize([64, 32, 10], 1), 2.5, epochs)
    return network[0][0]
