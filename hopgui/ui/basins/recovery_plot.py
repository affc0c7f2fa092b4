"""Recovery against damage: how often a state comes back, and how sure that is."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.model.recovery import Recovery
from hopgui.ui.look import fonts
from hopgui.ui.look.numbers import number, ticks
from hopgui.ui.look.painting import blend, paint_focus
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.plots.curve import polygon_of

_LEFT, _TOP, _RIGHT, _BOTTOM = 44, 10, 14, 40
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_PALE = 0.2  # of a curve's colour in its band
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
_RIGHTWARD = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
NOTHING = -1


class RecoveryPlot(QWidget):
    """Two curves with their bands: back to the state itself, and back to near it (dashed).

    Signals
    -------
    pointed(int)
        The damage under the pointer, as a place among those tried; −1 for none.
    """

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._recovery: Recovery | None = None
        self._hint = ""
        self._marked = NOTHING
        self.setFont(fonts.font(fonts.SMALL_SIZE))
        self._metrics = QFontMetricsF(self.font())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Recovery against damage"))

    def show_recovery(self, recovery: Recovery | None, hint: str = "") -> None:
        """Show what is known; else say why nothing is."""
        self._recovery, self._hint = recovery, hint
        if recovery is None:
            self._point_at(NOTHING)
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        self._theme = theme
        self.update()

    @property
    def marked(self) -> int:
        """The damage under the pointer, as a place among those tried; −1 for none."""
        return self._marked

    @property
    def most(self) -> float:
        """The largest damage, in percent."""
        known = self._recovery
        return 50.0 if known is None or not known.percents.size else float(known.percents.max())

    def place(self, percent: float, share: float) -> QPointF:
        """Return where a damage and a share lie."""
        area = self._area()
        across = area.left() + area.width() * percent / max(self.most, 1e-9)
        return QPointF(across, area.bottom() - area.height() * share)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    # Gesture

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which damage is under the pointer."""
        known = self._recovery
        if known is None:
            return
        across = [self.place(percent, 0).x() for percent in known.percents.tolist()]
        away = np.abs(np.array(across) - event.position().x())
        self._point_at(int(away.argmin()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from damage to damage; let every other key pass."""
        step, known = _STEPS.get(Qt.Key(event.key())), self._recovery
        if step is None or known is None:
            event.ignore()
            return
        last = known.percents.size - 1
        self._point_at(min(max(self._marked + step, 0), last))

    def event(self, event: QEvent) -> bool:
        """Keep its arrows from the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in _STEPS
        ):
            event.accept()
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that none is."""
        self._point_at(NOTHING)
        super().leaveEvent(event)

    def _point_at(self, place: int) -> None:
        if place != self._marked:
            self._marked = place
            self.pointed.emit(place)
            self.update()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the axes, the bands and the curves over them."""
        painter = QPainter(self)
        self.draw(painter)
        if self.hasFocus():
            paint_focus(painter, self.rect(), self._theme)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen but a hint."""
        return self._recovery is None

    def draw(self, painter: QPainter) -> None:
        """Draw the chart without its ground; the painter's origin becomes its corner."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        known = self._recovery
        if known is None and self._hint:
            painter.setFont(fonts.font())
            painter.setPen(QColor(self._theme.muted))
            side = max(16, (self.width() - 260) // 2)
            painter.drawText(self.rect().adjusted(side, 0, -side, 0), _WRAPPED, self._hint)
        else:
            self._paint_axes(painter)
        if known is not None:
            near, exact = QColor(self._theme.muted), QColor(self._theme.act)
            self._paint_band(painter, known, known.near_interval, near)
            self._paint_band(painter, known, known.exact_interval, exact)
            self._paint_curve(painter, known, known.near_share, near, Qt.PenStyle.DashLine)
            self._paint_curve(painter, known, known.exact_share, exact, Qt.PenStyle.SolidLine)
            if self._marked != NOTHING:
                self._paint_marked(painter, known)

    def _paint_axes(self, painter: QPainter) -> None:
        area = self._area()
        for share in _SHARES:
            y = self.place(0, share).y()
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self._theme.muted))
            text = self.tr("{percent} %").format(percent=number(100 * share))
            painter.drawText(QRectF(0, y - 9, area.left() - 6, 18), _RIGHTWARD, text)
        for percent in ticks(0, self.most, max(2, int(area.width() / 44))):
            x = self.place(percent, 0).x()
            box = QRectF(x - 30, area.bottom() + 3, 60, 16)
            text = self.tr("{percent} %").format(percent=number(percent))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        title = QRectF(area.left(), area.bottom() + 20, area.width(), 18)
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self.tr("units flipped"))

    def _paint_band(
        self, painter: QPainter, known: Recovery, ends: NDArray[np.float64], colour: QColor
    ) -> None:
        tried = known.tries > 0
        if not tried.any():
            return
        percents = known.percents[tried]
        lower, upper = ends[:, tried]
        across = np.concatenate([percents, percents[::-1]])
        outline = self._pixels(across, np.concatenate([lower, upper[::-1]]))
        painter.setPen(Qt.PenStyle.NoPen)
        faint = QColor(colour)
        faint.setAlphaF(_PALE)
        painter.setBrush(faint)
        painter.drawPolygon(outline)

    def _paint_curve(
        self,
        painter: QPainter,
        known: Recovery,
        shares: NDArray[np.float64],
        colour: QColor,
        style: Qt.PenStyle,
    ) -> None:
        tried = known.tries > 0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2, style))
        painter.drawPolyline(self._pixels(known.percents[tried], shares[tried]))

    def _pixels(self, percents: NDArray[np.float64], shares: NDArray[np.float64]) -> QPolygonF:
        area = self._area()
        across = area.left() + area.width() * percents / max(self.most, 1e-9)
        return polygon_of(across, area.bottom() - area.height() * shares)

    def _paint_marked(self, painter: QPainter, known: Recovery) -> None:
        """Draw a line at the damage pointed at, and a dot on each curve."""
        area, percent = self._area(), float(known.percents[self._marked])
        x = self.place(percent, 0).x()
        line = blend(QColor(self._theme.muted), QColor(self._theme.panel), 0.6)
        painter.setPen(QPen(line, 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        curves = ((known.near_share, self._theme.muted), (known.exact_share, self._theme.act))
        for shares, colour in curves:
            share = float(shares[self._marked])
            if not np.isnan(share):
                painter.setPen(QPen(QColor(self._theme.panel), 1.5))
                painter.setBrush(QColor(colour))
                painter.drawEllipse(self.place(percent, share), 4, 4)

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(340, 280)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which something is to be seen."""
        return QSize(200, 160)
