"""The two presets and what lies between them."""

from dataclasses import FrozenInstanceError, replace

import pytest
from cases import ALL_CONVENTIONS

from hopgui.model.conventions import (
    ARTICLE,
    PRESETS,
    TEXTBOOK,
    Conventions,
    Scale,
    Ties,
    preset_name,
)


def test_the_article_divides_by_memories_keeps_the_diagonal_and_breaks_ties_to_minus():
    assert Conventions() == ARTICLE
    assert ARTICLE.scale is Scale.MEMORIES
    assert ARTICLE.self_connections
    assert not ARTICLE.half
    assert ARTICLE.ties is Ties.MINUS


def test_the_textbook_divides_by_units_drops_the_diagonal_halves_and_keeps_ties():
    assert TEXTBOOK.scale is Scale.UNITS
    assert not TEXTBOOK.self_connections
    assert TEXTBOOK.half
    assert TEXTBOOK.ties is Ties.KEEP


def test_of_all_conventions_only_the_two_presets_have_a_name():
    assert len(set(ALL_CONVENTIONS)) == 24
    named = {preset_name(chosen): chosen for chosen in ALL_CONVENTIONS if preset_name(chosen)}
    assert named == {"article": ARTICLE, "textbook": TEXTBOOK} == PRESETS


@pytest.mark.parametrize("preset", [ARTICLE, TEXTBOOK])
def test_one_switch_away_from_a_preset_is_of_ones_own_making(preset):
    others = [
        replace(preset, self_connections=not preset.self_connections),
        replace(preset, half=not preset.half),
        *(replace(preset, scale=scale) for scale in Scale if scale is not preset.scale),
        *(replace(preset, ties=ties) for ties in Ties if ties is not preset.ties),
    ]
    assert [preset_name(other) for other in others] == [None] * 5


def test_conventions_are_values():
    with pytest.raises(FrozenInstanceError):
        ARTICLE.half = True
    assert preset_name(Conventions(Scale("memories"), ties=Ties("minus"))) == "article"
