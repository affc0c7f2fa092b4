"""Files are there whole, old or new, and nothing is left beside them."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hopgui.refusal import Refusal
from hopgui.session import atomic

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
SMALL_LIMIT = 4096


def files(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_file_holds_the_content_and_stands_alone(tmp_path: Path):
    target = tmp_path / "new.bin"
    atomic.write(target, b"\x00\xffabc")
    assert target.read_bytes() == b"\x00\xffabc"
    assert files(tmp_path) == ["new.bin"]


@pytest.mark.parametrize("content", [b"", b"x", b"y" * 3_000_000])
def test_an_old_file_is_replaced_whole(tmp_path: Path, content):
    target = tmp_path / "file"
    target.write_bytes(b"something longer or shorter")
    atomic.write(target, content)
    assert target.read_bytes() == content
    assert files(tmp_path) == ["file"]


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path):
    with pytest.raises(Refusal, match=r"^x\.csv could not be written: No such file"):
        atomic.write(tmp_path / "none" / "x.csv", b"x")
    assert files(tmp_path) == []


def test_a_folder_in_the_place_of_the_file_is_refused_and_no_draft_stays(tmp_path: Path):
    target = tmp_path / "taken"
    target.mkdir()
    (target / "inside").write_text("kept")
    with pytest.raises(Refusal, match="taken could not be written"):
        atomic.write(target, b"x")
    assert files(tmp_path) == ["taken"]
    assert (target / "inside").read_text() == "kept"


def test_a_name_too_long_for_the_file_system_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match="could not be written"):
        atomic.write(tmp_path / ("x" * 400), b"x")
    assert files(tmp_path) == []


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from hopgui.session import atomic
from hopgui.refusal import Refusal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    atomic.write(Path(sys.argv[1]), b"n" * {size})
except Refusal as refusal:
    print(refusal)
    sys.exit(5)
"""


@POSIX
def test_a_write_that_fails_in_its_middle_leaves_the_old_file_and_no_draft(tmp_path: Path):
    # The system refuses to let the file grow, as a full disk would.
    target = tmp_path / "precious"
    target.write_bytes(b"the old content")
    code = FULL_DISK.format(limit=SMALL_LIMIT, size=100 * SMALL_LIMIT)
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 5, done.stderr
    assert os.strerror(errno.EFBIG) in done.stdout
    assert target.read_bytes() == b"the old content"
    assert files(tmp_path) == ["precious"]


@POSIX
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_permissions_that_the_mask_leaves(tmp_path: Path, mask):
    before = os.umask(mask)
    try:
        atomic.write(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~mask


@POSIX
def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path):
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(Path("there") / "real")
    atomic.write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert files(tmp_path / "there") == ["real"]


@POSIX
def test_a_link_to_nothing_makes_the_file_it_points_to(tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to("later")
    atomic.write(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "later").read_bytes() == b"new"


def test_whoever_reads_meanwhile_finds_one_content_or_the_other(tmp_path: Path):
    target = tmp_path / "file"
    contents = [bytes([65 + number]) * 200_000 for number in range(3)]
    target.write_bytes(contents[0])
    seen: list[bytes] = []
    finished = threading.Event()

    def read():
        while not finished.is_set():
            seen.append(target.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(30):
            atomic.write(target, contents[number % 3])
    finally:
        finished.set()
        reader.join(timeout=30)
    assert seen
    assert set(seen) <= set(contents)
