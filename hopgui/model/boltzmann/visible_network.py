"""A fully visible Boltzmann machine as a network: its energy is the one that the pad shows.

Couplings and biases are rounded once to whole numbers of a common unit, as those of every learning
rule are, so that runs, verdicts and whole enumerations work as on any pairwise network. At T = 1
Glauber's rule samples the machine's own law, at other temperatures e^(−E(x)/T); at temperature 0
the energy falls.
"""

from dataclasses import dataclass, replace

import numpy as np

from hopgui.model.boltzmann.visible import VisibleMachine
from hopgui.model.conventions import Conventions, Scale, Ties
from hopgui.model.couplings import Matrix
from hopgui.model.matrices import BITS, from_blocks
from hopgui.model.network import Network

# E(x) = −½ Σ_ij J_ij x_i x_j − Σ_i b_i x_i is the machine's own: nothing of it is to be chosen.
OWN = Conventions(Scale.UNITS, self_connections=False, half=True, ties=Ties.KEEP)
# Numbers smaller than this are as good as 0, and their unit would be none.
LEAST = 1e-12


@dataclass(frozen=True, eq=False)
class VisibleNetwork(Network):
    """Pictures to compare a state with, and the machine that gives it its energy.

    Parameters
    ----------
    patterns
        Pictures whose overlaps with the state are told, units ±1, int8 array of shape (pictures,
        units), none allowed.
    conventions
        Of these only the ties count.
    machine
        The machine.

    Raises
    ------
    ValueError
        If there is no machine, or it has another number of units than the pictures.
    """

    conventions: Conventions = OWN
    machine: VisibleMachine | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.machine is None or self.machine.units != self.units:
            message = f"a network of {self.units} units needs a machine of as many"
            raise ValueError(message)
        object.__setattr__(self, "conventions", replace(OWN, ties=self.conventions.ties))
        object.__setattr__(self, "couplings", whole_couplings(self.machine))

    @property
    def recalls(self) -> bool:
        """Whether there is anything to recall: a machine always knows something."""
        return True

    @property
    def even(self) -> bool:
        """Whether a state and its inverse have the same energy: where no unit has a bias."""
        return not (isinstance(self.couplings, Matrix) and np.any(self.couplings.bias))


def whole_couplings(machine: VisibleMachine) -> Matrix:
    """Return couplings and biases as whole numbers of one unit, a part in 10⁹ of the largest.

    Raises
    ------
    Refusal
        If the matrix would not fit into memory.
    """
    couplings, bias = machine.couplings, machine.bias
    largest = max(np.abs(couplings).max(initial=LEAST), np.abs(bias).max(initial=LEAST))
    unit = float(2.0 ** (np.ceil(np.log2(largest)) - BITS))
    matrix = from_blocks(
        lambda rows, columns: couplings[rows, columns].copy(),
        np.zeros(machine.units),
        1,
        unit=unit,
    )
    # A field is a sum of as many rounded numbers as there are units: others' couplings and a bias.
    rounded = np.rint(bias / unit).astype(np.int64)
    return replace(matrix, slack=machine.units, bias=rounded)
