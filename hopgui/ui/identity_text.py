"""What a state is, in a few words: ``A``, ``inverse of C``, ``+ A + C − J``."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.model.verdict import Kind, Members, Verdict
from hopgui.session.session import Memory
from hopgui.ui.numbers import MINUS

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def identity_name(verdict: Verdict, memories: Sequence[Memory]) -> str:
    """Return the few words for a state.

    Parameters
    ----------
    verdict
        What the state is.
    memories
        The memories that the members count among.
    """
    match verdict.kind:
        case Kind.CYCLE:
            return translate("Verdict", "Two-state cycle")
        case Kind.UNSETTLED:
            return translate("Verdict", "Not settled")
        case Kind.OTHER:
            return translate("Verdict", "Close to no memory")
        case Kind.MIXTURE:
            return signed_sum(verdict.members, memories)
        case Kind.INVERSE:
            text = translate("Verdict", "Inverse of {name}")
        case Kind.MEMORY:
            text = translate("Verdict", "{name}", "name of a memory")
    return text.format(name=memories[verdict.members[0][1]].name)


def signed_sum(members: Members, memories: Sequence[Memory]) -> str:
    """Write members with their signs: ``+ A + C − J``."""
    return " ".join(
        f"{'+' if sign > 0 else MINUS} {memories[index].name}" for sign, index in members
    )
