"""One start, to be timed from outside: prints the clock when the first window has been painted.

``_start.py program`` starts what main.py starts; ``_start.py empty`` opens an empty window after
the same imports.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # as for main.py, which stands there

SIZE = 1280, 800


def when_painted(act: Callable[[], None]) -> Callable[[], int]:
    """Return an event loop that acts once, after the first paint event of a window's centre."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    loop = QApplication.exec

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, act)  # when the frame has gone to the screen
            return False

    def execute(*_application: object) -> int:
        watch = Watch()
        window = next(each for each in QApplication.topLevelWidgets() if each.isVisible())
        pad = getattr(window, "pad", None)
        watched = pad.view if pad is not None else window
        assert isinstance(window, QMainWindow)
        watched.installEventFilter(watch)
        return int(loop())

    return execute


def tell_and_quit() -> None:
    from PySide6.QtWidgets import QApplication

    print(time.monotonic(), flush=True)
    QApplication.closeAllWindows()


def start_program() -> int:
    from PySide6.QtWidgets import QApplication

    from hopgui.__main__ import main

    QApplication.exec = when_painted(tell_and_quit)
    return main([])


def start_empty() -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow

    import hopgui.__main__
    import hopgui.app  # noqa: F401 - the same imports as the program

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    return when_painted(tell_and_quit)(app)


if __name__ == "__main__":
    sys.exit(start_program() if sys.argv[1] == "program" else start_empty())
