"""What a state is: the words for it, with the evidence."""

from dataclasses import dataclass
from enum import StrEnum

# Sign +1 or −1 and index of each memory in something, in the memories' order.
Members = tuple[tuple[int, int], ...]


class Kind(StrEnum):
    """What a state can turn out to be."""

    MEMORY = "memory"
    INVERSE = "inverse"
    MIXTURE = "mixture"
    OTHER = "other"
    CYCLE = "cycle"
    UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Candidate:
    """Something that a state may be, and how like it is.

    Attributes
    ----------
    members
        Sign +1 or −1 and index of each memory in it, in the memories' order.
    agreement
        Overlap of the state with it, −1 … 1; units at which its members tie count as agreeing.
    weights
        How strongly each member counts where they do not count alike, in the order of `members`;
        positive. Empty where they do.
    """

    members: Members
    agreement: float
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What a state is, with the evidence.

    Attributes
    ----------
    kind
        The name for it. A cycle or an unsettled state still has the members of what it is like.
    members
        Sign +1 or −1 and index of each memory in it, in the memories' order: one for a memory or
        an inverse, several for a mixture, none for a state close to none of these.
    agreement
        Overlap with what these members make, −1 … 1; of a state close to nothing, that with the
        best candidate.
    weights
        How strongly each member of an asymmetric mixture counts, positive, in the order of
        `members`; empty for anything else.
    next_best
        The best candidate that it is not, None where there is no other.
    falls_from
        Whether it is called a mixture because the mixture itself, let fall, settles in it.
    """

    kind: Kind
    members: Members = ()
    agreement: float = 0.0
    weights: tuple[float, ...] = ()
    next_best: Candidate | None = None
    falls_from: bool = False

    @property
    def found(self) -> Candidate | None:
        """What the state is or is like, None where it is close to nothing."""
        if not self.members:
            return None
        return Candidate(self.members, self.agreement, self.weights)
