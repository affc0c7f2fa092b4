"""A picture as large as its place allows, every pixel sharp."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.parts.thumbnail import crisp

_SIDE = 264


class PictureView(QWidget):
    """Shows one picture in its proportions, from the upper left corner on, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, image: QImage) -> None:
        """Show this picture from now on."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square to begin with."""
        return QSize(_SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        """Return a square in which a letter can still be read."""
        return QSize(96, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        if self._image.isNull():
            return
        ratio = self.devicePixelRatio()
        side = int(min(self.width(), self.height()) * ratio)
        picture = crisp(self._image, side)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawImage(0, 0, picture)
        painter.end()
