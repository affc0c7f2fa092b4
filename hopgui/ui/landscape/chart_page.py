"""A page of the landscape: a chart, and under it what it shows and how true it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from hopgui.ui.landscape.state_chart import StateChart
from hopgui.ui.look.theme import Theme

_STEPS = 1000


class ChartPage(QWidget):
    """Lays out a chart with its progress and its note.

    Parameters
    ----------
    chart
        The chart.

    Attributes
    ----------
    chart
        The chart.
    note
        What is said of it.
    """

    def __init__(self, chart: StateChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.hide()
        self.note = QLabel()
        self.note.setObjectName("note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(chart, 1)
        self.column.addWidget(self._bar)
        self.column.addWidget(self.note)

    @property
    def caption(self) -> str:
        """What the chart shows and how true it is, for a picture of it."""
        return self.note.text()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the computation is; nothing once it is done."""
        self._bar.setVisible(done < total)
        self._bar.setValue(round(_STEPS * done / max(total, 1)))

    def show_note(self, text: str) -> None:
        """Say what the chart shows and how true it is."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_absence(self, reason: str) -> None:
        """Say why there is nothing to be seen."""
        self.chart.show_hint(reason)
        self.show_progress(0, 0)
        self.show_note("")

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        self.chart.show_theme(theme)
