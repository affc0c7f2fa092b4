"""What the program says when it will not do something.

A refusal is a sentence with named gaps. The sentence stays whole, so that the window can look it
up in its translator and the command line can print it as it is.
"""


# The name is Qt's, so that its tools find the marked texts.
def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for the translation catalogue and return it unchanged."""
    return text


class Refusal(ValueError):  # noqa: N818 - it is no programming error
    """A request that cannot be met, said in one sentence.

    Parameters
    ----------
    sentence
        English text with ``{name}`` gaps, marked with ``QT_TRANSLATE_NOOP("Refusal", …)``.
    **gaps
        What the gaps hold.
    """

    def __init__(self, sentence: str, **gaps: object) -> None:
        super().__init__(sentence.format(**gaps))
        self.sentence = sentence
        self.gaps = gaps
