"""Frames for a pad, and hands that drag over it."""

import numpy as np
from PySide6.QtCore import QPoint, Qt

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, Phase

LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def a_frame(state, *, unstable=False):
    state = np.asarray(state, np.int8)
    return Frame(
        Phase.REST,
        state,
        update=0,
        flips=0,
        energy=0.0,
        overlaps=np.empty(0),
        unstable=np.full(state.shape, unstable),
        descents=0,
        nearest=Nearest(None, 1, 0, 0.0),
        recent=np.empty(0, np.int32),
    )


def blank(width, height, *, unstable=False):
    return a_frame(np.full((height, width), -1), unstable=unstable)


class Hearing:
    """Writes down what a pad says, in order."""

    def __init__(self, pad):
        self.said = []
        pad.stroke_begun.connect(lambda: self.said.append("begun"))
        pad.stroke_ended.connect(lambda: self.said.append("ended"))
        pad.stroke_cancelled.connect(lambda: self.said.append("cancelled"))
        pad.painted.connect(lambda stroke: self.said.append((stroke.value, stroke.units)))
        pad.pin_painted.connect(lambda stroke: self.said.append((stroke.pinned, stroke.units)))
        pad.blank_chosen.connect(lambda units: self.said.append(("blank", units)))

    @property
    def words(self):
        return [word for word in self.said if isinstance(word, str)]

    def units(self, value):
        """Every unit given out with a value, in order of units; repeats would show."""
        batches = [part[1] for part in self.said if isinstance(part, tuple) and part[0] is value]
        return sorted(np.concatenate(batches).tolist()) if batches else []


def at(pad, x, y):
    centre = pad.cell_centre((x, y))
    return QPoint(int(centre.x()), int(centre.y()))


def drag(qtbot, pad, path, button=LEFT, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mousePress(pad, button, modifier, at(pad, *path[0]))
    for cell in path[1:]:
        qtbot.mouseMove(pad, at(pad, *cell))
    qtbot.mouseRelease(pad, button, modifier, at(pad, *path[-1]))
