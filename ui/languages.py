"""The languages of the window: what they call themselves, and speaking one of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale

from ropa_app.i18n import LANGUAGES, PSEUDO, current_language, set_language
from ropa_ui.qt_catalogue import QtCatalogue

#: The same whichever language the window speaks.
OWN_NAMES: Final = {"nb": "Norsk bokmål", "en": "English"}
_LOCALES: Final = {"en": "en_GB", "nb": "nb_NO", PSEUDO: "en_GB"}


def speak(language: str) -> None:
    """Say everything in a language from now on: our own words, Qt's, days, months and numbers.

    Windows that are open keep what they have said; they are made anew by who asks for this.
    """
    set_language(language)
    QLocale.setDefault(locale())
    QtCatalogue.give(language)


def locale() -> QLocale:
    """What knows the days, the alphabet and the numbers of the language of the window."""
    language = current_language()
    return QLocale(_LOCALES.get(language, language))


def number(count: int) -> str:
    """A number with its thousands apart, as the language writes it."""
    return locale().toString(count)


def offered_language() -> str:
    """The language of the window if a register may be kept in it, else English."""
    return current_language() if current_language() in LANGUAGES else LANGUAGES[0]
