"""What a document asks to be learnt."""

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import EnergyKind, RuleKind
from hopgui.model.learning import Plan
from hopgui.session.session import Session


def plan_of(session: Session) -> Plan:
    """Return all that decides which network the document's memories become."""
    return Plan(
        session.patterns,
        session.weights,
        session.rule,
        session.energy,
        session.conventions,
        session.trouble,
        session.seed,
        _rows(session),
        session.machine if _is_machine(session) else None,
    )


def same_network(one: Session, other: Session) -> bool:
    """Say whether two documents ask for the same network; names and colours do not matter."""
    return (
        one.grid == other.grid  # without memories nothing else tells the sizes apart
        and same_choices(one, other)
        and (one.seed == other.seed or not _draws(one))
        and (one.memories is other.memories or _same_memories(one, other))
        and (one.unlearnt is other.unlearnt or not _unlearns(one))
        and (one.machine is other.machine or not _is_machine(one))
    )


def same_choices(one: Session, other: Session) -> bool:
    """Say whether two documents turn memories into energies in the same way."""
    return (one.rule, one.energy, one.conventions, one.trouble) == (
        other.rule,
        other.energy,
        other.conventions,
        other.trouble,
    )


def _draws(session: Session) -> bool:
    """Say whether learning draws anything: dreams, or couplings to cut."""
    return session.trouble.one_way or session.rule.kind is RuleKind.UNLEARNING


def _is_machine(session: Session) -> bool:
    """Say whether the energy is the free energy of a machine."""
    return session.energy.kind is EnergyKind.BOLTZMANN


def _unlearns(session: Session) -> bool:
    """Say whether states unlearnt by hand make a difference."""
    return session.rule.kind is RuleKind.UNLEARNING


def _rows(session: Session) -> NDArray[np.int8] | None:
    """Return what the rule unlearns by hand, a row a state."""
    if not session.unlearnt or not _unlearns(session):
        return None
    return np.stack([picture.ravel() for picture in session.unlearnt])


def _same_memories(one: Session, other: Session) -> bool:
    return len(one.memories) == len(other.memories) and all(
        mine.weight == theirs.weight and mine.picture is theirs.picture
        for mine, theirs in zip(one.memories, other.memories, strict=True)
    )
