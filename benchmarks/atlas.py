"""How smooth the window is while a census runs on all cores.

Opens the atlas at 1440 × 900 on 28 × 28 with 20 random memories, has censuses of 10 000 falls
follow each other and recalls repeat on the pad, and watches the window for some seconds (ten, or
the number given).
"""

import sys
import tempfile
from pathlib import Path

from _documents import random_document
from _screen import screen
from _watch import Watch
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from hopgui.app import Lab

WARM_UP = 5.0  # seconds, in which the kernels are loaded and the first census made
LEAST_FRAMES, MOST_DELAY = 50, 20
SPEED = 1000.0  # updates a second on the pad: every frame has something new


def main(seconds: float) -> int:
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        lab = Lab(app, random_document(28, 20), settings)
        lab.window.resize(1440, 900)
        lab.window.show()
        lab.player.set_repeat_pause(0.0)
        lab.player.set_speed(SPEED)
        lab.runner.warm()
        lab.window.docks.atlas.open()
        view = lab.window.docks.atlas.panel
        censuses = 0

        def fall_again() -> None:
            nonlocal censuses
            button = view.controls.strip.begin_button
            if button.text() == "Let them fall":
                censuses += 1
                button.click()

        again = QTimer(lab)
        again.timeout.connect(fall_again)
        again.start(20)
        watch = Watch(lab, LEAST_FRAMES, MOST_DELAY)
        QTimer.singleShot(500, lambda: lab.player.set_repeat(True))
        QTimer.singleShot(round(1000 * WARM_UP), watch.begin)
        QTimer.singleShot(round(1000 * (WARM_UP + seconds)), app.quit)
        app.exec()
        again.stop()
        reached = watch.report()
        print(f"censuses of 10 000 falls       {censuses:8d} in {WARM_UP + seconds:.0f} s")
        lab.window.close()
    return 0 if reached else 1


if __name__ == "__main__":
    with screen():
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
