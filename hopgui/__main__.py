"""The command ``hopgui``: the window, or the same without one."""

import argparse
import sys

from hopgui import cli, terminal
from hopgui.commands.answer import INTERRUPTED, answered
from hopgui.screen import has_screen, missing_library


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    arguments
        What follows the command, ``sys.argv`` if None.
    """
    terminal.forgive()
    try:
        return _run(cli.parse(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        print("hopgui: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read along, `head` say, has seen enough; nothing is left to be said to them.
        sys.stdout = None
        return 1


def _run(chosen: argparse.Namespace) -> int:
    if chosen.command == "demo":
        return _demo(chosen.output, chosen.seed)
    if chosen.command == "recall":
        from hopgui.recall import recall  # noqa: PLC0415 - the window needs none of it

        return recall(chosen)
    if "answer" in chosen:
        return answered(lambda: str(chosen.answer(chosen)))
    return _window(chosen)


def _window(chosen: argparse.Namespace) -> int:
    if not has_screen():
        if chosen.file is not None:
            print(f"hopgui: there is no screen to open {chosen.file} on", file=sys.stderr)
            return 2
        print("There is no screen here: this is the demonstration without one.\n")
        return _demo(cli.DEMO_FOLDER, None)
    package = missing_library()
    if package is not None:
        print(
            f"To open a window, install one library first: sudo apt-get install {package}",
            file=sys.stderr,
        )
        return 1
    from hopgui.app import run  # noqa: PLC0415 - Qt is loaded for the window alone

    return run(sys.argv[:1], chosen.file)


def _demo(folder: str, seed: int | None) -> int:
    from hopgui.demo import demo  # noqa: PLC0415 - Qt is loaded when it is asked for

    return demo(folder, seed)


if __name__ == "__main__":
    sys.exit(main())
