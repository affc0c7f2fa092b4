"""A restricted machine's training without a window: pictures, and what they become to it."""

import argparse
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from hopgui.commands.train import BARS, DIGITS
from hopgui.model.boltzmann.ais import Estimate, anneal, base_bias
from hopgui.model.boltzmann.datasets import Pictures, bars_and_stripes
from hopgui.model.boltzmann.likelihood import log_likelihood
from hopgui.model.boltzmann.measures import Measures
from hopgui.model.boltzmann.settings import Method, Settings, hidden_units, settings_for
from hopgui.model.boltzmann.state import begin
from hopgui.model.boltzmann.training import Snapshot, train
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import atomic, cues, machine_file
from hopgui.session.handwritten import handwritten_digits

# So many switches of the schedule stand for themselves.
GIVEN = ("k", "batch", "rate", "last_rate", "momentum", "decay")
METHODS = {
    Method.CD: "contrastive divergence",
    Method.PCD: "persistent chains",
    Method.PT: "parallel tempering",
}
AT_ONCE = QT_TRANSLATE_NOOP(
    "Refusal",
    "Training diverged in epoch {epoch}: the learning rate {rate} is too high. No file is written.",
)
# Estimating a likelihood takes at most so many products.
MOST_WORK = 2e10


@dataclass(frozen=True, eq=False)
class Lesson:
    """What was taught, how, and what came of it.

    Attributes
    ----------
    data
        What the pictures are called.
    pictures
        The pictures.
    settings
        The schedule.
    seed
        Seed of all that was drawn.
    curve
        The learning curve.
    last
        The last snapshot.
    estimate
        ln Z where it could not be summed; None where it was, or would take too long.
    """

    data: str
    pictures: Pictures
    settings: Settings
    seed: int
    curve: tuple[Measures, ...]
    last: Snapshot
    estimate: Estimate | None


def lesson(chosen: argparse.Namespace) -> str:
    """Train, write the machine, and return what to print.

    Raises
    ------
    Refusal
        If the pictures cannot be read or learnt, the file cannot be written, or training diverged.
        In the last case the file holds the last good machine if a whole epoch went well.
    """
    data, pictures = named_pictures(chosen)
    settings = _settings(chosen, pictures)
    hidden = hidden_units(pictures.units.shape[1]) if chosen.hidden is None else chosen.hidden
    rng = np.random.default_rng(chosen.seed)
    state = begin(pictures.units, hidden, settings, rng)
    # The file is opened first: nobody waits for a machine that could not be written down.
    with atomic.filling(chosen.output) as file:
        curve: list[Measures] = []
        for last in train(pictures.units, settings, state):
            if not curve or curve[-1] != last.measures:
                curve = [point for point in curve if point.epoch < last.measures.epoch]
                curve.append(last.measures)
        if last.trouble and not last.epoch:
            # The first machine knows nothing: it is not put in the place of an older file.
            raise Refusal(AT_ONCE, **last.trouble.gaps)
        estimate = _estimate(last, pictures, rng)
        done = Lesson(data, pictures, settings, chosen.seed, tuple(curve), last, estimate)
        file.write(machine_file.as_bytes(_kept(done)))
    if last.trouble:
        raise last.trouble
    return json.dumps(as_object(done), allow_nan=False) if chosen.json else "\n".join(lines(done))


def named_pictures(chosen: argparse.Namespace) -> tuple[str, Pictures]:
    """Return the pictures to train on, and what they are called."""
    if chosen.patterns is not None:
        found = cues.read_patterns(chosen.patterns)
        return chosen.patterns.name, Pictures(found.units, found.shape)
    if chosen.data == DIGITS:
        return DIGITS, handwritten_digits()[0]
    rows, columns = chosen.data
    return f"{BARS}:{rows}x{columns}", bars_and_stripes(rows, columns)


def _settings(chosen: argparse.Namespace, pictures: Pictures) -> Settings:
    method = chosen.method and Method(chosen.method)
    count, visible = pictures.units.shape
    usual = settings_for(count, visible, method, chosen.epochs)
    given = {name: getattr(chosen, name) for name in GIVEN if getattr(chosen, name) is not None}
    # A rate without its last one does not fall: it may be below the usual last one.
    if "rate" in given:
        given.setdefault("last_rate", given["rate"] * usual.last_rate / usual.rate)
    return replace(usual, **given)


def _estimate(last: Snapshot, pictures: Pictures, rng: np.random.Generator) -> Estimate | None:
    machine = last.machine
    work = 4e5 * machine.visible * machine.hidden
    if last.measures.log_likelihood is not None or last.trouble or work > MOST_WORK:
        return None
    *_, estimate = anneal(machine, rng, base=base_bias(pictures.units))
    return estimate


def _kept(done: Lesson) -> machine_file.KeptMachine:
    about = {
        "data": done.data,
        "method": done.settings.method.value,
        "epochs": done.last.epoch,
        "seed": done.seed,
        "log_likelihood": done.last.measures.log_likelihood,
    }
    return machine_file.KeptMachine(done.last.machine, done.pictures.shape, about)


def as_object(done: Lesson) -> dict[str, Any]:
    """Return every fact once, as JSON has it; likelihoods in nats a picture."""
    height, width = done.pictures.shape
    machine, estimate = done.last.machine, done.estimate
    return {
        "data": done.data,
        "width": width,
        "height": height,
        "pictures": len(done.pictures.units),
        "distinct": done.pictures.distinct,
        "visible": machine.visible,
        "hidden": machine.hidden,
        **asdict(done.settings),
        "seed": done.seed,
        "log_likelihood": done.last.measures.log_likelihood,
        "log_likelihood_estimate": estimate
        and log_likelihood(machine, done.pictures.units, estimate.log_partition),
        "log_likelihood_error": estimate and estimate.error,
        "best_log_likelihood": done.pictures.best,
        "curve": [asdict(point) for point in done.curve],
    }


def lines(done: Lesson) -> list[str]:
    """Return the same for a person, as lines of text."""
    facts, settings = as_object(done), done.settings
    size, last = f"{facts['width']} × {facts['height']}", done.last.measures
    pictures = f"{facts['pictures']} pictures of {size} ({facts['distinct']} distinct)"
    pseudo = _number(last.pseudo_likelihood)
    return [
        f"{pictures}, {facts['visible']} visible and {facts['hidden']} hidden units.",
        f"{settings.epochs} epochs of {METHODS[settings.method]}, seed {done.seed}.",
        _likelihood(facts),
        f"Reconstruction error {last.reconstruction_error:.4f}.",
        f"Pseudo-likelihood {pseudo} nats a picture.",
    ]


def _likelihood(facts: dict[str, Any]) -> str:
    best = f"the best that any machine can reach is {_number(facts['best_log_likelihood'])}."
    if facts["log_likelihood"] is not None:
        return f"Log-likelihood {_number(facts['log_likelihood'])} nats a picture, exactly; {best}"
    if facts["log_likelihood_estimate"] is not None:
        told, error = _number(facts["log_likelihood_estimate"]), facts["log_likelihood_error"]
        return f"Log-likelihood {told} ± {error:.2f} nats a picture, estimated; {best}"
    return f"The log-likelihood of so many units is not summed; {best}"


def _number(value: float) -> str:
    return f"{value:.4f}".replace("-", "−")
