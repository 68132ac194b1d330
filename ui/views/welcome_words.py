"""What the welcome page says of files and samples."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from ropa_app import clock
from ropa_app.i18n import N_, _, current_language
from ropa_app.model.dates import date_words

#: By the name of a sample: what it is called, and what it is.
SAMPLES: Final = {
    "smartgroup": ("SmartGroup AS", N_("From its published privacy policy of 15 Jan 2026")),
    "nordlys": (
        N_("Nordlys Handel AS (fictitious)"),
        N_("Complete: agreements, transfers, history"),
    ),
}


def when(path: Path) -> str:
    """The day a file was last changed, in words: today, yesterday, or the date."""
    try:
        stamp = path.stat().st_mtime
    except OSError:
        return ""
    now = clock.now().astimezone()
    day = datetime.fromtimestamp(stamp, tz=now.tzinfo).date()
    if (days := (now.date() - day).days) in (0, 1):
        return _("yesterday") if days else _("today")
    return date_words(day.isoformat(), current_language())
