"""How a machine learns, as lines against epochs."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hopgui.model.boltzmann.measures import Measures
from hopgui.session.training import Training
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.plots.series_plot import Level, Series, SeriesPlot


class Curve(StrEnum):
    """What can be followed."""

    LIKELIHOOD = "likelihood"
    PSEUDO = "pseudo"
    RECONSTRUCTION = "reconstruction"
    FREE_ENERGY = "free energy"
    EXCHANGES = "exchanges"


class LearningCurve(QWidget):
    """One line of the learning, chosen by name, and its newest value in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training: Training | None = None
        self._curve = Curve.LIKELIHOOD
        self._choice = ChoiceBox(
            (
                (Curve.LIKELIHOOD, self.tr("Log-likelihood, nats a picture")),
                (Curve.PSEUDO, self.tr("Pseudo-likelihood, nats a picture")),
                (Curve.RECONSTRUCTION, self.tr("Reconstruction error")),
                (Curve.FREE_ENERGY, self.tr("Free energy: trained on, kept apart")),
                (Curve.EXCHANGES, self.tr("Exchanges between temperatures")),
            )
        )
        self._choice.setAccessibleName(self.tr("What the plot shows"))
        self._choice.chosen.connect(self._choose)
        self._plot = SeriesPlot(self.tr("Train, and watch the machine learn here."))
        self._words = ElidedLabel("note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._choice)
        column.addWidget(self._plot, 1)
        column.addWidget(self._words)

    def show_training(self, training: Training | None) -> None:
        """Show a training as far as it has come, or that there is none."""
        self._training = training
        self._draw()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._plot.show_theme(theme)

    def words(self) -> str:
        """Return what is said of the newest point."""
        return self._words.whole

    def _choose(self, curve: Curve) -> None:
        self._curve = curve
        self._draw()

    def _draw(self) -> None:
        training = self._training
        if training is None or not training.curve:
            self._plot.show_series([])
            self._words.show_text("")
            return
        series, levels, words = self._lines(training)
        self._plot.show_series(series, levels, float(training.course.settings.epochs))
        self._plot.setAccessibleName(words)
        self._words.show_text(words)

    def _lines(self, training: Training) -> tuple[list[Series], list[Level], str]:
        match self._curve:
            case Curve.LIKELIHOOD:
                return self._likelihood(training)
            case Curve.PSEUDO:
                line = _line(training, self.tr("pseudo-likelihood"), "pseudo_likelihood")
                return [line], [], self.tr("now {value}").format(value=_last(line))
            case Curve.RECONSTRUCTION:
                line = _line(training, self.tr("mean square error"), "reconstruction_error")
                return [line], [], self.tr("now {value}").format(value=_last(line))
            case Curve.FREE_ENERGY:
                return self._free_energy(training)
            case Curve.EXCHANGES:
                return self._exchanges(training)

    def _likelihood(self, training: Training) -> tuple[list[Series], list[Level], str]:
        level = Level(
            self.tr("best possible {value}").format(value=number(training.best, 3)), training.best
        )
        exact = _line(training, self.tr("exact"), "log_likelihood")
        if np.isfinite(exact.values).any():
            words = self.tr("now {value}, {gap} below the best").format(
                value=_last(exact), gap=number(training.best - _newest(exact), 3)
            )
            return [exact], [level], words
        if not training.estimates:
            return [], [level], self.tr("too many units to sum: estimated as training goes on")
        estimates = training.estimates
        line = Series(
            self.tr("estimated"),
            np.array([each.epoch for each in estimates], np.float64),
            np.array([each.log_likelihood for each in estimates]),
            errors=np.array([min(each.error, 1e6) for each in estimates]),
        )
        words = self.tr("now {value} ± {error}, by annealed importance sampling").format(
            value=_last(line), error=number(estimates[-1].error, 2)
        )
        return [line], [], words

    def _free_energy(self, training: Training) -> tuple[list[Series], list[Level], str]:
        trained = _line(training, self.tr("trained on"), "free_energy")
        held = _line(training, self.tr("kept apart"), "free_energy_held", strong=False)
        if not np.isfinite(held.values).any():
            return [trained], [], self.tr("Keep some pictures apart to see over-fitting.")
        gap = number(_newest(held) - _newest(trained), 2)
        words = self.tr("kept apart {gap} above: if that grows, they are learnt by heart")
        return [trained, held], [], words.format(gap=gap)

    def _exchanges(self, training: Training) -> tuple[list[Series], list[Level], str]:
        points = [each for each in training.curve if each.exchange_rates]
        if not points:
            return [], [], self.tr("Only tempering exchanges states.")
        rates = np.array([each.exchange_rates for each in points], np.float64)
        epochs = np.array([each.epoch for each in points], np.float64)
        lines = [
            Series(self.tr("least"), epochs, rates.min(axis=1)),
            Series(self.tr("most"), epochs, rates.max(axis=1), strong=False),
        ]
        words = self.tr("made now: {least} to {most} % of those offered").format(
            least=number(100 * float(rates[-1].min())), most=number(100 * float(rates[-1].max()))
        )
        return lines, [], words


def _line(training: Training, name: str, what: str, *, strong: bool = True) -> Series:
    epochs = np.array([each.epoch for each in training.curve], np.float64)
    return Series(name, epochs, _values(training.curve, what), strong=strong)


def _values(curve: tuple[Measures, ...], what: str) -> NDArray[np.float64]:
    values = [getattr(each, what) for each in curve]
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _newest(line: Series) -> float:
    return float(line.values[np.isfinite(line.values)][-1])


def _last(line: Series) -> str:
    return number(_newest(line), 3)
