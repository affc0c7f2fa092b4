"""What there is to export, made up for tests of the window's parts."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from hopgui.model.network import Network
from hopgui.session import library
from hopgui.session.draws import Draws, rng_of
from hopgui.session.frame import Phase
from hopgui.session.moment import Replayed, moment
from hopgui.session.overlap_trace import OverlapTracer
from hopgui.session.tape import Tape
from hopgui.ui.exports.charts import take_down
from hopgui.ui.exports.drawings import Subject
from hopgui.ui.exports.order import CHARTS
from hopgui.ui.look.theme import LIGHT


class Slope:
    """A chart of one line, in the colour of its theme's text."""

    theme = LIGHT

    def size(self):
        return QSize(80, 50)

    def show_theme(self, theme):
        self.theme = theme

    def draw(self, painter):
        painter.setPen(QColor(self.theme.text))
        painter.drawLine(0, 0, 80, 50)


def subject(session=None, at=57):
    session = session or library.first_session()
    network = Network(session.patterns, session.conventions)
    run = network.start(session.pad.ravel(), rng=rng_of(Draws.RECALL, session.seed))
    tape = Tape(1, session.seed, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(session.grid.units))
    recording = tape.recording(run.updates)
    trace = OverlapTracer(session.patterns).trace(recording, 0)
    frame = moment(session, network, Phase.PAUSED, Replayed(recording, at, trace, False, 0.0), ())
    energies = np.array([network.energy(pattern) for pattern in session.patterns])
    stable = np.ones(len(energies), bool)

    def window(scale):
        image = QImage(QSize(100, 60) * scale, QImage.Format.Format_RGB32)
        image.fill(QColor("#123456"))
        return image

    size, charts = QSize(100, 60), dict.fromkeys(CHARTS, take_down(Slope(), LIGHT, "a slope"))
    return Subject(session, frame, None, energies, stable, network.matrix, window, size, charts)


def at_rest(session):
    whole = subject()
    network = Network(session.patterns, session.conventions)
    frame = moment(session, network, Phase.REST)
    whole = replace(whole, session=session, frame=frame, energies=None, stable=None)
    return replace(whole, matrix=None, charts={})


def array(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def rgb(colour):
    colour = QColor(colour)
    return colour.red(), colour.green(), colour.blue()
