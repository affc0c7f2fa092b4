"""How loops are compiled, and kept on disk."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import numba as nb

F = TypeVar("F", bound=Callable[..., Any])

_HERE = Path(__file__).parent
_PROCESS = uuid4().hex[:8]


def compiled(function: F) -> F:
    """Compile a loop, kept on disk where that is possible.

    Numba looks only at a loop's own file to see whether what it kept is still good, and a loop
    takes in pieces of other files. So it keeps loops in a folder named by the text of all of them.
    Numba raises when it finds no folder to write to; then the loop is compiled anew each time.
    """
    usual = nb.config.CACHE_DIR
    nb.config.CACHE_DIR = str(Path(usual or _HERE / "__pycache__") / f"loops-{_text()}")
    try:
        return _kept_apart(nb.njit(nogil=True, cache=True)(function))  # type: ignore[no-any-return]
    except RuntimeError:
        return nb.njit(nogil=True)(function)  # type: ignore[no-any-return]
    finally:
        nb.config.CACHE_DIR = usual


def _kept_apart(loop: Any) -> Any:
    """Name what this process keeps on disk apart from what others keep.

    Numba finds the next free number of a file in an index that it reads, adds to and writes back.
    Two processes that do so at once take the same number, and one of them would later run machine
    code made for other types. With names apart the worst is that a loop is compiled once more.
    """
    files = loop._cache._cache_file  # noqa: SLF001 - numba has no other way
    files._data_name_pattern = f"{_PROCESS}.{files._data_name_pattern}"  # noqa: SLF001
    return loop


def _text() -> str:
    """Return what tells one text of all these files from another."""
    files = sorted(_HERE.glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
