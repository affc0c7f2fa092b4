"""What can be exported as a picture: each drawn in lines and letters, in any theme and size."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from hopgui.session.frame import Frame
from hopgui.session.past_run import PastRun
from hopgui.session.recording import Recording
from hopgui.session.session import Session
from hopgui.ui.couplings.matrix_map import MatrixMap
from hopgui.ui.couplings.strength_scale import StrengthScale
from hopgui.ui.couplings.table import matrix_table
from hopgui.ui.exports.charts import Still
from hopgui.ui.look import fonts, numbers
from hopgui.ui.look.theme import Theme, memory_colour
from hopgui.ui.pad.drawing import draw_pad
from hopgui.ui.plots.energy_panel import EnergyPanel
from hopgui.ui.plots.overlap_panel import OverlapPanel
from hopgui.ui.plots.plot import Dot, RunPlot

MARGIN = 16.0
PLOT_WIDTH = 480.0  # logical pixels: at this width type has its own size
FIGURE_WIDTH = 640.0
SHEET_WIDTH = 640.0
_SMALLEST_NAMED = 36
_HEAD, _FOOT = 30.0, 20.0
_PAD = 480.0
_COUPLINGS = QSizeF(480, 580)
MOMENTS = 4
FINE = 2.0  # device pixels to one of Qt's of what is a picture even among lines

_WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


@dataclass(frozen=True, eq=False)
class Subject:
    """What is in the window, to be exported.

    Attributes
    ----------
    session
        The document.
    frame
        The moment shown.
    run
        The run that it is a moment of, with the document that it began with; None if there is none.
    energies, stable
        Of each memory, None while they are being found out.
    matrix
        Gives the couplings w_ij, float32 array of shape (units, units); None if there are none.
    window
        Gives a picture of the window with so many device pixels to one of Qt's.
    window_size
        Its size in Qt's pixels.
    charts
        The charts of the panels that are looked at, by what they show.
    """

    session: Session
    frame: Frame
    run: PastRun | None
    energies: NDArray[np.float64] | None
    stable: NDArray[np.bool_] | None
    matrix: Callable[[], NDArray[np.float32]] | None
    window: Callable[[float], QImage]
    window_size: QSize
    charts: Mapping[str, Still]


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture that can be drawn at any size.

    Attributes
    ----------
    size
        Width and height in Qt's pixels.
    paint
        Draws it; the second argument says how many device pixels go into one of Qt's.
    """

    size: QSizeF
    paint: Callable[[QPainter, float], None]


def pad(subject: Subject, theme: Theme, *, marks: bool = True) -> Drawing:
    """Return the pad as it is shown, with its marks if wanted."""
    frame = subject.frame
    height, width = frame.state.shape
    side = _PAD / max(height, width)
    size = QSizeF(width * side + 2 * MARGIN, height * side + 2 * MARGIN)

    def paint(painter: QPainter, _scale: float) -> None:
        room = QRectF(QPointF(), size)
        painter.fillRect(room, QColor(theme.panel))
        draw_pad(
            painter,
            room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN),
            frame.state,
            theme,
            unstable=frame.unstable if marks else None,
            pinned=subject.session.pinned if marks else None,
            recent=frame.recent if marks else None,
        )

    return Drawing(size, paint)


def energy(subject: Subject, theme: Theme, size: QSizeF) -> Drawing:
    """Return the energy against updates."""

    def paint(painter: QPainter, scale: float) -> None:
        card = _energy_card(subject.session, subject.energies, subject.frame, theme)
        room = QRectF(QPointF(), size)
        _fit_plot(card.plot, room, scale)
        _draw_plot(painter, card.plot, room, translate("Drawings", "Energy"))

    return Drawing(size, paint)


def overlap(subject: Subject, theme: Theme, size: QSizeF) -> Drawing:
    """Return the overlap with the memories against updates."""

    def paint(painter: QPainter, scale: float) -> None:
        # It shares the energy's stretch of updates, as in the window.
        leader = _energy_card(subject.session, subject.energies, subject.frame, theme)
        card = OverlapPanel()
        card.follow(leader.time_axis)
        card.show_theme(theme)
        card.show_memories(subject.session.memories)
        card.show_frame(subject.frame)
        room = QRectF(QPointF(), size)
        _fit_plot(card.plot, room, scale)
        _draw_plot(painter, card.plot, room, translate("Drawings", "Overlap"))

    return Drawing(size, paint)


def couplings(subject: Subject, theme: Theme) -> Drawing:
    """Return the matrix of the couplings, and what its colours mean."""
    size = _COUPLINGS

    def paint(painter: QPainter, scale: float) -> None:
        painter.fillRect(QRectF(QPointF(), size), QColor(theme.panel))
        if subject.matrix is None:
            return
        table = matrix_table(subject.matrix())
        cells, strengths = MatrixMap(), StrengthScale()
        across = int(size.width() - 2 * MARGIN)
        below = strengths.sizeHint().height()
        cells.resize(across, int(size.height() - below - 3 * MARGIN))
        strengths.resize(across, below)
        fine = max(scale, FINE)
        cells.set_scale(fine)
        cells.show_theme(theme)
        cells.show_shape(subject.session.grid.width, subject.session.grid.height)
        cells.show_table(table)
        strengths.show_theme(theme)
        strengths.show_counts(table.counts, table.limit, table.copy_limit(0))
        _render(painter, cells, QPointF(MARGIN, MARGIN), fine)
        top = size.height() - below - MARGIN
        _render(painter, strengths, QPointF(MARGIN, top), fine)

    return Drawing(size, paint)


def chart(still: Still | None, theme: Theme) -> Drawing:
    """Return a chart as it stood in its panel, over its caption; bare ground if there is none."""
    if still is None:
        return _ground(QSizeF(_PAD, _PAD), theme)
    inside = QSizeF(still.size)
    font = fonts.font(fonts.SMALL_SIZE)
    room = QRectF(MARGIN, inside.height() + 1.5 * MARGIN, inside.width(), _PAD)
    words = QFontMetricsF(font).boundingRect(room, _WRAPPED, still.caption)
    below = words.height() + MARGIN / 2 if still.caption else 0.0
    size = inside + QSizeF(2 * MARGIN, 2 * MARGIN + below)

    def paint(painter: QPainter, scale: float) -> None:
        _ground(size, theme).paint(painter, scale)
        painter.drawPicture(QPointF(MARGIN, MARGIN), still.pictures[theme])
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, _WRAPPED, still.caption)

    return Drawing(size, paint)


def _ground(size: QSizeF, theme: Theme) -> Drawing:
    def paint(painter: QPainter, _scale: float) -> None:
        painter.fillRect(QRectF(QPointF(), size), QColor(theme.panel))

    return Drawing(size, paint)


def window(subject: Subject) -> Drawing:
    """Return the window as it stands."""
    size = QSizeF(subject.window_size)

    def paint(painter: QPainter, scale: float) -> None:
        painter.drawImage(QRectF(QPointF(), size), subject.window(scale))

    return Drawing(size, paint)


def sheet(subject: Subject, theme: Theme) -> Drawing:
    """Return the memories side by side, each with its name in its colour."""
    memories = subject.session.memories
    columns = max(1, min(len(memories), max(5, math.ceil(math.sqrt(1.4 * len(memories))))))
    rows = max(1, -(-len(memories) // columns))
    height, width = subject.session.grid.shape
    side = (SHEET_WIDTH - (columns + 1) * MARGIN / 2) / columns
    high = side * min(2.0, height / width)
    step = QSizeF(side + MARGIN / 2, high + _FOOT + MARGIN / 2)
    size = QSizeF(SHEET_WIDTH, rows * step.height() + MARGIN / 2)

    def paint(painter: QPainter, _scale: float) -> None:
        painter.fillRect(QRectF(QPointF(), size), QColor(theme.panel))
        painter.setFont(fonts.font(fonts.SMALL_SIZE))
        line = QFontMetricsF(painter.font())
        for place, memory in enumerate(memories):
            row, column = divmod(place, columns)
            corner = QPointF(column * step.width(), row * step.height())
            room = QRectF(corner + QPointF(MARGIN / 2, MARGIN / 2), QSizeF(side, high))
            draw_pad(painter, room, memory.picture, theme)
            if side >= _SMALLEST_NAMED:
                painter.setPen(memory_colour(theme, memory.colour))
                below = QRectF(room.left(), room.bottom() + 3, side, _FOOT)
                name = line.elidedText(memory.name, Qt.TextElideMode.ElideRight, side)
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, name)

    return Drawing(size, paint)


def figure(subject: Subject, theme: Theme, size: QSizeF) -> Drawing:
    """Return the pad at four moments above the energy's curve: a figure for a paper."""

    def paint(painter: QPainter, scale: float) -> None:
        painter.fillRect(QRectF(QPointF(), size), QColor(theme.panel))
        recording = subject.frame.recording
        if recording is None:
            return
        top = _draw_moments(painter, recording, subject.frame.state.shape, theme, size)
        room = QRectF(0, top, size.width(), size.height() - top)
        last = recording.updates
        end = replace(subject.frame, update=last, energy=recording.energy_at(last), earlier=())
        card = _energy_card(subject.session, subject.energies, end, theme)
        _fit_plot(card.plot, room, scale)
        act = QColor(theme.act)
        chosen = four_moments(recording)
        card.plot.set_moment(
            None, [Dot(update, recording.energy_at(update), act) for update in chosen]
        )
        _draw_plot(painter, card.plot, room, translate("Drawings", "Energy"))

    return Drawing(size, paint)


def figure_height(subject: Subject, width: float) -> float:
    """Return the height at which a figure of this width looks well."""
    height, across = subject.frame.state.shape
    side = _moment_width(width)
    high: float = side * min(1.5, height / across)
    return MARGIN + high + _FOOT + 0.42 * width + _HEAD


def four_moments(recording: Recording) -> list[int]:
    """Return the updates of four moments of a run: its start, its last flip, two in between."""
    flips = recording.flip_updates.size
    places = [flips * part // (MOMENTS - 1) for part in range(1, MOMENTS)]
    later = [int(recording.flip_updates[place - 1]) for place in places if place]
    return sorted({recording.first_update, *later})


def _moment_width(width: float) -> float:
    return (width - (MOMENTS + 1) * MARGIN) / MOMENTS


def _draw_moments(
    painter: QPainter,
    recording: Recording,
    shape: tuple[int, ...],
    theme: Theme,
    size: QSizeF,
) -> float:
    """Draw the pad at four moments side by side; return where they end."""
    side = _moment_width(size.width())
    high = side * min(1.5, shape[0] / shape[1])
    words = translate("Drawings", "update {update}")
    painter.setFont(fonts.font(fonts.SMALL_SIZE))
    for place, update in enumerate(four_moments(recording)):
        room = QRectF(MARGIN + place * (side + MARGIN), MARGIN, side, high)
        state = recording.state_at(update).reshape(shape)
        draw_pad(painter, room, state, theme)
        painter.setPen(QColor(theme.muted))
        below = QRectF(room.left(), room.top() + high + 4, side, _FOOT)
        text = words.format(update=numbers.number(update))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, text)
    return MARGIN + high + 4 + _FOOT


def _energy_card(
    session: Session, energies: NDArray[np.float64] | None, frame: Frame, theme: Theme
) -> EnergyPanel:
    """Return a card of its own, so that the one on the screen stays as it is."""
    card = EnergyPanel()
    card.show_theme(theme)
    card.show_memories(session.memories, energies)
    card.show_frame(frame)
    return card


def _fit_plot(plot: RunPlot, room: QRectF, scale: float) -> None:
    """Make a plot as large as a room allows that it shares with its title."""
    plot.resize(int(room.width() - MARGIN), int(room.height() - _HEAD - _FOOT))
    plot.set_scale(scale)


def _draw_plot(painter: QPainter, plot: RunPlot, room: QRectF, title: str) -> None:
    """Draw a plot under a title, and name its axis."""
    theme = plot.theme
    painter.fillRect(room, QColor(theme.panel))
    corner = room.topLeft() + QPointF(MARGIN / 2, _HEAD)
    painter.save()
    painter.translate(corner)
    plot.draw(painter)
    painter.restore()
    painter.setPen(QColor(theme.text))
    painter.setFont(fonts.font(fonts.TEXT_SIZE, QFont.Weight.DemiBold))
    line = QFontMetricsF(painter.font())
    painter.drawText(QPointF(room.left() + MARGIN, room.top() + 10 + line.ascent()), title)
    painter.setPen(QColor(theme.muted))
    painter.setFont(fonts.font(fonts.SMALL_SIZE))
    below = plot.area.translated(corner.x(), 0)
    below.setTop(room.bottom() - _FOOT - 2)
    below.setHeight(_FOOT)
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, translate("Drawings", "updates"))


def _render(painter: QPainter, widget: QWidget, corner: QPointF, scale: float) -> None:
    """Draw a widget that draws itself in pixels, finely."""
    image = QImage(widget.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    widget.render(image, renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.drawImage(QRectF(corner, QSizeF(widget.size())), image)
