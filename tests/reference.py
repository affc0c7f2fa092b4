"""The mathematics once more, slow and plain: what the tests hold the program against."""

import numpy as np

from hopgui.model.conventions import Conventions, Scale, Ties


def couplings(patterns, conventions: Conventions):
    """w_ij before the scale, as a matrix of whole numbers."""
    weights = patterns.astype(np.int64).T @ patterns.astype(np.int64)
    if not conventions.self_connections:
        np.fill_diagonal(weights, 0)
    return weights


def factor(patterns, conventions: Conventions):
    return 1 / (len(patterns) if conventions.scale is Scale.MEMORIES else patterns.shape[1])


def energy(patterns, state, conventions: Conventions):
    wide = state.astype(np.int64)
    total = sum(
        weight * one * other
        for row, one in zip(couplings(patterns, conventions).tolist(), wide.tolist(), strict=True)
        for weight, other in zip(row, wide.tolist(), strict=True)
    )
    return -(0.5 if conventions.half else 1) * total * factor(patterns, conventions)


def becomes(field: int, current: int, conventions: Conventions) -> int:
    """What a unit becomes; 0 stands for a coin's throw."""
    if field:
        return 1 if field > 0 else -1
    return {Ties.MINUS: -1, Ties.KEEP: current, Ties.RANDOM: 0}[conventions.ties]


def recall(patterns, state, conventions: Conventions, orders):
    """Ask units in the given orders, one a sweep, until a sweep is quiet."""
    weights = couplings(patterns, conventions)
    state = state.copy()
    flips, updates = [], 0
    for order in orders:
        quiet = True
        for unit in order:
            updates += 1
            value = becomes(int(weights[unit] @ state), int(state[unit]), conventions)
            if value != state[unit]:
                state[unit] = value
                flips.append((updates, int(unit)))
                quiet = False
        if quiet:
            return state, flips, updates
    return state, flips, updates


def splitmix64(state: int):
    """The published generator in Python's unbounded integers."""
    mask = 2**64 - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        bits = state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & mask
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & mask
        yield bits ^ (bits >> 31)


def below(stream, bound: int) -> int:
    """Multiply and reject (Lemire 2019)."""
    least = 2**32 % bound
    while True:
        product = (next(stream) >> 32) * bound
        if product % 2**32 >= least:
            return product >> 32


def fresh_orders(units, stream):
    """The order of each sweep: one list, shuffled again and again."""
    order = list(units)
    while True:
        for last in range(len(order) - 1, 0, -1):
            other = below(stream, last + 1)
            order[last], order[other] = order[other], order[last]
        yield list(order)
