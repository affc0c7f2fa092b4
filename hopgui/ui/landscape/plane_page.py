"""The page of the plane: which two memories span it, which energy is shown, and what that means."""

from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hopgui.model.landscape import Band, Basis
from hopgui.session.session import Memory
from hopgui.ui.landscape.chart_page import ChartPage
from hopgui.ui.landscape.energy_shades import EnergyScale
from hopgui.ui.landscape.plane_chart import Flag, PlaneChart, Show, Trail, band_range
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.look.numbers import count, energy, number, signed
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.pace import Pace
from hopgui.ui.parts.segmented import Segmented

PERIOD = 200  # milliseconds between two drawings of what is still being found out


class Axis(Enum):
    """One of the two axes."""

    ACROSS = 0
    UP = 1


class PlanePage(ChartPage):
    """The energy over the overlaps with two memories.

    Signals
    -------
    axes_chosen(int, int)
        The memories that a person wants across and up, by their places in the gallery.
    """

    axes_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._plane = PlaneChart()
        super().__init__(self._plane, parent)
        self._plane.setAccessibleName(self.tr("Plane of two overlaps"))
        self._memories: tuple[Memory, ...] = ()
        self._axes = 0, 1
        self._band: Band | None = None
        self._boxes = {axis: ChoiceBox(()) for axis in Axis}
        self._boxes[Axis.ACROSS].setAccessibleName(self.tr("Memory across"))
        self._boxes[Axis.UP].setAccessibleName(self.tr("Memory upwards"))
        self._which = Segmented(
            (
                (Show.LEAST, self.tr("least")),
                (Show.MEAN, self.tr("mean")),
                (Show.MOST, self.tr("most")),
            )
        )
        self._which.setAccessibleName(self.tr("Which energy of the states of a point"))
        self._which.show_choice(Show.MEAN)
        self._where, self._energies = ElidedLabel("note"), ElidedLabel("note")
        self._scale = EnergyScale()
        self._lay_out()
        self._pace = Pace(PERIOD, self)
        self._pace.due.connect(self._show_band)
        self._which.chosen.connect(self._show_band)
        self._plane.place_pointed.connect(self._describe)
        for box in self._boxes.values():
            box.chosen.connect(self._choose)
        self.show_memories((), (0, 1))

    def show_memories(self, memories: Sequence[Memory], axes: tuple[int, int]) -> None:
        """Offer these memories for the axes, of which two are chosen."""
        if tuple(memories) != self._memories:
            self._memories = tuple(memories)
            for box in self._boxes.values():
                box.clear_choices()
                for index, memory in enumerate(memories):
                    box.add(index, memory.name)
        self._axes = axes
        enough = len(memories) >= 2
        for axis, box in self._boxes.items():
            box.setEnabled(enough)
            if enough:
                box.show_choice(axes[axis.value])
        if not enough:
            self.show_absence(self.tr("Store two memories to see the plane between them."))
            self._plane.show_plane(None, ())
            self.show_band(None)

    def show_plane(self, flags: Sequence[Flag]) -> None:
        """Show where the memories lie on the plane that is chosen."""
        one, other = (self._memories[axis] for axis in self._axes)
        self._plane.show_hint("")
        self._plane.show_plane((one, other), flags)
        self.show_band(None)

    def show_band(self, band: Band | None) -> None:
        """Show the energies as far as they are known."""
        self._band = band
        self._which.setVisible(band is not None and band.basis is not Basis.FUNCTION)
        self._scale.setVisible(band is not None)
        if band is None or band.done == band.total:
            self._show_band()
        else:
            self._pace.ask()

    def show_trail(self, trail: Trail | None) -> None:
        """Draw a run, or where the pad at rest lies."""
        self._plane.show_trail(trail)

    def show_attractors(self, marks: Sequence[StateMark], places: NDArray[np.float64]) -> None:
        """Show attractors at their overlaps, float64 array of shape (marks, 2)."""
        self._plane.show_places(places)
        self._plane.show_marks(marks)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        super().show_theme(theme)
        self._scale.show_theme(theme)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        for axis, sign in ((Axis.ACROSS, "→"), (Axis.UP, "↑")):
            label = QLabel(sign)
            label.setObjectName("muted")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setBuddy(self._boxes[axis])
            self._boxes[axis].setMinimumContentsLength(2)
            head.addWidget(label)
            head.addWidget(self._boxes[axis], 1)
        self.column.insertLayout(0, head)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._where)
        lines.addWidget(self._energies)
        self.column.insertLayout(2, lines)
        self.column.insertWidget(3, self._scale)
        choice = QHBoxLayout()
        choice.addWidget(self._which)
        choice.addStretch()
        self.column.insertLayout(4, choice)

    def _choose(self, _index: object) -> None:
        one, other = (self._boxes[axis].value for axis in Axis)
        if one == other:  # the other axis makes room
            moved = Axis.UP if one != self._axes[0] else Axis.ACROSS
            kept = self._axes[1 - moved.value] if self._axes[0] != self._axes[1] else 0
            one, other = (one, kept) if moved is Axis.UP else (kept, other)
        assert isinstance(one, int)  # noqa: S101 - no other is put in
        assert isinstance(other, int)  # noqa: S101
        self.axes_chosen.emit(one, other)

    @property
    def caption(self) -> str:
        """What the shades mean, and how true they are."""
        if self._band is None:
            return super().caption
        shades = self._scale.accessibleName()
        if not self._which.isHidden():
            which = self._which.button(self._which.choice).text()
            shades = self.tr("{shades} ({which} of each point)").format(shades=shades, which=which)
        return f"{shades}. {super().caption}"

    def _show_band(self, _choice: object = None) -> None:
        band, choice = self._band, self._which.choice
        assert isinstance(choice, Show)  # noqa: S101 - no other is put in
        self._plane.show_band(band, choice)
        self._where.show_text("")
        self._energies.show_text("")
        if band is None:
            self.show_note("")
            self.show_progress(0, 0)
            return
        self._scale.show_range(band_range(band))
        self.show_progress(band.done, band.total)
        self.show_note(self._truth(band))
        self._describe(*self._plane.spot)

    def _truth(self, band: Band) -> str:
        """Say what the shades are, and what they are not."""
        match band.basis:
            case Basis.FUNCTION:
                text = self.tr("Exact: the energy depends on these two overlaps alone.")
            case Basis.ALL:
                text = self.tr(
                    "Exact: {n} states, each counted. States that share a point may lie far apart,"
                    " and differ in energy."
                ).format(n=count(2**band.lattice.units))
            case Basis.SAMPLE:
                text = self.tr(
                    "A projection: {n} states drawn for each point. Other states there may have"
                    " less energy, or more."
                ).format(n=number(band.samples))
        if not band.lattice.whole:
            lattice = band.lattice
            every = (lattice.agreeing.size + 1) * (lattice.differing.size + 1)
            text += " " + self.tr("Of {all} points {n} are shown.").format(
                n=number(lattice.rows.size * lattice.columns.size), all=count(every)
            )
        return text

    def _describe(self, row: int, column: int) -> None:
        """Say what is known of the point under the pointer."""
        band = self._band
        if band is None:
            return
        if row < 0 or np.isnan(band.mean[row, column]):
            self._where.show_text(
                self.tr("Point at the plane (or Shift and arrows) to read energies"),
                self.tr("Point, or press Shift and arrows"),
            )
            self._energies.show_text("")
            return
        across, up = (band.lattice.overlaps[row, column] / band.lattice.units).tolist()
        least, mean, most = (
            float(part[row, column]) for part in (band.least, band.mean, band.most)
        )
        if least == most:
            text = self.tr("energy {energy}").format(energy=energy(least))
        else:
            text = self.tr("energy {least} to {most}, mean {mean}").format(
                least=energy(least), most=energy(most), mean=energy(mean)
            )
        self._energies.show_text(text)
        states = count(band.lattice.states_at(row, column))
        self._where.show_text(
            self.tr("({across}, {up}) · {n} states").format(
                across=signed(across, 2), up=signed(up, 2), n=states
            )
        )
