"""What each unit becomes, told from the number of a state alone: for fields in whole numbers."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopgui.model import kernels
from hopgui.model.conventions import Ties
from hopgui.model.kernels.steps import CHUNK, WIDTH, Leaning, Linear, Powers
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# Memories of a higher order up to which tables are made: 64 MB of them, whatever the order.
MOST_MEMORIES = 8192


class Leans(NamedTuple):
    """What the loops of `kernels.steps` go by: `Linear` or `Powers`, and what leans are held to."""

    form: Any
    leaning: Leaning


def leans_of(network: Network, free: NDArray[np.int32], state: Pattern) -> Leans | None:
    """Make the tables that a small grid's steps are read from.

    With the field h_i and s = x_i the leans are h_i − slack where ties become −1, and, where they
    keep the unit, h_i + slack + 1 for s = +1 and h_i − slack for s = −1: above 0 exactly if the
    unit becomes +1. Where chance decides, ties are those leans h_i − slack that lie from −2 slack
    to 0.

    Parameters
    ----------
    network
        The network.
    free
        The units that a state's digits stand for, the lowest first, int32 array.
    state
        How all the others stand, int8 array of shape (units,); the free ones at −1.

    Returns
    -------
    Leans or None
        None where a field is no whole number: under exponentials, orders beyond 64 bits, and the
        free energy of a machine. None as well where the tables would be too large.
    """
    form = network.form(state)
    ties, width = network.conventions.ties, 2 * network.slack + 1
    keeps = ties is Ties.KEEP
    leaning = Leaning(network.own[free], width if ties is Ties.RANDOM else 0, 0 if keeps else width)
    if isinstance(form, (kernels.LowRank, kernels.Matrix)):
        first, changes = _fields(network, free, state)
        np.fill_diagonal(changes, np.diag(changes) + (width if keeps else 0))
        return Leans(Linear(_parts(first - network.slack, changes)), leaning)
    few = network.memories <= MOST_MEMORIES
    if few and isinstance(form, kernels.Dense) and form.gains.dtype == np.int64:
        rows = network.by_unit[free].astype(np.int64)
        parts = _parts(form.overlaps.astype(np.int64), 2 * rows)
        return Leans(Powers(parts, rows, form.gains, int(keeps)), leaning)
    return None


def _fields(
    network: Network, free: NDArray[np.int32], state: Pattern
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the free units' fields, and what each of them, flipped, adds to these."""
    first = np.array(network.fields(state)[free], np.int64)
    changes = np.empty((free.size, free.size), np.int64)
    for place, unit in enumerate(free):
        flipped = state.copy()
        flipped[unit] = -flipped[unit]
        changes[place] = network.fields(flipped)[free] - first
    return first, changes


def _parts(first: NDArray[np.int64], changes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what each chunk of digits adds to each sum, int64, shape (chunks, sums, `WIDTH`).

    Parameters
    ----------
    first
        The sums where all digits are 0, shape (sums,).
    changes
        What each digit that is 1 adds to them, shape (digits, sums).
    """
    chunks = max(1, -(-len(changes) // CHUNK))
    padded = np.zeros((chunks * CHUNK, first.size), np.int64)
    padded[: len(changes)] = changes
    digits = np.arange(WIDTH)[:, None] >> np.arange(CHUNK) & 1
    parts = np.swapaxes(digits @ padded.reshape(chunks, CHUNK, first.size), 1, 2)
    parts[0] += first[:, None]
    return np.ascontiguousarray(parts)
