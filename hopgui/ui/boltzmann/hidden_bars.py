"""How active each hidden unit is at the state shown."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hopgui.ui.look.numbers import number
from hopgui.ui.look.painting import paint_focus
from hopgui.ui.look.theme import LIGHT, Theme


class HiddenBars(QWidget):
    """A bar a hidden unit, from 0 to 1; one can be chosen.

    Signals
    -------
    chosen(int)
        A person chose this hidden unit.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Activities of the hidden units"))
        self._theme = LIGHT
        self._activities: NDArray[np.float64] = np.empty(0)
        self._marked = -1

    def show_activities(self, activities: NDArray[np.float64]) -> None:
        """Show p(h_j = 1 | v) of each hidden unit, float64 array of shape (hidden,)."""
        self._activities = activities
        self.update()

    def show_marked(self, unit: int) -> None:
        """Mark one hidden unit, none if −1."""
        self._marked = unit
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a low strip."""
        return QSize(240, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        line, act = QColor(self._theme.line), QColor(self._theme.act)
        bottom, high = self.height() - 3.0, self.height() - 6.0
        for unit, activity in enumerate(self._activities.tolist()):
            left, width = self._place(unit)
            painter.fillRect(QRectF(left, bottom - high, width, high), line)
            painter.fillRect(QRectF(left, bottom - high * activity, width, high * activity), act)
            if unit == self._marked:
                painter.setPen(QPen(QColor(self._theme.text), 1.5))
                painter.drawRect(QRectF(left - 1, bottom - high - 1, width + 2, high + 2))
        if self.hasFocus():
            paint_focus(painter, self.rect(), self._theme)

    def at(self, point: QPointF) -> int:
        """Return which unit's bar is under a point, −1 for none."""
        count = self._activities.size
        if not count or not 0 <= point.x() < self.width():
            return -1
        return min(int(point.x() * count / self.width()), count - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a unit."""
        unit = self.at(event.position())
        if unit >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._choose(unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by left and right; let every other key pass."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        unit = self._marked + step if self._marked >= 0 else 0
        if step and 0 <= unit < self._activities.size:
            self._choose(unit)
        elif not step:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Name the unit under the pointer, and keep the arrows from the window."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            unit = self.at(QPointF(event.pos()))
            text = ""
            if unit >= 0:
                text = self.tr("hidden unit {unit}: on with chance {chance}").format(
                    unit=number(unit + 1), chance=number(float(self._activities[unit]), 2)
                )
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        ):
            event.accept()
            return True
        return super().event(event)

    def _choose(self, unit: int) -> None:
        self.show_marked(unit)
        self.chosen.emit(unit)

    def _place(self, unit: int) -> tuple[float, float]:
        whole = self.width() / max(self._activities.size, 1)
        gap = 2.0 if whole > 6 else (1.0 if whole > 3 else 0.0)
        return unit * whole + gap / 2 + 1, max(whole - gap, 0.5)
