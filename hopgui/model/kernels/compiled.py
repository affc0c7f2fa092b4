"""How loops are compiled, and kept on disk."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import numba as nb

F = TypeVar("F", bound=Callable[..., Any])

_HERE = Path(__file__).parent


def compiled(function: F) -> F:
    """Compile a loop, kept on disk where that is possible.

    Numba looks only at a loop's own file to see whether what it kept is still good, and a loop
    takes in pieces of other files. So it keeps loops in a folder named by the text of all of them.
    Numba raises when it finds no folder to write to; then the loop is compiled anew each time.
    """
    usual = nb.config.CACHE_DIR
    nb.config.CACHE_DIR = str(Path(usual or _HERE / "__pycache__") / f"loops-{_text()}")
    try:
        return nb.njit(nogil=True, cache=True)(function)  # type: ignore[no-any-return]
    except RuntimeError:
        return nb.njit(nogil=True)(function)  # type: ignore[no-any-return]
    finally:
        nb.config.CACHE_DIR = usual


def _text() -> str:
    """Return what tells one text of all these files from another."""
    files = sorted(_HERE.glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
