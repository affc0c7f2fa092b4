"""Pictures drawn from a machine, without a window."""

import argparse
import json
from collections import deque
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann import gibbs
from hopgui.model.boltzmann.machine import bits_of, pattern_of
from hopgui.model.boltzmann.visible import VisibleMachine
from hopgui.model.room import LARGEST
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import cues, machine_file, pbm
from hopgui.session.atomic import growing
from hopgui.session.machine_file import KeptMachine

# A larger picture would fill the screen.
LARGEST_SHOWN = 40
INK, PAPER = "██", "··"


def dreams(chosen: argparse.Namespace) -> str:
    """Draw pictures, write them, and return what to print.

    Raises
    ------
    Refusal
        If a file cannot be read or written, a picture has another size than the machine's, or so
        many chains would not fit into memory.
    """
    kept = machine_file.read(chosen.model)
    pinned = _pinned(chosen, kept)
    start = _start(chosen, kept, pinned)
    with ExitStack() as files:
        # The file is opened first: nobody waits for pictures that could not be written down.
        output = chosen.output and files.enter_context(growing(chosen.output))
        pictures = _drawn(chosen, kept, start, pinned).reshape(-1, *kept.shape)
        if output:
            output.write(pbm.text(strip(pictures)))
    facts = as_object(chosen, kept, pictures)
    return json.dumps(facts, allow_nan=False) if chosen.json else "\n".join(lines(facts))


def _drawn(
    chosen: argparse.Namespace,
    kept: KeptMachine,
    start: NDArray[np.float32],
    pinned: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """Return where the chains are after all steps, units ±1, shape (pictures, visible)."""
    rng = np.random.default_rng(chosen.seed)
    machine = kept.machine
    if isinstance(machine, VisibleMachine):
        chains = pattern_of(start)
        # A machine at another temperature is one with all its numbers divided by it.
        warm = VisibleMachine(
            machine.couplings / chosen.temperature, machine.bias / chosen.temperature
        )
        for _ in range(chosen.steps):
            warm.sweep(chains, rng, pinned)
        return chains
    steps = gibbs.sample(
        machine, start, chosen.steps, rng, pinned=pinned, temperature=chosen.temperature
    )
    last = deque(steps, maxlen=1)
    return pattern_of(last[0] if last else start)


def _pinned(chosen: argparse.Namespace, kept: KeptMachine) -> NDArray[np.bool_]:
    if chosen.clamp is None:
        return np.zeros(kept.machine.visible, bool)
    pinned: NDArray[np.bool_] = (
        cues.read_like(chosen.clamp, kept.shape, chosen.model.name).ravel() > 0
    )
    return pinned


def _start(
    chosen: argparse.Namespace, kept: KeptMachine, pinned: NDArray[np.bool_]
) -> NDArray[np.float32]:
    units = kept.machine.visible + _hidden(kept)
    if 16.0 * chosen.count * units > LARGEST:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{count} chains of {units} units are too many."),
            count=chosen.count,
            units=units,
        )
    shape = (chosen.count, kept.machine.visible)
    if chosen.cue is not None:
        cue = cues.read_like(chosen.cue, kept.shape, chosen.model.name).ravel()
        return np.broadcast_to(bits_of(cue), shape).copy()
    rng = np.random.default_rng([chosen.seed, 1])
    start = rng.integers(0, 2, shape).astype(np.float32)
    start[:, pinned] = 1
    return start


def strip(pictures: NDArray[np.int8]) -> NDArray[np.int8]:
    """Lay pictures side by side, a column of −1 between two; shape (height, all widths)."""
    parts: list[NDArray[np.int8]] = []
    for picture in pictures:
        parts += [picture, np.full((picture.shape[0], 1), -1, np.int8)]
    return np.concatenate(parts[:-1], axis=1)


def as_object(
    chosen: argparse.Namespace, kept: KeptMachine, pictures: NDArray[np.int8]
) -> dict[str, Any]:
    """Return every fact once, as JSON has it: pictures as rows of # and of points."""
    height, width = kept.shape
    rows, machine = pictures.reshape(len(pictures), -1), kept.machine
    if isinstance(machine, VisibleMachine):
        free = machine.energy(rows)  # there are no hidden units to sum out
    else:
        free = machine.free_energy(bits_of(rows))
    return {
        "width": width,
        "height": height,
        "hidden": _hidden(kept),
        "about": kept.about,
        "steps": chosen.steps,
        "temperature": chosen.temperature,
        "seed": chosen.seed,
        "free_energies": free.tolist(),
        "pictures": [
            ["".join("#" if unit > 0 else "." for unit in row) for row in picture]
            for picture in pictures.tolist()
        ],
    }


def _hidden(kept: KeptMachine) -> int:
    machine = kept.machine
    return 0 if isinstance(machine, VisibleMachine) else machine.hidden


def lines(facts: dict[str, Any]) -> list[str]:
    """Return the same for a person, as lines of text; large pictures are not drawn."""
    many = len(facts["pictures"])
    size, run = f"{facts['width']} × {facts['height']}", f"{facts['steps']} steps"
    plural = "s" if many > 1 else ""
    told = [f"{many} picture{plural} of {size} after {run}, seed {facts['seed']}."]
    for picture, free in zip(facts["pictures"], facts["free_energies"], strict=True):
        told.append(
            f"{'Free energy' if facts['hidden'] else 'Energy'} {free:.3f}".replace("-", "−")
        )
        if max(facts["width"], facts["height"]) <= LARGEST_SHOWN:
            told += [row.replace("#", INK).replace(".", PAPER) for row in picture]
    return told
