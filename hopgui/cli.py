"""The command line: what can be asked for, and how."""

import argparse
import math
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from hopgui import __version__
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Update
from hopgui.model.conventions import PRESETS, Scale, Ties
from hopgui.session.session import LARGEST_SEED, SUFFIX

DEMO_FOLDER = "hopgui-demo"
FIRST_PRESET = "article"
# Which rule each parameter belongs to.
PARAMETERS = {
    "margin": RuleKind.PERCEPTRON,
    "dreams": RuleKind.UNLEARNING,
    "strength": RuleKind.UNLEARNING,
}
OWN = {"keep": True, "zero": False}
MOST_SWEEPS = 1_000_000_000
MOST_DREAMS = 1_000_000


class Parser(argparse.ArgumentParser):
    """A reader of command lines that says what is wrong in one line."""

    def __init__(self, *args: object, **options: object) -> None:
        # A shortened switch could mean another one in the next version.
        super().__init__(*args, **{"allow_abbrev": False, **options})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        print(f"hopgui: {' '.join(message.split())}", file=sys.stderr)
        sys.exit(2)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; on a mistake say so and exit with status 2.

    Beside its switches, the command ``recall`` gets what they say together: ``rule``, ``energy``,
    ``dynamics`` and ``conventions``. Without a command there may be a ``file``.
    """
    parser = Parser(
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
    demo.add_argument("--seed", metavar="N", type=_seed, help="seed of damage and recall")
    recall = commands.add_parser(
        "recall",
        help="let a picture fall to what the network makes of it",
        description="Stores every picture of a folder, starts from another picture, and says where "
        "the network settles and what that state is.",
    )
    _add_recall(recall)
    if arguments and arguments[0] not in commands.choices and _is_session(arguments[0]):
        return _parse_file(arguments)
    chosen = parser.parse_args(arguments)
    if chosen.command == "recall":
        _gather_model(chosen, recall)
        _gather_dynamics(chosen, recall)
    return chosen


def _is_session(argument: str) -> bool:
    """Say whether a word that is no command names a session file."""
    if argument.startswith("-"):
        return False
    return Path(argument).suffix.lower() == SUFFIX or Path(argument).is_file()


def _parse_file(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="hopgui")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.set_defaults(command=None)
    return parser.parse_args(arguments)


def _add_recall(parser: argparse.ArgumentParser) -> None:
    files = parser.add_argument_group("files")
    files.add_argument(
        "--patterns",
        metavar="DIR",
        type=Path,
        required=True,
        help="folder of pictures to store, PBM or PNG, all of one size; dark is +1",
    )
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
    files.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    start = parser.add_argument_group("start")
    start.add_argument(
        "--flip",
        metavar="PERCENT",
        type=_percent,
        help="flip exactly so many percent of the cue's units that are not pinned",
    )
    start.add_argument(
        "--seed",
        metavar="N",
        type=_seed,
        default=1,
        help="seed of all that is drawn (1); the same seed gives the same run",
    )
    _add_model(parser)
    _add_dynamics(parser)


def _add_model(parser: argparse.ArgumentParser) -> None:
    model = parser.add_argument_group("model")
    model.add_argument(
        "--rule", choices=_values(RuleKind), help="learning rule (hebb); quadratic energy only"
    )
    model.add_argument(
        "--margin", metavar="K", type=_positive, help="margin κ of the perceptron rule (0)"
    )
    model.add_argument(
        "--dreams", metavar="N", type=_dreams, help="number of dreams of the unlearning rule (100)"
    )
    model.add_argument(
        "--strength",
        metavar="E",
        type=_positive,
        help="how much the unlearning rule takes away in each dream (0.01)",
    )
    model.add_argument(
        "--energy",
        metavar="KIND",
        type=_energy,
        default=Energy(),
        help="quadratic (default), polynomial:N of order N, or exponential",
    )
    model.add_argument(
        "--preset",
        choices=[*PRESETS],
        default=FIRST_PRESET,
        help="conventions (article); each of the next four overrides it",
    )
    model.add_argument(
        "--scale", choices=_values(Scale), help="what Hebb's couplings are divided by"
    )
    model.add_argument("--self-connections", choices=[*OWN], help="whether w_ii counts")
    model.add_argument(
        "--ties", choices=_values(Ties), help="what a unit becomes whose field is exactly 0"
    )
    model.add_argument(
        "--half", action=argparse.BooleanOptionalAction, help="whether the energy carries ½"
    )


def _add_dynamics(parser: argparse.ArgumentParser) -> None:
    motion = parser.add_argument_group("updates")
    motion.add_argument(
        "--update",
        choices=_values(Update),
        default=Update.ASYNC.value,
        help="which unit is asked next (async)",
    )
    motion.add_argument(
        "--temperature", metavar="T", type=_positive, default=0.0, help="of Glauber's rule (0)"
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


def _gather_model(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Put what the switches of the model say together into ``rule`` and ``conventions``."""
    kind = RuleKind(chosen.rule or RuleKind.HEBB)
    if kind is not RuleKind.HEBB and chosen.energy.kind is not EnergyKind.QUADRATIC:
        parser.error(f"--rule {kind} is for the quadratic energy alone")
    given = {
        name: getattr(chosen, name) for name in PARAMETERS if getattr(chosen, name) is not None
    }
    for name in given:
        if PARAMETERS[name] is not kind:
            parser.error(f"--{name} is for --rule {PARAMETERS[name]} alone")
    chosen.rule = Rule(kind, **given)
    overrides = {
        "scale": chosen.scale and Scale(chosen.scale),
        "self_connections": OWN.get(chosen.self_connections),
        "ties": chosen.ties and Ties(chosen.ties),
        "half": chosen.half,
    }
    made = {name: value for name, value in overrides.items() if value is not None}
    chosen.conventions = replace(PRESETS[chosen.preset], **made)


def _gather_dynamics(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Put what the switches of the updates say together into ``dynamics``."""
    if chosen.update == Update.STEEPEST and chosen.temperature > 0:
        parser.error("--update steepest has no temperature")
    if chosen.cooling is not None and chosen.temperature <= 0:
        parser.error("--cooling needs a --temperature above 0")
    cooling = 1.0 if chosen.cooling is None else chosen.cooling
    chosen.dynamics = Dynamics(Update(chosen.update), chosen.temperature, cooling)


def _values(kind: type[StrEnum]) -> list[str]:
    return [each.value for each in kind]


def _energy(text: str) -> Energy:
    name, colon, order = text.partition(":")
    if name == EnergyKind.POLYNOMIAL and colon:
        return Energy(EnergyKind.POLYNOMIAL, _whole(order, 10**6, "the order of a polynomial"))
    if not colon and name in {EnergyKind.QUADRATIC, EnergyKind.EXPONENTIAL}:
        return Energy(EnergyKind(name))
    message = f"an energy is quadratic, polynomial:N (as polynomial:3) or exponential, not {text!r}"
    raise argparse.ArgumentTypeError(message)


def _seed(text: str) -> int:
    return _whole(text, LARGEST_SEED, "a seed")


def _dreams(text: str) -> int:
    return _whole(text, MOST_DREAMS, "the number of dreams")


def _sweeps(text: str) -> int:
    return _whole(text, MOST_SWEEPS, "the number of sweeps")


def _whole(text: str, most: int, what: str) -> int:
    digits = text.lstrip("0") or text[-1:]
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 20 or int(digits) > most:
        message = f"{what} is a whole number from 0 to {most}"
        raise argparse.ArgumentTypeError(message)
    return int(digits)


def _percent(text: str) -> float:
    return _number(text, 0, 100, "a percentage is a number from 0 to 100")


def _positive(text: str) -> float:
    return _number(text, 0, sys.float_info.max, "it must be a number, 0 or more")


def _cooling(text: str) -> float:
    return _number(text, sys.float_info.min, 1, "it must be a number above 0, at most 1")


def _number(text: str, least: float, most: float, message: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(message)
    return number
