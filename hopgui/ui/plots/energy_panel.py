"""The energy of the pad against updates, with the memories' energies across."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hopgui.session.frame import Frame
from hopgui.session.recording import Recording
from hopgui.session.session import Memory
from hopgui.ui.look import numbers
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import Theme, memory_colour
from hopgui.ui.plots.card import PlotCard
from hopgui.ui.plots.outline import Outline, outline
from hopgui.ui.plots.plot import Dot, RunPlot
from hopgui.ui.plots.staircase import Points
from hopgui.ui.plots.time_axis import TimeAxis

MOST_LEVELS = 12
BESIDE_DOT = 4


@dataclass(frozen=True)
class Level:
    """A dotted line at an energy across the plot, its name at the right end.

    Unless it is the foremost it is faint.
    """

    energy: float
    name: str
    colour: QColor
    faint: QColor


class EnergyPlot(RunPlot):
    """A plot with levels: the first of them stands out."""

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, parent)
        self.levels: tuple[Level, ...] = ()
        self._apart: list[Level] = []

    def set_levels(self, levels: Sequence[Level]) -> None:
        """Draw lines across, the foremost first."""
        self.levels = tuple(levels)
        self.update()

    def levels_apart(self) -> list[Level]:
        """Return the levels in sight without those that would smear into an earlier one."""
        kept: dict[float, Level] = {}
        top, bottom = self.area.top(), self.area.bottom()
        for level in self.levels:
            y = self._height_of(level)
            if top <= y <= bottom and all(abs(y - other) >= 3 for other in kept):
                kept[y] = level
        return list(kept.values())

    def paint_lines(self, painter: QPainter) -> None:
        """Paint the lines."""
        self._apart = self.levels_apart()
        for level in self._apart:
            pen = QPen(level.colour if level is self.levels[0] else level.faint, 1.0)
            pen.setDashPattern([1.5, 3.5])
            painter.setPen(pen)
            y = self._height_of(level)
            painter.drawLine(QPointF(self.area.left(), y), QPointF(self.area.right(), y))

    def paint_names(self, painter: QPainter) -> None:
        """Write each level's name above its line at the right end, or below it.

        The foremost gives way to the moment's dot, to its left.
        """
        within = QRectF(self.area.left(), 0, self.area.width() + 1, self.area.bottom() + 1)
        right = self.area.right()
        before = right
        if self.dots:
            dot = self.dots[-1]
            before = min(right, self.place(dot.update, dot.value).x() - dot.radius - BESIDE_DOT)
        for level in self._apart:
            width, height = self.names.size(level.name)
            y = self._height_of(level)
            above, below = y - height - 1, y + 2
            places = [(right, above), (right, below)]
            if level is self._apart[0]:
                places[1:1] = [(before, above)]
            rooms = [QRectF(end - width, top, width, height) for end, top in places]
            rooms = [room for room in rooms if within.contains(room)]
            self.write_name(painter, level.name, level.colour, rooms)

    def _height_of(self, level: Level) -> float:
        return self.place(self.axis.start, level.energy).y()


class EnergyPanel(PlotCard):
    """Energy against updates: the run, its moment, earlier runs, the memories' energies.

    Signals
    -------
    scrubbed
        The update that the person points at on the plot.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        plot = EnergyPlot(TimeAxis())
        super().__init__(plot, 270, parent)
        self._energy_plot = plot
        plot.axis.setParent(self)
        self._title.setText(self.tr("Energy"))
        self.setAccessibleName(self.tr("Energy"))
        plot.setToolTip(self.tr("Energy at each update. Drag to move through the run."))
        self._energies: NDArray[np.float64] = np.empty(0)
        self._ghosts = plot.new_curve(0)
        self._ahead = plot.new_curve(1)
        self._done = plot.new_curve(2)
        self._outline: tuple[Recording, tuple[float, float], Outline] | None = None
        self._ghost_points: dict[Recording, Points] = {}
        self._ghost_column = 0.0
        self._ghosts_drawn: tuple[object, ...] = ()

    def show_memories(
        self, memories: tuple[Memory, ...], energies: NDArray[np.float64] | None
    ) -> None:
        """Show the memories' energies as lines across.

        Parameters
        ----------
        memories
            The memories, in the order of the gallery.
        energies
            Energy of each, float64 array of shape (memories,), or None while they are not known.
        """
        self._memories = memories
        self._energies = np.empty(0) if energies is None else energies
        self._draw()

    def _draw(self) -> None:
        frame = self._frame
        if frame is None:
            self._plot.set_hint(self._hint(None), alone=True)
            return
        recording = frame.recording
        self._draw_ghosts(self._earlier(frame))
        levels = self._chosen_levels(frame)
        self._plot.set_values(*numbers.held_range(self._plot.values, *self._reach(frame)))
        self._energy_plot.set_levels(levels)
        hint = self._hint(frame)
        self._plot.set_hint(hint, alone=bool(hint) and not self._memories)
        self._draw_run(recording, frame.update)
        act = QColor(self._plot.theme.act)
        marks = [] if recording is None else self._hand_marks(recording, act)
        moment = None if recording is None else frame.update
        self._plot.set_moment(moment, [*marks, Dot(frame.update, frame.energy, act)])

    def _draw_run(self, recording: Recording | None, update: int) -> None:
        """Draw the run up to the moment shown, and pale what lies ahead of it."""
        act = QColor(self._plot.theme.act)
        pale = blend(act, QColor(self._plot.theme.panel), 0.35)
        done: list[Points] = []
        ahead: list[Points] = []
        if recording is not None:
            outline = self._outline_of(recording)
            done = [outline.until(update)]
            if update < recording.updates or recording.flips_at(update) < outline.flips:
                ahead = [outline.after(update)]
        self._plot.draw_curve(self._ahead, ahead, pale, strong=True)
        self._plot.draw_curve(self._done, done, act, strong=True)

    def _outline_of(self, recording: Recording) -> Outline:
        """Return what of the run is drawn: while one scrubs, it is the same."""
        columns = (self.time_axis.start, self._plot.column)
        if self._outline is None or self._outline[:2] != (recording, columns):
            self._outline = (recording, columns, outline(recording, *columns))
        return self._outline[2]

    def _draw_ghosts(self, earlier: tuple[Recording, ...]) -> None:
        """Draw all earlier runs; each is turned into points once."""
        colour = blend(QColor(self._plot.theme.muted), QColor(self._plot.theme.panel), 0.7)
        column = self._plot.column
        wanted = (earlier, column, colour.rgb())
        if wanted == self._ghosts_drawn:
            return
        self._ghosts_drawn = wanted
        known = self._ghost_points if column == self._ghost_column else {}
        self._ghost_column = column
        self._ghost_points = {ghost: known.get(ghost) or self._whole(ghost) for ghost in earlier}
        self._plot.draw_curve(self._ghosts, list(self._ghost_points.values()), colour)

    def _whole(self, ghost: Recording) -> Points:
        return outline(ghost, self.time_axis.start, self._plot.column).until(ghost.updates)

    @staticmethod
    def _earlier(frame: Frame) -> tuple[Recording, ...]:
        return tuple(ghost for ghost in frame.earlier if ghost is not frame.recording)

    def _reach(self, frame: Frame) -> tuple[float, float]:
        """Lowest and highest energy to be seen: run, moment, earlier runs, nearest memory."""
        values = [frame.energy]
        nearest = frame.nearest.memory
        if nearest is not None and nearest < self._energies.size:
            values.append(float(self._energies[nearest]))
        if frame.recording is not None:
            outline = self._outline_of(frame.recording)
            values += [frame.recording.energy_start, outline.lowest, outline.highest]
        for _, y in self._ghost_points.values():
            values.extend((float(y.min()), float(y.max())))
        return min(values), max(values)

    def _chosen_levels(self, frame: Frame) -> list[Level]:
        """Choose the nearest memory, then those closest in energy to where the run has come."""
        count = min(len(self._memories), self._energies.size)
        recording = frame.recording
        lowest = frame.energy
        if recording is not None and recording.flip_energies.size:
            lowest = self._outline_of(recording).lowest
        order = np.argsort(np.abs(self._energies[:count] - lowest), kind="stable").tolist()
        nearest = frame.nearest.memory
        if nearest is not None and nearest < count:
            order.remove(nearest)
            order.insert(0, nearest)
        return [self._level(index) for index in order[:MOST_LEVELS]]

    def _level(self, index: int) -> Level:
        memory = self._memories[index]
        name = self.tr("memory {name}").format(name=memory.name)
        return Level(float(self._energies[index]), name, *_inks(self._plot.theme, memory.colour))

    def _hand_marks(self, recording: Recording, colour: QColor) -> list[Dot]:
        """Mark with a hollow dot where a person changed the pad or the network, the latest few."""
        return [
            Dot(
                float(recording.flip_updates[flip]),
                float(recording.flip_energies[flip]),
                colour,
                radius=2.5,
                hollow=True,
            )
            for flip in self._outline_of(recording).by_hand
        ]

    def _hint(self, frame: Frame | None) -> str:
        if frame is not None and frame.recording is not None:
            return ""
        if not self._memories:
            return self.tr("Store a memory, press Recall, and watch the energy fall here.")
        if frame is None or not frame.earlier:
            return self.tr("Press Recall, and watch the energy fall.")
        return ""

    def _description(self, frame: Frame) -> str:
        energy = numbers.energy(frame.energy)
        if frame.recording is None:
            return self.tr("At rest. Energy {energy}.").format(energy=energy)
        return self.tr("Energy {energy} after {updates} updates; it started at {start}.").format(
            energy=energy,
            updates=numbers.number(frame.update),
            start=numbers.energy(frame.recording.energy_start),
        )


@cache
def _inks(theme: Theme, colour: int) -> tuple[QColor, QColor]:
    """Return the colour of a memory's line, and the same where it stands back."""
    strong = memory_colour(theme, colour)
    return strong, blend(strong, QColor(theme.panel), 0.6)
