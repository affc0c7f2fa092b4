"""Who compiles what, when several processes share it."""

import pytest

from hopgui.model import couplings, mixture_search, mixtures, warm


@pytest.fixture
def done(monkeypatch):
    """The pieces of work as they are begun; none of them is done."""
    begun = []
    monkeypatch.setattr(couplings, "SMALL", couplings.SMALL)  # put back after the test
    monkeypatch.setattr(warm.network, "warm", lambda: None)
    monkeypatch.setattr(warm, "run_a_network", lambda each: begun.append(str(each.learnt.unit)))
    monkeypatch.setattr(warm, "fall_side_by_side", lambda: begun.append("side by side"))
    monkeypatch.setattr(warm, "name_mixtures", lambda: begun.append("mixtures"))
    monkeypatch.setattr(warm, "train_a_machine", lambda: begun.append("machine"))
    return begun


def test_shares_together_are_all_there_is_to_do(done):
    warm.share(0, 1)
    whole = sorted(done)
    assert {"side by side", "mixtures", "machine"} < set(whole)
    assert len(whole) == len(warm.networks()) + 3
    done.clear()
    for number in range(3):
        before = len(done)
        warm.share(number, 3)
        assert len(done) > before
    assert sorted(done) == whole


def test_what_others_lost_is_made_up_for_in_the_end(done, monkeypatch):
    monkeypatch.setattr(warm, "shared", lambda processes: done.append(f"{processes} others"))
    warm.main(2)
    assert done[0] == "2 others"
    assert len(done) == 1 + len(warm.networks()) + 3
    done.clear()
    warm.main()
    assert "2 others" not in done
    assert len(done) == len(warm.networks()) + 3


def test_the_loops_that_look_for_mixtures_are_warmed(monkeypatch):
    used, loops = set(), mixture_search.loops()

    class Listening:
        def __getattr__(self, name):
            used.add(name)
            return getattr(loops, name)

    for module in (mixtures, mixture_search):
        monkeypatch.setattr(module, "loops", Listening)
    warm.name_mixtures()
    assert used == {"search", "mix"}
