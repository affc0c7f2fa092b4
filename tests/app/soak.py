"""The real window under thousands of random events: it must neither fail, warn nor grow.

Run by itself it goes on for as many events as one likes: ``python tests/app/soak.py --events
500000``. The same seed and the same number make the same events; what the clock decides (how far a
run has come when the next one arrives) differs from time to time.
"""

import argparse
import ctypes
import faulthandler
import gc
import json
import os
import sys
import tempfile
import threading
import traceback
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from random_hands import RandomHands
from tour import go_around, linger

from hopgui.app import Lab
from hopgui.session.library import first_session

MOST_FAULTS = 20


def resident() -> int:
    """Return the memory that this process holds, in bytes, once what is free was given back."""
    gc.collect()
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def soak(events: int, seed: int) -> dict[str, object]:
    """Open the window, do so many things, and tell what happened.

    Returns
    -------
    dict
        ``events`` done, ``faults``, and ``memory`` in megabytes after each eighth of the events.
    """
    faulthandler.enable()
    app = QApplication(["hopgui"])
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "soak.ini"), QSettings.Format.IniFormat)
        settings.setValue("speed", "inf")
        settings.setValue("theme", "light")
        lab = Lab(app, first_session(), settings)
        hands = RandomHands(lab, seed)
        _listen(hands)
        lab.runner.warm()
        lab.window.resize(1280, 800)
        lab.window.show()
        lab.window.activateWindow()
        linger(0.5)
        go_around(lab)
        memory = []
        parts = 8
        for _ in range(parts):
            hands.go(events // parts)
            try:
                hands.come_to_rest()
            except Exception:  # noqa: BLE001 - this is what is looked for
                hands.fault(traceback.format_exc())
            memory.append(round(resident() / 2**20, 1))
            print(f"{hands.done} events, {memory[-1]} MB", file=sys.stderr, flush=True)
            if len(hands.faults) > MOST_FAULTS:
                break
        hands.stop()
        faulthandler.cancel_dump_traceback_later()
        lab.window.hold(held=False)  # nobody is there to say what is to be saved
        lab.window.close()
        lab.close()
        # Off screen Qt keeps what was copied past Python's end, and falls when it is let go there.
        QApplication.clipboard().clear()
        settings.sync()
    qInstallMessageHandler(None)
    return {"events": hands.done, "faults": hands.faults, "memory": memory}


def _listen(hands: RandomHands) -> None:
    """Take every exception and every warning down as a fault."""

    def hear(_kind: object, _context: object, message: str) -> None:
        if "This plugin does not support" not in message:
            hands.fault(f"Qt: {message}")

    def catch(kind: type, value: BaseException, trace: object) -> None:
        hands.fault("".join(traceback.format_exception(kind, value, trace)))

    qInstallMessageHandler(hear)
    sys.excepthook = catch
    sys.unraisablehook = lambda it: catch(it.exc_type, it.exc_value, it.exc_traceback)
    threading.excepthook = lambda it: catch(it.exc_type, it.exc_value, it.exc_traceback)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    told = soak(chosen.events, chosen.seed)
    print(json.dumps(told))
    for fault in told["faults"]:
        print(fault, file=sys.stderr)
    return 1 if told["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
