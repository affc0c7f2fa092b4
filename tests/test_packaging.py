"""What the desktop is told of session files is what session files are."""

import configparser
import xml.etree.ElementTree as ET
from pathlib import Path

from hopgui.session import store
from hopgui.session.library import first_session
from hopgui.session.session import SUFFIX

FOLDER = Path(__file__).parents[1] / "packaging"
NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}


def test_the_mime_type_matches_a_session_by_name_and_by_content():
    kind = ET.parse(FOLDER / "hopgui.xml").find("mime:mime-type", NAMESPACE)  # noqa: S314 - ours
    assert kind.get("type") == store.MEDIA_TYPE
    assert kind.find("mime:glob", NAMESPACE).get("pattern") == f"*{SUFFIX}"
    content = store.encode(first_session())
    matches = kind.findall(".//mime:match", NAMESPACE)
    assert len(matches) == 2
    for match in matches:
        value = match.get("value").encode().decode("unicode_escape").encode()
        assert content[int(match.get("offset")) :].startswith(value)


def test_the_desktop_file_opens_sessions():
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.read(FOLDER / "hopgui.desktop", encoding="utf-8")
    entry = desktop["Desktop Entry"]
    assert entry["Exec"] == "hopgui %f"
    assert entry["MimeType"] == f"{store.MEDIA_TYPE};"
