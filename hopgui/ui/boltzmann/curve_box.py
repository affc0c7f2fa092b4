"""One line of a learning, chosen by name, and its newest value in words."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hopgui.session.any_training import AnyTraining
from hopgui.ui.controls.parts import Note
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.plots.series_plot import Level, Series, SeriesPlot

T = TypeVar("T", bound=AnyTraining)
Drawn = tuple[list[Series], list[Level], str]


class CurveBox(QWidget, Generic[T]):
    """A plot of what the box above it says, and a line in words below.

    Parameters
    ----------
    choices
        Pairs of what can be followed and its name, the first of them shown at first.
    """

    def __init__(
        self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._training: T | None = None
        self._said = ""
        self._curve = choices[0][0]
        self._choice = ChoiceBox(choices)
        self._choice.setAccessibleName(self.tr("What the plot shows"))
        self._choice.setToolTip(self.tr("Likelihoods are in nats a picture"))
        self._choice.chosen.connect(self._choose)
        self._plot = SeriesPlot(self._hint())
        self._words = Note()
        # Two lines are kept free, so that nothing moves while numbers grow longer and shorter.
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines = 2 * self._words.fontMetrics().lineSpacing()
        self._words.setMinimumHeight(lines)
        policy = self._words.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._words.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._choice)
        column.addWidget(self._plot, 1)
        column.addWidget(self._words)

    @property
    def chart(self) -> SeriesPlot:
        """The plot."""
        return self._plot

    def show_training(self, training: T | None) -> None:
        """Show a training as far as it has come, or that there is none."""
        self._training = training
        self._draw()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._plot.show_theme(theme)

    def words(self) -> str:
        """Return what is said of the newest point, or why there is none."""
        return self._said

    @abstractmethod
    def last_count(self, training: T) -> int:
        """Return the count at the right end of the plot."""

    @abstractmethod
    def lines(self, training: T, curve: object) -> Drawn:
        """Return the lines of what is followed, levels to compare with, and the newest in words."""

    def _choose(self, curve: object) -> None:
        self._curve = curve
        self._draw()

    def _draw(self) -> None:
        training = self._training
        if training is None or not training.curve:
            self._plot.show_hint(self._hint())
            self._plot.show_series([])
            self._say("")
            return
        series, levels, words = self.lines(training, self._curve)
        # Why there is no line is said where it would be.
        self._plot.show_hint(words)
        self._plot.show_series(series, levels, float(self.last_count(training)))
        self._plot.setAccessibleName(words)
        self._say(words, below=bool(series))

    def _hint(self) -> str:
        return self.tr("Train, and watch the machine learn here.")

    def _say(self, words: str, *, below: bool = True) -> None:
        self._said = words
        self._words.show_text(words if below else "")


def newest(line: Series) -> float:
    """Return a line's last value."""
    return float(line.values[np.isfinite(line.values)][-1])


def in_words(line: Series) -> str:
    """Return a line's last value as text."""
    return number(newest(line), 3)
