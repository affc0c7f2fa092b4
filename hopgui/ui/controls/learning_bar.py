"""How far learning has come, and the way to call it off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hopgui.ui.parts.elided_label import ElidedLabel

_STEPS = 1000


class LearningBar(QFrame):
    """A bar, what is being done, and *Cancel*; gone when there is nothing to wait for.

    Signals
    -------
    cancelled()
        A person calls the learning off.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._words = ElidedLabel("note")
        self._percent = QLabel()
        self._percent.setObjectName("note")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of learning"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self.cancelled)
        words = QHBoxLayout()
        words.addWidget(self._words, 1)
        words.addWidget(self._percent)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(words)
        left.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self._cancel)
        self.hide()

    def show_learning(self, fraction: float | None, words: str) -> None:
        """Show how much is done, 0 … 1, and what; None when it is over."""
        self.setVisible(fraction is not None)
        if fraction is None:
            return
        done = min(max(fraction, 0.0), 1.0)
        self._bar.setValue(round(done * _STEPS))
        self._percent.setText(self.tr("{percent} %").format(percent=int(done * 100)))
        self._words.show_text(words or self.tr("Learning…"))
