"""How far something has come that a person waits for, and the way to call it off."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

PATIENCE = 300  # milliseconds; what is done sooner needs no words
_STEPS = 1000


class ProgressDialog(QDialog):
    """A bar and *Cancel*, seen only when it takes longer than a moment.

    Rejected when it is called off.

    Parameters
    ----------
    words
        What is being done.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(320)
        self._bar.setAccessibleName(words)
        self._label = QLabel(words)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._bar, 1)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(self._label)
        column.addLayout(row)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.open)
        self._patience.start()

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done."""
        self._bar.setValue(round(done / max(1, total) * _STEPS))

    def done(self, result: int) -> None:
        """Close, or never be seen at all."""
        self._patience.stop()
        super().done(result)
