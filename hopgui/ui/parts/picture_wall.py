"""Many small pictures side by side, as filters or dreams are shown."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hopgui.ui.look.painting import paint_focus
from hopgui.ui.look.theme import LIGHT, Theme

_GAP = 6
_LEGIBLE = 20  # pixels of a picture's longer side from which one can tell what it shows
_ROW, _TALL = 60, 360  # pixels of the lowest wall, and of the tallest that is asked for
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PictureWall(QWidget):
    """Pictures of one size, as many as find room, each of which can be chosen.

    Parameters
    ----------
    hint
        What stands there while there are no pictures.

    Signals
    -------
    chosen(int)
        A person chose this picture.
    """

    chosen = Signal(int)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hint = hint
        self._theme = LIGHT
        self._images: list[QImage] = []
        self._tips: list[str] = []
        self._marked = -1

    def show_images(self, images: list[QImage], tips: list[str] | None = None) -> None:
        """Show these pictures, all of one size, and what is to be said of each."""
        self._images, self._tips = images, tips or []
        self._marked = min(self._marked, len(images) - 1)
        self._ask_for_room()
        self.update()

    def show_marked(self, which: int) -> None:
        """Mark one picture, none if −1."""
        self._marked = which
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for some rows."""
        return QSize(280, 200)

    def minimumSizeHint(self) -> QSize:
        """Ask for a row."""
        return QSize(120, _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as many rows as the new width needs."""
        super().resizeEvent(event)
        self._ask_for_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pictures from the top left, at the largest size at which all find room."""
        painter = QPainter(self)
        if not self._images:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(self.rect().adjusted(16, 0, -16, 0), _WRAPPED, self._hint)
            return
        for which, image in enumerate(self._images):
            place = self.place(which)
            if place.bottom() > self.height():
                break
            painter.drawImage(place, image)
            if which == self._marked:
                painter.setPen(QPen(QColor(self._theme.act), 2))
                painter.drawRect(place.adjusted(-2, -2, 1, 1))
        if self.hasFocus():
            paint_focus(painter, self.rect(), self._theme)

    def place(self, which: int) -> QRect:
        """Return where a picture stands."""
        columns, size = self._columns()
        row, column = divmod(which, columns)
        left = column * (size.width() + _GAP) + 2
        return QRect(QPoint(left, row * (size.height() + _GAP) + 2), size)

    def at(self, point: QPoint) -> int:
        """Return which picture lies under a point, −1 for none."""
        found = (which for which in range(len(self._images)) if self.place(which).contains(point))
        return next(found, -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a picture."""
        which = self.at(event.position().toPoint())
        if which >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._choose(which)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by the arrows; let every other key pass."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._images:
            event.ignore()
            return
        way = step[0] + step[1] * self._columns()[0]
        which = self._marked + way if self._marked >= 0 else 0
        if 0 <= which < len(self._images):
            self._choose(which)

    def event(self, event: QEvent) -> bool:
        """Say what a picture is, and keep the arrows from the window."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            which = self.at(event.pos())
            text = self._tips[which] if 0 <= which < len(self._tips) else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in _STEPS
        ):
            event.accept()
            return True
        return super().event(event)

    def _choose(self, which: int) -> None:
        self.show_marked(which)
        self.chosen.emit(which)

    def _ask_for_room(self) -> None:
        """Ask for the height at which all pictures can be made out, or as much of it as is fair."""
        height = 0
        if self._images:
            image = self._images[0]
            longer = max(image.width(), image.height())
            # Small ones in whole pixels a unit.
            scale = -(-_LEGIBLE // longer) if longer < _LEGIBLE else _LEGIBLE / longer
            wide, high = (int(side * scale) + _GAP for side in (image.width(), image.height()))
            columns = max(1, (self.width() - 4 + _GAP) // wide)
            height = -(-len(self._images) // columns) * high + 4
        self.setMinimumHeight(min(max(height, _ROW), _TALL))

    def _columns(self) -> tuple[int, QSize]:
        """Return how many stand in a row, and how large each is: whole pixels a unit if it can."""
        image = self._images[0]
        width, height = self.width() - 4, self.height() - 4
        # Where there is no room for all of them the last ones are not seen.
        best = max(1, width // (image.width() + _GAP)), QSize(1, 1)
        for columns in range(1, len(self._images) + 1):
            rows = -(-len(self._images) // columns)
            scale = min(
                (width - (columns - 1) * _GAP) / (columns * image.width()),
                (height - (rows - 1) * _GAP) / (rows * image.height()),
            )
            if scale >= 1:
                scale = int(scale)
            size = QSize(int(image.width() * scale), int(image.height() * scale))
            if not size.isEmpty() and size.width() >= best[1].width():
                best = columns, size
        return best
