"""The command line: what can be asked for, and how."""

import argparse
import sys
from pathlib import Path

from hopgui import __version__
from hopgui.commands import census, enumeration, sample, switches, train
from hopgui.model.choices import Dynamics, Update
from hopgui.session.session import SUFFIX

DEMO_FOLDER = "hopgui-demo"
MOST_SWEEPS = 1_000_000_000


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; on a mistake say so and exit with status 2.

    Beside its switches, a command that learns gets what they say together: ``rule``, ``energy``
    and ``conventions``; ``recall`` gets ``dynamics`` as well. What a command of a file of its own
    does stands in ``run``. Without a command there may be a ``file``.
    """
    parser = switches.Parser(
        prog="hopgui",
        usage="hopgui [-h] [--version] [FILE | COMMAND ...]",
        description="A drawing pad for Hopfield networks. Without a command, the window opens: "
        "with the session in FILE, if one is named.",
    )
    parser.set_defaults(file=None)
    parser.add_argument("--version", action="version", version=f"hopgui {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    demo = commands.add_parser(
        "demo",
        help="repair a damaged letter without a window",
        description="Repairs a damaged letter, prints it before and after, and writes window.png, "
        "recall.gif and trace.csv into a folder.",
    )
    demo.add_argument("--output", metavar="DIR", default=DEMO_FOLDER, help="folder to write into")
    demo.add_argument("--seed", metavar="N", type=switches.seed, help="seed of damage and recall")
    recall = commands.add_parser(
        "recall",
        help="let a picture fall to what the network makes of it",
        description="Stores every picture of a folder, starts from another picture, and says where "
        "the network settles and what that state is.",
    )
    _add_recall(recall)
    recall.set_defaults(learner=recall)
    census.add(commands)
    enumeration.add(commands)
    train.add(commands)
    sample.add(commands)
    if arguments and arguments[0] not in commands.choices and _is_session(arguments[0]):
        return _parse_file(arguments)
    chosen = parser.parse_args(arguments)
    if "learner" in chosen:
        switches.gather_model(chosen, chosen.learner)
    if chosen.command == "recall":
        if chosen.trace is not None and chosen.trace == chosen.output:
            recall.error("--output and --trace need a file each")
        _gather_dynamics(chosen, recall)
    return chosen


def _is_session(argument: str) -> bool:
    """Say whether a word that is no command names a session file."""
    if argument.startswith("-"):
        return False
    return Path(argument).suffix.lower() == SUFFIX or Path(argument).is_file()


def _parse_file(arguments: list[str]) -> argparse.Namespace:
    parser = switches.Parser(prog="hopgui")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.set_defaults(command=None)
    return parser.parse_args(arguments)


def _add_recall(parser: argparse.ArgumentParser) -> None:
    files = parser.add_argument_group("files")
    switches.add_patterns(files)
    files.add_argument(
        "--cue", metavar="FILE", type=Path, required=True, help="picture to start from, PBM or PNG"
    )
    files.add_argument(
        "--pin", metavar="FILE", type=Path, help="picture whose dark units never change"
    )
    files.add_argument("--output", metavar="FILE", type=Path, help="write the last state, PBM")
    files.add_argument(
        "--trace", metavar="FILE", type=Path, help="write update,unit,energy, a row a flip, CSV"
    )
    switches.add_json(files)
    start = parser.add_argument_group("start")
    start.add_argument(
        "--flip",
        metavar="PERCENT",
        type=switches.percent,
        help="flip exactly so many percent of the cue's units that are not pinned",
    )
    switches.add_seed(start, "run")
    switches.add_model(parser)
    _add_dynamics(parser)


def _add_dynamics(parser: argparse.ArgumentParser) -> None:
    motion = parser.add_argument_group("updates")
    motion.add_argument(
        "--update",
        choices=switches.values(Update),
        default=Update.ASYNC.value,
        help="which unit is asked next (async)",
    )
    motion.add_argument(
        "--temperature",
        metavar="T",
        type=switches.positive,
        default=0.0,
        help="of Glauber's rule (0)",
    )
    motion.add_argument(
        "--cooling",
        metavar="F",
        type=_cooling,
        help="what the temperature is multiplied by after each sweep (1)",
    )
    motion.add_argument(
        "--sweeps",
        metavar="N",
        type=_sweeps,
        help="stop after so many sweeps, settled or not (10000; 100 at a constant temperature)",
    )


def _gather_dynamics(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Put what the switches of the updates say together into ``dynamics``."""
    if chosen.update == Update.STEEPEST and chosen.temperature > 0:
        parser.error("--update steepest has no temperature")
    if chosen.cooling is not None and chosen.temperature <= 0:
        parser.error("--cooling needs a --temperature above 0")
    cooling = 1.0 if chosen.cooling is None else chosen.cooling
    chosen.dynamics = Dynamics(Update(chosen.update), chosen.temperature, cooling)


def _sweeps(text: str) -> int:
    return switches.whole(text, MOST_SWEEPS, "the number of sweeps")


def _cooling(text: str) -> float:
    return switches.number(text, sys.float_info.min, 1, "it must be a number above 0, at most 1")
