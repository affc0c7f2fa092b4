"""How a state is built: memories added up one by one, and at last the sign of their sum."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.rebuilding import Rebuilding
from hopgui.session.session import Grid, Memory
from hopgui.ui.look.numbers import MINUS, number
from hopgui.ui.look.theme import Theme, memory_colour
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.verdict.sum_map import SumMap
from hopgui.ui.verdict.verdict_text import units_text

CALM = 1100  # milliseconds a step
SWATCH = 12


class Recipe(Enum):
    """By which weights the memories are added up."""

    MEMBERS = auto()  # the members of the mixture that the state is called
    OVERLAPS = auto()  # the state's own overlaps: what Hebb's rule adds up
    DUAL_OVERLAPS = auto()  # those with which the memories come nearest to the state


class RebuildingDialog(QDialog):
    """Shows the sums, step by step: by click, by the arrow keys, or by themselves.

    Parameters
    ----------
    recipes
        The ways in which the state is built, the one to begin with first.
    memories
        The memories, in the order of the gallery.
    grid
        The grid of the pad.
    theme
        Whose colours to draw in.
    """

    def __init__(
        self,
        recipes: Mapping[Recipe, Rebuilding],
        memories: Sequence[Memory],
        grid: Grid,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How this state is built"))
        self._recipes = recipes
        self._memories = tuple(memories)
        self._grid = grid
        self._theme = theme
        self._clock = QTimer(self)
        self._clock.setInterval(CALM)
        self._clock.timeout.connect(self._go_on)
        self._choice = Segmented([(recipe, self._word(recipe)) for recipe in recipes])
        self._choice.setVisible(len(recipes) > 1)
        self._map = SumMap()
        self._map.show_theme(theme)
        self._steps = QListWidget()
        self._caption = ElidedLabel("verdict")
        self._meaning = QLabel()
        self._play = QPushButton(self.tr("Play"))
        self._lay_out()
        self._choice.chosen.connect(self._turn)
        self._steps.currentRowChanged.connect(self._show_step)
        self._play.clicked.connect(self._play_or_pause)
        self._turn()

    @property
    def caption(self) -> str:
        """What is said of the step shown."""
        return self._caption.whole

    def _lay_out(self) -> None:
        self._steps.setAccessibleName(self.tr("Steps"))
        self._steps.setIconSize(QSize(SWATCH, SWATCH))
        self._steps.setMinimumWidth(220)
        self._steps.setSpacing(3)
        self._map.setAccessibleName(self.tr("The sum so far"))
        self._meaning.setObjectName("muted")
        self._meaning.setWordWrap(True)
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignTop)
        back, forth = QPushButton(self.tr("Back")), QPushButton(self.tr("Next"))
        back.clicked.connect(lambda: self._move(-1))
        forth.clicked.connect(lambda: self._move(1))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        self._play.setDefault(True)
        for button in (back, forth, close):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        for button in (back, forth, self._play):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(close)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self._choice)
        side.addWidget(self._meaning)
        side.addWidget(self._steps, 1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self._map, 3)
        both.addLayout(side, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._caption)
        column.addLayout(both, 1)
        column.addLayout(buttons)
        self.resize(720, 520)

    @property
    def _recipe(self) -> Recipe:
        choice = self._choice.choice
        assert isinstance(choice, Recipe)  # noqa: S101 - no other is put in
        return choice

    @property
    def _rebuilding(self) -> Rebuilding:
        return self._recipes[self._recipe]

    @Slot()
    def _turn(self) -> None:
        """Show the steps of the recipe chosen."""
        self._stop()
        self._meaning.setText(self._explanation(self._recipe))
        self._steps.clear()
        found = self._rebuilding
        for weight, index in found.parts:
            memory = self._memories[index]
            colour = memory_colour(self._theme, memory.colour)
            self._steps.addItem(QListWidgetItem(_swatch(colour), self._part(weight, memory.name)))
        if found.others:
            text = self.tr("and {n} others, all together").format(n=number(found.others))
            self._steps.addItem(QListWidgetItem(_swatch(QColor(self._theme.muted)), text))
        sign = QListWidgetItem(_swatch(QColor(self._theme.plus)), self.tr("the sign of the sum"))
        self._steps.addItem(sign)
        self._steps.setCurrentRow(0)

    @Slot(int)
    def _show_step(self, step: int) -> None:
        found, shape = self._rebuilding, self._grid.shape
        if step < 0:
            return
        if step < found.steps:
            limit = float(np.abs(found.sums[-1]).max()) or 1.0
            self._map.show_sums(found.sums[step].reshape(shape), limit)
        else:
            self._map.show_state(found.state.reshape(shape), found.unlike.reshape(shape))
        self._caption.show_text(self._sentence(step))
        self._map.setAccessibleDescription(self._caption.whole)
        if step == self._steps.count() - 1:
            self._stop()

    def _sentence(self, step: int) -> str:
        found = self._rebuilding
        if step < found.steps:
            sums = found.sums[step]
            low, high = (_short(float(each)) for each in (sums.min(), sums.max()))
            text = self.tr("Sum of {n}: from {low} to {high}")
            count = step + 1 if step < len(found.parts) else len(found.parts) + found.others
            return text.format(n=number(count), low=low, high=high)
        differing = int(found.unlike.sum())
        if not differing:
            return self.tr("Its sign is this state, unit for unit")
        text = self.tr("Its sign is this state but for {units}, marked")
        return text.format(units=units_text(differing))

    def _move(self, steps: int) -> None:
        self._stop()
        row = self._steps.currentRow() + steps
        self._steps.setCurrentRow(min(max(row, 0), self._steps.count() - 1))

    @Slot()
    def _play_or_pause(self) -> None:
        if self._clock.isActive():
            self._stop()
            return
        if self._steps.currentRow() == self._steps.count() - 1:
            self._steps.setCurrentRow(0)
        self._clock.start()
        self._play.setText(self.tr("Pause"))

    @Slot()
    def _go_on(self) -> None:
        self._steps.setCurrentRow(self._steps.currentRow() + 1)

    def _stop(self) -> None:
        self._clock.stop()
        self._play.setText(self.tr("Play"))

    def done(self, result: int) -> None:
        """Let the clock stand still when the dialog closes."""
        self._stop()
        super().done(result)

    def _word(self, recipe: Recipe) -> str:
        if recipe is Recipe.MEMBERS:
            return self.tr("the mixture")
        return self.tr("all memories")

    def _explanation(self, recipe: Recipe) -> str:
        match recipe:
            case Recipe.MEMBERS:
                return self.tr("The members of the mixture, added up.")
            case Recipe.OVERLAPS:
                return self.tr(
                    "Every memory as often as the state overlaps with it: so Hebb's rule makes"
                    " the local fields."
                )
            case _:
                return self.tr(
                    "Every memory with its dual overlap: with these weights the memories come"
                    " nearest to the state."
                )

    @staticmethod
    def _part(weight: float, name: str) -> str:
        size = _short(abs(weight))
        sign = "+" if weight > 0 else MINUS
        return f"{sign} {name}" if size == "1" else f"{sign} {size} {name}"


def _short(value: float) -> str:
    """Write a sum with as many decimals as it needs, two at most."""
    whole = abs(value - round(value)) < 5e-3
    return number(value) if whole else number(value, 2)


def _swatch(colour: QColor) -> QIcon:
    pixmap = QPixmap(2 * SWATCH, 2 * SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(pixmap.rect(), 6, 6)
    painter.end()
    return QIcon(pixmap)
