"""Storkey's rule: each new memory takes back what the couplings already say of it.

w_ij ← w_ij + (ξ_i ξ_j − ξ_i h_ji − h_ij ξ_j)/N, with h_ij = Σ_{k≠i,j} w_ik ξ_k the field that
neither of the two units adds to (Storkey 1997).

Off the diagonal h_ij = a_i − w_ij ξ_j, where a_i = Σ_{k≠i} w_ik ξ_k, so that the rule reads
w ← (1 + 2/N) w + (ξ bᵀ + b ξᵀ)/N with b = ξ/2 − a. Couplings are then a sum of two vectors a
memory, learnt in O(NP) each, and the matrix is made once, at the end.
"""

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import Matrix
from hopgui.model.matrices import from_factors
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import require, require_matrix


def storkey(patterns: NDArray[np.int8], progress: Progress = SILENT) -> Matrix:
    """Return Storkey's couplings, the memories learnt in their order.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    progress
        Told how far it is.

    Raises
    ------
    Refusal
        If the matrix, or its factors, would not fit into memory.
    """
    memories, units = patterns.shape
    require_matrix(units)
    require(32.0 * memories * units, memories, units)
    known, added = np.empty((2, memories, units))
    weights = np.zeros(memories)  # (1 + 2/N) to the number of memories since
    within = np.zeros(units)  # diagonal of the sum of vectors: no coupling, and left out
    own = np.zeros(units)
    learning = progress.part(0, 0.5)
    for place, memory in enumerate(known):
        learning.tell(place / memories)
        memory[:] = patterns[place]
        past = slice(0, place)
        said = weights[past] * (added[past] @ memory) @ known[past]
        said += weights[past] * (known[past] @ memory) @ added[past]
        alone = said / units - within * memory
        own += (1 - 2 * memory * alone) / units
        added[place] = memory / 2 - alone
        weights[past] *= 1 + 2 / units
        weights[place] = 1
        within = (1 + 2 / units) * within + 2 * memory * added[place] / units
    for place, weight in enumerate(weights):
        learning.tell(1.0)
        added[place] *= weight / units
    return from_factors([(known, added), (added, known)], own, progress=progress.part(0.5, 1))
