"""The handwritten digits, against the copy that scikit-learn has of them."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from hopgui.refusal import Refusal
from hopgui.session import handwritten
from hopgui.session.library import pattern_folder, set_names


def test_they_are_those_of_the_repository():
    theirs = load_digits()
    pictures, digits = handwritten.handwritten_digits()
    assert pictures.shape == (8, 8)
    np.testing.assert_array_equal(pictures.units > 0, theirs.data >= 8)
    np.testing.assert_array_equal(digits, theirs.target)
    assert pictures.units.dtype == np.int8
    assert set(np.unique(pictures.units)) == {-1, 1}


def test_they_are_no_pattern_set_and_name_their_source():
    assert handwritten.FOLDER not in set_names()
    readme = (pattern_folder() / handwritten.FOLDER / "README.md").read_text("utf-8")
    for word in ("E. Alpaydin", "C. Kaynak", "1998", "10.24432/C50P49", "Attribution 4.0"):
        assert word in readme


def test_without_the_file_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(handwritten, "pattern_folder", lambda: tmp_path)
    with pytest.raises(Refusal, match=r"digits\.npz could not be read"):
        handwritten.handwritten_digits()
