"""A fully visible machine's training without a window: moments matched, and what came of it."""

import argparse
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from hopgui.commands.lesson import named_pictures
from hopgui.commands.train import MOMENTS, STARTS
from hopgui.model.boltzmann.datasets import Pictures
from hopgui.model.boltzmann.matching import (
    Schedule,
    Snapshot,
    begin,
    match,
    require_units,
    schedule_for,
)
from hopgui.model.boltzmann.visible import (
    VisibleMachine,
    blank_machine,
    from_network,
    melting_temperature,
)
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.network import Network
from hopgui.session import atomic, machine_file

POINTS = 50  # of the learning curve
GIVEN = ("steps", "rate", "last_rate", "momentum", "chains")


@dataclass(frozen=True, eq=False)
class Lesson:
    """What was taught, how, and what came of it.

    Attributes
    ----------
    data
        What the pictures are called.
    pictures
        The pictures.
    start
        What the machine started from, one of `STARTS`.
    schedule
        How moments were matched.
    seed
        Seed of all that was drawn.
    curve
        Step, mismatch and log-likelihood, some fifty times.
    last
        The last snapshot.
    """

    data: str
    pictures: Pictures
    start: str
    schedule: Schedule
    seed: int
    curve: tuple[tuple[int, float, float | None], ...]
    last: Snapshot


def lesson(chosen: argparse.Namespace) -> str:
    """Train, write the machine, and return what to print.

    Raises
    ------
    Refusal
        If the pictures cannot be read or learnt, the file cannot be written, or training diverged.
        In the last case the file holds the last good machine.
    """
    data, pictures = named_pictures(chosen)
    schedule = _schedule(chosen, pictures)
    require_units(pictures.units.shape[1], schedule)
    start = chosen.start or STARTS[0]
    rng = np.random.default_rng(chosen.seed)
    state = begin(pictures.units, _start(start, chosen, pictures), schedule, rng)
    every = max(1, schedule.steps // POINTS)
    curve: list[tuple[int, float, float | None]] = []
    # The file is opened first: nobody waits for a machine that could not be written down.
    with atomic.filling(chosen.output) as file:
        for last in match(pictures.units, schedule, state):
            step = last.state.step
            if step % every == 0 or step == schedule.steps:
                curve.append((step, last.mismatch, last.log_likelihood))
        done = Lesson(data, pictures, start, schedule, chosen.seed, tuple(curve), last)
        file.write(machine_file.as_bytes(_kept(done)))
    if last.trouble:
        raise last.trouble
    return json.dumps(as_object(done), allow_nan=False) if chosen.json else "\n".join(lines(done))


def _schedule(chosen: argparse.Namespace, pictures: Pictures) -> Schedule:
    exact = None if chosen.moments is None else chosen.moments == MOMENTS[0]
    usual = schedule_for(pictures.units.shape[1], exact=exact)
    given = {name: getattr(chosen, name) for name in GIVEN if getattr(chosen, name) is not None}
    # A rate without its last one falls as the usual one does.
    if "rate" in given:
        given.setdefault("last_rate", given["rate"] * usual.last_rate / usual.rate)
    return replace(usual, **given)


def _start(start: str, chosen: argparse.Namespace, pictures: Pictures) -> VisibleMachine:
    if start != STARTS[0]:
        return blank_machine(pictures.units.shape[1])
    temperature = chosen.temperature
    if temperature is None:
        temperature = melting_temperature(pictures.units)
    return from_network(Network(pictures.units, TEXTBOOK), temperature)


def _kept(done: Lesson) -> machine_file.KeptMachine:
    about = {
        "data": done.data,
        "start": done.start,
        "steps": done.last.state.step,
        "seed": done.seed,
        "mismatch": done.last.mismatch,
        "log_likelihood": done.last.log_likelihood,
    }
    return machine_file.KeptMachine(done.last.machine, done.pictures.shape, about)


def as_object(done: Lesson) -> dict[str, Any]:
    """Return every fact once, as JSON has it; likelihoods in nats a picture."""
    height, width = done.pictures.shape
    return {
        "machine": "visible",
        "data": done.data,
        "width": width,
        "height": height,
        "pictures": len(done.pictures.units),
        "distinct": done.pictures.distinct,
        "visible": done.last.machine.units,
        "start": done.start,
        **asdict(done.schedule),
        "seed": done.seed,
        "mismatch": done.last.mismatch,
        "log_likelihood": done.last.log_likelihood,
        "best_log_likelihood": done.pictures.best,
        "curve": [
            {"step": step, "mismatch": mismatch, "log_likelihood": likelihood}
            for step, mismatch, likelihood in done.curve
        ],
    }


def lines(done: Lesson) -> list[str]:
    """Return the same for a person, as lines of text."""
    facts, schedule = as_object(done), done.schedule
    size = f"{facts['width']} × {facts['height']}"
    pictures = f"{facts['pictures']} pictures of {size} ({facts['distinct']} distinct)"
    how = "exact moments" if schedule.exact else f"moments of {schedule.chains} chains"
    start = "Hebb's couplings" if done.start == STARTS[0] else "nothing"
    return [
        f"{pictures}, {facts['visible']} units, all visible.",
        f"{schedule.steps} steps from {start}, {how}, seed {done.seed}.",
        _likelihood(facts),
        f"Largest mismatch of moments {facts['mismatch']:.4f}.",
    ]


def _likelihood(facts: dict[str, Any]) -> str:
    best = f"the best of any law is {_number(facts['best_log_likelihood'])}."
    if facts["log_likelihood"] is None:
        return f"Sampled moments tell no likelihood; {best}"
    return f"Log-likelihood {_number(facts['log_likelihood'])} nats a picture, exactly; {best}"


def _number(value: float) -> str:
    return f"{value:.4f}".replace("-", "−")
