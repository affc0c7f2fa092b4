"""What the controls are built from: a section that folds, rows, notes and formulas."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hopgui.ui.parts.spin_box import DoubleSpinBox, SpinBox

BEFORE = 14
BOX_WIDTH = 88
SIGN = 16


class Note(QLabel):
    """A line of explanation that takes no room while it has nothing to say."""

    def __init__(self, text: str = "", *, kind: str = "note") -> None:
        super().__init__(text)
        self.setObjectName(kind)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        if not text:  # what has no parent yet and is told to show would be a window of its own
            self.hide()

    def show_text(self, text: str) -> None:
        """Show a text, or nothing."""
        if text != self.text() or not text:
            self.setText(text)
            self.setVisible(bool(text))


class Section(QWidget):
    """A titled group of controls that folds away under its title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = ""
        self._fold = QPushButton()
        self._fold.setObjectName("fold")
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.setIconSize(QSize(SIGN, SIGN))
        self._reason = Note()
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self._fold)
        outer.addWidget(self._reason)
        outer.addWidget(self._body)
        self._fold.toggled.connect(self._show_folded)

    def set_title(self, title: str) -> None:
        """Say what the group is about."""
        self._fold.setText(title)

    def set_sign(self, sign: QIcon) -> None:
        """Put a sign before the title."""
        self._fold.setIcon(sign)

    def show_reason(self, reason: str) -> None:
        """Grey the whole section and say why, or, with no reason, give it back."""
        self._why = reason
        self._body.setEnabled(not reason)
        self._reason.show_text(reason if self._fold.isChecked() else "")

    def fold(self) -> None:
        """Let the group be folded at first."""
        self._fold.setChecked(False)

    def row(self, text: str, control: QWidget) -> QLabel:
        """Put a control beside its name."""
        control.setAccessibleName(text)
        control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        label = QLabel(text)
        label.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(label, 1)
        line.addWidget(control)
        self._column.addSpacing(BEFORE)
        self._column.addLayout(line)
        return label

    def switch(self, text: str) -> QCheckBox:
        """Add a switch."""
        switch = QCheckBox(text)
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column.addSpacing(BEFORE)
        self._column.addWidget(switch)
        return switch

    def note(self, text: str = "") -> Note:
        """Add a line that explains."""
        note = Note(text)
        self._column.addWidget(note)
        return note

    def formula(self, text: str = "") -> Note:
        """Add a formula."""
        formula = Note(text, kind="formula")
        formula.setContentsMargins(0, 2, 0, 2)
        self._column.addWidget(formula)
        return formula

    @contextmanager
    def group(self) -> Iterator[QWidget]:
        """Add what is made within to a part of its own, to be shown and hidden as one."""
        outer, part = self._column, QWidget()
        self._column = QVBoxLayout(part)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(outer.spacing())
        yield part
        self._column = outer
        outer.addWidget(part)

    def add(self, control: QWidget) -> None:
        """Add a control across the whole width."""
        self._column.addWidget(control)

    def _show_folded(self, open_: bool) -> None:
        self._body.setVisible(open_)
        self._reason.show_text(self._why if open_ else "")


def number_box(least: int, most: int, step: int = 1) -> SpinBox:
    """Return a box for a whole number in a range."""
    box = SpinBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setFixedWidth(BOX_WIDTH)
    return box


def decimal_box(least: float, most: float, step: float, decimals: int) -> DoubleSpinBox:
    """Return a box for a decimal number in a range."""
    box = DoubleSpinBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setDecimals(decimals)
    box.setFixedWidth(BOX_WIDTH)
    return box


def show_number(box: SpinBox | DoubleSpinBox, value: float) -> None:
    """Show a number in its box, without a signal."""
    blocked = box.blockSignals(True)
    if isinstance(box, SpinBox):
        box.setValue(int(value))
    else:
        box.setValue(value)
    box.blockSignals(blocked)
