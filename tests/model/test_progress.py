"""How far a computation is, told often enough and not too often."""

import pytest

from hopgui.model import progress
from hopgui.model.progress import SILENT, Cancelled, Progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def listener():
    told = []

    def report(fraction):
        told.append(fraction)
        return True

    return told, report


def test_shares_of_shares_are_fractions_of_the_whole(clock):
    told, report = listener()
    share = Progress(report).part(0.2, 0.6).part(0.5, 1.0)
    for fraction in (0.0, 0.5, 1.0, 7.0, -3.0):
        share.tell(fraction)
        clock[0] += 1
    assert told == pytest.approx([0.4, 0.5, 0.6, 0.6, 0.4])


def test_it_is_told_at_once_and_then_every_so_often_however_many_shares_there_are(clock):
    told, report = listener()
    whole = Progress(report)
    for place in range(1000):
        whole.part(place / 1000, (place + 1) / 1000).tell(0.0)
        clock[0] += 0.001
    assert told[0] == 0.0
    assert 40 <= len(told) <= 60
    assert told == sorted(told)


def test_an_answer_of_no_stops_it(clock):
    with pytest.raises(Cancelled):
        Progress(lambda _: False).tell(0.5)
    assert clock


def test_without_a_listener_nothing_happens():
    SILENT.part(0, 0.5).tell(0.3)
