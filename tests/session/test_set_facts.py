"""What a set would be to the network, against sums made one by one."""

from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.choices import Rule, RuleKind
from hopgui.session.session import Grid, blank_session
from hopgui.session.set_facts import MOST_PRODUCTS, most_compared, set_facts

SESSION = blank_session(Grid(10, 10))


@pytest.mark.parametrize(("count", "units"), [(2, 4), (7, 100), (3, 9000)])
def test_overlaps_are_the_sums(count, units):
    patterns = random_patterns(count, units, seed=count)
    facts = set_facts(patterns, count, SESSION, units)
    for one in range(count):
        for other in range(count):
            products = patterns[one].astype(int) @ patterns[other]
            assert facts.overlaps[one, other] == pytest.approx(products / units, abs=1e-7)
    apart = [(abs(float(facts.overlaps[i, j])), (i, j)) for i in range(count) for j in range(i)]
    assert facts.largest == pytest.approx(max(apart)[0])
    first, second = facts.pair
    assert first < second
    assert abs(facts.overlaps[facts.pair]) == facts.largest


def test_an_inverse_overlaps_as_much_as_a_copy():
    one = random_patterns(1, 50, seed=1)
    other = random_patterns(1, 50, seed=2)
    facts = set_facts(np.concatenate([one, other, -one]), 3, SESSION, 50)
    assert (facts.largest, facts.pair) == (1.0, (0, 2))


def test_one_pattern_or_none_has_no_pair():
    for count in (0, 1):
        facts = set_facts(random_patterns(2, 9, seed=1)[:count], count, SESSION, 9)
        assert (facts.largest, facts.pair) == (0.0, None)


def test_the_load_is_against_what_the_rule_holds():
    facts = set_facts(random_patterns(2, 100, seed=1), 14, SESSION, 100)
    assert facts.load == 0.14
    assert facts.capacity == pytest.approx(0.138)
    projection = replace(SESSION, rule=Rule(RuleKind.PROJECTION))
    assert set_facts(random_patterns(2, 100, seed=1), 14, projection, 100).capacity == 0.5


def test_how_many_are_compared_keeps_within_bounds():
    assert most_compared(100) >= 1000
    for units in (4, 784, 4096, 65536):
        count = most_compared(units)
        assert count == 2 or count**2 * units <= MOST_PRODUCTS
