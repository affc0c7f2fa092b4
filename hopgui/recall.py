"""A recall without a window: a folder of memories, a cue, and what the network makes of it."""

import argparse
import json
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from hopgui import account
from hopgui.commands.answer import answered
from hopgui.model import patterns
from hopgui.model.choices import Dynamics
from hopgui.model.flips import Flips
from hopgui.model.learning import Learnt, Plan, learn
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import NO_TROUBLE, Network
from hopgui.model.patterns import Pattern
from hopgui.model.settling import settler
from hopgui.model.verdict import Verdict
from hopgui.session import cues, pbm
from hopgui.session.atomic import growing
from hopgui.session.draws import Draws, rng_of

# Sweeps after which a run is given up: far more than a fall needs, and enough of a boil.
PATIENCE, PATIENCE_HOT = 10_000, 100
ROWS = 65_536


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be done.

    Attributes
    ----------
    patterns
        The memories.
    learnt
        The network that they became.
    start
        The cue as it is after damage, int8 array of shape (units,).
    pinned
        Units that never change, bool array of shape (units,).
    dynamics
        How the state moves.
    seed
        Seed of all that is drawn.
    sweeps
        After how many sweeps the run is given up.
    """

    patterns: cues.Patterns
    learnt: Learnt
    start: Pattern
    pinned: NDArray[np.bool_]
    dynamics: Dynamics
    seed: int
    sweeps: int

    @property
    def network(self) -> Network:
        """The network."""
        return self.learnt.network


def recall(chosen: argparse.Namespace) -> int:
    """Do what the command ``recall`` asks for and say what came of it.

    Parameters
    ----------
    chosen
        What the command line was read as.

    Returns
    -------
    int
        Exit status: 0, or 2 after one line on standard error.
    """
    return answered(lambda: _answer(chosen))


def _answer(chosen: argparse.Namespace) -> str:
    """Read, learn, run, write, and return what to print."""
    task = _task(chosen)
    # Files are opened first: nobody waits for a run that could not be written down.
    with ExitStack() as files:
        output, trace = (
            path and files.enter_context(growing(path)) for path in (chosen.output, chosen.trace)
        )
        outcome = _run(task, trace)
        if output:
            output.write(pbm.text(outcome.end.reshape(task.patterns.shape)))
    story = account.Account(
        names=task.patterns.names,
        shape=task.patterns.shape,
        rule=chosen.rule,
        energy=chosen.energy,
        conventions=chosen.conventions,
        preset=chosen.preset,
        seed=chosen.seed,
        learnt=task.learnt,
        start=task.start,
        outcome=outcome,
    )
    if chosen.json:
        return json.dumps(account.as_object(story), allow_nan=False)
    return "\n".join(account.as_lines(story))


def _task(chosen: argparse.Namespace) -> Task:
    stored = cues.read_patterns(chosen.patterns)
    cue = cues.read_like(chosen.cue, stored.shape, chosen.patterns.name).ravel()
    pinned = np.zeros(cue.size, bool)
    if chosen.pin is not None:
        pinned = cues.read_like(chosen.pin, stored.shape, chosen.cue.name).ravel() > 0
    plan = Plan(
        stored.units,
        np.ones(len(stored.units), np.int64),
        chosen.rule,
        chosen.energy,
        chosen.conventions,
        NO_TROUBLE,
        chosen.seed,
    )
    boils = chosen.dynamics.temperature > 0 and chosen.dynamics.cooling >= 1
    sweeps = PATIENCE_HOT if boils else PATIENCE
    return Task(
        stored,
        learn(plan),
        _damaged(cue, pinned, chosen.flip, chosen.seed),
        pinned,
        chosen.dynamics,
        chosen.seed,
        sweeps if chosen.sweeps is None else chosen.sweeps,
    )


def _damaged(cue: Pattern, pinned: NDArray[np.bool_], percent: float | None, seed: int) -> Pattern:
    """Flip exactly so many percent of the units that are not pinned."""
    if percent is None:
        return cue
    return patterns.damaged(cue, percent, rng_of(Draws.DAMAGE, seed), pinned)


def _run(task: Task, trace: TextIO | None) -> account.Outcome:
    """Let the state fall, and note every flip while it does."""
    run = task.network.start(
        task.start,
        rng=rng_of(Draws.RECALL, task.seed),
        pinned=task.pinned,
        dynamics=task.dynamics,
    )
    if trace:
        trace.write("update,unit,energy\n")
    energy_start = run.energy
    most = task.sweeps * max(1, int(np.count_nonzero(~task.pinned)))
    moving = True
    while moving and not run.settled and run.updates < most:
        before = run.updates
        flips = run.advance(most - before)
        moving = run.updates > before
        if trace:
            _note(flips, trace)
    overlaps = run.overlaps
    return account.Outcome(
        end=run.state,
        settled=run.settled and not run.cycling,
        updates=run.updates,
        flips=run.flips,
        energy_start=energy_start,
        energy_end=run.energy,
        overlaps=overlaps,
        verdict=_verdict(task, run.state, overlaps, settled=run.settled, cycle=run.cycling),
    )


def _note(flips: Flips, trace: TextIO) -> None:
    for first in range(0, flips.units.size, ROWS):
        some = slice(first, first + ROWS)
        trace.writelines(
            f"{update},{unit},{energy!r}\n"
            for update, unit, energy in zip(
                flips.updates[some].tolist(),
                flips.units[some].tolist(),
                flips.energies[some].tolist(),
                strict=True,
            )
        )


def _verdict(
    task: Task,
    state: Pattern,
    overlaps: NDArray[np.int32],
    *,
    settled: bool,
    cycle: bool,
) -> Verdict:
    settle = settler(task.network, task.dynamics, lambda: rng_of(Draws.RECALL, task.seed))
    return Mixtures(task.patterns.units).identify(
        state, settle=settle, settled=settled, cycle=cycle, overlaps=overlaps
    )
