"""A state built up again from memories: added up one by one, and at last the sign of the sum.

Under Hebb's rule a stable state is the sign of Σ_μ M_μ ξ^μ, so that its own overlaps are the
recipe; under the projection rule the dual overlaps are. Of a mixture its few members will do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import LowRank
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Verdict

# So many memories are added one by one; the others after them, all together.
MOST_STEPS = 8
# Sums no larger than this share of what was added are ties.
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Rebuilding:
    """How memories add up to a state.

    Attributes
    ----------
    state
        Units ±1, int8 array of shape (units,).
    parts
        Weight, with its sign, and index of each memory added, the heaviest first.
    others
        How many lighter ones the last step adds all together, 0 for none.
    sums
        Sum after each step, float32 array of shape (steps, units).
    unlike
        Units at which the last sum's sign is not the state, bool array of shape (units,); where it
        ties it does not differ.
    """

    state: Pattern
    parts: tuple[tuple[float, int], ...]
    others: int
    sums: NDArray[np.float32]
    unlike: NDArray[np.bool_]

    @property
    def steps(self) -> int:
        """How many sums there are."""
        return len(self.sums)


def rebuild(
    patterns: NDArray[np.int8], state: Pattern, weights: NDArray[np.floating]
) -> Rebuilding:
    """Add the memories up, the heaviest first.

    Parameters
    ----------
    patterns
        The memories ξ^μ, int8 array of shape (memories, units).
    state
        What they are to be like, units ±1, int8 array of shape (units,).
    weights
        How much of each, with its sign, float array of shape (memories,); 0 leaves it out.
    """
    order = np.argsort(-np.abs(weights), kind="stable")
    order = order[weights[order] != 0]
    single = order if len(order) <= MOST_STEPS else order[: MOST_STEPS - 1]
    rest = order[len(single) :]
    total = np.zeros(state.size)
    sums = []
    for index in single:
        total = total + weights[index] * patterns[index]
        sums.append(total.astype(np.float32))
    if rest.size:
        for index in rest:
            total += weights[index] * patterns[index]
        sums.append(total.astype(np.float32))
    unlike = total * state < -ROUNDING * float(np.abs(weights).sum())
    parts = tuple((float(weights[index]), int(index)) for index in single)
    shape = len(sums), state.size
    return Rebuilding(state, parts, rest.size, np.array(sums, np.float32).reshape(shape), unlike)


def mixture_weights(verdict: Verdict, memories: int) -> NDArray[np.float64]:
    """Return how much of each memory a verdict's members are, float64 array (memories,)."""
    weights = np.zeros(memories)
    for place, (sign, index) in enumerate(verdict.members):
        weights[index] = sign * (verdict.weights[place] if verdict.weights else 1.0)
    return weights


def own_weights(network: Network, state: Pattern) -> NDArray[np.float64] | None:
    """Return the weights with which the network itself adds the memories up to its fields.

    Under Hebb's rule a_μ M_μ, float64 array of shape (memories,): but for its coupling to itself,
    every unit is asked to be the sign of that sum. None under any other rule or energy.
    """
    if not network.has_couplings:
        return None
    learnt = network.learnt
    if not isinstance(learnt, LowRank) or learnt.hollow or learnt.stored is None:
        return None
    return learnt.sums(state).astype(np.float64)
