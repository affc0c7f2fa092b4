"""The map of attractors that a census finds, snapshot by snapshot."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.attractor_map import map_of_attractors, mapped
from hopgui.model.census import census
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.scaling import map_of
from hopgui.model.starts import Starts


@pytest.fixture(scope="module")
def snapshots():
    network = Network(random_patterns(5, 30, 1), TEXTBOOK)
    return list(census(network, Starts(), 300, rng=np.random.default_rng(2)))


def test_the_most_often_found_are_on_the_map_with_their_shares(snapshots):
    *_, last = mapped(snapshots)
    hits = sorted(snapshots[-1].hits.tolist(), reverse=True)
    assert last.shares == pytest.approx(np.array(hits) / 300)
    assert last.found == len(hits) == len(last.attractors)
    assert (last.done, last.total) == (300, 300)
    few = list(mapped(snapshots, most=4))[-1]
    assert few.attractors == last.attractors[:4]
    assert few.found == last.found


def test_distances_on_the_map_are_those_of_its_own_scaling(snapshots):
    """A map that is turned to lie over the one before keeps every distance."""
    *_, last = mapped(snapshots)
    fresh = map_of(np.stack([each.state for each in last.attractors]))
    for points in (last.scaling.points, fresh.points):
        assert points.shape == (len(last.attractors), 2)
    apart = [
        np.linalg.norm(points[:, None] - points[None], axis=-1)
        for points in (last.scaling.points, fresh.points)
    ]
    assert apart[0] == pytest.approx(apart[1], abs=1e-6)
    assert last.scaling.kept == fresh.kept


def test_attractors_stay_near_where_they_were(snapshots):
    last = snapshots[-1]
    # As a slower machine tells it: ever more attractors, the first ones the same.
    growing = [
        replace(last, attractors=last.attractors[:count], hits=last.hits[:count])
        for count in range(4, len(last.attractors) + 1)
    ]
    maps = list(mapped(iter(growing)))
    assert len(maps) > 3
    for before, after in pairwise(maps):
        places = {id(each): place for place, each in enumerate(before.attractors)}
        pairs = [
            (places[id(each)], now)
            for now, each in enumerate(after.attractors)
            if id(each) in places
        ]
        was, now = (np.array(side) for side in zip(*pairs, strict=True))
        own = before.scaling.points[was], after.scaling.points[now]
        straight = np.linalg.norm(own[0] - own[1])
        for mirror in ([-1, 1], [1, -1], [-1, -1]):
            assert straight <= np.linalg.norm(own[0] - own[1] * mirror) + 1e-6


def test_attractors_alone_are_laid_out_the_lowest_first(snapshots):
    attractors = snapshots[-1].attractors
    found = map_of_attractors(attractors, most=3)
    assert [each.energy for each in found.attractors] == sorted(e.energy for e in attractors)[:3]
    assert np.isnan(found.shares).all()
    assert found.found == len(attractors)
    assert map_of_attractors(()).attractors == ()
