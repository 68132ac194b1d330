"""Whether everything is saved, said at the foot and, where the file is gone, under the toolbar."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ropa_app.i18n import _

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow


def follow(window: MainWindow) -> None:
    """Keep saying how things stand."""
    session, tell = window.session, partial(say, window)
    session.unsaved.changed.connect(tell)
    session.replaced.connect(tell)
    session.returned.connect(tell)
    window.navigation.unsaved_asked.connect(partial(lead, window))


def say(window: MainWindow, *_what: str) -> None:
    """Say how things stand now."""
    session = window.session
    count = len(session.unsaved)
    words = _("All changes saved")
    if count:
        words = _("Not saved yet: {count}").format(count=count)
    elif session.displaced:
        words = _("Nothing can be saved")
    window.navigation.say_saved(words, good=not (count or session.displaced))
    strip = _("The register no longer lies at {path}. What you type is kept, not saved.")
    window.displaced.say(strip.format(path=session.path) if session.displaced else "")


def lead(window: MainWindow) -> None:
    """Go to the field that has waited longest; where the file itself is gone, say what to do."""
    first = window.session.unsaved.first()
    if first is not None:
        window.go_to(first.record, first.field)
    elif window.session.displaced:
        window.displaced.asked.emit()
