"""What is said of a moment, in words: where the run stands and what the state is near to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.model.verdict import Kind, Verdict
from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.ui.look.numbers import energy, number, short_energy
from hopgui.ui.verdict import verdict_text
from hopgui.ui.verdict.verdict_text import units_text

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def settled(frame: Frame) -> bool:
    """Tell whether the moment shown is the one in which a run settled."""
    return frame.phase is Phase.SETTLED and not scrubbed(frame)


def scrubbed(frame: Frame) -> bool:
    """Tell whether an earlier moment of a run is shown than its latest."""
    return frame.recording is not None and frame.update < frame.recording.updates


def progress(frame: Frame) -> str:
    """Say where the run stands: ``Falling · 58 updates, 13 flips``."""
    if frame.recording is None:
        return translate("StatusCard", "At rest")
    updates, flips = _updates(frame.update), _flips(frame.flips)
    if scrubbed(frame):
        return translate("StatusCard", "Moment {now} of {all} · {flips}").format(
            now=number(frame.update), all=number(frame.recording.updates), flips=flips
        )
    if settled(frame):
        return translate("StatusCard", "Settled after {updates} ({flips})").format(
            updates=updates, flips=flips
        )
    if frame.temperature > 0:
        return translate("StatusCard", "T = {temperature} · {updates}, {flips}").format(
            temperature=energy(frame.temperature), updates=updates, flips=flips
        )
    if frame.phase is Phase.RUNNING:
        return translate("StatusCard", "Falling · {updates}, {flips}").format(
            updates=updates, flips=flips
        )
    return translate("StatusCard", "Paused · {updates}, {flips}").format(
        updates=updates, flips=flips
    )


def headline(frame: Frame, memories: Sequence[Memory]) -> str:
    """Say what it is near to: ``Nearest: memory A``, and when settled ``Memory A, exact``."""
    if settled(frame) and frame.cycling:
        return translate("StatusCard", "Two-state cycle")
    memory = nearest(frame, memories)
    if memory is None:
        return "" if memories else translate("StatusCard", "Nothing stored yet")
    if settled(frame) and frame.nearest.near:
        return _named(frame, memory)
    if frame.temperature > 0 and frame.phase is Phase.PAUSED:
        return translate("StatusCard", "Not settled (T > 0)")
    if frame.nearest.sign < 0:
        text = translate("StatusCard", "Nearest: inverse of {name}")
    else:
        text = translate("StatusCard", "Nearest: memory {name}")
    return text.format(name=memory.name)


def evidence(
    frame: Frame, memories: Sequence[Memory], *, judged: bool = False, brief: bool = False
) -> str:
    """Say what the energy did, and how far the nearest memory is unless the headline says it.

    Parameters
    ----------
    frame, memories
        The moment, and the memories in the order of the gallery.
    judged
        Whether the headline says what the state is.
    brief
        Whether there is little room: large energies are rounded.
    """
    fall = _fall(frame, short_energy if brief else energy)
    memory, near = nearest(frame, memories), frame.nearest
    named = judged or (settled(frame) and not frame.cycling and near.near)
    if memory is None or named:
        return fall
    text = (
        translate("StatusCard", "{units} away · {fall}")
        if near.distance
        else translate("StatusCard", "exact · {fall}")
    )
    return text.format(units=units_text(near.distance), fall=fall)


def stability(frame: Frame, *, judged: bool = False) -> str:
    """Say which kind of stable the state is that a run settled in, or that somebody asks about.

    Parameters
    ----------
    frame
        The moment.
    judged
        Whether somebody asks about it; else nothing is said before a run settled.
    """
    if not settled(frame) and not judged:
        return ""
    if frame.cycling:
        return translate(
            "StatusCard", "all units at once: each state is what the other asks for, for ever"
        )
    wanting = int(frame.unstable.sum())
    if wanting:
        return translate("StatusCard", "not stable: {n} of its units would flip").format(
            n=number(wanting)
        )
    return _depth(frame.descents, frame.held)


def _depth(descents: int, held: int) -> str:
    if not descents and held:
        return translate(
            "StatusCard", "a local minimum of the energy as long as the pinned units are held"
        )
    if not descents:
        return translate("StatusCard", "a local minimum of the energy")
    if descents == 1:
        return translate(
            "StatusCard",
            "stable with its self-connections, not a local minimum: "
            "1 single flip would still lower the energy",
        )
    return translate(
        "StatusCard",
        "stable with its self-connections, not a local minimum: "
        "{n} single flips would still lower the energy",
    ).format(n=number(descents))


def sentence(frame: Frame, memories: Sequence[Memory], verdict: Verdict | None = None) -> str:
    """Say all of it in one sentence, for the status bar and for screen readers.

    Parameters
    ----------
    frame, memories
        The moment, and the memories in the order of the gallery.
    verdict
        What its state is, None while that is not known.
    """
    if settled(frame) and frame.cycling:
        text = translate("StatusCard", "Caught in a two-state cycle after {updates} ({flips})")
        return text.format(updates=_updates(frame.update), flips=_flips(frame.flips))
    if settled(frame):
        return _settlement(frame, memories, verdict)
    memory = nearest(frame, memories)
    if memory is None:
        return f"{progress(frame)} · {_fall(frame)}"
    if verdict is not None:
        size = frame.state.size
        said, _ = verdict_text.headline(verdict, memories, size)
        proof = verdict_text.proof(verdict, memories, size)
        return " · ".join(part for part in (progress(frame), said, proof, _fall(frame)) if part)
    text = (
        translate("StatusCard", "{units} from the inverse of {name}")
        if frame.nearest.sign < 0
        else translate("StatusCard", "{units} from memory {name}")
    )
    place = text.format(units=units_text(frame.nearest.distance), name=memory.name)
    return f"{progress(frame)} · {place} · {_fall(frame)}"


def nearest(frame: Frame, memories: Sequence[Memory]) -> Memory | None:
    """Return the memory that the state is nearest to; None if it is gone, or there is none."""
    index = frame.nearest.memory
    return memories[index] if index is not None and index < len(memories) else None


def _named(frame: Frame, memory: Memory) -> str:
    near = frame.nearest
    if near.sign < 0 and near.distance:
        text = translate("StatusCard", "Inverse of {name}, {units} away")
    elif near.sign < 0:
        text = translate("StatusCard", "Inverse of {name}")
    elif near.distance:
        text = translate("StatusCard", "Memory {name}, {units} away")
    else:
        text = translate("StatusCard", "Memory {name}, exact")
    return text.format(name=memory.name, units=units_text(near.distance))


def _settlement(frame: Frame, memories: Sequence[Memory], verdict: Verdict | None) -> str:
    memory, near = nearest(frame, memories), frame.nearest
    kind, members = (None, "") if verdict is None else (verdict.kind, "")
    if verdict is not None and verdict.found is not None:
        members = verdict_text.members(verdict.found, memories)
    if memory is None:
        text = translate(
            "StatusCard", "Settled after {updates} ({flips}), energy from {first} to {last}"
        )
    elif kind is Kind.MIXTURE:
        text = translate(
            "StatusCard",
            "Settled in the mixture {members} after {updates} ({flips}), "
            "energy from {first} to {last}",
        )
    elif kind is Kind.OTHER:
        text = translate(
            "StatusCard",
            "Settled close to no memory after {updates} ({flips}), energy from {first} to {last}",
        )
    elif near.sign < 0 and near.distance:
        text = translate(
            "StatusCard",
            "Settled {units} from the inverse of {name} after {updates} ({flips}), "
            "energy from {first} to {last}",
        )
    elif near.sign < 0:
        text = translate(
            "StatusCard",
            "Settled in the inverse of {name} after {updates} ({flips}), "
            "energy from {first} to {last}",
        )
    elif near.distance:
        text = translate(
            "StatusCard",
            "Settled {units} from memory {name} after {updates} ({flips}), "
            "energy from {first} to {last}",
        )
    else:
        text = translate(
            "StatusCard",
            "Settled in memory {name} after {updates} ({flips}), energy from {first} to {last}",
        )
    start = frame.energy if frame.recording is None else frame.recording.energy_start
    return text.format(
        name="" if memory is None else memory.name,
        members=members,
        units=units_text(near.distance),
        updates=_updates(frame.update),
        flips=_flips(frame.flips),
        first=energy(start),
        last=energy(frame.energy),
    )


def _fall(frame: Frame, write: Callable[[float], str] = energy) -> str:
    if frame.recording is None:
        return translate("StatusCard", "energy {energy}").format(energy=write(frame.energy))
    return translate("StatusCard", "energy {first} → {last}").format(
        first=write(frame.recording.energy_start), last=write(frame.energy)
    )


def _updates(count: int) -> str:
    return (
        translate("StatusCard", "1 update")
        if count == 1
        else translate("StatusCard", "{n} updates").format(n=number(count))
    )


def _flips(count: int) -> str:
    return (
        translate("StatusCard", "1 flip")
        if count == 1
        else translate("StatusCard", "{n} flips").format(n=number(count))
    )
