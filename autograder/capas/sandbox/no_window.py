"""Matplotlib's backend in a sandbox: figures are never drawn, and `plt.show()` ends them, as in a notebook."""

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class FigureManager(FigureManagerBase):
    """Shows nothing."""

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """End all figures."""
        Gcf.destroy_all()


class FigureCanvas(FigureCanvasAgg):
    """What figures are drawn on when they are saved."""

    manager_class = FigureManager  # type: ignore[assignment]
