"""What is said of a state that has been judged, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.model.verdict import Candidate, Kind, Verdict
from hopgui.session.session import Memory
from hopgui.ui.look.numbers import MINUS, number

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts

# More members than these are counted, not listed.
MOST_LISTED = 7


def headline(verdict: Verdict, memories: Sequence[Memory], units: int) -> tuple[str, str]:
    """Say what the state is, and once more where there is little room.

    Parameters
    ----------
    verdict
        What it is.
    memories
        The memories, in the order of the gallery.
    units
        Number of units N.
    """
    match verdict.kind:
        case Kind.CYCLE:
            text = translate("Verdict", "Two-state cycle")
        case Kind.UNSETTLED:
            text = translate("Verdict", "Not settled (T > 0)")
        case Kind.OTHER:
            text = translate("Verdict", "Close to no memory")
        case Kind.MIXTURE if verdict.found is not None:
            return (
                translate("Verdict", "Mixture {members}").format(
                    members=members(verdict.found, memories)
                ),
                translate("Verdict", "Mixture of {n} memories").format(n=len(verdict.members)),
            )
        case _:
            text = single(verdict, memories, units)
    return text, text


def title(verdict: Verdict, memories: Sequence[Memory]) -> str:
    """Name a state in a list of many: ``A``, ``Inverse of C``, ``+ A + C − J``."""
    if verdict.kind is Kind.MIXTURE and verdict.found is not None:
        return members(verdict.found, memories)
    if verdict.kind is Kind.MEMORY:
        return _name(verdict.members[0][1], memories)
    if verdict.kind is Kind.INVERSE:
        text = translate("Verdict", "Inverse of {name}")
        return text.format(name=_name(verdict.members[0][1], memories))
    return headline(verdict, memories, 1)[0]


def single(verdict: Verdict, memories: Sequence[Memory], units: int) -> str:
    """Say which memory, or inverse of one, the state is, and how far from it."""
    ((sign, index),) = verdict.members
    away = _differing(verdict.agreement, units)
    if sign < 0 and away:
        text = translate("Verdict", "Inverse of {name}, {units} away")
    elif sign < 0:
        text = translate("Verdict", "Inverse of {name}")
    elif away:
        text = translate("Verdict", "Memory {name}, {units} away")
    else:
        text = translate("Verdict", "Memory {name}, exact")
    return text.format(name=_name(index, memories), units=units_text(away))


def proof(verdict: Verdict, memories: Sequence[Memory], units: int, *, sure: bool = True) -> str:
    """Say how sure that is: the overlap with what it is called, and what comes next.

    Parameters
    ----------
    verdict, memories, units
        As in `headline`.
    sure
        Whether that is the last word.
    """
    parts = [] if sure else [translate("Verdict", "still looking")]
    match verdict.kind:
        case Kind.CYCLE | Kind.UNSETTLED:
            if verdict.found is not None:
                parts.append(_like(verdict.found, memories, units))
        case Kind.MIXTURE:
            parts.append(_agreement(verdict, units))
    if verdict.next_best is not None:
        best = verdict.next_best
        text = (
            translate("Verdict", "likest: {candidate}, {overlap}")
            if not verdict.members
            else translate("Verdict", "next best: {candidate}, {overlap}")
        )
        parts.append(
            text.format(candidate=brief(best, memories), overlap=number(best.agreement, 2))
        )
    return " · ".join(parts)


def members(candidate: Candidate, memories: Sequence[Memory]) -> str:
    """List the members of a mixture with their signs: ``+ A + C − J``."""
    signs = ["+" if sign > 0 else MINUS for sign, _ in candidate.members]
    names = [_name(index, memories) for _, index in candidate.members]
    weights = [f"{number(weight, 2)} " for weight in candidate.weights] or [""] * len(names)
    listed = list(zip(signs, weights, names, strict=True))
    text = " ".join(f"{sign} {weight}{name}" for sign, weight, name in listed[:MOST_LISTED])
    return f"{text} …" if len(listed) > MOST_LISTED else text


def brief(candidate: Candidate, memories: Sequence[Memory]) -> str:
    """Name a candidate in few words."""
    if len(candidate.members) > 1:
        return translate("Verdict", "mixture of {n} memories").format(n=len(candidate.members))
    ((sign, index),) = candidate.members
    text = (
        translate("Verdict", "memory {name}")
        if sign > 0
        else translate("Verdict", "inverse of {name}")
    )
    return text.format(name=_name(index, memories))


def units_text(count: int) -> str:
    """Count units."""
    if count == 1:
        return translate("Verdict", "1 unit")
    return translate("Verdict", "{n} units").format(n=number(count))


def _agreement(verdict: Verdict, units: int) -> str:
    away = _differing(verdict.agreement, units)
    if verdict.falls_from:
        text = translate("Verdict", "the mixture falls here from {units} away")
    elif away:
        text = translate("Verdict", "{units} away, overlap {overlap}")
    else:
        text = translate("Verdict", "exact")
    return text.format(units=units_text(away), overlap=number(verdict.agreement, 2))


def _like(found: Candidate, memories: Sequence[Memory], units: int) -> str:
    text = translate("Verdict", "this state: {candidate}, {units} away")
    if not _differing(found.agreement, units):
        text = translate("Verdict", "this state: {candidate}, exact")
    return text.format(
        candidate=brief(found, memories), units=units_text(_differing(found.agreement, units))
    )


def _differing(agreement: float, units: int) -> int:
    return round((1 - agreement) * units / 2)


def _name(index: int, memories: Sequence[Memory]) -> str:
    return memories[index].name if index < len(memories) else "?"
