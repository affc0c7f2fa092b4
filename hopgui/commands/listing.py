"""Attractors that a command has found: as an object, as lines, and as files."""

import argparse
import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hopgui.account import Setting, count, energy_name, introduction, many, named, real
from hopgui.model.attractors import Attractor
from hopgui.model.census import Census
from hopgui.model.choices import Update
from hopgui.model.enumeration import Enumeration
from hopgui.model.learning import Plan, learn
from hopgui.model.network import NO_TROUBLE
from hopgui.model.starts import StartKind, Starts
from hopgui.model.verdict import Candidate, Kind
from hopgui.session import cues, pbm
from hopgui.session.atomic import growing, make_folder

# Attractors that people are shown; programs and files get all of them.
MOST_LINES = 20

_KINDS = {
    Kind.MEMORY: "memories",
    Kind.INVERSE: "inverses",
    Kind.MIXTURE: "mixtures",
    Kind.OTHER: "close to no memory",
    Kind.CYCLE: "cycles of two states",
    Kind.UNSETTLED: "not settled",
}


@dataclass(frozen=True, eq=False)
class Listing:
    """Attractors in the order in which they are told.

    Attributes
    ----------
    setting
        The network that they are of.
    attractors
        The attractors.
    hits
        How many falls each caught; None where all states were gone through.
    facts
        What else there is to say, by name: counts by kind, totals.
    lines
        The same for people.
    """

    setting: Setting
    attractors: list[Attractor]
    hits: list[int] | None
    facts: dict[str, object]
    lines: list[str]


def setting(chosen: argparse.Namespace, check: Callable[[int], None] | None = None) -> Setting:
    """Read the memories and learn them.

    Parameters
    ----------
    chosen
        What the command line was read as.
    check
        Refuses a number of units, before anything is learnt.
    """
    stored = cues.read_patterns(chosen.patterns)
    memories, units = stored.units.shape
    if check is not None:
        check(units)
    plan = Plan(
        stored.units,
        np.ones(memories, np.int64),
        chosen.rule,
        chosen.energy,
        chosen.conventions,
        NO_TROUBLE,
        chosen.seed,
    )
    return Setting(
        stored.names,
        stored.shape,
        chosen.rule,
        chosen.energy,
        chosen.conventions,
        chosen.preset,
        chosen.seed,
        learn(plan),
    )


def of_census(setting: Setting, starts: Starts, update: Update, found: Census) -> Listing:
    """List what a census found, the attractors that caught most falls first."""
    energies = np.array([each.energy for each in found.attractors])
    order = np.lexsort((energies, -found.hits)).tolist()
    source = str(starts.kind)
    about = "random states"
    if starts.kind is StartKind.DAMAGED:
        source = f"{starts.kind}:{starts.percent:g}"
        about = f"memories with {real(starts.percent)} % of their units flipped"
    facts = {
        "from": source,
        "counts": _by_kind(found.counts, [*Kind]),
        "total": found.total,
        "unkept": found.unkept,
    }
    falls, ends = many(found.total, "fall"), many(len(found.attractors), "attractor")
    lines = [
        f"{falls} from {about} ended in {ends}.",
        f"Falls to {_listed(found.counts)}.",
        *_left_out(found.unkept, "Falls to attractors past the first {}: {}.", found.attractors),
    ]
    attractors = [found.attractors[place] for place in order]
    if update is Update.SYNC:
        facts["cycles"] = 2 * sum(each.partner is not None for each in found.attractors)
    return Listing(setting, attractors, found.hits[order].tolist(), facts, lines)


def of_enumeration(setting: Setting, update: Update, found: Enumeration) -> Listing:
    """List all stable states, those of the lowest energy first."""
    attractors = sorted(found.attractors, key=lambda each: each.energy)
    stable = [kind for kind in Kind if found.counts[kind] or kind in _STABLE]
    facts: dict[str, object] = {
        "counts": _by_kind(found.counts, stable),
        "total": found.stable,
        "unkept": found.unkept,
        "states": found.total,
        "minima": found.minima,
    }
    cycles = []
    if update is Update.SYNC:
        facts["cycles"] = found.cycles
        cycles = [f"On cycles of two states: {many(found.cycles, 'state')}."]
    verb = "is" if found.stable == 1 else "are"
    stable_ones = f"Of {many(found.total, 'state')} {count(found.stable)} {verb} stable"
    lines = [
        f"{stable_ones}, {count(found.minima)} of them local minima of the energy.",
        *_kinds(found),
        *_left_out(found.unkept, "Stable states past the first {}: {}.", found.attractors),
        *cycles,
    ]
    return Listing(setting, attractors, None, facts, lines)


def _kinds(found: Enumeration) -> list[str]:
    """Say what the stable states are, or those of them that have a name."""
    if not found.attractors:
        return []
    some = f"The first {count(len(found.attractors))} of them" if found.unkept else "They"
    return [f"{some} are {_listed(found.counts)}."]


_STABLE = (Kind.MEMORY, Kind.INVERSE, Kind.MIXTURE, Kind.OTHER)


def told(listing: Listing, output: Path | None, chosen: argparse.Namespace) -> str:
    """Write the files that are asked for, and return what to print."""
    if output is not None:
        _write(listing, output)
    if chosen.json:
        return json.dumps(as_object(listing), allow_nan=False)
    return "\n".join(as_lines(listing))


def as_object(listing: Listing) -> dict[str, object]:
    """Return the listing as numbers, texts and lists, ready for JSON."""
    setting = listing.setting
    height, width = setting.shape
    return {
        "width": width,
        "height": height,
        "memories": len(setting.names),
        "rule": str(setting.rule.kind),
        "energy_kind": energy_name(setting.energy),
        "preset": setting.preset,
        "seed": setting.seed,
        **listing.facts,
        "attractors": [_as_object(listing, place) for place in range(len(listing.attractors))],
    }


def as_lines(listing: Listing) -> list[str]:
    """Return the listing as a few lines of text."""
    shown = listing.attractors[:MOST_LINES]
    hits = listing.hits or []
    falls = [count(number) for number in hits[:MOST_LINES]] or [""] * len(shown)
    energies = [real(each.energy) for each in shown]
    wide, high = (max(map(len, column), default=0) for column in (falls, energies))
    rows = [
        f"  {fall.rjust(wide)}  E = {energy.rjust(high)}  {_name(listing, each)}"
        for fall, energy, each in zip(falls, energies, shown, strict=True)
    ]
    more = len(listing.attractors) - len(shown)
    rest = [f"  … and {count(more)} more; --json or --output tells all."] if more else []
    return [*introduction(listing.setting), *listing.lines, "", *rows, *rest]


@contextmanager
def folder(path: Path | None) -> Iterator[Path | None]:
    """Make the folder to write into before anything is computed.

    Raises
    ------
    Refusal
        If it cannot be made.
    """
    if path is not None:
        make_folder(path)
    yield path


def _write(listing: Listing, output: Path) -> None:
    digits = len(str(len(listing.attractors)))
    columns = ["file", "kind", "members", "energy", "minimum"]
    with growing(output / "attractors.csv") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow([*columns, *([] if listing.hits is None else ["hits"])])
        for place, each in enumerate(listing.attractors):
            file = f"{place + 1:0{digits}}.pbm"
            pbm.write(output / file, each.state.reshape(listing.setting.shape))
            members = [
                f"{'+' if sign > 0 else '-'}{name}" for sign, name in _members(listing, each)
            ]
            hits = [] if listing.hits is None else [listing.hits[place]]
            kind, minimum = str(each.verdict.kind), int(each.minimum)
            rows.writerow([file, kind, " ".join(members), each.energy, minimum, *hits])


def _as_object(listing: Listing, place: int) -> dict[str, object]:
    each, shape = listing.attractors[place], listing.setting.shape
    found: dict[str, object] = {
        "kind": str(each.verdict.kind),
        "members": [[sign, name] for sign, name in _members(listing, each)],
        "agreement": each.verdict.agreement,
        "energy": each.energy,
        "minimum": each.minimum,
        "pbm": pbm.text(each.state.reshape(shape)),
    }
    if each.partner is not None:
        found["partner_pbm"] = pbm.text(each.partner.reshape(shape))
    if listing.hits is not None:
        found["hits"] = listing.hits[place]
    return found


def _members(listing: Listing, each: Attractor) -> list[tuple[int, str]]:
    names = listing.setting.names
    return [(sign, names[index]) for sign, index in each.verdict.members]


def _name(listing: Listing, each: Attractor) -> str:
    verdict = each.verdict
    found = Candidate(verdict.members, verdict.agreement, verdict.weights)
    like = named(listing.setting, found) if verdict.members else ""
    if verdict.kind is Kind.CYCLE:
        return f"a cycle of two states, one like {like}" if like else "a cycle of two states"
    name = like or "close to no memory"
    return name if each.minimum else f"{name}; no local minimum"


def _by_kind(counts: Mapping[Kind, int], kinds: list[Kind]) -> dict[str, int]:
    return {str(kind): counts[kind] for kind in kinds}


def _listed(counts: Mapping[Kind, int]) -> str:
    some = [f"{_KINDS[kind]} {count(number)}" for kind, number in counts.items() if number]
    return ", ".join(some) or "nothing"


def _left_out(unkept: int, sentence: str, kept: tuple[Attractor, ...]) -> list[str]:
    return [sentence.format(count(len(kept)), count(unkept))] if unkept else []
