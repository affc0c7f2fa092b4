"""A choice of one among a few, all in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget


class Segmented(QFrame):
    """Words side by side, one of them chosen.

    Parameters
    ----------
    choices
        Pairs of a value and the word for it.

    Signals
    -------
    chosen(object)
        A person chose this value.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (_, word) in enumerate(choices):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._announce)

    @property
    def choice(self) -> object:
        """The value chosen now."""
        return self._values[self._group.checkedId()]

    def show_choice(self, value: object) -> None:
        """Mark a value as chosen, without a signal."""
        self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: object) -> QToolButton:
        """Return the button of a value, to give it a hint."""
        button = self._group.button(self._values.index(value))
        assert isinstance(button, QToolButton)  # noqa: S101 - no other kind is put in
        return button

    def _announce(self, number: int) -> None:
        self.chosen.emit(self._values[number])
