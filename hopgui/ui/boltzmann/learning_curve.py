"""How a machine learns, as lines against epochs."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from hopgui.model.boltzmann.measures import Measures
from hopgui.session.training import Training
from hopgui.ui.boltzmann.curve_box import CurveBox, Drawn, in_words, newest
from hopgui.ui.look.numbers import number
from hopgui.ui.plots.series_plot import Level, Series


class Curve(StrEnum):
    """What can be followed."""

    LIKELIHOOD = "likelihood"
    PSEUDO = "pseudo"
    RECONSTRUCTION = "reconstruction"
    FREE_ENERGY = "free energy"
    EXCHANGES = "exchanges"


class LearningCurve(CurveBox[Training]):
    """How a restricted machine learns, against epochs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        # Short enough for the narrowest dock; the words below say the rest.
        super().__init__(
            (
                (Curve.LIKELIHOOD, self.tr("Log-likelihood")),
                (Curve.PSEUDO, self.tr("Pseudo-likelihood")),
                (Curve.RECONSTRUCTION, self.tr("Reconstruction error")),
                (Curve.FREE_ENERGY, self.tr("Free energy")),
                (Curve.EXCHANGES, self.tr("Exchanges")),
            ),
            parent,
        )

    def last_count(self, training: Training) -> int:
        """Return the number of epochs in all."""
        return training.course.settings.epochs

    def lines(self, training: Training, curve: object) -> Drawn:
        """Return the lines of one measure, what they compare with, and the newest in words."""
        match curve:
            case Curve.LIKELIHOOD:
                return self._likelihood(training)
            case Curve.PSEUDO:
                line = _line(training, self.tr("pseudo-likelihood"), "pseudo_likelihood")
                return [line], [], self.tr("now {value} nats").format(value=in_words(line))
            case Curve.RECONSTRUCTION:
                line = _line(training, self.tr("mean square error"), "reconstruction_error")
                return [line], [], self.tr("now {value}").format(value=in_words(line))
            case Curve.FREE_ENERGY:
                return self._free_energy(training)
            case _:
                return self._exchanges(training)

    def _likelihood(self, training: Training) -> Drawn:
        exact = _line(training, self.tr("exact"), "log_likelihood")
        if np.isfinite(exact.values).any():
            best = number(training.best, 3)
            level = Level(self.tr("best {value}").format(value=best), training.best)
            words = self.tr("now {value} nats, {gap} below the best").format(
                value=in_words(exact), gap=number(training.best - newest(exact), 3)
            )
            return [exact], [level], words
        if not training.estimates:
            return [], [], self.tr("too many units to sum: estimated as training goes on")
        estimates = training.estimates
        line = Series(
            self.tr("estimated"),
            np.array([each.epoch for each in estimates], np.float64),
            np.array([each.log_likelihood for each in estimates]),
            errors=np.array([min(each.error, 1e6) for each in estimates]),
        )
        words = self.tr("now {value} ± {error} nats, by annealed importance sampling").format(
            value=in_words(line), error=number(estimates[-1].error, 2)
        )
        return [line], [], words

    def _free_energy(self, training: Training) -> Drawn:
        trained = _line(training, self.tr("trained on"), "free_energy")
        held = _line(training, self.tr("kept apart"), "free_energy_held", strong=False)
        if not np.isfinite(held.values).any():
            return [trained], [], self.tr("Keep some pictures apart to see over-fitting.")
        gap = number(newest(held) - newest(trained), 2)
        words = self.tr("kept apart {gap} above: if that grows, they are learnt by heart")
        return [trained, held], [], words.format(gap=gap)

    def _exchanges(self, training: Training) -> Drawn:
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
