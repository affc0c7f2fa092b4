"""The pause between the rounds of *Repeat*."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hopgui.ui.controls.parts import Section, decimal_box, show_number

LONGEST_PAUSE = 10.0


class RepeatControls(Section):
    """How long *Repeat* waits between two rounds.

    Signals
    -------
    chosen(float)
        A person chose this pause, in seconds.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Repeat"))
        self._pause = decimal_box(0.0, LONGEST_PAUSE, 0.5, 1)
        self._pause.setSuffix(self.tr(" s"))
        self._pause.setValue(1.0)
        self._pause.valueChanged.connect(self.chosen)
        self.row(self.tr("Pause between rounds"), self._pause)
        self.note(self.tr("A round damages the pad, recalls, then waits this long."))

    def show_pause(self, seconds: float) -> None:
        """Show the pause, in seconds; nothing is emitted."""
        show_number(self._pause, seconds)
