import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

import hopgui.ui
from hopgui.ui.look import icons
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.window.actions import MENUS

PACKAGE = Path(hopgui.ui.__file__).parent
pytestmark = pytest.mark.usefixtures("qapp")

DRAWERS = {"icon", "tinted", "pixmap"}


def inked(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )


def strongest(image: QImage) -> QColor:
    return max(
        (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())),
        key=QColor.alpha,
    )


def names_in_calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if called in DRAWERS and isinstance(first, ast.Constant):
                yield first.value


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_something_but_does_not_fill_its_square(name):
    image = icons.pixmap(name, "#000000", 20, 2).toImage()
    assert image.size() == QSize(40, 40)
    assert 40 < inked(image) < 1400


def test_every_name_in_the_program_has_a_drawing():
    called = {name for path in PACKAGE.rglob("*.py") for name in names_in_calls(path)}
    listed = {entry.icon for _, entries in MENUS for entry in entries if entry and entry.icon}
    assert called
    assert listed
    assert (called | listed) <= set(icons.names())


def test_an_unknown_name_raises():
    for draw in (lambda: icons.icon("no such", LIGHT), lambda: icons.tinted("no such", "#000000")):
        with pytest.raises(KeyError, match="no such"):
            draw()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_modes_wear_the_colours_of_the_theme(theme):
    icon = icons.icon("recall", theme)
    size = QSize(20, 20)

    def colour(mode, state):
        return strongest(icon.pixmap(size, 1.0, mode, state).toImage())

    assert colour(QIcon.Mode.Normal, QIcon.State.Off).name().upper() == theme.text.upper()
    assert colour(QIcon.Mode.Normal, QIcon.State.On).name().upper() == theme.act.upper()
    assert colour(QIcon.Mode.Selected, QIcon.State.Off).name().upper() == theme.act.upper()
    assert colour(QIcon.Mode.Disabled, QIcon.State.Off).alphaF() == pytest.approx(0.4, abs=0.02)


def test_twice_the_scale_is_drawn_and_not_stretched():
    pixmap = icons.icon("pencil", LIGHT).pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    drawn = icons.pixmap("pencil", QColor(LIGHT.text).name(QColor.NameFormat.HexArgb), 20, 2)
    assert pixmap.toImage() == drawn.toImage()


def test_one_icon_is_made_once():
    assert icons.icon("pencil", LIGHT) is icons.icon("pencil", LIGHT)
    assert icons.icon("pencil", LIGHT) is not icons.icon("pencil", DARK)


def test_the_licence_stands_beside_the_drawings():
    assert "ISC License" in (PACKAGE / "look" / "icons" / "LICENSE.txt").read_text(encoding="utf-8")
