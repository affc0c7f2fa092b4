"""What a terminal is shown that does not know every sign: output piped on Windows, say."""

import codecs
import io
import sys
import unicodedata

PLAINER = "hopgui-plainer"  # the name under which Python's codecs find `plainer`

_PLAIN = {
    "█": "#",
    "·": ".",
    "−": "-",
    "–": "-",
    "×": "x",
    "→": "->",
    "←": "<-",
    "▸": ">",
    "≤": "<=",
    "…": "...",
    "½": "1/2",
    "“": '"',
    "”": '"',
    "’": "'",
    "\N{THIN SPACE}": " ",
}


def plainer(error: UnicodeError) -> tuple[str, int]:
    """Write signs that cannot be encoded in plainer ones: a codec's error handler.

    Returns
    -------
    str, int
        What stands in their place, in ASCII; and where to go on.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_in_ascii(sign) for sign in signs), error.end


def forgive() -> None:
    """Let standard output and error never fail for a sign that they cannot write."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAINER)


def _in_ascii(sign: str) -> str:
    if sign in _PLAIN:
        return _PLAIN[sign]
    words = unicodedata.name(sign, "").split()
    return words[-1].lower() if words[:3] == ["GREEK", "SMALL", "LETTER"] else "?"


codecs.register_error(PLAINER, plainer)
