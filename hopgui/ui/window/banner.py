"""What could not be done, said in a line or a few; it goes again by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from hopgui.refusal import Refusal
from hopgui.ui.look.icons import SIZE, SMALL, icon
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import Theme

SHOWN_FOR = 9000  # milliseconds: long enough to be read out to a room
MOST_LINES = 4  # of refusals


class Banner(QFrame):
    """Says in place what was refused: no question, nothing to click away.

    Parameters
    ----------
    parent
        The window that it is laid into.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)  # a file's name is no markup
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self._label, 1)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def show_refusal(self, refusal: Refusal) -> None:
        """Say what was refused and why."""
        self.show_text(translated(refusal))

    def show_refusals(self, refusals: Sequence[Refusal]) -> None:
        """Say what was refused all at once: how many, the first of them, and all in the hint."""
        sentences = [translated(refusal) for refusal in refusals]
        if len(sentences) == 1:
            self.show_text(*sentences)
            return
        head = self.tr("{count} files could not be read:").format(count=number(len(sentences)))
        left = len(sentences) - MOST_LINES
        lines = sentences if left <= 0 else sentences[: MOST_LINES - 1]
        rest = [] if left <= 0 else [self.tr("… and {count} more.").format(count=number(left + 1))]
        self.show_text("\n".join([head, *lines, *rest]), "\n".join(sentences) if rest else "")

    def show_text(self, text: str, hint: str = "") -> None:
        """Say something, and more under the pointer."""
        self._label.setText(text)
        self._label.setToolTip(hint)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.show()
        self._timer.start()

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._close.setIcon(icon("close", theme, (SMALL, SIZE)))


def translated(refusal: Refusal) -> str:
    """Return a refusal's sentence, and those it quotes, in the language of the window."""
    gaps = {
        name: translated(gap) if isinstance(gap, Refusal) else gap
        for name, gap in refusal.gaps.items()
    }
    return QCoreApplication.translate("Refusal", refusal.sentence).format(**gaps)
