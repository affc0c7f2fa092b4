"""What a state is, in a few words: ``A``, ``inverse of C``, ``+ A + C − J``."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.model.mixtures import Identity, IdentityKind, Members
from hopgui.session.session import Memory
from hopgui.ui.numbers import MINUS

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def identity_name(identity: Identity, memories: Sequence[Memory]) -> str:
    """Return the few words for a state.

    Parameters
    ----------
    identity
        What the state is.
    memories
        The memories that the members count among.
    """
    match identity.kind:
        case IdentityKind.CYCLE:
            return translate("Identity", "Two-state cycle")
        case IdentityKind.UNSETTLED:
            return translate("Identity", "Not settled")
        case IdentityKind.OTHER:
            return translate("Identity", "Close to no memory")
        case IdentityKind.MIXTURE:
            return signed_sum(identity.members, memories)
        case IdentityKind.INVERSE:
            text = translate("Identity", "Inverse of {name}")
        case IdentityKind.MEMORY:
            text = translate("Identity", "{name}", "name of a memory")
    return text.format(name=memories[identity.members[0][1]].name)


def signed_sum(members: Members, memories: Sequence[Memory]) -> str:
    """Write members with their signs: ``+ A + C − J``."""
    return " ".join(
        f"{'+' if sign > 0 else MINUS} {memories[index].name}" for sign, index in members
    )
