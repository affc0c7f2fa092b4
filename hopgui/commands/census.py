"""The command ``census``: many falls, and where they end."""

import argparse
from pathlib import Path
from typing import Any

from hopgui.commands import switches
from hopgui.model.choices import Update
from hopgui.model.starts import StartKind, Starts
from hopgui.session.draws import Draws, rng_of

MOST_STARTS, STARTS = 100_000_000, 1000


def add(commands: Any) -> None:
    """Add the command's switches to the command line."""
    parser: switches.Parser = commands.add_parser(
        "census",
        help="let many states fall and list where they end",
        description="Stores every picture of a folder, lets many states fall, and lists the stable "
        "states in which they end: what each is, its energy, and how many falls it caught.",
    )
    files = parser.add_argument_group("files")
    switches.add_patterns(files)
    files.add_argument(
        "--output", metavar="DIR", type=Path, help="write each state, PBM, and attractors.csv"
    )
    switches.add_json(files)
    start = parser.add_argument_group("starts")
    start.add_argument(
        "--starts", metavar="N", type=_starts, default=STARTS, help=f"number of falls ({STARTS})"
    )
    start.add_argument(
        "--from",
        dest="source",
        metavar="KIND",
        type=_source,
        default=Starts(),
        help="random (default), or damaged:PERCENT, each memory in turn with so many of its units "
        "flipped",
    )
    switches.add_seed(start, "census")
    switches.add_model(parser)
    parser.add_argument_group("updates").add_argument(
        "--update",
        choices=switches.values(Update),
        default=Update.ASYNC.value,
        help="which unit is asked next (async)",
    )
    parser.set_defaults(answer=_answer, learner=parser)


def _answer(chosen: argparse.Namespace) -> str:
    # The compiled loops come when they are asked for, not with the command line.
    from hopgui.commands import listing  # noqa: PLC0415
    from hopgui.model.census import census as taken  # noqa: PLC0415

    setting = listing.setting(chosen)
    with listing.folder(chosen.output) as output:
        *_, last = taken(
            setting.learnt.network,
            chosen.source,
            chosen.starts,
            rng=rng_of(Draws.CENSUS, chosen.seed),
            update=Update(chosen.update),
        )
        return listing.told(
            listing.of_census(setting, chosen.source, Update(chosen.update), last), output, chosen
        )


def _starts(text: str) -> int:
    return switches.whole(text, MOST_STARTS, "the number of falls")


def _source(text: str) -> Starts:
    name, colon, percent = text.partition(":")
    if name == StartKind.DAMAGED and colon:
        return Starts(StartKind.DAMAGED, switches.percent(percent))
    if text == StartKind.RANDOM:
        return Starts()
    message = f"falls begin from random or from damaged:PERCENT (as damaged:20), not {text!r}"
    raise argparse.ArgumentTypeError(message)
