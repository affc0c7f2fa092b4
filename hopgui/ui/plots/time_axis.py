"""The stretch of updates that the plots of one run share."""

import math

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from hopgui.ui.look.numbers import round_above

SHORTEST_SPAN = 10
LEAST_MARGIN = 44
LEAST_FILLED = 0.4
PATIENCE = 700  # milliseconds


class TimeAxis(QObject):
    """The stretch of updates that the plots of a run share, and the margin that aligns them.

    Signals
    -------
    changed
        The stretch or the margin has changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.start = 0.0
        self.end = 1.0
        self.margin = LEAST_MARGIN
        self._filled = QElapsedTimer()
        self._claims: dict[QObject, int] = {}

    def show_span(self, first: int, last: int, *, running: bool = False) -> None:
        """Show at least the updates from `first` to `last`; the ends are round, and hold.

        They hold while all is inside and fills two fifths of the stretch, and in a running run for
        a moment longer: runs that follow each other rapidly are seen at all their lengths, and
        must not make the plot jump.
        """
        if self.start <= first and last <= self.end:
            if last - first >= LEAST_FILLED * (self.end - self.start):
                self._filled.start()
                return
            if running and self._filled.isValid() and not self._filled.hasExpired(PATIENCE):
                return
        self._filled.start()
        length = round_above(max(last - first, SHORTEST_SPAN))
        start = math.floor(first / (length / 10)) * (length / 10)
        if start + length < last:
            length = round_above(last - start)
        if (start, start + length) != (self.start, self.end):
            self.start, self.end = start, start + length
            self.changed.emit()

    def claim_margin(self, plot: QObject, pixels: int) -> None:
        """Say how much room the numbers left of a plot need; every plot gets the most asked."""
        self._claims[plot] = pixels
        margin = max(self._claims.values())
        if margin != self.margin:
            self.margin = margin
            self.changed.emit()

    def release(self, plot: QObject) -> None:
        """Forget what a plot has claimed."""
        self._claims.pop(plot, None)
