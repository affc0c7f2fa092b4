"""Compiles every loop for every form, so that the disk keeps them.

Run as ``python -m hopgui.model.warm``: in a process of its own it takes nothing from the window.
"""

import numpy as np
from numpy.typing import NDArray

from hopgui.model import couplings, network
from hopgui.model.basins import exact_basins
from hopgui.model.boltzmann import matching
from hopgui.model.boltzmann.matching import Schedule, match
from hopgui.model.boltzmann.network import RbmNetwork
from hopgui.model.boltzmann.settings import Settings
from hopgui.model.boltzmann.state import begin
from hopgui.model.boltzmann.training import train
from hopgui.model.boltzmann.visible import blank_machine
from hopgui.model.census import census
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Update
from hopgui.model.conventions import ARTICLE
from hopgui.model.couplings import hebbian
from hopgui.model.dense import DenseNetwork
from hopgui.model.enumeration import enumeration
from hopgui.model.falls import LANES
from hopgui.model.network import Network
from hopgui.model.rules.projection import projection
from hopgui.model.rules.storkey import storkey
from hopgui.model.starts import Starts

UNITS = 4


def networks() -> list[Network]:
    """Return a small network of each form."""
    patterns = np.ones((2, UNITS), np.int8)
    return [
        Network(patterns),
        Network(patterns, ARTICLE, projection(patterns)),
        Network(patterns, ARTICLE, storkey(patterns)),
        DenseNetwork(patterns, energy_kind=Energy(EnergyKind.POLYNOMIAL, 3)),
        DenseNetwork(patterns, energy_kind=Energy(EnergyKind.POLYNOMIAL, 40)),
        DenseNetwork(patterns, energy_kind=Energy(EnergyKind.EXPONENTIAL)),
        Network(patterns, ARTICLE, hebbian(patterns, np.array([2, 1]))),
    ]


def main() -> None:
    """Let every form run once in every way."""
    couplings.SMALL = 0  # in this process networks of any size are computed as large ones are
    network.warm()
    cue = np.array([-1, 1, 1, 1], np.int8)
    for each in networks():
        each.fields(cue)
        for update in Update:
            run = each.start(cue, rng=np.random.default_rng(0), dynamics=Dynamics(update))
            run.advance(run.least)
            run.set_units(np.array([0], np.int32), -1)
        rng = np.random.default_rng(0)
        for update in (Update.ASYNC, Update.SYNC):
            for _ in census(each, Starts(), LANES, rng=rng, update=update):
                pass
            for _ in enumeration(each, rng=rng, update=update):
                pass
        exact_basins(each, rng=rng)
    # Side by side only larger networks fall, with sums of 16 bits or of 32.
    for units in (UNITS * LANES, 2**14):
        for _ in census(Network(np.ones((3, units), np.int8)), Starts(), 1, rng=rng):
            pass
    train_a_machine()


def train_a_machine() -> None:
    """Let a Boltzmann machine learn for an epoch, and its free energy fall."""
    patterns = np.array([[1, -1, 1, 1], [-1, 1, 1, -1]], np.int8)
    settings = Settings(epochs=1, batch=2, chains=2)
    state = begin(patterns, 2, settings, np.random.default_rng(0))
    *_, last = train(patterns, settings, state)
    machine = RbmNetwork(patterns, machine=last.machine)
    machine.fields(patterns[0])
    for update in Update:
        run = machine.start(
            patterns[0], rng=np.random.default_rng(0), dynamics=Dynamics(update, 1.0)
        )
        run.advance(run.least)
    match_moments(patterns)


def match_moments(patterns: NDArray[np.int8]) -> None:
    """Let a fully visible machine learn for a step, with exact moments and with sampled ones."""
    for exact in (True, False):
        schedule = Schedule(exact, steps=1)
        rng = np.random.default_rng(0)
        start = blank_machine(patterns.shape[1])
        for _ in match(patterns, schedule, matching.begin(patterns, start, schedule, rng)):
            pass


if __name__ == "__main__":
    main()
