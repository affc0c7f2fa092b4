"""Offers a document that a crash left behind."""

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hopgui.session.session import Session
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.thumbnail import thumbnail

SIDE = 48


class RecoveryBar(QFrame):
    """The lost document's picture, its name and when it was kept; *Recover* and *Discard*.

    Signals
    -------
    recovered(), discarded()
        What becomes of the document on offer.
    """

    recovered = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._session: Session | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(SIDE, SIDE)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # a title is no markup
        self._words.setWordWrap(True)
        self._time = ElidedLabel("note")
        recover = QPushButton(self.tr("Recover"))
        recover.setObjectName("primary")
        recover.clicked.connect(self.recovered)
        discard = QPushButton(self.tr("Discard"))
        discard.clicked.connect(self.discarded)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch()
        column.addWidget(self._words)
        column.addWidget(self._time)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(column, 1)
        for button in (discard, recover):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)

    def show_lost(self, session: Session, name: str, seconds: float, more: int) -> None:
        """Offer a document.

        Parameters
        ----------
        session
            The document.
        name
            What it is called.
        seconds
            When it was last kept, in seconds since 1970.
        more
            How many others are offered after it.
        """
        self._session = session
        words = self.tr("“{name}” was not closed in order, and is still here.").format(name=name)
        if more:
            words += " " + self.tr("And {count} more.").format(count=more)
        self._words.setText(words)
        moment = QDateTime.fromMSecsSinceEpoch(round(1000 * seconds))
        kept = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        self._time.show_text(self.tr("Last kept {time}.").format(time=kept))
        self.setAccessibleName(words)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        if self._session is not None:
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(thumbnail(self._session.pad, theme, SIDE, ratio))
