"""A restricted Boltzmann machine as a network: its free energy is the energy that the pad shows.

One update asks one visible unit what it becomes, all others as they are and the hidden units summed
out: its field is the free energy with the unit at −1 less that with it at +1. At temperature 0 the
free energy falls, and the theorem of the Hopfield network holds; at T = 1 Glauber's rule samples
the machine's own p(v), at other temperatures e^(−F(v)/T).

The synchronous update is the machine's own block step v → h → v: all hidden units are drawn, then
all free visible ones, from e^(−E(v, h)/T). At T = 1 both samplers have the same law.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.boltzmann.softplus import softplus_sum
from hopgui.model.choices import Dynamics
from hopgui.model.conventions import Conventions, Scale, Ties
from hopgui.model.couplings import kernels
from hopgui.model.network import FALL, Fields, Network
from hopgui.model.patterns import Pattern
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

if TYPE_CHECKING:
    from hopgui.model.boltzmann.run import RbmRun

# A free energy has no scale, no ½ and no self-connections to choose.
FREE = Conventions(Scale.UNITS, self_connections=False, half=False, ties=Ties.KEEP)
# What a hidden unit's part of a field takes, exponentials and logarithms, in multiplications.
SOFTPLUS = 100


@dataclass(frozen=True, eq=False)
class RbmNetwork(Network):
    """Pictures to compare a state with, and the machine that gives it its free energy.

    Parameters
    ----------
    patterns
        Pictures whose overlaps with the state are told: what the machine was trained on, or what
        of it can be shown; units ±1, int8 array of shape (pictures, visible), none allowed.
    conventions
        Of these only the ties count; of the others none is kept.
    machine
        The machine.

    Raises
    ------
    ValueError
        If there is no machine, or it has another number of visible units than the pictures.
    """

    conventions: Conventions = FREE
    machine: Machine | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "conventions", replace(FREE, ties=self.conventions.ties))
        if self.rbm.visible != self.units:
            message = f"pictures of {self.units} units and {self.rbm.visible} visible units differ"
            raise ValueError(message)

    @property
    def rbm(self) -> Machine:
        """The machine."""
        if self.machine is None:
            message = "a network of a machine needs one"
            raise ValueError(message)
        return self.machine

    @property
    def work(self) -> int:
        """About how many multiplications the fields of one state take."""
        return SOFTPLUS * self.units * self.rbm.hidden

    @property
    def recalls(self) -> bool:
        """Whether there is anything to recall: a machine always knows something."""
        return True

    @property
    def _unit(self) -> float:
        return 1.0

    @property
    def _divisor(self) -> float:
        return 1.0

    @property
    def slack(self) -> float:  # type: ignore[override]
        """Fields no larger than this count as zero: the rounding of exponentials."""
        return 1e-9

    @property
    def weight(self) -> int:
        """By what a flip's pull is multiplied in the score."""
        return 1

    @cached_property
    def own(self) -> NDArray[np.int64]:
        """Zeros: no unit is coupled to itself. int64 array of shape (units,)."""
        return np.zeros(self.units, np.int64)

    @cached_property
    def _constant(self) -> int:
        return 0

    def fields(self, state: Pattern, overlaps: NDArray[np.int32] | None = None) -> Fields:  # noqa: ARG002 - read from the hidden units
        """Return F with each unit at −1 less F with it at +1, float64 array of shape (units,)."""
        out = np.empty(self.units)
        kernels().pulls(self.form(state), np.array(state, np.int8), out)
        return out

    def score(self, state: Pattern, form: Any = None) -> float:  # noqa: ARG002 - computed anew
        """Return −F of a state."""
        return -float(self.rbm.free_energy(bits_of(state)))

    def by_hidden(self, state: Pattern, unit: int) -> NDArray[np.float64]:
        """Split a unit's field by hidden unit: their sum and the unit's bias are the field.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        unit
            Which visible unit.

        Returns
        -------
        NDArray
            ln (1 + e^(input with the unit on)) − ln (1 + e^(input with it off)), float64 array of
            shape (hidden,).
        """
        row = self.rbm.weights[unit]
        off = self.rbm.hidden_input(bits_of(state)) - row * (state[unit] > 0)
        return softplus_sum((off + row)[:, None]) - softplus_sum(off[:, None])

    @property
    def even(self) -> bool:
        """No: what is +1 and what is −1 matters to a machine."""
        return False

    @property
    def has_couplings(self) -> bool:
        """No: visible units are coupled through hidden ones alone."""
        return False

    def couplings_of(self, unit: int) -> NDArray[np.float64]:  # noqa: ARG002 - none has any
        """Refuse: visible units have no couplings with each other."""
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "The units of a restricted Boltzmann machine have no pairwise couplings."
            )
        )

    def form(self, state: Pattern) -> Any:
        """Return what the compiled loops carry along from this state on."""
        machine = self.rbm
        inputs = machine.hidden_input(bits_of(state))
        return kernels().Hidden(
            np.ascontiguousarray(machine.weights),
            inputs,
            machine.visible_bias,
            self.own,
            machine.hidden_bias,
        )

    def start(
        self,
        state: Pattern,
        *,
        rng: np.random.Generator,
        pinned: NDArray[np.bool_] | None = None,
        dynamics: Dynamics = FALL,
    ) -> "RbmRun":
        """Begin a run from a state; parameters as in `Network.start`."""
        # The compiled loops come with the first run, not with the first window.
        from hopgui.model.boltzmann.run import RbmRun  # noqa: PLC0415

        return RbmRun(self, state, rng=rng, pinned=pinned, dynamics=dynamics)

    def _field(self, state: Pattern, unit: int) -> float:
        return float(self.fields(state)[unit])
