"""Switches that break the theorem on purpose, marked as such."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hopgui.model.choices import Trouble
from hopgui.ui.controls import formulas
from hopgui.ui.controls.parts import Section
from hopgui.ui.controls.values import ControlValues
from hopgui.ui.look import icons
from hopgui.ui.look.theme import LIGHT, Theme


class TroubleControls(Section):
    """What the theorem of the falling energy needs, to be taken away.

    Signals
    -------
    chosen(object)
        A person chose this `Trouble`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Break the theorem"))
        self._trouble = Trouble()
        self._warning = self.note()
        self._own = self.switch(self.tr("Negative self-connections"))
        self._own.clicked.connect(self._choose_own)
        self.formula(formulas.NEGATIVE_OWN)
        self._own_note = self.note()
        self._one_way = self.switch(self.tr("One-way couplings"))
        self._one_way.clicked.connect(self._choose_one_way)
        self.formula(formulas.ONE_WAY)
        self.note(
            self.tr(
                "Each pair loses one direction: a unit follows others that do not feel it, so its"
                " flip may raise the energy."
            )
        )
        self.show_theme(LIGHT)

    def show_values(self, values: ControlValues) -> None:
        """Show what is broken in the document; nothing is emitted."""
        self._trouble = values.trouble
        self._own.setChecked(values.trouble.negative_own)
        self._one_way.setChecked(values.trouble.one_way)
        self._own.setEnabled(values.rule_has_own)
        self._own_note.show_text(
            self.tr("Each unit argues against itself: it may flip uphill, and for ever.")
            if values.rule_has_own
            else self.tr("This learning rule leaves no self-connections to turn round.")
        )
        broken = values.trouble != Trouble()
        reason = self.tr("Only for the quadratic energy: a dense one has no couplings to break.")
        warning = (
            self.tr("The theorem does not hold now: the energy may rise, and a run never end.")
            if broken
            else self.tr("The energy can only fall, unless one of these is on.")
        )
        self._warning.show_text(warning if values.pairwise else "")
        self.show_reason("" if values.pairwise else reason)

    def show_theme(self, theme: Theme) -> None:
        """Draw the sign in the colours of a theme."""
        self.set_sign(icons.tinted("warning", theme.text, icons.SMALL))

    def _choose_own(self, negative: bool) -> None:
        self._choose(replace(self._trouble, negative_own=negative))

    def _choose_one_way(self, one_way: bool) -> None:
        self._choose(replace(self._trouble, one_way=one_way))

    def _choose(self, trouble: Trouble) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self.chosen.emit(trouble)
