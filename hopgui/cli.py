"""The command line: what can be asked for, and how."""

import argparse

from hopgui import __version__
from hopgui.session.session import LARGEST_SEED

DEMO_FOLDER = "hopgui-demo"


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; on a mistake say so and exit with status 2."""
    parser = argparse.ArgumentParser(
        prog="hopgui",
        description="A drawing pad for Hopfield networks. Without a command, the window opens.",
    )
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
    return parser.parse_args(arguments)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > LARGEST_SEED:
        message = f"a seed is a whole number from 0 to {LARGEST_SEED}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
