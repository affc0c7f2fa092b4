"""The overlap of the pad with the memories against updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hopgui.session.frame import Frame, OverlapTrace
from hopgui.session.session import Memory
from hopgui.ui.look import numbers
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import Theme, memory_pen
from hopgui.ui.plots.axes import GAP
from hopgui.ui.plots.card import PlotCard
from hopgui.ui.plots.curve import Curve
from hopgui.ui.plots.plot import Dot, RunPlot
from hopgui.ui.plots.staircase import Points, staircase
from hopgui.ui.plots.time_axis import TimeAxis

MOST_LINES = 8
SHALLOW, DEEP = (-0.4, 1.08), (-1.08, 1.08)
DEEP_FROM = -0.35


@dataclass(frozen=True)
class Tag:
    """A name beside the end of a line."""

    update: float
    overlap: float
    name: str
    colour: QColor


class OverlapPlot(RunPlot):
    """A plot whose lines carry names at their ends."""

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, parent)
        self.tags: tuple[Tag, ...] = ()

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Write names at ends of lines, the foremost first."""
        self.tags = tuple(tags)
        self.update()

    def paint_names(self, painter: QPainter) -> None:
        """Write each name right of its line's end; above or below it where the plot stops.

        None is written over the numbers under the plot.
        """
        lowest = self.area.bottom() + GAP
        for tag in self.tags:
            width, height = self.names.size(tag.name)
            end = self.place(tag.update, tag.overlap)
            rooms = [QRectF(end.x() + 8, end.y() - height / 2, width, height)]
            if rooms[0].right() > self.width():
                left = self.area.right() - width
                tops = (end.y() - height - 5, end.y() + 5)
                rooms = [QRectF(left, top, width, height) for top in tops]
            rooms = [room for room in rooms if room.bottom() <= lowest]
            self.write_name(painter, tag.name, tag.colour, rooms)


class OverlapPanel(PlotCard):
    """Overlap with the memories against updates, each in its memory's colour.

    Signals
    -------
    scrubbed
        The update that the person points at on the plot.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        plot = OverlapPlot(TimeAxis())
        super().__init__(plot, 190, parent)
        self._overlap_plot = plot
        plot.axis.setParent(self)
        self._title.setText(self.tr("Overlap"))
        self.setAccessibleName(self.tr("Overlap"))
        plot.setToolTip(
            self.tr("Overlap with each memory: 1 is the memory, −1 its inverse. Drag to move.")
        )
        plot.set_values(*SHALLOW)
        self._lines: list[tuple[Curve, Curve]] = []

    def show_memories(self, memories: tuple[Memory, ...]) -> None:
        """Take up the memories' names and colours, in the order of the gallery."""
        self._memories = memories
        self._draw()

    def _draw(self) -> None:
        frame = self._frame
        hint = (
            ""
            if self._memories
            else self.tr("Store a memory, and see here how alike the pad is to it.")
        )
        self._plot.set_hint(hint, alone=not self._memories)
        if frame is None:
            return
        shown = self._shown(frame)
        self._set_depth(frame)
        self._draw_lines(frame)
        self._overlap_plot.set_tags([self._tag(frame, index) for index in shown])
        at_rest = frame.recording is None
        dotted = reversed(shown) if at_rest else shown[:1]
        dots = [self._dot(frame, index) for index in dotted]
        self._plot.set_moment(None if at_rest else frame.update, dots)

    def _shown(self, frame: Frame) -> list[int]:
        """Return the memories to be named, the nearest first: those traced, or the most alike."""
        count = min(len(self._memories), frame.overlaps.size)
        order: list[int]
        likeness = np.abs(frame.overlaps[:count])
        if frame.trace is None:
            order = np.argsort(-likeness, kind="stable")[:MOST_LINES].tolist()
        else:
            traced = [index for index in frame.trace.memories.tolist() if index < count]
            order = sorted(traced, key=lambda index: -likeness[index])
        nearest = frame.nearest.memory
        if nearest in order:
            order.remove(nearest)
            order.insert(0, nearest)
        return order

    def _set_depth(self, frame: Frame) -> None:
        """Show the negative half only while something is there, and no less during a run."""
        overlaps = frame.overlaps if frame.trace is None else frame.trace.overlaps
        deep = overlaps.size > 0 and float(overlaps.min()) < DEEP_FROM
        self._plot.set_values(*(DEEP if deep else SHALLOW))

    def _draw_lines(self, frame: Frame) -> None:
        """Draw the traced memories, each up to the moment shown, and pale beyond it."""
        trace = frame.trace
        lines = 0 if trace is None else trace.memories.size
        while len(self._lines) < lines:
            self._lines.append((self._plot.new_curve(0), self._plot.new_curve(1)))
        for line in self._lines[lines:]:
            for curve in line:
                self._plot.draw_curve(curve, [], QColor())
        if trace is None:
            return
        past = int(np.searchsorted(trace.updates, frame.update, side="right"))
        first = int(trace.updates[0])
        done = _stairs(trace, slice(0, past), first, frame.update) if past else None
        ahead = None
        if past < trace.updates.size:
            rest = slice(max(past - 1, 0), None)
            ahead = _stairs(trace, rest, max(first, frame.update), int(trace.updates[-1]))
        for column, index in enumerate(trace.memories.tolist()):
            if index < len(self._memories):
                self._draw_line(column, index, (ahead, done), frame)
            else:
                for curve in self._lines[column]:
                    self._plot.draw_curve(curve, [], QColor())

    def _draw_line(
        self, column: int, index: int, stairs: tuple[Points | None, Points | None], frame: Frame
    ) -> None:
        nearest = index == frame.nearest.memory
        pen, pale = _inks(self._plot.theme, self._memories[index].colour)
        lines = [[] if each is None else [(each[0], each[1][:, column])] for each in stairs]
        ahead, done = self._lines[column]
        self._plot.draw_curve(ahead, lines[0], pale, style=pen.style())
        self._plot.draw_curve(done, lines[1], pen.color(), strong=nearest, style=pen.style())
        done.depth = 3 if nearest else 2

    def _tag(self, frame: Frame, index: int) -> Tag:
        memory = self._memories[index]
        pen, _ = _inks(self._plot.theme, memory.colour)
        return Tag(frame.update, float(frame.overlaps[index]), memory.name, pen.color())

    def _dot(self, frame: Frame, index: int) -> Dot:
        pen, _ = _inks(self._plot.theme, self._memories[index].colour)
        radius = 4.0 if index == frame.nearest.memory else 3.0
        return Dot(frame.update, float(frame.overlaps[index]), pen.color(), radius)

    def _description(self, frame: Frame) -> str:
        parts = [
            self.tr("{name}: {overlap}").format(
                name=self._memories[index].name,
                overlap=numbers.signed(float(frame.overlaps[index]), 2),
            )
            for index in self._shown(frame)
        ]
        return ", ".join(parts)


@cache
def _inks(theme: Theme, colour: int) -> tuple[QPen, QColor]:
    """Return the pen of a memory's line, and its colour where the line lies ahead."""
    pen = memory_pen(theme, colour)
    return pen, blend(pen.color(), QColor(theme.panel), 0.35)


def _stairs(trace: OverlapTrace, moments: slice, first: int, last: int) -> Points:
    """Return the corners of all lines over some moments, y of shape (points, lines)."""
    updates, values = trace.updates[moments], trace.overlaps[moments]
    return staircase(first, values[0], updates[1:], values[1:], last)
