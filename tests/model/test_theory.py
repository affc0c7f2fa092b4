"""Capacities against published numbers, closed forms, and networks that were loaded so far."""

from math import erfc, inf, log, sqrt

import numpy as np
import pytest
from cases import law
from hypothesis import given
from hypothesis import strategies as st
from kinds import DENSE, PAIRWISE, QUADRATIC

from hopgui.model import theory
from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind


@pytest.mark.parametrize(("margin", "load"), [(0.0, 2.0), (0.5, 0.9612), (1.0, 0.5196)])
def test_gardners_numbers(margin, load):
    assert theory.gardner_load(margin) == pytest.approx(load, abs=5e-5)
    assert theory.perceptron_capacity(700, margin) == pytest.approx(700 * load, abs=0.04)


@law
@given(st.floats(0, 5))
def test_gardners_load_is_the_integral_it_comes_from(margin):
    # 1/α = ∫_{−κ}^{∞} (t + κ)² φ(t) dt, here by Simpson's rule.
    places = np.linspace(-margin, 12, 4001)
    values = (places + margin) ** 2 * np.exp(-(places**2) / 2) / np.sqrt(2 * np.pi)
    step = places[1] - places[0]
    weights = np.ones(4001)
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    integral = float((values * weights).sum() * step / 3)
    assert theory.gardner_load(margin) == pytest.approx(1 / integral, rel=1e-8)


@law
@given(st.floats(0, 5), st.floats(0.01, 1))
def test_a_wider_margin_holds_fewer_memories(margin, more):
    assert theory.gardner_load(margin + more) < theory.gardner_load(margin) <= 2


def test_closed_forms():
    assert theory.hebb_capacity(1000) == pytest.approx(138)
    assert theory.projection_capacity(1000, self_connections=False) == 1000
    assert theory.projection_capacity(1000, self_connections=True) == 500
    assert theory.storkey_capacity(1000) == pytest.approx(1000 / sqrt(2 * log(1000)))
    assert theory.unlearning_capacity(1000) == pytest.approx(600)
    assert theory.polynomial_capacity(1000, 2) == pytest.approx(1000 / (2 * log(1000)))
    assert theory.polynomial_capacity(1000, 3) == pytest.approx(10**6 / (6 * log(1000)))
    assert theory.polynomial_capacity(100, 4) == pytest.approx(10**6 / (30 * log(100)))
    assert theory.exponential_capacity(20) == pytest.approx(1024)
    assert theory.exponential_capacity(65_536) == inf


def test_storkeys_capacity_beats_hebbs_without_a_wrong_unit_ever_more():
    # N/√(2 ln N) against N/(2 ln N): Storkey 1997.
    gains = [theory.storkey_capacity(n) / theory.polynomial_capacity(n, 2) for n in (50, 500, 5000)]
    assert gains == pytest.approx([sqrt(2 * log(n)) for n in (50, 500, 5000)])


@pytest.mark.parametrize("load", [0.105, 0.138, 0.185, 0.37, 0.61])
def test_the_error_of_order_two_is_that_of_the_hebbian_network(load):
    expected = erfc(1 / sqrt(2 * load)) / 2
    assert theory.polynomial_error(1000, round(load * 1000), 2) == pytest.approx(expected, rel=1e-9)


def test_at_the_capacity_without_a_wrong_unit_less_than_one_unit_is_expected_wrong():
    # K_max is where K N errors of one unit each begin to be expected, up to slow factors.
    for order in (2, 3, 4):
        memories = int(theory.polynomial_capacity(400, order))
        assert 400 * theory.polynomial_error(400, memories, order) < 1
        assert 400 * theory.polynomial_error(400, 4 * memories, order) > 1
    assert theory.polynomial_error(400, 0, 3) == 0


@pytest.mark.parametrize(("odd", "product"), [(-1, 1), (1, 1), (3, 3), (5, 15), (7, 105), (9, 945)])
def test_odd_factorials(odd, product):
    assert theory.odd_factorial(odd) == product


def test_the_normal_distribution_far_out():
    assert theory.normal(0) == 0.5
    assert theory.normal(-1.959964) == pytest.approx(0.025, rel=1e-6)
    assert theory.normal(-10) == pytest.approx(7.619853024e-24, rel=1e-6)
    assert theory.normal(3) + theory.normal(-3) == 1


@pytest.mark.parametrize("own", [True, False])
def test_each_rule_and_energy_has_its_capacity(own):
    found = {
        kind: theory.capacity(rule, QUADRATIC, 400, self_connections=own)
        for kind, rule in PAIRWISE.items()
    }
    assert found["hebb"] == theory.hebb_capacity(400)
    assert found["projection"] == (200 if own else 400)
    assert found["storkey"] == theory.storkey_capacity(400)
    assert found["perceptron"] == theory.perceptron_capacity(400, 0.3)
    assert found["unlearning"] == found["unlearning-fine"] == theory.unlearning_capacity(400)
    dense = {
        kind: theory.capacity(Rule(RuleKind.STORKEY), energy, 400, self_connections=own)
        for kind, energy in DENSE.items()
    }
    assert dense["cubic"] == theory.polynomial_capacity(400, 3)
    assert dense["order-30"] == theory.polynomial_capacity(400, 30)
    assert dense["exponential"] == theory.exponential_capacity(400)


@pytest.mark.parametrize("units", [0, 1, 2, 4, 65_536, 10**6])
def test_capacities_are_numbers_for_every_grid(units):
    energies = [QUADRATIC, Energy(EnergyKind.POLYNOMIAL, 40), Energy(EnergyKind.EXPONENTIAL)]
    for rule in PAIRWISE.values():
        for energy in energies:
            assert theory.capacity(rule, energy, units, self_connections=True) >= 0
