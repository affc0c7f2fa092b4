"""What every view is shown: one moment of the pad, at rest or in a run."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hopgui.model.nearest import Nearest
from hopgui.session.recording import Recording


class Phase(StrEnum):
    """Where a run stands."""

    REST = "rest"  # no run: the pad as it was painted
    RUNNING = "running"
    PAUSED = "paused"
    SETTLED = "settled"


@dataclass(frozen=True, eq=False)
class OverlapTrace:
    """The overlap with some memories over a run, thinned for drawing.

    Attributes
    ----------
    memories
        Index of each memory drawn, in gallery order, int64 array of shape (lines,).
    updates
        Moments, int64 array of shape (points,), from the start of the run to its latest update.
    overlaps
        m = M/N in −1 … 1, float64 array of shape (points, lines).
    """

    memories: NDArray[np.int64]
    updates: NDArray[np.int64]
    overlaps: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of the pad and all that the views say about it.

    Attributes
    ----------
    phase
        Where the run stands; ``REST`` when there is none.
    state
        Units ±1, int8 array of shape (height, width), read-only.
    update
        The moment shown: units asked so far. Less than ``recording.updates`` when scrubbed back.
    flips
        Flips up to that moment.
    energy
        Energy of `state`.
    overlaps
        m_μ with each memory, float64 array of shape (memories,).
    unstable
        Units that the network would flip if asked now, bool array of shape (height, width).
    descents
        Number of free units whose single flip would lower the energy; 0 at a local minimum.
    nearest
        The memory that the state is nearest to.
    recent
        Units of the last few flips before this moment, newest first, int32 array.
    recording
        The run so far, None at rest.
    trace
        Overlaps over the run, None at rest.
    earlier
        Recordings of earlier runs, oldest first, to be drawn as ghosts.
    cycling
        Whether the run has settled into two states that follow each other for ever.
    temperature
        T of the run now; above 0 it never settles.
    fields
        Local field of every unit, before the scale of the conventions: int64 or float64 array of
        shape (height, width). None if nobody has asked the network.
    different
        Units in which the state differs from the nearest memory, or from its inverse where the
        verdict's sign is −1; bool array of shape (height, width), None without memories.
    held
        Number of pinned units whose single flip would lower the energy; above 0 the state is a
        minimum among those at best that differ from it in free units.
    """

    phase: Phase
    state: NDArray[np.int8]
    update: int
    flips: int
    energy: float
    overlaps: NDArray[np.float64]
    unstable: NDArray[np.bool_]
    descents: int
    nearest: Nearest
    recent: NDArray[np.int32]
    recording: Recording | None = None
    trace: OverlapTrace | None = None
    earlier: tuple[Recording, ...] = ()
    cycling: bool = False
    temperature: float = 0.0
    fields: NDArray[np.int64] | NDArray[np.float64] | None = None
    different: NDArray[np.bool_] | None = None
    held: int = 0
