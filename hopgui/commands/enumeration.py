"""The command ``enumerate``: every stable state of a small grid."""

import argparse
from pathlib import Path
from typing import Any

from hopgui.commands import switches
from hopgui.model.choices import Update
from hopgui.session.draws import Draws, rng_of

UPDATES = [Update.ASYNC.value, Update.SYNC.value]


def add(commands: Any) -> None:
    """Add the command's switches to the command line."""
    parser: switches.Parser = commands.add_parser(
        "enumerate",
        help="list every stable state of a small grid",
        description="Stores every picture of a folder, of 30 units at most, goes through all "
        "states of such a picture, and lists the stable ones: what each is, and its energy.",
    )
    files = parser.add_argument_group("files")
    switches.add_patterns(files)
    files.add_argument(
        "--output", metavar="DIR", type=Path, help="write each state, PBM, and attractors.csv"
    )
    switches.add_json(files)
    switches.add_seed(parser.add_argument_group("seed"), "list")
    switches.add_model(parser)
    parser.add_argument_group("updates").add_argument(
        "--update",
        choices=UPDATES,
        default=UPDATES[0],
        help="async (default); with sync the states on two-state cycles are counted as well",
    )
    parser.set_defaults(answer=_answer, learner=parser)


def _answer(chosen: argparse.Namespace) -> str:
    # The compiled loops come when they are asked for, not with the command line.
    from hopgui.commands import listing  # noqa: PLC0415
    from hopgui.model.enumeration import (  # noqa: PLC0415
        MOST_UNITS_ON_REQUEST,
        enumeration,
        require_few,
    )

    setting = listing.setting(chosen, lambda units: require_few(units, MOST_UNITS_ON_REQUEST))
    update = Update(chosen.update)
    with listing.folder(chosen.output) as output:
        *_, last = enumeration(
            setting.learnt.network,
            rng=rng_of(Draws.CENSUS, chosen.seed),
            update=update,
            most=MOST_UNITS_ON_REQUEST,
        )
        return listing.told(listing.of_enumeration(setting, update, last), output, chosen)
