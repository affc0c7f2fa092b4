"""Networks of every kind to try laws on, learnt as the window learns them."""

import tracemalloc
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Ties
from hopgui.model.learning import Plan, learn

QUADRATIC = Energy()
PAIRWISE = {
    "hebb": Rule(),
    "projection": Rule(RuleKind.PROJECTION),
    "storkey": Rule(RuleKind.STORKEY),
    "perceptron": Rule(RuleKind.PERCEPTRON, margin=0.3),
    "unlearning": Rule(RuleKind.UNLEARNING, dreams=20, strength=0.05),
    "unlearning-fine": Rule(RuleKind.UNLEARNING, dreams=20, strength=0.0123),
}
DENSE = {
    "cubic": Energy(EnergyKind.POLYNOMIAL, 3),
    "quartic": Energy(EnergyKind.POLYNOMIAL, 4),
    "order-30": Energy(EnergyKind.POLYNOMIAL, 30),  # beyond 64 bits from 5 units on
    "exponential": Energy(EnergyKind.EXPONENTIAL),
}
KINDS = [*PAIRWISE, *DENSE]
# Fields of these are double-precision numbers: energies carried along are rounded.
REAL = {"order-30", "exponential"}

MINUS = {"article": ARTICLE, "textbook": replace(TEXTBOOK, ties=Ties.MINUS)}
CHOSEN = {"article": ARTICLE, "textbook": TEXTBOOK}
ONE_AT_A_TIME = [Update.ASYNC, Update.RASTER, Update.REPLACEMENT, Update.STEEPEST]
ONE_WAY, NEGATIVE = Trouble(one_way=True), Trouble(negative_own=True)

every_kind = pytest.mark.parametrize("kind", KINDS)
every_rule = pytest.mark.parametrize("kind", PAIRWISE)
both_presets = pytest.mark.parametrize("preset", CHOSEN)


def plan(patterns, rule=None, energy=QUADRATIC, conventions=ARTICLE, **more):
    """A plan with each memory stored once, no trouble and seed 0, unless said otherwise."""
    weights = more.get("weights")
    return Plan(
        patterns,
        np.ones(len(patterns), np.int64) if weights is None else np.array(weights),
        rule or Rule(),
        energy,
        conventions,
        more.get("trouble", Trouble()),
        more.get("seed", 0),
    )


def network_of(kind, patterns, conventions=ARTICLE, **more):
    """The network of a kind."""
    energy = DENSE.get(kind, QUADRATIC)
    return learn(plan(patterns, PAIRWISE.get(kind), energy, conventions, **more)).network


def matrix_of(network):
    """w_ij as the network shows them, a row a unit."""
    return np.array([network.couplings_of(unit) for unit in range(network.units)])


def lengths(weights):
    """Length of each row without its diagonal."""
    others = weights - np.diag(np.diag(weights))
    return np.sqrt((others**2).sum(axis=1))


def stabilities(weights, patterns):
    """ξ_i h_i / |w_i| without self-connections, a row a memory."""
    others = weights - np.diag(np.diag(weights))
    return patterns * (patterns @ others.T) / lengths(weights)


def begin(network, state, update=Update.ASYNC, seed=0, temperature=0.0, cooling=1.0, pinned=None):
    """A recall in one's own network."""
    return network.start(
        state,
        rng=np.random.default_rng(seed),
        dynamics=Dynamics(update, temperature, cooling),
        pinned=pinned,
    )


def loaded(units=24, memories=5, seed=1):
    """Memories and a state, some fields of which are ties."""
    patterns = random_patterns(memories, units, seed)
    patterns[-1] = -patterns[0] if memories > 3 else patterns[-1]
    return patterns, random_patterns(1, units, seed + 100)[0]


@contextmanager
def small_memory(most=1_000_000):
    """Hold that what happens here never takes more than so many bytes."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most
