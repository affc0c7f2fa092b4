"""Compiles every loop for every form, so that the disk keeps them.

Run as ``python -m hopgui.model.warm``: in a process of its own it takes nothing from the window.
With a number, ``python -m hopgui.model.warm 2``, it takes so many processes for it.
"""

import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from hopgui.model import couplings, network
from hopgui.model.attractors import Naming
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
from hopgui.model.matrices import one_way
from hopgui.model.network import Network
from hopgui.model.rules.projection import projection
from hopgui.model.rules.storkey import storkey
from hopgui.model.settling import settler
from hopgui.model.starts import Starts

# The least network, and one whose sums no longer fit 16 bits.
UNITS, LARGE = 4, 2**15


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
        Network(patterns, ARTICLE, one_way(hebbian(patterns), np.random.default_rng(0))),
        Network(np.ones((2, LARGE), np.int8)),
    ]


def main(processes: int = 1) -> None:
    """Let every form run once in every way.

    Parameters
    ----------
    processes
        How many share the work. Each keeps its loops apart from the others', but all write to one
        index, where one may overwrite what another has just added. So in the end this process goes
        through everything once more: it finds what is kept, and compiles only what was lost.
    """
    if processes > 1:
        shared(processes)
    share(0, 1)


def shared(processes: int) -> None:
    """Let other processes do a share of the work each, and wait for them."""
    spawn = get_context("spawn")
    others = [spawn.Process(target=share, args=(number, processes)) for number in range(processes)]
    for each in others:
        each.start()
    for each in others:
        each.join()


def share(first: int, step: int) -> None:
    """Do this one of the pieces of work, and every so many after it."""
    couplings.SMALL = 0  # in this process networks of any size are computed as large ones are
    network.warm()
    pieces: list[Callable[[], None]] = [partial(run_a_network, each) for each in networks()]
    pieces += [fall_side_by_side, name_mixtures, train_a_machine]
    for piece in pieces[first::step]:
        piece()


def run_a_network(each: Network) -> None:
    """Let a network recall, and its attractors be caught and, if it is small, listed."""
    cue = np.ones(each.units, np.int8)
    cue[0] = -1
    each.fields(cue)
    for update in Update:
        run = each.start(cue, rng=np.random.default_rng(0), dynamics=Dynamics(update))
        run.advance(run.least)
        run.set_units(np.array([0], np.int32), -1)
    rng = np.random.default_rng(0)
    for update in (Update.ASYNC, Update.SYNC):
        for _ in census(each, Starts(), 1, rng=rng, update=update):
            pass
    if each.units == UNITS:
        list_states(each)


def list_states(each: Network) -> None:
    """Let all states of a small network be listed, and its basins be computed."""
    rng = np.random.default_rng(0)
    for update in (Update.ASYNC, Update.SYNC):
        for _ in enumeration(each, rng=rng, update=update):
            pass
    exact_basins(each, rng=rng)


def fall_side_by_side() -> None:
    """Let larger networks' states fall as only theirs do, with sums of 16 bits and of 32."""
    for units in (UNITS * LANES, LARGE // 2):
        large = Network(np.ones((3, units), np.int8))
        for _ in census(large, Starts(), 1, rng=np.random.default_rng(0)):
            pass


def name_mixtures() -> None:
    """Name a state that is near to nothing: mixtures are looked for, and let fall."""
    rng = np.random.default_rng(0)
    *patterns, state = rng.choice(np.array([-1, 1], np.int8), (6, 100))
    Naming(Network(np.array(patterns)), rng=rng).attractor(state)
    for units in (UNITS, LARGE):
        alike = np.ones((1, units), np.int8)
        settle = settler(Network(alike), Dynamics(), lambda: np.random.default_rng(0))
        for _ in settle(-alike, alike[0]):
            pass


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
    main(*map(int, sys.argv[1:2]))
