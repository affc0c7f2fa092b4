"""The compiled inner loops, and nothing else.

A *form* says how a network keeps what its fields need: overlaps, local fields, or a table. The
loops are written once; Numba compiles them for each form. All arithmetic of pairwise forms is in
integers, so that a run is the same on every machine. Every loop works in place on the arrays it is
given, draws from the stream it is given, and releases the interpreter lock.
"""

from hopgui.model.kernels.forms import (
    CHANGED,
    PLACES,
    POSITION,
    RASTER,
    SETTLED,
    SHUFFLED,
    TIE_KEEP,
    TIE_MINUS,
    TIE_RANDOM,
    UPDATES,
    Dense,
    Exponential,
    Hidden,
    Log,
    LowRank,
    Matrix,
    Ways,
)
from hopgui.model.kernels.stream import draw, draw_below, shuffle
from hopgui.model.kernels.sweeps import descend, fall, wander
from hopgui.model.kernels.whole import flip_by_hand, pulls, step, symmetric_sums, weighted_sums

__all__ = [
    "CHANGED",
    "PLACES",
    "POSITION",
    "RASTER",
    "SETTLED",
    "SHUFFLED",
    "TIE_KEEP",
    "TIE_MINUS",
    "TIE_RANDOM",
    "UPDATES",
    "Dense",
    "Exponential",
    "Hidden",
    "Log",
    "LowRank",
    "Matrix",
    "Ways",
    "descend",
    "draw",
    "draw_below",
    "fall",
    "flip_by_hand",
    "pulls",
    "shuffle",
    "step",
    "symmetric_sums",
    "wander",
    "weighted_sums",
]
