"""The command ``train``: a Boltzmann machine, trained and written into a file."""

import argparse
from pathlib import Path
from typing import Any

from hopgui.commands import switches
from hopgui.model.boltzmann.settings import Method
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

BARS = "bars-and-stripes"
DIGITS = "digits"
KINDS = ("restricted", "visible")
STARTS = ("hopfield", "nothing")
MOMENTS = ("exact", "sampled")
# Switches that one kind of machine alone has.
OF_RESTRICTED = ("hidden", "method", "k", "epochs", "batch", "decay")
OF_VISIBLE = ("start", "temperature", "steps", "moments", "chains")
MOST_HIDDEN = 1_000_000
MOST_EPOCHS = 1_000_000_000
MOST_STEPS = 1_000_000


def add(commands: Any) -> None:
    """Add the command's switches to the command line."""
    parser: switches.Parser = commands.add_parser(
        "train",
        help="train a Boltzmann machine, restricted or fully visible",
        description="Trains a Boltzmann machine on pictures, says how likely they have become to "
        "it, and writes it into a file for the command sample.",
    )
    files = parser.add_argument_group("files")
    pictures = files.add_mutually_exclusive_group(required=True)
    pictures.add_argument(
        "--patterns",
        metavar="DIR",
        type=Path,
        help="folder of pictures to train on, PBM or PNG, all of one size; dark is +1",
    )
    pictures.add_argument(
        "--data",
        metavar="SET",
        type=_data,
        help=f"pictures that come with the program: {BARS}:4x4, of any size, or {DIGITS}",
    )
    files.add_argument(
        "--output", metavar="FILE", type=Path, required=True, help="write the machine"
    )
    switches.add_json(files)
    machine = parser.add_argument_group("machine")
    machine.add_argument(
        "--machine",
        choices=KINDS,
        default=KINDS[0],
        help="with hidden units, or without: a Hopfield network that learns",
    )
    machine.add_argument(
        "--hidden",
        metavar="H",
        type=_hidden,
        help="number of hidden units (as many as visible ones, 8 to 128)",
    )
    switches.add_seed(machine, "machine")
    _add_schedule(parser)
    _add_matching(parser)
    parser.set_defaults(answer=_answer)


def _add_schedule(parser: argparse.ArgumentParser) -> None:
    schedule = parser.add_argument_group(
        "schedule", "What is not said is chosen by the number of pictures and units."
    )
    schedule.add_argument(
        "--method",
        choices=switches.values(Method),
        help="contrastive divergence, persistent chains, or parallel tempering",
    )
    schedule.add_argument("--k", metavar="K", type=_k, help="Gibbs steps to a gradient (1)")
    schedule.add_argument(
        "--epochs", metavar="E", type=_epochs, help="how often every picture is seen"
    )
    schedule.add_argument("--batch", metavar="N", type=_batch, help="pictures to a gradient")
    schedule.add_argument("--rate", metavar="R", type=switches.positive, help="first learning rate")
    schedule.add_argument(
        "--last-rate", metavar="R", type=switches.positive, help="last learning rate"
    )
    schedule.add_argument(
        "--momentum", metavar="M", type=switches.positive, help="share of a change made again"
    )
    schedule.add_argument("--decay", metavar="D", type=switches.positive, help="weight decay (0)")


def _add_matching(parser: argparse.ArgumentParser) -> None:
    matching = parser.add_argument_group(
        "fully visible machine", "It learns by matching moments; up to 20 units they are exact."
    )
    matching.add_argument(
        "--start",
        choices=STARTS,
        help="what it knows at first: Hebb's couplings of the pictures at temperature T, or "
        "nothing (hopfield)",
    )
    matching.add_argument(
        "--temperature",
        metavar="T",
        type=switches.positive,
        help="of the Hopfield network, in the textbook's units (where it melts, 1 or more)",
    )
    matching.add_argument("--steps", metavar="N", type=_steps, help="how many")
    matching.add_argument(
        "--moments", choices=MOMENTS, help="summed over all states, or sampled by chains"
    )
    matching.add_argument("--chains", metavar="N", type=_chains, help="of sampled moments")


def _answer(chosen: argparse.Namespace) -> str:
    visible = chosen.machine == KINDS[1]
    for switch in OF_RESTRICTED if visible else OF_VISIBLE:
        if getattr(chosen, switch) is not None:
            raise Refusal(
                QT_TRANSLATE_NOOP("Refusal", "--{switch} means nothing to a {kind} machine."),
                switch=switch,
                kind="fully visible" if visible else "restricted",
            )
    # Training comes when it is asked for, not with the command line.
    if visible:
        from hopgui.commands.matching import lesson as matched  # noqa: PLC0415

        return matched(chosen)
    from hopgui.commands.lesson import lesson  # noqa: PLC0415

    return lesson(chosen)


def _data(text: str) -> tuple[int, int] | str:
    """Read the name of a set: the sides of bars and stripes, or the digits."""
    if text == DIGITS:
        return DIGITS
    name, colon, size = text.partition(":")
    rows, times, columns = size.lower().partition("x")
    if name == BARS and colon and times:
        return (
            switches.whole(rows, 10**6, "the number of rows"),
            switches.whole(columns, 10**6, "the number of columns"),
        )
    message = f"a set is {BARS}:ROWSxCOLUMNS (as {BARS}:4x4) or {DIGITS}, not {text!r}"
    raise argparse.ArgumentTypeError(message)


def _hidden(text: str) -> int:
    return switches.whole(text, MOST_HIDDEN, "the number of hidden units")


def _k(text: str) -> int:
    return switches.whole(text, MOST_STEPS, "the number of Gibbs steps")


def _epochs(text: str) -> int:
    return switches.whole(text, MOST_EPOCHS, "the number of epochs")


def _batch(text: str) -> int:
    return switches.whole(text, MOST_EPOCHS, "the number of pictures to a gradient")


def _steps(text: str) -> int:
    return switches.whole(text, MOST_EPOCHS, "the number of steps")


def _chains(text: str) -> int:
    return switches.whole(text, MOST_STEPS, "the number of chains")
