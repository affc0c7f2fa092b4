"""The command ``sample``: pictures drawn from a trained machine."""

import argparse
from pathlib import Path
from typing import Any

from hopgui.commands import switches

STEPS, COUNT = 1000, 1
MOST_STEPS, MOST_COUNT = 1_000_000_000, 100_000


def add(commands: Any) -> None:
    """Add the command's switches to the command line."""
    parser: switches.Parser = commands.add_parser(
        "sample",
        help="draw pictures from a trained machine",
        description="Draws pictures from a machine that the command train has written, by Gibbs "
        "sampling from chance. Of a picture that is known in part it fills in the rest.",
    )
    files = parser.add_argument_group("files")
    files.add_argument(
        "--model", metavar="FILE", type=Path, required=True, help="the machine, as train wrote it"
    )
    files.add_argument(
        "--cue", metavar="FILE", type=Path, help="picture to start from, PBM or PNG; else chance"
    )
    files.add_argument(
        "--clamp",
        metavar="FILE",
        type=Path,
        help="picture whose dark units never change: they stay as in the cue, without one +1",
    )
    files.add_argument(
        "--output", metavar="FILE", type=Path, help="write the pictures, side by side, PBM"
    )
    switches.add_json(files)
    chains = parser.add_argument_group("chains")
    chains.add_argument(
        "--steps",
        metavar="N",
        type=_steps,
        default=STEPS,
        help=f"steps v → h → v, or sweeps without hidden units ({STEPS})",
    )
    chains.add_argument(
        "--count", metavar="N", type=_count, default=COUNT, help="pictures, a chain each (1)"
    )
    chains.add_argument(
        "--temperature",
        metavar="T",
        type=_temperature,
        default=1.0,
        help="above 0 (1, the machine's own); less gives likelier pictures",
    )
    switches.add_seed(chains, "pictures")
    parser.set_defaults(answer=_answer)


def _answer(chosen: argparse.Namespace) -> str:
    # Sampling comes when it is asked for, not with the command line.
    from hopgui.commands.dreams import dreams  # noqa: PLC0415

    return dreams(chosen)


def _steps(text: str) -> int:
    return switches.whole(text, MOST_STEPS, "the number of steps")


def _count(text: str) -> int:
    count = switches.whole(text, MOST_COUNT, "the number of pictures")
    if not count:
        message = "at least one picture must be drawn"
        raise argparse.ArgumentTypeError(message)
    return count


def _temperature(text: str) -> float:
    return switches.number(text, 1e-6, 1e6, "a temperature is a number from 0.000001 to 1000000")
