"""Every change a person can make to the document, as a pure function Session → Session."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hopgui.model import patterns
from hopgui.model.choices import Dynamics, Energy, EnergyKind, RuleKind, Update
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.any_training import AnyTraining
from hopgui.session.carry import Carry, carried
from hopgui.session.draws import Draws, rng_of
from hopgui.session.session import (
    LARGEST_SEED,
    LARGEST_WEIGHT,
    MOST_MEMORIES,
    MOST_UNLEARNT,
    Grid,
    Memory,
    Picture,
    Session,
    free_colour,
    frozen,
    with_pad,
)

LONGEST_NAME = 80
# Gibbs sampling at the temperature of the machine itself, which cools until it rests.
COOLING = Dynamics(Update.ASYNC, temperature=1.0, cooling=0.9)
SIDES = ("left", "right", "top", "bottom")


def paint(session: Session, units: NDArray[np.integer], value: int) -> Session:
    """Set these units of the pad to ±1."""
    pad = session.pad.copy()
    pad.flat[units] = value
    return with_pad(session, pad)


def pin(session: Session, units: NDArray[np.integer], *, pinned: bool) -> Session:
    """Pin these units, or let them go."""
    mask = session.pinned.copy()
    mask.flat[units] = pinned
    return replace(session, pinned=frozen(mask))


def unpin_all(session: Session) -> Session:
    """Let every unit go."""
    return replace(session, pinned=frozen(np.zeros(session.grid.shape, bool)))


def clear(session: Session) -> Session:
    """Set every unit of the pad to −1."""
    return with_pad(session, np.full(session.grid.shape, -1, np.int8))


def invert(session: Session) -> Session:
    """Turn every unit of the pad over."""
    return with_pad(session, -session.pad)


def shift(session: Session, columns: int, rows: int) -> Session:
    """Move the pad's picture; what leaves at one edge enters at the other."""
    return with_pad(session, patterns.shifted(session.pad, columns, rows))


def randomise(session: Session) -> Session:
    """Redraw the pad from the damage seed, and move that seed on."""
    rng = rng_of(Draws.DAMAGE, session.damage.seed)
    return _next_damage(with_pad(session, patterns.random_pattern(session.grid.shape, rng)))


def damage(session: Session) -> Session:
    """Flip exactly the chosen share of the units that are not pinned, and move the seed on."""
    rng = rng_of(Draws.DAMAGE, session.damage.seed)
    pad = patterns.damaged(session.pad, session.damage.percent, rng, session.pinned)
    return _next_damage(with_pad(session, pad))


def erase(session: Session, units: NDArray[np.integer], *, noise: bool = False) -> Session:
    """Set these units to −1, or redraw them at random and move the damage seed on."""
    if not noise:
        return with_pad(session, patterns.erased(session.pad, units))
    rng = rng_of(Draws.DAMAGE, session.damage.seed)
    return _next_damage(with_pad(session, patterns.erased(session.pad, units, rng)))


def half(grid: Grid, side: str) -> NDArray[np.int32]:
    """Return the units of the left, right, top or bottom half; an odd middle line stays out."""
    units = np.arange(grid.units, dtype=np.int32).reshape(grid.shape)
    halves = {
        "left": units[:, : grid.width // 2],
        "right": units[:, (grid.width + 1) // 2 :],
        "top": units[: grid.height // 2],
        "bottom": units[(grid.height + 1) // 2 :],
    }
    return halves[side].ravel()


def set_damage(session: Session, *, percent: int | None = None, seed: int | None = None) -> Session:
    """Choose how much the next damage flips, and by which draw."""
    chosen = session.damage
    if percent is not None:
        chosen = replace(chosen, percent=min(max(percent, 0), 100))
    if seed is not None:
        chosen = replace(chosen, seed=seed)
    return replace(session, damage=chosen)


def store(session: Session, picture: Picture | None = None, name: str | None = None) -> Session:
    """Store a picture, the pad's unless another is given, as the last memory.

    Raises
    ------
    Refusal
        If there is no room for another memory.
    """
    return store_all(
        session, [(name or _free_name(session), session.pad if picture is None else picture)]
    )


def store_all(session: Session, pictures: Sequence[tuple[str, Picture]]) -> Session:
    """Store several named pictures in one step.

    Raises
    ------
    Refusal
        If they are too many.
    """
    if len(session.memories) + len(pictures) > MOST_MEMORIES:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "The gallery holds at most {most} memories."),
            most=MOST_MEMORIES,
        )
    memories = list(session.memories)
    for name, picture in pictures:
        memories.append(Memory(name[:LONGEST_NAME], frozen(picture), free_colour(memories)))
    return replace(session, memories=tuple(memories))


def rename(session: Session, index: int, name: str) -> Session:
    """Call a memory something else; an empty name changes nothing."""
    name = shortened(name)
    if not name:
        return session
    memories = list(session.memories)
    memories[index] = replace(memories[index], name=name)
    return replace(session, memories=tuple(memories))


def shortened(name: str) -> str:
    """Return a name without the spaces it can do without, and no longer than a name may be."""
    return " ".join(name.split())[:LONGEST_NAME]


def move(session: Session, index: int, place: int) -> Session:
    """Put a memory at another place in the gallery."""
    memories = list(session.memories)
    memories.insert(place, memories.pop(index))
    return replace(session, memories=tuple(memories))


def duplicate(session: Session, indices: Iterable[int]) -> Session:
    """Store these memories once more, at the end: a memory stored twice pulls twice as hard."""
    chosen = [session.memories[index] for index in indices]
    return store_all(session, [(memory.name, memory.picture) for memory in chosen])


def weigh(session: Session, indices: Iterable[int], step: int) -> Session:
    """Store these memories more or less strongly, 0 … 9 times."""
    chosen = set(indices)
    memories = tuple(
        replace(memory, weight=min(max(memory.weight + step, 0), LARGEST_WEIGHT))
        if index in chosen
        else memory
        for index, memory in enumerate(session.memories)
    )
    return replace(session, memories=memories)


def delete(session: Session, indices: Iterable[int]) -> Session:
    """Forget these memories."""
    gone = set(indices)
    kept = tuple(memory for index, memory in enumerate(session.memories) if index not in gone)
    return replace(session, memories=kept)


def unlearn(session: Session, pictures: Sequence[Picture] | None = None) -> Session:
    """Weaken states, the pad's unless others are given, once more by the rule's strength.

    Under Hebb's rule the document changes to the unlearning rule, with no dreams of its own.

    Raises
    ------
    Refusal
        If the energy has no couplings to weaken, the rule is neither of the two, or too many states
        are unlearnt.
    """
    if session.energy.kind is not EnergyKind.QUADRATIC:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "A dense energy asks the memories themselves: there is nothing to unlearn.",
            )
        )
    rule = session.rule
    if rule.kind is RuleKind.HEBB:
        rule = replace(rule, kind=RuleKind.UNLEARNING, dreams=0)
    if rule.kind is not RuleKind.UNLEARNING:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "Only what Hebb's rule has learnt can be unlearnt: choose Hebb or Unlearning"
                " in Controls.",
            )
        )
    pictures = [session.pad] if pictures is None else pictures
    if len(session.unlearnt) + len(pictures) > MOST_UNLEARNT:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "At most {most} states can be unlearnt by hand."),
            most=MOST_UNLEARNT,
        )
    more = tuple(frozen(picture) for picture in pictures)
    return replace(session, rule=rule, unlearnt=session.unlearnt + more)


def keep_training(session: Session, training: AnyTraining) -> Session:
    """Keep a training, and let the pad show its machine's energy.

    The first time, the updates become those of Gibbs sampling that cools until it rests.
    """
    if session.energy.kind is EnergyKind.BOLTZMANN:
        return replace(session, training=training)
    return replace(
        session,
        training=training,
        energy=replace(session.energy, kind=EnergyKind.BOLTZMANN),
        dynamics=COOLING,
    )


def forget_unlearnt(session: Session) -> Session:
    """Take back all that was unlearnt by hand."""
    return replace(session, unlearnt=())


def load(session: Session, index: int) -> Session:
    """Put a memory on the pad."""
    return with_pad(session, session.memories[index].picture)


def resize(session: Session, grid: Grid, carry: Carry) -> Session:
    """Take pad, pinned units, memories and kept states over to another grid."""

    def taken(picture: Picture) -> Picture:
        return frozen(carried(picture, grid.shape, carry))

    pinned = taken(np.where(session.pinned, 1, -1).astype(np.int8)) > 0
    return replace(
        session,
        grid=grid,
        pad=taken(session.pad),
        pinned=frozen(pinned),
        memories=tuple(
            replace(memory, picture=taken(memory.picture)) for memory in session.memories
        ),
        unlearnt=tuple(taken(picture) for picture in session.unlearnt),
        kept=tuple(replace(state, picture=taken(state.picture)) for state in session.kept),
        energy=_carried_energy(session, grid),
    )


def _carried_energy(session: Session, grid: Grid) -> Energy:
    """Go back to the network on another grid: a machine knows pads of its own size alone."""
    if session.energy.kind is EnergyKind.BOLTZMANN and grid != session.grid:
        return replace(session.energy, kind=EnergyKind.QUADRATIC)
    return session.energy


def _next_damage(session: Session) -> Session:
    # The next damage draws other units; undo brings this draw's seed back with the picture.
    return set_damage(session, seed=session.damage.seed % LARGEST_SEED + 1)


def _free_name(session: Session) -> str:
    taken = {memory.name for memory in session.memories}
    number = len(session.memories) + 1
    while str(number) in taken:
        number += 1
    return str(number)
