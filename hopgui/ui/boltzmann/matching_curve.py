"""How a fully visible machine learns, as lines against steps."""

from enum import StrEnum

import numpy as np
from PySide6.QtWidgets import QWidget

from hopgui.session.visible_training import VisibleTraining
from hopgui.ui.boltzmann.curve_box import CurveBox, Drawn, in_words, newest
from hopgui.ui.look.numbers import number
from hopgui.ui.plots.series_plot import Level, Series


class Curve(StrEnum):
    """What can be followed."""

    LIKELIHOOD = "likelihood"
    MISMATCH = "mismatch"


class MatchingCurve(CurveBox[VisibleTraining]):
    """Likelihood or mismatch, against steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (
                (Curve.LIKELIHOOD, self.tr("Log-likelihood")),
                (Curve.MISMATCH, self.tr("Mismatch of moments")),
            ),
            parent,
        )

    def show_training(self, training: VisibleTraining | None) -> None:
        """Show a training as far as it has come; of sampled moments their mismatch at first."""
        before = None if self._training is None else self._training.course
        if training is not None and training.course is not before and not _is_exact(training):
            self._curve = Curve.MISMATCH
            self._choice.show_choice(Curve.MISMATCH)
        super().show_training(training)

    def last_count(self, training: VisibleTraining) -> int:
        """Return the number of steps in all."""
        return training.total

    def lines(self, training: VisibleTraining, curve: object) -> Drawn:
        """Return the line of one measure, what it compares with, and the newest in words."""
        steps = np.array([each.step for each in training.curve], np.float64)
        if curve is Curve.MISMATCH:
            values = np.array([each.mismatch for each in training.curve])
            line = Series(self.tr("largest mismatch"), steps, values)
            return [line], [], self._mismatch(training, line)
        told = [each.log_likelihood for each in training.curve]
        values = np.array([np.nan if each is None else each for each in told], np.float64)
        if not np.isfinite(values).any():
            return [], [], self.tr("Sampled moments tell no likelihood: see their mismatch.")
        line = Series(self.tr("exact"), steps, values)
        best = number(training.best, 3)
        level = Level(self.tr("best {value}").format(value=best), training.best)
        words = self.tr("now {value} nats, {gap} below the best of any law").format(
            value=in_words(line), gap=number(training.best - newest(line), 3)
        )
        return [line], [level], words

    def _mismatch(self, training: VisibleTraining, line: Series) -> str:
        if training.course.schedule.exact:
            return self.tr("now {value}; 0 is the best of all pairwise machines").format(
                value=in_words(line)
            )
        # The largest of so many differences, each with the deviation of a mean over the chains.
        units = training.machine.units
        moments = max(units * (units + 1) / 2, 2)
        noise = float(np.sqrt(2 * np.log(moments) / training.course.schedule.chains))
        return self.tr("now {value}; {chains} chains alone differ by about {noise}").format(
            value=in_words(line),
            chains=number(training.course.schedule.chains),
            noise=number(noise, 2),
        )


def _is_exact(training: VisibleTraining) -> bool:
    return training.course.schedule.exact
