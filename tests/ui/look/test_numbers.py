import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.ui.look.numbers import (
    count,
    energy,
    held_range,
    number,
    round_above,
    short_energy,
    signed,
    tick_texts,
    ticks,
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (999, 0, "999"),
        (2557, 0, "2\u2009557"),
        (-2557, 0, "\u22122\u2009557"),
        (-4294967296, 0, "\u22124\u2009294\u2009967\u2009296"),
        (0.138, 3, "0.138"),
        (-1234.5678, 2, "\u22121\u2009234.57"),
        (-0.004, 2, "0.00"),
        (-0.0, 0, "0"),
        (np.int64(-12), 1, "\u221212.0"),
        (np.float64(12.25), 1, "12.2"),
        (float("inf"), 0, "∞"),
        (float("-inf"), 2, "\u2212∞"),
    ],
)
def test_a_number_has_a_true_minus_thin_spaces_and_fixed_decimals(value, decimals, text):
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.74, 2, "+0.74"),
        (-0.02, 2, "\u22120.02"),
        (0.001, 2, "0.00"),
        (-0.001, 2, "0.00"),
        (0, 0, "0"),
        (1000, 0, "+1\u2009000"),
        (float("inf"), 0, "+∞"),
    ],
)
def test_a_signed_number_shows_its_plus_and_zero_has_no_sign(value, decimals, text):
    assert signed(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-2557.0, "\u22122\u2009557"),
        (-2557.0000000003, "\u22122\u2009557"),
        (-1278.5, "\u22121\u2009278.5"),
        (-12.785, "\u221212.79"),
        (100.0, "100"),
        (0.0, "0"),
        (-0.001, "0"),
        (-2500, "\u22122\u2009500"),
    ],
)
def test_an_energy_takes_no_more_decimals_than_it_needs(value, text):
    assert energy(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-2557.25, "\u22122\u2009557"),
        (-9_999_999, "\u22129\u2009999\u2009999"),
        (-357_989_939.33, "\u22123.580·10⁸"),
        (2.5e39, "2.500·10³⁹"),
    ],
)
def test_where_there_is_little_room_large_energies_are_rounded(value, text):
    assert short_energy(value) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_as_the_value_it_was_rounded_to(value, decimals):
    text = number(value, decimals)
    plain = text.replace("\u2009", "").replace("\u2212", "-")
    assert float(plain) == float(f"{value:.{decimals}f}")
    assert "-" not in text
    assert "," not in text


@pytest.mark.parametrize(
    ("value", "above"),
    [
        (1, 1),
        (1.01, 2),
        (3, 5),
        (5, 5),
        (7, 10),
        (143, 200),
        (1000, 1000),
        (0.03, 0.05),
        (0.1, 0.1),
    ],
)
def test_round_numbers_are_one_two_and_five_times_a_power_of_ten(value, above):
    assert round_above(value) == pytest.approx(above)


def test_ticks_are_round_and_exact():
    assert ticks(-2700, -500, 5) == [-2500, -2000, -1500, -1000, -500]
    assert ticks(0, 0.5, 5) == [0, 0.1, 0.2, 0.3, 0.4, 0.5]
    assert ticks(-0.4, 1.08, 3) == [0, 0.5, 1]


def test_tick_texts_take_the_zeros_off_large_numbers():
    texts, factor = tick_texts(-4.3e9, 0, 5)
    assert factor == "×10⁹"
    assert [text for _, text in texts] == ["\u22124", "\u22123", "\u22122", "\u22121", "0"]


def test_tick_texts_keep_all_digits_where_only_the_last_differ():
    texts, factor = tick_texts(1e9 - 1, 1e9 + 1, 2)
    assert factor == ""
    assert [text for _, text in texts] == [
        "999\u2009999\u2009999",
        "1\u2009000\u2009000\u2009000",
        "1\u2009000\u2009000\u2009001",
    ]


@given(
    st.floats(-1e10, 1e10),
    st.floats(0, 1e6),
    st.tuples(st.floats(-1e9, 0), st.floats(1, 1e9)),
)
def test_a_range_has_air_around_its_values_and_holds(low, span, held):
    new = held_range(held, low, low + span)
    assert new[0] < low
    assert low + span < new[1]
    assert held_range(new, low, low + span) == new


def test_a_range_that_serves_stays_and_one_too_wide_goes():
    assert held_range((-100.0, 0.0), -90, -20) == (-100, 0)
    low, high = held_range((-1000.0, 0.0), -90, -20)
    assert high - low < 100


@pytest.mark.parametrize(
    ("many", "text"),
    [
        (0, "0"),
        (65_536, "65\u2009536"),
        (10**10, "1.0·10¹⁰"),
        (31_999_999_999, "3.2·10¹⁰"),
        (9_990_000_000_000, "1.0·10¹³"),
        (2**100, "1.3·10³⁰"),
    ],
)
def test_numbers_of_states_of_any_size_can_be_read(many, text):
    assert count(many) == text
    assert count(10**40_000) == "1.0·10⁴⁰⁰⁰⁰"
