"""The strip of a long computation: begin, pause, call off, how far it is and how long it takes."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from hopgui.ui.look.numbers import number
from hopgui.ui.parts.elided_label import ElidedLabel

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts

_STEPS = 1000
_SETTLING = 0.5  # seconds before a rate can be believed


class JobStrip(QWidget):
    """Buttons and progress of one long computation.

    Parameters
    ----------
    begin
        What the button that begins it says.

    Signals
    -------
    begun()
        The computation is to begin.
    paused(bool)
        It is to stand still, or to go on.
    cancelled()
        It is to be called off.
    """

    begun = Signal()
    paused = Signal(bool)
    cancelled = Signal()

    def __init__(self, begin: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin_words = begin
        self._active = self._pausing = False
        self.begin_button = QPushButton(begin)
        self.begin_button.setObjectName("primary")
        self.begin_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.begin_button.clicked.connect(self._press)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self.cancelled)
        self._cancel.setEnabled(False)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._words = ElidedLabel("note")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addWidget(self.begin_button, 1)
        self.buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.buttons)
        column.addWidget(self._bar)
        column.addWidget(self._words)

    def show_idle(self, words: str) -> None:
        """Show that nothing is under way, and say something of the last computation."""
        self._show_state(active=False, paused=False)
        self._words.show_text(words)

    def show_progress(
        self, done: int, total: int, seconds: float, *, paused: bool = False, before: int = 0
    ) -> None:
        """Show how far it is.

        Parameters
        ----------
        done, total
            Steps taken, and steps to take; 0 while nobody knows.
        seconds
            How long that took.
        paused
            Whether it stands still.
        before
            How many of the steps had been taken earlier, outside these seconds.
        """
        self._show_state(active=True, paused=paused)
        self._bar.setValue(round(_STEPS * done / max(total, 1)))
        self._words.show_text(progress_text(done, total, seconds, before) if total else "…")

    def _show_state(self, *, active: bool, paused: bool) -> None:
        if (active, paused) == (self._active, self._pausing):
            return
        self._active, self._pausing = active, paused
        self._cancel.setEnabled(active)
        self._bar.setVisible(active)
        if not active:
            self.begin_button.setText(self._begin_words)
        elif paused:
            self.begin_button.setText(self.tr("Go on"))
        else:
            self.begin_button.setText(self.tr("Pause"))

    def _press(self) -> None:
        if self._active:
            self.paused.emit(not self._pausing)
        else:
            self.begun.emit()


def progress_text(done: int, total: int, seconds: float, before: int = 0) -> str:
    """Say how far a computation is: ``4 213 of 10 000 · 1 830 / s · 3 s left``.

    Steps that were taken before these seconds say nothing of how fast it goes.
    """
    words = [
        translate("JobStrip", "{done} of {total}").format(done=number(done), total=number(total))
    ]
    if seconds >= _SETTLING and done > before:
        rate = (done - before) / seconds
        words.append(
            translate("JobStrip", "{rate} / s").format(rate=number(rate, 0 if rate >= 10 else 1))
        )
        words.append(
            translate("JobStrip", "{time} left").format(time=duration((total - done) / rate))
        )
    return " · ".join(words)


def taken(seconds: float) -> str:
    """Write the time that something took; what was quick, in tenths of a second: ``0.3 s``."""
    if seconds < 9.95:
        return translate("JobStrip", "{n} s").format(n=number(seconds, 1))
    return duration(seconds)


def duration(seconds: float) -> str:
    """Write a time, rounded to what one can see: ``3 s``, ``2 min``, ``1.5 h``."""
    if seconds < 99.5:
        return translate("JobStrip", "{n} s").format(n=number(seconds))
    if seconds < 99.5 * 60:
        return translate("JobStrip", "{n} min").format(n=number(seconds / 60))
    return translate("JobStrip", "{n} h").format(n=number(seconds / 3600, 1))
