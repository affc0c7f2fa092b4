"""Zip archives: written always alike, and read with care."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from hopgui.session.fields import Unsound

# The first moment that a zip archive can name: what is in the file does not depend on the clock.
MOMENT = (1980, 1, 1, 0, 0, 0)
LEVEL = 1  # of compression: pictures and flips shrink as well by it, and five times as fast
SMALL = 64  # bytes below which nothing is gained; so a file's type stands at a fixed place
MOST_MEMBERS = 16_384
MOST_DIRECTORY = 2 * 2**20
MOST_EXPANDED = 256 * 2**20
WHOLE = "zip"  # what is unsound when no single member is

_END = struct.Struct("<4s4H2LH")
_END_MARK, _LARGE_MARK = b"PK\x05\x06", b"PK\x06\x07"
_LARGE_SIZE = 20
_ENTRY_BYTES = 46  # that the list of members spends on each, beside its name
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# All that Python's reader is known to raise for bytes made in error or in malice.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    TypeError,
    AttributeError,
    AssertionError,
    MemoryError,
)


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of these members: the same members are the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3  # whatever the system is, its permissions are those of Unix
            entry.external_attr = 0o644 << 16
            small = len(content) < SMALL
            entry.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=LEVEL)
    return file.getvalue()


def is_readable(members: Mapping[str, bytes]) -> bool:
    """Say whether an archive of these members is one that `Archive` would open."""
    names = sum(_ENTRY_BYTES + len(name.encode()) for name in members)
    return (
        len(members) <= MOST_MEMBERS
        and names <= MOST_DIRECTORY
        and sum(map(len, members.values())) <= MOST_EXPANDED
    )


class Archive:
    """An archive that nobody vouches for.

    What it claims is checked first: how many members, how large they are together, and how they are
    compressed. A member is read when it is asked for, and never past the size that it may have;
    what nobody asks for is not read at all, and nothing is ever unpacked onto a disk.

    Parameters
    ----------
    content
        The whole file.

    Raises
    ------
    Unsound
        If the bytes are no such archive.
    """

    def __init__(self, content: bytes) -> None:
        _check_end(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            entries = self._archive.infolist()
        except BROKEN as error:
            raise Unsound(WHOLE) from error
        self._entries = {entry.filename: entry for entry in entries}
        if (
            len(self._entries) < len(entries)
            or sum(entry.file_size for entry in entries) > MOST_EXPANDED
            or not all(map(_is_plain, entries))
        ):
            raise Unsound(WHOLE)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str, most: int) -> bytes:
        """Return a member of at most so many bytes.

        Raises
        ------
        Unsound
            If there is no such member, or it is larger, or damaged.
        """
        entry = self._entries.get(name)
        if entry is None or entry.file_size > most:
            raise Unsound(name)
        try:
            with self._archive.open(entry) as member:
                content = member.read(most + 1)
        except BROKEN as error:
            raise Unsound(name) from error
        if len(content) != entry.file_size:
            raise Unsound(name)
        return content


def _check_end(content: bytes) -> None:
    """Look at the record that ends an archive, before a list is made of all that it promises."""
    start = len(content) - _END.size
    if start < 0:
        raise Unsound(WHOLE)
    mark, disk, first, here, entries, size, offset, comment = _END.unpack_from(content, start)
    large = content[max(0, start - _LARGE_SIZE) : start].startswith(_LARGE_MARK)
    if (
        mark != _END_MARK
        or large
        or (disk, first, comment) != (0, 0, 0)
        or here != entries
        or entries > MOST_MEMBERS
        or size > MOST_DIRECTORY
        or offset + size > start
    ):
        raise Unsound(WHOLE)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    encrypted = entry.flag_bits & 0x1
    return entry.compress_type in _METHODS and not encrypted
