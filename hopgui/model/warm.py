"""Compiles every loop for every form, so that the disk keeps them.

Run as ``python -m hopgui.model.warm``: in a process of its own it takes nothing from the window.
"""

import numpy as np

from hopgui.model import network
from hopgui.model.boltzmann.network import RbmNetwork
from hopgui.model.boltzmann.settings import Settings
from hopgui.model.boltzmann.state import begin
from hopgui.model.boltzmann.training import train
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Update
from hopgui.model.conventions import ARTICLE
from hopgui.model.couplings import hebbian, rounded_matrix
from hopgui.model.dense import DenseNetwork
from hopgui.model.network import Network
from hopgui.model.rules.projection import projection

UNITS = 4


def networks() -> list[Network]:
    """Return a small network of each form."""
    patterns = np.ones((2, UNITS), np.int8)
    return [
        Network(patterns),
        Network(patterns, ARTICLE, projection(patterns)),
        Network(patterns, ARTICLE, rounded_matrix(np.ones((UNITS, UNITS)))),
        DenseNetwork(patterns, energy_kind=Energy(EnergyKind.POLYNOMIAL, 3)),
        DenseNetwork(patterns, energy_kind=Energy(EnergyKind.POLYNOMIAL, 40)),
        DenseNetwork(patterns, energy_kind=Energy(EnergyKind.EXPONENTIAL)),
        Network(patterns, ARTICLE, hebbian(patterns, np.array([2, 1]))),
    ]


def main() -> None:
    """Let every form run once in every way."""
    network.warm()
    cue = np.array([-1, 1, 1, 1], np.int8)
    for each in networks():
        each.fields(cue)
        for update in Update:
            run = each.start(cue, rng=np.random.default_rng(0), dynamics=Dynamics(update))
            run.advance(run.least)
            run.set_units(np.array([0], np.int32), -1)
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


if __name__ == "__main__":
    main()
