"""Copies against a crash: one a window, found when its owner is gone, and whole."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hopgui.refusal import Refusal
from hopgui.session import store
from hopgui.session.library import first_session
from hopgui.session.lock import Lock
from hopgui.session.recovery import Copies, Recovery, Unsaved

ROOT = Path(__file__).parents[2]

DIES = """
import os, signal, sys
from pathlib import Path
from hopgui.session.library import first_session
from hopgui.session.recovery import Recovery, Unsaved
recovery = Recovery(Path(sys.argv[1]))
recovery.keep(Unsaved(first_session(seed=int(sys.argv[2])), Path("/talks/a.hopgui")))
os.kill(os.getpid(), signal.SIGKILL)
"""


def die(folder, seed):
    """Keep a document in a process of its own, and end it as a power cut would."""
    code = [sys.executable, "-c", DIES, str(folder), str(seed)]
    assert subprocess.run(code, cwd=ROOT, check=False).returncode != 0  # noqa: S603


def seeds(recovery):
    found = list(recovery.lost())
    for lost in found:
        lost.lock.release()
    return [lost.unsaved.session.seed for lost in found]


def lose(folder, seed):
    """Keep a document, and let the lock go as the system does when a process ends."""
    recovery = Recovery(folder)
    recovery.keep(Unsaved(first_session(seed=seed)))
    os.close(recovery._lock._descriptor)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "recovery"


def test_nothing_is_made_before_there_is_something_to_keep(folder):
    recovery = Recovery(folder)
    assert list(recovery.lost()) == []
    recovery.close()
    assert not folder.exists()


def test_what_a_killed_process_kept_is_found_whole_with_its_file(folder):
    die(folder, 5)
    (lost,) = Recovery(folder).lost()
    assert store.encode(lost.unsaved.session) == store.encode(first_session(seed=5))
    assert lost.unsaved.home == Path("/talks/a.hopgui")
    assert lost.time > 0
    lost.lock.release()


def test_the_copies_of_windows_that_live_are_left_alone(folder):
    mine, other = Recovery(folder), Recovery(folder)
    mine.keep(Unsaved(first_session(seed=1)))
    other.keep(Unsaved(first_session(seed=2)))
    assert seeds(mine) == seeds(other) == seeds(Recovery(folder)) == []
    mine.close()
    other.close()
    assert list(folder.iterdir()) == []


def test_a_lost_document_is_offered_by_one_window_at_a_time(folder):
    lose(folder, 5)
    first = list(Recovery(folder).lost())
    assert len(first) == 1
    assert seeds(Recovery(folder)) == []
    first[0].lock.release()
    assert seeds(Recovery(folder)) == [5]


def test_the_newest_lost_document_comes_first(folder):
    for age, seed in ((300, 1), (100, 2), (200, 3)):
        lose(folder, seed)
        newest = max(folder.glob("*.hopgui"), key=lambda file: file.stat().st_ctime_ns)
        os.utime(newest, (1e9 - age, 1e9 - age))
    assert seeds(Recovery(folder)) == [2, 3, 1]


def test_what_is_forgotten_is_gone(folder):
    lose(folder, 5)
    recovery = Recovery(folder)
    (lost,) = recovery.lost()
    recovery.forget(lost)
    assert seeds(recovery) == []
    assert list(folder.iterdir()) == []


def test_a_window_closed_in_order_leaves_nothing(folder):
    recovery = Recovery(folder)
    recovery.keep(Unsaved(first_session()))
    recovery.close()
    recovery.close()
    assert list(folder.iterdir()) == []


def test_what_is_saved_needs_no_copy(folder):
    recovery = Recovery(folder)
    recovery.keep(Unsaved(first_session()))
    recovery.keep(None)
    assert not list(folder.glob("*.hopgui"))
    recovery.close()


def test_every_document_of_a_window_has_a_copy_of_its_own(folder):
    copies = Copies(folder)
    one, other = Unsaved(first_session(seed=1)), Unsaved(first_session(seed=2))
    copies.keep({0: one, 3: other})
    assert sorted(store.read(copy).seed for copy in folder.glob("*.hopgui")) == [1, 2]
    copies.keep({3: other})
    (copy,) = folder.glob("*.hopgui")
    assert store.read(copy).seed == 2
    copies.keep({})
    assert list(folder.iterdir()) == []


def test_a_document_that_did_not_change_is_not_written_again(folder):
    copies = Copies(folder)
    session = first_session()
    copies.keep({0: Unsaved(session)})
    (copy,) = folder.glob("*.hopgui")
    written = copy.stat().st_ino
    copies.keep({0: Unsaved(session)})
    assert copy.stat().st_ino == written
    copies.keep({0: Unsaved(session, Path("/talks/a.hopgui"))})
    assert copy.stat().st_ino != written
    copies.close()
    assert list(folder.iterdir()) == []


def test_one_document_that_cannot_be_kept_does_not_keep_the_others_from_it(folder, monkeypatch):
    copies = Copies(folder)
    copies.keep({0: Unsaved(first_session(seed=1))})
    written, encode = Unsaved(first_session(seed=3)), store.encode
    large = Unsaved(first_session(seed=2))

    refusal = Refusal("This session is too large.")

    def too_large(session, beside=None):
        if session is large.session:
            raise refusal
        return encode(session, beside)

    monkeypatch.setattr(store, "encode", too_large)
    with pytest.raises(Refusal, match="too large"):
        copies.keep({5: large, 6: written})
    assert sorted(store.read(copy).seed for copy in folder.glob("*.hopgui")) == [1, 3]
    copies.close()


def test_a_copy_that_cannot_be_read_is_left_and_the_others_are_offered(folder):
    lose(folder, 5)
    (folder / "broken.hopgui").write_bytes(b"nonsense")
    recovery = Recovery(folder)
    assert seeds(recovery) == [5]
    assert (folder / "broken.hopgui").exists()
    (why,) = recovery.unread
    assert str(why) == (
        f"A document that was lost cannot be read, and stays in {folder}: "
        "broken.hopgui is no HopGUI session, or it is damaged."
    )
    (folder / "broken.hopgui").unlink()
    assert seeds(recovery) == [5]
    assert recovery.unread == []


def test_a_session_that_somebody_put_among_the_copies_is_offered(folder):
    folder.mkdir(parents=True)
    store.write(folder / "mine.hopgui", first_session(seed=3))
    assert seeds(Recovery(folder)) == [3]


def test_old_drafts_are_swept_up_and_new_ones_are_not(folder):
    lose(folder, 5)
    old, new = folder / ".hopgui-0.tmp", folder / ".hopgui-1.tmp"
    for draft in (old, new):
        draft.write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    seeds(Recovery(folder))
    assert not old.exists()
    assert new.exists()


def test_a_copy_that_cannot_be_written_is_refused_and_the_one_before_stays(folder, monkeypatch):
    recovery = Recovery(folder)
    recovery.keep(Unsaved(first_session(seed=1)))

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Refusal, match="No copy can be kept against a crash: No space left"):
            recovery.keep(Unsaved(first_session(seed=2)))
    os.close(recovery._lock._descriptor)
    assert seeds(Recovery(folder)) == [1]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match="No copy can be kept"):
        Recovery(tmp_path / "file" / "recovery").keep(Unsaved(first_session()))


def test_an_autosaved_copy_opens_like_any_session(folder):
    recovery = Recovery(folder)
    session = replace(first_session(), title="Talk")
    recovery.keep(Unsaved(session, Path("x.hopgui")))
    (copy,) = folder.glob("*.hopgui")
    assert store.read(copy).title == "Talk"
    recovery.close()


def test_a_lock_is_held_until_it_is_released(tmp_path):
    path = tmp_path / "lock"
    lock = Lock.take(path)
    assert lock is not None
    assert Lock.take(path) is None
    lock.release()
    assert not path.exists()
    again = Lock.take(path)
    assert again is not None
    again.release()
