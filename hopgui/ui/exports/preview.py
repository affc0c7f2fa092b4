"""What an export will look like, as it is being chosen."""

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedWidget, QWidget

from hopgui.session.film import Film
from hopgui.ui.exports.drawings import Drawing
from hopgui.ui.exports.picture_files import to_image
from hopgui.ui.look import fonts
from hopgui.ui.look.theme import Theme

FASTEST = 12  # moments of a film that the preview shows in a second
_EDGE = 12


class ExportPreview(QStackedWidget):
    """Shows a drawing, plays a film, or lets a text be read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film: Film | None = None
        self._at = 0
        self._picture = _Sheet(theme)
        self._text = QPlainTextEdit()
        self._text.setObjectName("bare")
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(_monospaced())
        self._text.setAccessibleName(self.tr("Preview of the text"))
        self._picture.setAccessibleName(self.tr("Preview"))
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._go_on)
        self.addWidget(self._picture)
        self.addWidget(self._text)

    @property
    def text(self) -> str:
        """The text that is shown; empty while a picture is."""
        return self._text.toPlainText() if self.currentWidget() is self._text else ""

    @property
    def picture(self) -> QImage:
        """The picture that is shown."""
        return self._picture.image

    def show_drawing(self, drawing: Drawing) -> None:
        """Show a picture."""
        self.stop()
        self._picture.show_drawing(drawing)
        self.setCurrentWidget(self._picture)

    def show_film(self, film: Film) -> None:
        """Play a film over and over."""
        self.stop()
        self._film, self._at = film, 0
        self.setCurrentWidget(self._picture)
        self._go_on()
        self._clock.start(round(1000 / min(film.rate, FASTEST)))

    def show_text(self, text: str) -> None:
        """Show the beginning of a text."""
        self.stop()
        self._text.setPlainText(text)
        self.setCurrentWidget(self._text)

    def stop(self) -> None:
        """Let a film stand still."""
        self._clock.stop()
        self._film = None

    def _go_on(self) -> None:
        film = self._film
        if film is None:
            return
        update = film.moments[min(self._at, len(film.moments) - 1)]
        # The end is looked at for as long as a few moments.
        self._at = (self._at + 1) % (len(film.moments) + FASTEST)
        frame = film.frame(update)
        width, height = frame.size
        data = frame.tobytes()
        image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._picture.show_image(image)


class _Sheet(QWidget):
    """One picture in the middle, as large as fits, with a hairline around it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawing: Drawing | None = None
        self.image = QImage()
        # Not drawn within a change of size: to draw the window, Qt sends what changes of size are
        # pending once more, this one too, and so on without an end.
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(0)
        self._resized.timeout.connect(self._draw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._draw()

    def show_image(self, image: QImage) -> None:
        self._drawing, self.image = None, image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(520, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self._room(self.image.width(), self.image.height())
        painter.drawImage(room, self.image)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawRect(room.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _room(self, width: float, height: float) -> QRectF:
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        scale = min(room.width() / width, room.height() / height)
        fitted = QRectF(0, 0, round(width * scale), round(height * scale))
        fitted.moveCenter(room.center())
        fitted.moveTopLeft(fitted.topLeft().toPoint().toPointF())
        return fitted

    def _draw(self) -> None:
        if self._drawing is not None:
            size = self._drawing.size
            room = self._room(size.width(), size.height())
            width = max(1, round(room.width() * self.devicePixelRatioF()))
            self.image = to_image(self._drawing, width)
        self.update()


def _monospaced() -> QFont:
    font = fonts.font(fonts.SMALL_SIZE)
    font.setFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
    font.setStyleHint(QFont.StyleHint.Monospace, QFont.StyleStrategy.PreferDefault)
    return font
