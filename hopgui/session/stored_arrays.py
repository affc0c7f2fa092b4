"""The arrays of a session file: numpy's own format, without pickle, judged before it is read."""

import io
import tokenize
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.session.archive import BROKEN, Archive
from hopgui.session.fields import Unsound

LONGEST_HEADER = 1000
# All that numpy's reader is known to raise for a header made in error or in malice.
_NO_HEADER = (*BROKEN, SyntaxError, tokenize.TokenError)


def npy(array: NDArray[np.generic]) -> bytes:
    """Return what a member with this array holds."""
    file = io.BytesIO()
    np.lib.format.write_array(file, np.ascontiguousarray(array), (1, 0), allow_pickle=False)
    return file.getvalue()


def read_array(
    archive: Archive, name: str, kind: np.dtype[Any], most: int, dimensions: int = 1
) -> NDArray[Any]:
    """Read an array; its header is judged before a number is taken.

    Parameters
    ----------
    archive
        Where it is.
    name
        Name of its member.
    kind
        What it must be made of.
    most
        How many numbers it may have.
    dimensions
        How many dimensions it must have.

    Raises
    ------
    Unsound
        If it is not there, or is no such array.
    """
    content = archive.read(name, LONGEST_HEADER + most * kind.itemsize)
    file = io.BytesIO(content)
    try:
        version = np.lib.format.read_magic(file)
        if version != (1, 0):
            raise Unsound(name)
        shape, columns_first, dtype = np.lib.format.read_array_header_1_0(file, LONGEST_HEADER)
    except _NO_HEADER as error:
        raise Unsound(name) from error
    count = (len(content) - file.tell()) // kind.itemsize
    whole = file.tell() + count * kind.itemsize == len(content)
    by_columns = columns_first and dimensions > 1
    if dtype != kind or len(shape) != dimensions or prod(shape) != count or not whole or by_columns:
        raise Unsound(name)
    if kind == np.bool_ and max(content[file.tell() :], default=0) > 1:
        raise Unsound(name)
    return np.frombuffer(content, kind, count, file.tell()).reshape(shape)
