"""Frames and memories for the card that says what a state is."""

import numpy as np
from PySide6.QtWidgets import QLabel

from hopgui.model.nearest import nearest_memory
from hopgui.model.verdict import Candidate, Kind, Verdict
from hopgui.session.frame import Frame, Phase
from hopgui.session.recording import Recording
from hopgui.session.session import Memory, frozen

UNITS = 100
PICTURE = frozen(np.ones((10, 10), np.int8))


def make_memories(*names):
    return tuple(Memory(name, PICTURE, number) for number, name in enumerate(names))


LETTERS = make_memories("A", "C", "H", "Y")
MIXTURE = Verdict(
    Kind.MIXTURE, ((1, 0), (1, 1), (-1, 3)), 0.98, next_best=Candidate(((1, 1),), 0.52)
)


def make_frame(phase, overlaps, update=58, updates=None, flips=13, energy=-1395.0, descents=0):
    whole = np.array(overlaps, np.int64)
    recording = Recording(
        run=1,
        seed=7,
        start=PICTURE.ravel(),
        energy_start=-625.0,
        updates=update if updates is None else updates,
        flip_updates=np.zeros(0, np.int64),
        flip_units=np.zeros(0, np.int32),
        flip_energies=np.zeros(0),
        by_hand=np.zeros(0, bool),
    )
    return Frame(
        phase=phase,
        state=PICTURE,
        update=update,
        flips=flips,
        energy=energy,
        overlaps=whole / UNITS,
        unstable=np.zeros((10, 10), bool),
        descents=descents,
        nearest=nearest_memory(whole, UNITS),
        recent=np.zeros(0, np.int32),
        recording=None if phase is Phase.REST else recording,
    )


def said(card, name):
    return card.findChild(QLabel, name).text()
