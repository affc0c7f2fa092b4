"""How smooth the whole window is while recalls follow each other without a pause.

Opens the window at 1440 × 900 with 100 random memories on 128 × 128, speed unlimited, *Repeat*
without a pause, and watches it for some seconds (ten, or the number given): frames that the pad
paints, how late a timer of 4 ms comes, recalls, and the most memory the program has held.
"""

import math
import sys
import tempfile
from pathlib import Path

from _documents import random_document
from _screen import screen
from _watch import Watch
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from hopgui.app import Lab

WARM_UP = 3.0  # seconds, in which the kernels are loaded and the first recalls made
LEAST_FRAMES, MOST_DELAY = 55, 16


def main(seconds: float) -> int:
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        lab = Lab(app, random_document(128, 100), settings)
        lab.window.resize(1440, 900)
        lab.window.show()
        lab.player.set_repeat_pause(0.0)
        lab.player.set_speed(math.inf)
        lab.runner.warm()
        watch = Watch(lab, LEAST_FRAMES, MOST_DELAY)
        QTimer.singleShot(500, lambda: lab.player.set_repeat(True))
        QTimer.singleShot(round(1000 * WARM_UP), watch.begin)
        QTimer.singleShot(round(1000 * (WARM_UP + seconds)), app.quit)
        app.exec()
        reached = watch.report()
        lab.window.close()
    return 0 if reached else 1


if __name__ == "__main__":
    with screen():
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
