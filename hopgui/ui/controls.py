"""The card of choices that textbooks make differently, and the pace of repeated rounds."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.conventions import ARTICLE, PRESETS, Conventions, Scale, Ties, preset_name
from hopgui.ui.segmented import Segmented
from hopgui.ui.spin_box import DoubleSpinBox
from hopgui.ui.theme import Theme

LONGEST_PAUSE = 10.0

# Formulas are the same in every language.
_SUM = "Σ<sub>μ</sub> ξ<sub>i</sub><sup>μ</sup> ξ<sub>j</sub><sup>μ</sup>"
_SCALES = {
    Scale.MEMORIES: f"w<sub>ij</sub> = (1/P) {_SUM}",
    Scale.UNITS: f"w<sub>ij</sub> = (1/N) {_SUM}",
}
_ENERGY = "Σ<sub>ij</sub> w<sub>ij</sub> x<sub>i</sub> x<sub>j</sub>"
_FIELD = "h<sub>i</sub> = 0"
_TIE_FORMULAS = {
    Ties.MINUS: f"{_FIELD} : x<sub>i</sub> ← −1",
    Ties.KEEP: f"{_FIELD} : x<sub>i</sub> ← x<sub>i</sub>",
    Ties.RANDOM: f"{_FIELD} : x<sub>i</sub> ← ±1",
}


class Controls(QFrame):
    """Presets, each convention on its own switch with its formula, and the pause of *Repeat*.

    Signals
    -------
    conventions_changed(object)
        A person chose these `Conventions`.
    repeat_pause_changed(float)
        Seconds between the rounds of *Repeat*.
    """

    conventions_changed = Signal(object)
    repeat_pause_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._conventions = ARTICLE
        self._page = QWidget()
        self._page.setObjectName("page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(16, 14, 16, 16)
        self._column.setSpacing(4)
        self._make_preset()
        self._make_scale()
        self._make_self_connections()
        self._make_half()
        self._make_ties()
        self._make_repeat()
        self._column.addStretch(1)
        self._scroll()
        self._show(ARTICLE)

    def show_conventions(self, conventions: Conventions) -> None:
        """Show the conventions of the document; nothing is emitted."""
        if conventions != self._conventions:
            self._show(conventions)

    def show_pause(self, seconds: float) -> None:
        """Show the pause between rounds, in seconds; nothing is emitted."""
        blocked = self._pause.blockSignals(True)
        self._pause.setValue(seconds)
        self._pause.blockSignals(blocked)

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme: the style sheet of the program does it all."""

    def _make_preset(self) -> None:
        self._heading(self.tr("Conventions"), first=True)
        self._preset = QComboBox()
        self._preset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._preset.setAccessibleName(self.tr("Preset of conventions"))
        self._preset.addItem(self.tr("Article"), "article")
        self._preset.addItem(self.tr("Textbook"), "textbook")
        self._preset.activated.connect(self._choose_preset)
        self._column.addWidget(self._preset)
        self._note(self.tr("All of the choices below at once."))

    def _make_scale(self) -> None:
        self._scale = Segmented(
            (
                (Scale.MEMORIES, self.tr("1 / P")),
                (Scale.UNITS, self.tr("1 / N")),
            )
        )
        self._scale.chosen.connect(self._choose_scale)
        self._row(self.tr("Scale of the couplings"), self._scale)
        self._note(self.tr("Divide by the number of memories P, or of units N."))
        self._scale_formula = self._formula()

    def _make_self_connections(self) -> None:
        self._self = self._switch(self.tr("Self-connections"))
        self._self.clicked.connect(self._choose_self)
        self._self_note = self._note("")
        self._self_formula = self._formula()

    def _make_half(self) -> None:
        self._half = self._switch(self.tr("Factor ½ in the energy"))
        self._half.clicked.connect(self._choose_half)
        self._half_note = self._note("")
        self._half_formula = self._formula()

    def _make_ties(self) -> None:
        self._ties = Segmented(
            (
                (Ties.MINUS, self.tr("−1")),
                (Ties.KEEP, self.tr("keep")),
                (Ties.RANDOM, self.tr("random")),
            )
        )
        self._ties.chosen.connect(self._choose_ties)
        self._row(self.tr("Ties"), self._ties)
        self._ties_note = self._note("")
        self._ties_formula = self._formula()

    def _make_repeat(self) -> None:
        self._heading(self.tr("Repeat"))
        self._pause = DoubleSpinBox()
        self._pause.setRange(0.0, LONGEST_PAUSE)
        self._pause.setSingleStep(0.5)
        self._pause.setDecimals(1)
        self._pause.setSuffix(self.tr(" s"))
        self._pause.setValue(1.0)
        self._pause.setFixedWidth(88)
        self._pause.valueChanged.connect(self.repeat_pause_changed)
        self._row(self.tr("Pause between rounds"), self._pause)
        self._note(self.tr("A round damages the pad, recalls, then waits this long."))

    def _heading(self, text: str, *, first: bool = False) -> None:
        heading = QLabel(text)
        heading.setObjectName("title")
        if not first:
            self._column.addSpacing(24)
        self._column.addWidget(heading)
        self._column.addSpacing(4)

    def _row(self, text: str, control: QWidget) -> None:
        control.setAccessibleName(text)
        control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        label = QLabel(text)
        row.addWidget(label, 1)
        row.addWidget(control)
        self._column.addSpacing(14)
        self._column.addLayout(row)

    def _switch(self, text: str) -> QCheckBox:
        switch = QCheckBox(text)
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column.addSpacing(14)
        self._column.addWidget(switch)
        return switch

    def _note(self, text: str) -> QLabel:
        note = QLabel(text)
        note.setObjectName("note")
        note.setWordWrap(True)
        self._column.addWidget(note)
        return note

    def _formula(self) -> QLabel:
        formula = QLabel()
        formula.setObjectName("formula")
        formula.setTextFormat(Qt.TextFormat.RichText)
        self._column.addWidget(formula)
        return formula

    def _scroll(self) -> None:
        area = QScrollArea()
        area.setWidget(self._page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)

    def _choose_preset(self, row: int) -> None:
        name = self._preset.itemData(row)
        if name is not None:
            self._choose(PRESETS[name])

    def _choose_scale(self, scale: Scale) -> None:
        self._choose(replace(self._conventions, scale=scale))

    def _choose_self(self, kept: bool) -> None:
        self._choose(replace(self._conventions, self_connections=kept))

    def _choose_half(self, half: bool) -> None:
        self._choose(replace(self._conventions, half=half))

    def _choose_ties(self, ties: Ties) -> None:
        self._choose(replace(self._conventions, ties=ties))

    def _choose(self, conventions: Conventions) -> None:
        if conventions != self._conventions:
            self._show(conventions)
            self.conventions_changed.emit(conventions)

    def _show(self, conventions: Conventions) -> None:
        self._conventions = conventions
        self._show_preset(preset_name(conventions))
        self._scale.show_choice(conventions.scale)
        self._self.setChecked(conventions.self_connections)
        self._half.setChecked(conventions.half)
        self._ties.show_choice(conventions.ties)
        self._self_note.setText(self._self_meaning())
        self._half_note.setText(self._half_meaning())
        self._ties_note.setText(self._ties_meaning())
        self._show_formulas(conventions)

    def _show_preset(self, name: str | None) -> None:
        own = self._preset.findData(None)
        if name is None and own < 0:
            self._preset.addItem(self.tr("Own"))
        elif name is not None and own >= 0:
            self._preset.removeItem(own)
        self._preset.setCurrentIndex(self._preset.findData(name))

    def _show_formulas(self, conventions: Conventions) -> None:
        self._scale_formula.setText(_SCALES[conventions.scale])
        own = "1" if conventions.scale is Scale.MEMORIES else "P/N"
        diagonal = own if conventions.self_connections else "0"
        self._self_formula.setText(f"w<sub>ii</sub> = {diagonal}")
        self._half_formula.setText(f"E = −{'½ ' if conventions.half else ''}{_ENERGY}")
        self._ties_formula.setText(_TIE_FORMULAS[conventions.ties])

    def _self_meaning(self) -> str:
        if self._conventions.self_connections:
            return self.tr("A unit also asks itself, which makes more states stable.")
        return self.tr("A unit asks only the others.")

    def _half_meaning(self) -> str:
        if self._conventions.half:
            return self.tr("Each pair of units counts once.")
        return self.tr("Each pair of units counts twice.")

    def _ties_meaning(self) -> str:
        return {
            Ties.MINUS: self.tr("A unit whose field is exactly zero becomes −1."),
            Ties.KEEP: self.tr("A unit whose field is exactly zero stays as it is."),
            Ties.RANDOM: self.tr("A unit whose field is exactly zero is drawn: may never settle."),
        }[self._conventions.ties]
