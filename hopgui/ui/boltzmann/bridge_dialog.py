"""The Hopfield network beside the Boltzmann machine that it is."""

import numpy as np
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hopgui.model.boltzmann.comparison import Comparison, Mean
from hopgui.ui.controls.parts import Note
from hopgui.ui.look.numbers import energy, number
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.plots.series_plot import Series, SeriesPlot


class BridgeDialog(QDialog):
    """Two samplers of one law: unit by unit, and all at once through the hidden units.

    Parameters
    ----------
    memories, units
        How many hidden units the machine has, and how many visible ones.
    temperature
        T.
    theme
        Whose colours to use.
    """

    def __init__(
        self,
        memories: int,
        units: int,
        temperature: float,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The network as a Boltzmann machine"))
        self.resize(560, 520)
        what = Note(
            self.tr(
                "The Hopfield network on the pad is a Boltzmann machine with {hidden} Gaussian"
                " hidden units, one a memory, and {visible} visible ones: given z, all units are"
                " drawn at once. At T = {temperature} both must have the same statistics."
            ).format(
                hidden=number(memories), visible=number(units), temperature=energy(temperature)
            )
        )
        formula = Note(
            "p(x, z) ∝ exp(−|z|²/2 + √(β/N) Σ<sub>μ</sub> z<sub>μ</sub> ξ<sup>μ</sup>·x)",
            kind="formula",
        )
        self._plot = SeriesPlot(self.tr("The mean energy of both appears here."))
        self._plot.show_theme(theme)
        self._plot.setAccessibleName(self.tr("Mean energy against sweeps"))
        self._words = ElidedLabel("note")
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(24)
        self._cells: list[list[QLabel]] = []
        for row, texts in enumerate(
            (
                ("", self.tr("unit by unit"), self.tr("through z")),
                (self.tr("mean energy"), "…", "…"),
                (self.tr("largest |overlap|"), "…", "…"),
            )
        ):
            labels = [QLabel(text) for text in texts]
            for place, label in enumerate(labels):
                if not row or not place:
                    label.setObjectName("muted")
                self._table.addWidget(label, row, place)
            self._cells.append(labels)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(what)
        column.addWidget(formula)
        column.addWidget(self._plot, 1)
        column.addLayout(self._table)
        column.addWidget(self._words)
        column.addWidget(close)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what the two samplers have found so far."""
        sweeps = np.arange(1, comparison.done + 1, dtype=np.float64)
        self._plot.show_series(
            [
                Series(self.tr("unit by unit"), sweeps, comparison.unit_by_unit),
                Series(self.tr("through z"), sweeps, comparison.through_hidden, strong=False),
            ],
            last=float(comparison.total),
        )
        for row, means in ((1, comparison.energies), (2, comparison.overlaps)):
            for column, mean in enumerate(means, 1):
                self._cells[row][column].setText(_mean(mean))
        one, other = comparison.energies
        apart = abs(one.value - other.value) / max(float(np.hypot(one.error, other.error)), 1e-12)
        text = self.tr("sweep {done} of {total} · the energies are {apart} standard errors apart")
        self._words.show_text(
            text.format(
                done=number(comparison.done),
                total=number(comparison.total),
                apart=number(min(apart, 1e6), 1),
            )
        )


def _mean(mean: Mean) -> str:
    places = 2 if abs(mean.value) < 1000 else 0
    return f"{number(mean.value, places)} ± {number(mean.error, places)}"
