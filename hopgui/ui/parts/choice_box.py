"""Choices that let the wheel pass: what scrolls under the pointer must not change a setting."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from hopgui.ui.parts.jump_slider import JumpSlider


class ChoiceBox(QComboBox):
    """A box that drops down a list of words, each of which stands for a value.

    Parameters
    ----------
    choices
        Pairs of a value and the word for it.

    Signals
    -------
    chosen(object)
        A person chose this value, another than before.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Iterable[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Long words are cut in a narrow dock rather than making it wide.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        for value, word in choices:
            self.add(value, word)
        self._shown = 0
        self.activated.connect(self._announce)

    def add(self, value: object, word: str) -> None:
        """Add a value at the end."""
        # Qt would turn a value that is also a string into a plain one.
        self._values.append(value)
        self.addItem(word)

    def remove(self, value: object) -> None:
        """Take a value off the list."""
        row = self._values.index(value)
        del self._values[row]
        self.removeItem(row)

    def clear_choices(self) -> None:
        """Take every value off the list."""
        self._values.clear()
        self.clear()
        self._shown = -1

    @property
    def value(self) -> object:
        """The value shown."""
        return self._values[self.currentIndex()]

    def has(self, value: object) -> bool:
        """Say whether a value is on the list."""
        return value in self._values

    def show_choice(self, value: object) -> None:
        """Show a value as chosen, without a signal."""
        self._shown = self._values.index(value)
        self.setCurrentIndex(self._shown)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is scrolled, unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _announce(self, row: int) -> None:
        if row != self._shown:
            self._shown = row
            self.chosen.emit(self._values[row])


class SettingSlider(JumpSlider):
    """A slider for a setting among others, in a page that scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is scrolled, unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
