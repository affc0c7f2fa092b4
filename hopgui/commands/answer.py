"""How a command answers: in text, or with one line that says why it cannot."""

import os
import sys
from collections.abc import Callable

from hopgui.refusal import Refusal
from hopgui.terminal import PLAINER

MISTAKE, INTERRUPTED = 2, 130


def answered(make: Callable[[], str]) -> int:
    """Make an answer and print it.

    Parameters
    ----------
    make
        Returns what to print.

    Returns
    -------
    int
        Exit status: 0, or 2 after one line on standard error.
    """
    try:
        text = make()
    except Refusal as error:
        return _complain(str(error))
    except MemoryError:
        return _complain("there is not enough memory for this.")
    except KeyboardInterrupt:
        _complain("interrupted.")
        return INTERRUPTED
    return _say(text)


def _complain(message: str) -> int:
    print(f"hopgui: {' '.join(message.split())}", file=sys.stderr)
    return MISTAKE


def _say(text: str) -> int:
    if sys.stdout is None:
        return _complain("standard output is closed.")
    coding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(coding, PLAINER).decode(coding), flush=True)
    except OSError as error:
        # On leaving, Python would try once more, and complain in many lines.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # whoever was reading has seen enough
        return _complain(f"standard output could not be written: {error.strerror}.")
    return 0
