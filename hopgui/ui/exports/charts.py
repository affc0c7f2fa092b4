"""Charts of panels, taken down as they are seen: the panels go on, and these stay."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPicture

from hopgui.ui.look.theme import DARK, LIGHT, Theme
from hopgui.ui.parts.chart import Chart


@dataclass(frozen=True, eq=False)
class Still:
    """What a chart showed.

    Attributes
    ----------
    size
        Its size in Qt's pixels.
    pictures
        The strokes and letters of it, in the colours of each theme.
    caption
        What its panel says of it, empty for nothing: what is shown, and how true it is.
    """

    size: QSize
    pictures: Mapping[Theme, QPicture]
    caption: str


def take_down(chart: Chart, worn: Theme, caption: str) -> Still:
    """Take a chart down in either theme; it wears its own again before the window paints it.

    Parameters
    ----------
    chart
        The chart.
    worn
        The theme that it wears.
    caption
        What its panel says of it.
    """
    pictures = {}
    for theme in (LIGHT, DARK):
        chart.show_theme(theme)
        pictures[theme] = picture = QPicture()
        painter = QPainter(picture)
        painter.setClipRect(QRect(0, 0, chart.size().width(), chart.size().height()))
        chart.draw(painter)
        painter.end()
    chart.show_theme(worn)
    return Still(chart.size(), pictures, caption)
