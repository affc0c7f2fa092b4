"""A refusal is a sentence with gaps that anyone can print and a translator can look up."""

import pytest

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal


def test_a_refusal_says_its_sentence_with_the_gaps_filled():
    refusal = Refusal("{file} has {count} pictures.", file="a.gif", count=3)
    assert str(refusal) == "a.gif has 3 pictures."
    assert refusal.sentence == "{file} has {count} pictures."
    assert refusal.gaps == {"file": "a.gif", "count": 3}
    assert refusal.sentence.format(**refusal.gaps) == str(refusal)


def test_a_sentence_without_gaps_is_said_as_it_is():
    assert str(Refusal("No.")) == "No."


def test_braces_in_a_gap_are_left_alone():
    refusal = Refusal("{file} is no picture.", file="{0} {x}.png")
    assert str(refusal) == "{0} {x}.png is no picture."


def test_a_refusal_is_a_value_error():
    refusal = Refusal("No.")
    with pytest.raises(ValueError, match="No"):
        raise refusal


def test_marking_a_text_returns_it():
    assert QT_TRANSLATE_NOOP("Refusal", "{a} sentence.") == "{a} sentence."
