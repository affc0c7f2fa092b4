"""Switches that several commands share: the model, its seed, and how numbers are read."""

import argparse
import math
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind
from hopgui.model.conventions import PRESETS, Scale, Ties
from hopgui.session.session import LARGEST_SEED

FIRST_PRESET = "article"
# Which rule each parameter belongs to.
PARAMETERS = {
    "margin": RuleKind.PERCEPTRON,
    "dreams": RuleKind.UNLEARNING,
    "strength": RuleKind.UNLEARNING,
}
OWN = {"keep": True, "zero": False}
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


def add_patterns(group: argparse._ArgumentGroup) -> None:
    """Add the switch that names the memories."""
    group.add_argument(
        "--patterns",
        metavar="DIR",
        type=Path,
        required=True,
        help="folder of pictures to store, PBM or PNG, all of one size; dark is +1",
    )


def add_json(group: argparse._ArgumentGroup) -> None:
    """Add the switch for an answer that programs read."""
    group.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def add_seed(group: argparse._ArgumentGroup, same: str) -> None:
    """Add the seed; `same` is what the same seed gives."""
    group.add_argument(
        "--seed",
        metavar="N",
        type=seed,
        default=1,
        help=f"seed of all that is drawn (1); the same seed gives the same {same}",
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add every switch of the model."""
    model = parser.add_argument_group("model")
    model.add_argument(
        "--rule", choices=values(RuleKind), help="learning rule (hebb); quadratic energy only"
    )
    model.add_argument(
        "--margin", metavar="K", type=positive, help="margin κ of the perceptron rule (0)"
    )
    model.add_argument(
        "--dreams", metavar="N", type=_dreams, help="number of dreams of the unlearning rule (100)"
    )
    model.add_argument(
        "--strength",
        metavar="E",
        type=positive,
        help="how much the unlearning rule takes away in each dream (0.01)",
    )
    model.add_argument(
        "--energy",
        metavar="KIND",
        type=energy,
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
        "--scale", choices=values(Scale), help="what Hebb's couplings are divided by"
    )
    model.add_argument("--self-connections", choices=[*OWN], help="whether w_ii counts")
    model.add_argument(
        "--ties", choices=values(Ties), help="what a unit becomes whose field is exactly 0"
    )
    model.add_argument(
        "--half", action=argparse.BooleanOptionalAction, help="whether the energy carries ½"
    )


def gather_model(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
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


def values(kind: type[StrEnum]) -> list[str]:
    """Return what the members of an enumeration are called."""
    return [each.value for each in kind]


def energy(text: str) -> Energy:
    """Read an energy."""
    name, colon, order = text.partition(":")
    if name == EnergyKind.POLYNOMIAL and colon:
        return Energy(EnergyKind.POLYNOMIAL, whole(order, 10**6, "the order of a polynomial"))
    if not colon and name in {EnergyKind.QUADRATIC, EnergyKind.EXPONENTIAL}:
        return Energy(EnergyKind(name))
    message = f"an energy is quadratic, polynomial:N (as polynomial:3) or exponential, not {text!r}"
    raise argparse.ArgumentTypeError(message)


def seed(text: str) -> int:
    """Read a seed."""
    return whole(text, LARGEST_SEED, "a seed")


def _dreams(text: str) -> int:
    return whole(text, MOST_DREAMS, "the number of dreams")


def whole(text: str, most: int, what: str) -> int:
    """Read a whole number from 0 to `most`."""
    digits = text.lstrip("0") or text[-1:]
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 20 or int(digits) > most:
        message = f"{what} is a whole number from 0 to {most}"
        raise argparse.ArgumentTypeError(message)
    return int(digits)


def percent(text: str) -> float:
    """Read a percentage."""
    return number(text, 0, 100, "a percentage is a number from 0 to 100")


def positive(text: str) -> float:
    """Read a number of 0 or more."""
    return number(text, 0, sys.float_info.max, "it must be a number, 0 or more")


def number(text: str, least: float, most: float, message: str) -> float:
    """Read a number between two others; the message says which."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(message)
    return number
