"""What came of a recall, as an object for programs and as lines for people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind
from hopgui.model.conventions import PRESETS, Conventions, Scale, Ties, preset_name
from hopgui.model.learning import Learnt
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Candidate, Kind, Verdict

# A picture of more rows or columns is not printed; one of more columns than these, narrow.
LONGEST_SIDE, LONGEST_WIDE_SIDE = 38, 18
MARKS, NARROW_MARKS = {1: "██", -1: "··"}, {1: "█", -1: "·"}
MOST_NAMES = 8

_RULES = {
    RuleKind.HEBB: "Hebb's rule",
    RuleKind.PROJECTION: "the projection rule",
    RuleKind.STORKEY: "Storkey's rule",
    RuleKind.PERCEPTRON: "the perceptron rule",
    RuleKind.UNLEARNING: "Hebb's rule with unlearning",
}
_TIES = {
    Ties.MINUS: "ties become −1",
    Ties.KEEP: "ties stay",
    Ties.RANDOM: "ties are drawn",
}


@dataclass(frozen=True, eq=False)
class Outcome:
    """How a recall ended.

    Attributes
    ----------
    end
        The last state, int8 array of shape (units,).
    settled
        Whether a whole sweep changed nothing.
    updates, flips
        Units asked, and units changed.
    energy_start, energy_end
        Energy before the first update and after the last.
    overlaps
        M_μ of the last state, integer array of shape (memories,).
    verdict
        What the last state is.
    """

    end: Pattern
    settled: bool
    updates: int
    flips: int
    energy_start: float
    energy_end: float
    overlaps: NDArray[np.integer]
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class Account:
    """A recall and all that decided it.

    Attributes
    ----------
    names
        What each memory is called.
    shape
        (height, width) of every picture.
    rule, energy, conventions, preset, seed
        As chosen on the command line; the conventions with every override.
    learnt
        What learning made of the memories.
    start
        The state that the run began with, int8 array of shape (units,).
    outcome
        How it ended.
    """

    names: tuple[str, ...]
    shape: tuple[int, int]
    rule: Rule
    energy: Energy
    conventions: Conventions
    preset: str
    seed: int
    learnt: Learnt
    start: Pattern
    outcome: Outcome


def energy_name(energy: Energy) -> str:
    """Return what the energy is called on the command line."""
    if energy.kind is EnergyKind.POLYNOMIAL:
        return f"{energy.kind}:{energy.order}"
    return str(energy.kind)


def as_object(account: Account) -> dict[str, object]:
    """Return the account as numbers, texts and lists, ready for JSON."""
    outcome, verdict = account.outcome, account.outcome.verdict
    height, width = account.shape
    overlaps = (outcome.overlaps / outcome.end.size).tolist()
    return {
        "width": width,
        "height": height,
        "memories": len(account.names),
        "rule": str(account.rule.kind),
        "energy_kind": energy_name(account.energy),
        "preset": account.preset,
        "seed": account.seed,
        "settled": outcome.settled,
        "updates": outcome.updates,
        "flips": outcome.flips,
        "energy_start": outcome.energy_start + 0.0,  # no negative zero
        "energy_end": outcome.energy_end + 0.0,
        "overlaps": dict(zip(account.names, overlaps, strict=True)),
        "verdict": {
            "kind": str(verdict.kind),
            "members": [[sign, account.names[index]] for sign, index in verdict.members],
            "agreement": verdict.agreement,
        },
    }


def as_lines(account: Account) -> list[str]:
    """Return the account as a few lines of text, with the picture where it is small."""
    height, width = account.shape
    outcome = account.outcome
    return [
        f"{_memories(account)} of {width} × {height} units: {_listed(account.names)}.",
        f"Learnt by {_model(account)}.",
        *_shortfall(account),
        *_pictures(account),
        f"{_verdict(account)}, after {_moves(outcome)}.",
        *_evidence(account),
        f"Energy from {_real(outcome.energy_start)} to {_real(outcome.energy_end)}.",
        f"Overlaps: {_overlaps(account)}.",
    ]


def _listed(names: tuple[str, ...]) -> str:
    more = ["…"] if len(names) > MOST_NAMES else []
    return ", ".join([*names[:MOST_NAMES], *more])


def _moves(outcome: Outcome) -> str:
    updates, flips = _many(outcome.updates, "update"), _many(outcome.flips, "flip")
    return f"{updates} ({flips})"


def _memories(account: Account) -> str:
    return _many(len(account.names), "memory", "memories")


def _model(account: Account) -> str:
    return f"{_RULES[account.rule.kind]}, {_energy(account.energy)}, {_conventions(account)}"


def _energy(energy: Energy) -> str:
    if energy.kind is EnergyKind.POLYNOMIAL:
        return f"energy of order {energy.order}"
    return f"{energy.kind} energy"


def _conventions(account: Account) -> str:
    chosen, preset = account.conventions, PRESETS[account.preset]
    if preset_name(chosen) == account.preset:
        return f"{account.preset} conventions"
    changes = {
        "divided by P" if chosen.scale is Scale.MEMORIES else "divided by N": (
            chosen.scale is not preset.scale
        ),
        f"{'with' if chosen.self_connections else 'without'} self-connections": (
            chosen.self_connections is not preset.self_connections
        ),
        f"{'with' if chosen.half else 'without'} ½": chosen.half is not preset.half,
        _TIES[chosen.ties]: chosen.ties is not preset.ties,
    }
    changed = ", ".join(text for text, made in changes.items() if made)
    return f"{account.preset} conventions but {changed}"


def _shortfall(account: Account) -> list[str]:
    if account.learnt.reached:
        return []
    least = account.learnt.margin
    reached = "" if least is None else f"; the least is {_real(least)}"
    return [f"Learning gave up before every margin was {_real(account.rule.margin)}{reached}."]


def _pictures(account: Account) -> list[str]:
    if max(account.shape) > LONGEST_SIDE:
        return []
    marks = MARKS if account.shape[1] <= LONGEST_WIDE_SIDE else NARROW_MARKS
    before, after = (
        state.reshape(account.shape).tolist() for state in (account.start, account.outcome.end)
    )
    rows = [
        "    ".join("".join(marks[unit] for unit in row) for row in pair)
        for pair in zip(before, after, strict=True)
    ]
    return ["Before and after the recall:", "", *rows, ""]


def _verdict(account: Account) -> str:
    verdict = account.outcome.verdict
    match verdict.kind:
        case Kind.CYCLE:
            return "Caught in a cycle of two states"
        case Kind.UNSETTLED:
            return "Not settled"
        case _ if verdict.found is None:
            return "Settled in a state close to no memory"
        case _:
            return f"Settled in {_named(account, verdict.found)}"


def _evidence(account: Account) -> list[str]:
    """Say how sure the verdict is: how many units disagree, and what came next."""
    verdict = account.outcome.verdict
    lines = []
    if verdict.kind in {Kind.CYCLE, Kind.UNSETTLED} and verdict.found is not None:
        lines.append(f"The last state is {_named(account, verdict.found)}.")
    if verdict.members and verdict.agreement < 1:
        units = account.outcome.end.size
        away = round((1 - verdict.agreement) * units / 2)
        lines.append(f"It differs from that at {_count(away)} of {_many(units, 'unit')}.")
    if verdict.falls_from:
        lines.append("That mixture, let fall, settles in this very state.")
    if verdict.next_best is not None:
        best = verdict.next_best
        lines.append(f"Next best: {_named(account, best)}, overlap {_real(best.agreement)}.")
    return lines


def _named(account: Account, found: Candidate) -> str:
    names = [account.names[index] for _, index in found.members]
    signs = ["+" if sign > 0 else "−" for sign, _ in found.members]
    if len(names) == 1:
        return f"memory {names[0]}" if signs[0] == "+" else f"the inverse of {names[0]}"
    weights = [f"{weight:.2f} " for weight in found.weights] or [""] * len(names)
    parts = zip(signs, weights, names, strict=True)
    return "the mixture " + " ".join(f"{sign} {weight}{name}" for sign, weight, name in parts)


def _overlaps(account: Account) -> str:
    overlaps = account.outcome.overlaps / account.outcome.end.size
    largest = np.argsort(-np.abs(overlaps), kind="stable")[:MOST_NAMES]
    parts = [f"{account.names[index]} {_real(float(overlaps[index]))}" for index in largest]
    return ", ".join([*parts, *(["…"] if len(overlaps) > MOST_NAMES else [])])


def _many(number: int, one: str, several: str = "") -> str:
    return f"{_count(number)} {one if number == 1 else several or one + 's'}"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\u2009")


def _real(number: float) -> str:
    """Return a number with a true minus, to three places, or six figures if it is huge."""
    if abs(number) >= 1e15:
        return f"{number:.6g}".replace("-", "−")
    text = f"{number + 0.0:,.3f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(",", "\u2009").replace("-", "−")
