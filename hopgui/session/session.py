"""The document: everything a file would have to save, as one frozen value."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Dynamics, Energy, Rule, Trouble
from hopgui.model.conventions import ARTICLE, Conventions
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.past_run import PastRun

if TYPE_CHECKING:
    from hopgui.model.boltzmann.machine import Machine
    from hopgui.model.boltzmann.visible import VisibleMachine
    from hopgui.session.any_training import AnyTraining

SMALLEST_SIDE = 2
LARGEST_SIDE = 256
MOST_MEMORIES = 1000
MOST_UNLEARNT = 1000
MOST_KEPT = 200
LARGEST_WEIGHT = 9
LARGEST_SEED = 2**31 - 1
SUFFIX = ".hopgui"  # of a file that holds a document

T = TypeVar("T", bound=np.generic)
Picture = NDArray[np.int8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """How many units stand in a row, and how many rows there are.

    Raises
    ------
    Refusal
        If a side is outside 2 … 256.
    """

    width: int
    height: int

    def __post_init__(self) -> None:
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (self.width, self.height)):
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "A grid of {width} × {height} cannot be: each side must be {least} to {most}.",
                ),
                width=self.width,
                height=self.height,
                least=SMALLEST_SIDE,
                most=LARGEST_SIDE,
            )

    @property
    def units(self) -> int:
        """Number of units N."""
        return self.width * self.height

    @property
    def shape(self) -> tuple[int, int]:
        """Shape (height, width) of a picture on this grid."""
        return self.height, self.width


@dataclass(frozen=True, eq=False)
class Memory:
    """A stored pattern with its name and its colour.

    Attributes
    ----------
    name
        What the person calls it.
    picture
        Units ±1, int8 array of shape (height, width), read-only.
    colour
        Which of the theme's memory colours it wears, everywhere and for as long as it lives.
    weight
        How often Hebb's rule stores it, 0 … 9: 0 leaves it in the gallery and out of the network.
    """

    name: str
    picture: Picture
    colour: int
    weight: int = 1


@dataclass(frozen=True, eq=False)
class KeptState:
    """A state put aside to be compared later; no memory: the network knows nothing of it.

    Attributes
    ----------
    name
        What the person calls it.
    picture
        Units ±1, int8 array of shape (height, width), read-only.
    """

    name: str
    picture: Picture


@dataclass(frozen=True, eq=False)
class Damage:
    """How the pad is damaged: how much, and by which draw.

    Attributes
    ----------
    percent
        Share of the units to flip, 0 … 100; the count is rounded to the nearest unit.
    seed
        Seed of the draw. The same seed damages the same units.
    """

    percent: int = 20
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Session:
    """The document: grid, memories, pad, pinned units, conventions, seeds, what is kept.

    Attributes
    ----------
    grid
        Size of the pad.
    pad
        Units ±1 on the pad, int8 array of shape (height, width), read-only.
    pinned
        Units that a recall never changes, bool array of shape (height, width), read-only.
    memories
        The stored patterns, in the order of the gallery.
    conventions
        How couplings, energy and ties are counted.
    rule
        How the memories become couplings.
    energy
        What every state's energy is made of.
    dynamics
        Which unit a recall asks next, and at what temperature.
    trouble
        What breaks the theorem on purpose.
    seed
        Seed of the recall. The same seed on the same pad gives the same run, flip for flip.
    damage
        Amount and seed of the next damage.
    title
        What the document is called, a pattern set's name at first.
    unlearnt
        States that the unlearning rule weakens before it dreams, in the order in which a person
        chose them; one chosen twice is weakened twice.
    training
        The Boltzmann machine with its training, None while there is none.
    runs
        The runs that are kept, oldest first.
    kept
        The states that are kept, oldest first.
    """

    grid: Grid
    pad: Picture
    pinned: Mask
    memories: tuple[Memory, ...] = ()
    conventions: Conventions = ARTICLE
    rule: Rule = field(default_factory=Rule)
    energy: Energy = field(default_factory=Energy)
    dynamics: Dynamics = field(default_factory=Dynamics)
    trouble: Trouble = field(default_factory=Trouble)
    seed: int = 1
    damage: Damage = field(default_factory=Damage)
    title: str = ""
    unlearnt: tuple[Picture, ...] = ()
    training: "AnyTraining | None" = None
    runs: tuple[PastRun, ...] = ()
    kept: tuple[KeptState, ...] = ()

    @property
    def patterns(self) -> Picture:
        """The memories as rows of ±1, int8 array of shape (memories, units)."""
        if not self.memories:
            return np.empty((0, self.grid.units), np.int8)
        return np.stack([memory.picture.ravel() for memory in self.memories])

    @property
    def weights(self) -> NDArray[np.int64]:
        """How often each memory is stored, int64 array of shape (memories,)."""
        return np.array([memory.weight for memory in self.memories], np.int64)

    @property
    def machine(self) -> "Machine | VisibleMachine | None":
        """The trained machine, None while there is none."""
        return None if self.training is None else self.training.machine

    @property
    def load(self) -> float:
        """Memories per unit, α = P/N."""
        return len(self.memories) / self.grid.units


def frozen(array: NDArray[T]) -> NDArray[T]:
    """Copy of an array that nobody can write to."""
    copy = np.array(array, order="C")
    copy.flags.writeable = False
    return copy


def blank_session(grid: Grid, *, title: str = "") -> Session:
    """Return an empty document: every unit −1, no memories, the article's conventions."""
    return Session(
        grid,
        pad=frozen(np.full(grid.shape, -1, np.int8)),
        pinned=frozen(np.zeros(grid.shape, bool)),
        title=title,
    )


def free_colour(memories: Iterable[Memory]) -> int:
    """Return the lowest colour number that no memory wears."""
    worn = {memory.colour for memory in memories}
    return next(number for number in range(len(worn) + 1) if number not in worn)


def with_pad(session: Session, pad: Picture) -> Session:
    """Return the document with this picture on the pad."""
    return replace(session, pad=frozen(pad))
