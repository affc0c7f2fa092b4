"""What is drawn at random, and from which stream: one seed serves all, none disturbs another."""

from enum import IntEnum

import numpy as np


class Draws(IntEnum):
    """What draws; its number is part of what a seed means, and never another's."""

    DAMAGE = 1
    RECALL = 2
    CENSUS = 3
    TRAINING = 4
    NOISY_PICTURES = 5
    LIKELIHOOD = 6
    COMPARISON = 7
    RECOVERY = 8
    PLANE = 9
    MAP = 10
    SMALL_GRID = 11


def rng_of(draws: Draws, seed: int, *more: int) -> np.random.Generator:
    """Return the generator that something draws from.

    Parameters
    ----------
    draws
        What draws.
    seed
        The seed that a person sees.
    more
        Further numbers, where one seed serves many such draws.
    """
    return np.random.default_rng((seed, int(draws), *more))
