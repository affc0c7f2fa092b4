"""Networks and states to try laws on, and recalls of both kinds to compare."""

import os
from itertools import product

import numpy as np
import reference
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from hopgui.model.conventions import Conventions, Scale, Ties
from hopgui.model.network import Network

# One's own machine may dig deeper: HYPOTHESIS_EXAMPLES=1000.
EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "40"))
# Compiled kernels make single examples slow, and a shared machine makes any of them slow.
# A fixture that stands the same for all examples of a test is what the tests mean by it.
law = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ALL_CONVENTIONS = [
    Conventions(scale, self_connections=own, half=half, ties=ties)
    for scale, own, half, ties in product(Scale, (True, False), (True, False), Ties)
]
# Ties that always end.
CERTAIN = [chosen for chosen in ALL_CONVENTIONS if chosen.ties is not Ties.RANDOM]

seeds = st.integers(0, 2**32)
conventions = st.sampled_from(ALL_CONVENTIONS)
certain_conventions = st.sampled_from(CERTAIN)


def bits(number: int, units: int) -> np.ndarray:
    """The units ±1 that the binary digits of a number are, the lowest first."""
    return np.array([1 if number >> unit & 1 else -1 for unit in range(units)], np.int8)


def states(units: int):
    return st.integers(0, 2**units - 1).map(lambda number: bits(number, units))


@st.composite
def memories(draw, units: int, most: int = 9):
    """Memories of so many units, some of them copies, inverses or all alike."""
    rows: list[np.ndarray] = []
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(["drawn"] * 5 + ["copy", "inverse", "alike"]))
        if kind == "alike":
            rows.append(np.full(units, draw(st.sampled_from([-1, 1])), np.int8))
        elif kind == "drawn" or not rows:
            rows.append(draw(states(units)))
        else:
            source = draw(st.sampled_from(rows))
            rows.append(source.copy() if kind == "copy" else -source)
    return np.array(rows, np.int8).reshape(len(rows), units)


@st.composite
def nets(draw, least: int = 1, most: int = 40, most_memories: int = 9):
    """Memories, int8 of shape (memories, units), and a state of that many units."""
    units = draw(st.integers(least, most))
    return draw(memories(units, most_memories)), draw(states(units))


def random_patterns(memories: int, units: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.choice(np.array([-1, 1], np.int8), (memories, units))


def begin(patterns, state, chosen, seed, pinned=None):
    """The program's recall."""
    return Network(patterns, chosen).start(state, rng=np.random.default_rng(seed), pinned=pinned)


def slow(patterns, state, chosen, seed, pinned=None):
    """The slow recall that must do the same."""
    stream = reference.stream_seed(np.random.default_rng(seed))
    return reference.Recall(patterns, state, chosen, stream, pinned)


def finish(run, most=100_000):
    """Let a run fall to its end; its flips as lists."""
    updates, units, energies = [], [], []
    while not run.settled and run.updates < most:
        flips = run.advance(most)
        updates += flips.updates.tolist()
        units += flips.units.tolist()
        energies += flips.energies.tolist()
    return updates, units, energies


def agree(run, plain):
    """Hold a recall against the slow one."""
    assert run.state.tolist() == plain.state.tolist()
    assert run.updates == plain.updates
    assert run.flips == len(plain.flips)
    assert run.settled == plain.settled
