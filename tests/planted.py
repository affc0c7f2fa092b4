"""States planted so that the right name for them is known."""

import numpy as np

from hopgui.model.verdict import Kind
from hopgui.session.library import pattern_folder, read_set, session_of

MEMORY, INVERSE, MIXTURE, OTHER = (
    Kind.MEMORY,
    Kind.INVERSE,
    Kind.MIXTURE,
    Kind.OTHER,
)


def planted(patterns, members) -> np.ndarray:
    """The sign of the members' weighted sum, where it is not 0; −1 where it is."""
    total = sum(weight * patterns[index].astype(int) for weight, index in members)
    return np.where(total > 0, 1, -1).astype(np.int8)


def pictures(name: str) -> np.ndarray:
    return session_of(read_set(pattern_folder() / name)).patterns


def damaged(state, count: int) -> np.ndarray:
    other = state.copy()
    other[:count] *= -1
    return other


def signs_of(rng, count: int) -> list[int]:
    return rng.choice([-1, 1], count).tolist()


def settled(network, state):
    run = network.start(state, rng=np.random.default_rng(12))
    run.advance(10**7)
    return run.state


def settler(network):
    def settle(states, goal):
        for place, state in enumerate(states):
            if np.array_equal(settled(network, state), goal):
                yield place
                return
            yield None

    return settle
