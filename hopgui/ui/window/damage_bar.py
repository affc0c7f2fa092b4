"""Damage from the tool bar: how much, by which draw, and go."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from hopgui.session.session import LARGEST_SEED, Damage
from hopgui.ui.look.fonts import tabular
from hopgui.ui.parts.spin_box import SpinBox


class DamageBar(QWidget):
    """The amount of damage, its seed, and the buttons that do it.

    It comes in two parts, so that a narrow window puts only the second away.

    Parameters
    ----------
    flip
        Action that flips the chosen share of the units.
    halves
        Actions that blank one half each.

    Attributes
    ----------
    rest
        The second part: what blanks halves, and the seed.

    Signals
    -------
    percent_changed(int)
        Share of the units to flip, 0 … 100.
    seed_changed(int)
        Seed of the next damage.
    """

    percent_changed = Signal(int)
    seed_changed = Signal(int)

    def __init__(self, flip: QAction, halves: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setFixedWidth(120)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setAccessibleName(self.tr("Share of the units to flip"))
        self._percent = QLabel()
        self._percent.setFont(tabular(self._percent.font()))
        self._percent.setFixedWidth(self._percent.fontMetrics().horizontalAdvance("100 %") + 8)
        self._seed = SpinBox()
        self._seed.setRange(0, LARGEST_SEED)
        self._seed.setPrefix(self.tr("draw "))
        self._seed.setToolTip(self.tr("The same draw damages the same units"))
        self._seed.setAccessibleName(self.tr("Seed of the damage"))
        self._seed.setFixedWidth(self._seed.fontMetrics().horizontalAdvance("draw 000000") + 40)
        self._lay_out(flip, halves)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._slider.valueChanged.connect(self._show_percent)
        self._slider.valueChanged.connect(self.percent_changed)
        self._seed.valueChanged.connect(self.seed_changed)
        self._seed.editingFinished.connect(self._seed.clearFocus)

    def show_damage(self, damage: Damage) -> None:
        """Show the document's damage; emits nothing."""
        with QSignalBlocker(self._slider), QSignalBlocker(self._seed):
            self._slider.setValue(damage.percent)
            self._seed.setValue(damage.seed)
        self._show_percent(damage.percent)

    def _lay_out(self, flip: QAction, halves: list[QAction]) -> None:
        button = QPushButton(self.tr("Flip"))
        button.setObjectName("secondary")
        button.setToolTip(self.tr("Flip this share of the units that are not pinned (D)"))
        button.clicked.connect(flip.trigger)
        blank = QToolButton()
        blank.setObjectName("secondary")
        blank.setText(self.tr("Blank half"))
        blank.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(blank)
        menu.addActions(halves)
        blank.setMenu(menu)
        for pressed in (button, blank):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rest = QWidget()
        self.rest.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        _in_a_row(self, QLabel(self.tr("Damage")), self._slider, self._percent, button)
        _in_a_row(self.rest, blank, self._seed)

    def _show_percent(self, percent: int) -> None:
        self._percent.setText(self.tr("{percent} %").format(percent=percent))


def _in_a_row(holder: QWidget, *widgets: QWidget) -> None:
    row = QHBoxLayout(holder)
    row.setContentsMargins(8, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
