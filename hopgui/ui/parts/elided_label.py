"""A line of text that ends in … where there is no room for all of it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyleOption, QWidget


class ElidedLabel(QLabel):
    """A label of plain text that never asks for width; cut text stands whole in its hint.

    The text is painted here, not given to the label: a label that gets another text has the whole
    window laid out again, and these change with every frame.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self._shorter = ""
        self._cut = ""

    @property
    def whole(self) -> str:
        """The text, uncut."""
        return self._whole

    def text(self) -> str:
        """Return the text as it is seen."""
        return self._cut

    def show_text(self, text: str, shorter: str = "") -> None:
        """Show a text, or a shorter one that says the same where there is no room for it."""
        if (text, shorter) == (self._whole, self._shorter):
            return
        self._whole, self._shorter = text, shorter
        self.setAccessibleName(text)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the height of one line, and no width."""
        return QSize(0, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Ask for the same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Cut anew in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text in the label's style."""
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawItemText(
            QPainter(self),
            self.contentsRect(),
            self.alignment().value | Qt.TextFlag.TextSingleLine.value,
            option.palette,
            self.isEnabled(),
            self._cut,
            self.foregroundRole(),
        )

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        fits = not self._shorter or metrics.horizontalAdvance(self._whole) <= room
        text = self._whole if fits else self._shorter
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if cut != self._cut:
            self._cut = cut
            self.update()
        tip = "" if cut == self._whole else self._whole
        if tip != self.toolTip():
            self.setToolTip(tip)
