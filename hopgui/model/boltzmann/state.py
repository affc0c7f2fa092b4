"""Where a training stands: all that it needs to go on, as plain numbers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.boltzmann.settings import Method, Settings
from hopgui.model.room import GIGABYTE, LARGEST
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Weights at the start are drawn with this deviation (Hinton 2012, sect. 8).
SPREAD = 0.01
# Means of 0 and 1 would ask for biases without end.
SURE = 0.01
BYTES = 8


@dataclass(frozen=True, eq=False)
class Change:
    """What a machine was last changed by.

    Attributes
    ----------
    weights
        float64 array of shape (visible, hidden).
    visible_bias, hidden_bias
        float64 arrays of shape (visible,) and (hidden,).
    """

    weights: NDArray[np.float64]
    visible_bias: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class State:
    """A training between two gradients.

    Attributes
    ----------
    machine
        The machine.
    velocity
        The last change, of which momentum makes a share again.
    hidden_offset
        λ, the running mean of the hidden units, float64 array of shape (hidden,).
    chains
        Visible units of the persistent chains, 0 or 1 as uint8, shape (temperatures, chains,
        visible); no chains under CD.
    order
        The pictures in this epoch's order, int64 array of shape (pictures,).
    step
        Gradients made so far.
    rng
        State of the random generator, a dictionary of whole numbers and words.
    """

    machine: Machine
    velocity: Change
    hidden_offset: NDArray[np.float64]
    chains: NDArray[np.uint8]
    order: NDArray[np.int64]
    step: int
    rng: dict[str, Any]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return every array by its name, for a file."""
        return {
            "weights": self.machine.weights,
            "visible_bias": self.machine.visible_bias,
            "hidden_bias": self.machine.hidden_bias,
            "velocity_weights": self.velocity.weights,
            "velocity_visible_bias": self.velocity.visible_bias,
            "velocity_hidden_bias": self.velocity.hidden_bias,
            "hidden_offset": self.hidden_offset,
            "chains": self.chains,
            "order": self.order,
        }


def state_from(arrays: dict[str, NDArray[Any]], step: int, rng: dict[str, Any]) -> State:
    """Return the state that `State.arrays` was taken from."""
    parts = ("weights", "visible_bias", "hidden_bias")
    return State(
        Machine(*(arrays[part] for part in parts)),
        Change(*(arrays[f"velocity_{part}"] for part in parts)),
        arrays["hidden_offset"],
        arrays["chains"],
        arrays["order"],
        step,
        rng,
    )


def begin(
    patterns: NDArray[np.int8], hidden: int, settings: Settings, rng: np.random.Generator
) -> State:
    """Return the start of a training.

    Weights are small and random; the visible biases are the log-odds of the pictures' means
    (Hinton 2012, sect. 8.1), so that the first machine already knows how dark each unit is.

    Parameters
    ----------
    patterns
        The pictures, units ±1, int8 array of shape (pictures, visible).
    hidden
        Number of hidden units.
    settings
        The schedule.
    rng
        All that training draws comes from here on; it must be numpy's default, a PCG64.

    Raises
    ------
    Refusal
        If there are not two different pictures, no hidden unit, or too many of both.
    """
    require_pictures(patterns)
    visible = patterns.shape[1]
    require_room(visible, hidden, settings)
    mean = np.clip(bits_of(patterns).mean(axis=0, dtype=np.float64), SURE, 1 - SURE)
    machine = Machine(
        rng.normal(0, SPREAD, (visible, hidden)),
        np.log(mean) - np.log1p(-mean),
        np.zeros(hidden),
    )
    still = Change(np.zeros((visible, hidden)), np.zeros(visible), np.zeros(hidden))
    temperatures = settings.temperatures if settings.method is Method.PT else 1
    chains = 0 if settings.method is Method.CD else settings.chains
    shape = (temperatures, chains, visible)
    drawn = (rng.random(shape, np.float32) < mean).astype(np.uint8)
    order = np.arange(len(patterns), dtype=np.int64)
    return State(
        machine, still, np.full(hidden, 0.5), drawn, order, 0, dict(rng.bit_generator.state)
    )


def require_pictures(patterns: NDArray[np.int8]) -> None:
    """Refuse pictures of which no two differ: biases without end would be their machine."""
    if len(patterns) < 2 or not (patterns != patterns[0]).any():
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "Training needs at least two pictures that differ.")
        )


def require_room(visible: int, hidden: int, settings: Settings) -> None:
    """Refuse a machine without hidden units, or one that would not fit into memory."""
    if hidden < 1:
        raise Refusal(QT_TRANSLATE_NOOP("Refusal", "A machine needs at least one hidden unit."))
    # Weights, velocity, gradient and their copies; chains with their inputs and noise.
    chains = settings.temperatures * settings.chains
    size = BYTES * (6.0 * visible * hidden + 2.0 * chains * (visible + hidden))
    if size > LARGEST:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "A machine of {visible} visible and {hidden} hidden units would take {size} GB to"
                " train: the most is {most} GB.",
            ),
            visible=visible,
            hidden=hidden,
            size=f"{size / GIGABYTE:.1f}",
            most=f"{LARGEST / GIGABYTE:.1f}",
        )
