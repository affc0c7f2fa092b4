"""What is said of a moment, in words: where the run stands and what the state is."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.ui.numbers import energy, number

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
    """Say what the state is: ``Nearest: memory A``, and when settled ``Memory A, exact``."""
    if settled(frame) and frame.cycling:
        return translate("StatusCard", "Two-state cycle")
    memory = nearest(frame, memories)
    if memory is None:
        return "" if memories else translate("StatusCard", "Nothing stored yet")
    if settled(frame):
        return _judgement(frame, memory)
    if frame.temperature > 0 and frame.phase is Phase.PAUSED:
        return translate("StatusCard", "Not settled (T > 0)")
    if frame.nearest.sign < 0:
        text = translate("StatusCard", "Nearest: inverse of {name}")
    else:
        text = translate("StatusCard", "Nearest: memory {name}")
    return text.format(name=memory.name)


def evidence(frame: Frame, memories: Sequence[Memory]) -> str:
    """Say what the energy did, and how far the nearest memory is unless the headline says it."""
    fall = _fall(frame)
    memory, near = nearest(frame, memories), frame.nearest
    judged = settled(frame) and not frame.cycling
    if memory is None or (judged and near.near):
        return fall
    if not settled(frame):
        text = (
            translate("StatusCard", "{units} away · {fall}")
            if near.distance
            else translate("StatusCard", "exact · {fall}")
        )
    elif near.sign < 0:
        text = translate("StatusCard", "{units} from the inverse of {name} · {fall}")
    else:
        text = translate("StatusCard", "{units} from {name} · {fall}")
    return text.format(units=_units(near.distance), name=memory.name, fall=fall)


def stability(frame: Frame) -> str:
    """Say which kind of stable the state is that a run settled in; empty before."""
    if not settled(frame):
        return ""
    if frame.cycling:
        return translate(
            "StatusCard", "all units at once: each state is what the other asks for, for ever"
        )
    if not frame.descents:
        return translate("StatusCard", "a local minimum of the energy")
    if frame.descents == 1:
        return translate(
            "StatusCard",
            "stable with its self-connections, not a local minimum: "
            "1 single flip would still lower the energy",
        )
    return translate(
        "StatusCard",
        "stable with its self-connections, not a local minimum: "
        "{n} single flips would still lower the energy",
    ).format(n=number(frame.descents))


def sentence(frame: Frame, memories: Sequence[Memory]) -> str:
    """Say all of it in one sentence, for the status bar and for screen readers."""
    if settled(frame) and frame.cycling:
        text = translate("StatusCard", "Caught in a two-state cycle after {updates} ({flips})")
        return text.format(updates=_updates(frame.update), flips=_flips(frame.flips))
    if settled(frame):
        return _settlement(frame, memories)
    memory = nearest(frame, memories)
    if memory is None:
        return f"{progress(frame)} · {_fall(frame)}"
    text = (
        translate("StatusCard", "{units} from the inverse of {name}")
        if frame.nearest.sign < 0
        else translate("StatusCard", "{units} from memory {name}")
    )
    place = text.format(units=_units(frame.nearest.distance), name=memory.name)
    return f"{progress(frame)} · {place} · {_fall(frame)}"


def nearest(frame: Frame, memories: Sequence[Memory]) -> Memory | None:
    """Return the memory that the state is nearest to; None if it is gone, or there is none."""
    index = frame.nearest.memory
    return memories[index] if index is not None and index < len(memories) else None


def _judgement(frame: Frame, memory: Memory) -> str:
    near = frame.nearest
    if not near.near:
        text = translate("StatusCard", "Close to no memory")
    elif near.sign < 0 and near.distance:
        text = translate("StatusCard", "Inverse of {name}, {units} away")
    elif near.sign < 0:
        text = translate("StatusCard", "Inverse of {name}")
    elif near.distance:
        text = translate("StatusCard", "Memory {name}, {units} away")
    else:
        text = translate("StatusCard", "Memory {name}, exact")
    return text.format(name=memory.name, units=_units(near.distance))


def _settlement(frame: Frame, memories: Sequence[Memory]) -> str:
    memory, near = nearest(frame, memories), frame.nearest
    if memory is None:
        text = translate(
            "StatusCard", "Settled after {updates} ({flips}), energy from {first} to {last}"
        )
    elif not near.near:
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
        units=_units(near.distance),
        updates=_updates(frame.update),
        flips=_flips(frame.flips),
        first=energy(start),
        last=energy(frame.energy),
    )


def _fall(frame: Frame) -> str:
    if frame.recording is None:
        return translate("StatusCard", "energy {energy}").format(energy=energy(frame.energy))
    return translate("StatusCard", "energy {first} → {last}").format(
        first=energy(frame.recording.energy_start), last=energy(frame.energy)
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


def _units(count: int) -> str:
    return (
        translate("StatusCard", "1 unit")
        if count == 1
        else translate("StatusCard", "{n} units").format(n=number(count))
    )
