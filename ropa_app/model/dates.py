"""Dates as people type and read them."""

from __future__ import annotations

import re
from datetime import date

from ropa_app.i18n import N_, translate

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_BOKMAAL = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
            "oktober", "november", "desember")  # fmt: skip
_BY_NAME = {name[:3].lower(): n for names in (MONTHS, _BOKMAAL) for n, name in enumerate(names, 1)}
_NUMBERS = re.compile(r"(\d{1,2})[./ ] ?(\d{1,2})[./ ] ?(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4})")


def read_date(text: str) -> str | None:
    """The ISO date a person typed, day before month; None if it is none or does not exist."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text).isoformat()
        if found := _NUMBERS.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day).isoformat()
        if found := _NAMED.fullmatch(text):
            name = found.group(2).lower()
            month = _BY_NAME.get(name[:3], 0)
            known = month and any(
                names[month - 1].lower().startswith(name) for names in (MONTHS, _BOKMAAL)
            )
            if known:
                return date(int(found.group(3)), month, int(found.group(1))).isoformat()
    except ValueError:
        return None
    return None


def date_words(iso: str, language: str) -> str:
    """A date for reading: ``24 Nov 2026``, in bokmål ``24.11.2026``."""
    day = date.fromisoformat(iso)
    if language == "nb":
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    month = translate(MONTHS[day.month - 1], language)
    return f"{day.day} {month[:3] if language == 'en' else month} {day.year}"


def long_date_words(day: date, language: str) -> str:
    """A date in full: ``24 November 2026``, in bokmål ``24. november 2026``."""
    month = translate(MONTHS[day.month - 1], language)
    dot = "." if language == "nb" else ""
    return f"{day.day}{dot} {month} {day.year}"
