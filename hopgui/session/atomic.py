"""Files written whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from hopgui.session.refusal import QT_TRANSLATE_NOOP, Refusal


def write(path: Path, content: bytes) -> None:
    """Write a file so that at every moment the old one or the new one is there, whole.

    Raises
    ------
    Refusal
        If the file cannot be written; one that was there before is then as it was.
    """
    target = Path(os.path.realpath(path))  # so that a link goes on pointing to its file
    # The draft lies in the same folder: a file is renamed in one step only within one file system.
    draft = target.with_name(f".hopgui-{secrets.token_hex(6)}.tmp")
    try:
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be written: {reason}."),
            file=path.name,
            reason=error.strerror or error,
        ) from error
