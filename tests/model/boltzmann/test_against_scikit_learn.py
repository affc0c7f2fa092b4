"""The handwritten digits, against scikit-learn's machine with the same data and schedule."""

import numpy as np
import pytest
from sklearn.neural_network import BernoulliRBM

from hopgui.model.boltzmann.likelihood import pseudo_likelihood
from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.boltzmann.settings import Method, Settings
from hopgui.model.boltzmann.state import begin
from hopgui.model.boltzmann.training import train
from hopgui.session.handwritten import handwritten_digits

HIDDEN, EPOCHS, BATCH, RATE = 32, 8, 50, 0.05


@pytest.mark.parametrize("seed", [1, 2])
def test_the_pseudo_likelihood_is_at_least_as_high(seed):
    patterns = handwritten_digits()[0].units
    theirs = BernoulliRBM(
        HIDDEN, learning_rate=RATE, batch_size=BATCH, n_iter=EPOCHS, random_state=seed
    ).fit(bits_of(patterns))
    other = Machine(
        np.ascontiguousarray(theirs.components_.T, np.float64),
        np.array(theirs.intercept_visible_, np.float64),
        np.array(theirs.intercept_hidden_, np.float64),
    )
    # Theirs too are persistent chains, as many as pictures to a gradient.
    settings = Settings(
        Method.PCD,
        epochs=EPOCHS,
        batch=BATCH,
        chains=BATCH,
        rate=RATE,
        last_rate=RATE,
        momentum=0.0,
    )
    *_, last = train(
        patterns, settings, begin(patterns, HIDDEN, settings, np.random.default_rng(seed))
    )
    ours = pseudo_likelihood(last.machine, patterns[::10])
    reached = pseudo_likelihood(other, patterns[::10])
    start = pseudo_likelihood(Machine(np.zeros((64, 1)), np.zeros(64), np.zeros(1)), patterns[::10])
    assert start == pytest.approx(-64 * np.log(2))
    assert ours >= reached > start


def test_free_energies_are_the_same():
    rng = np.random.default_rng(1)
    patterns = handwritten_digits()[0].units[:20]
    theirs = BernoulliRBM(5, n_iter=1, random_state=1).fit(bits_of(patterns))
    theirs.components_ = rng.normal(0, 1, (5, 64))
    theirs.intercept_hidden_, theirs.intercept_visible_ = rng.normal(0, 1, 5), rng.normal(0, 1, 64)
    ours = Machine(
        np.ascontiguousarray(theirs.components_.T),
        theirs.intercept_visible_.copy(),
        theirs.intercept_hidden_.copy(),
    )
    v = bits_of(patterns).astype(np.float64)
    np.testing.assert_allclose(ours.free_energy(v), theirs._free_energy(v))
