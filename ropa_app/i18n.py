"""Translation: English in the code is the key, one catalogue folder per further language.

A catalogue is a folder of JSON files, English text to translated text; they are read once, when
the language is first used.
"""

from __future__ import annotations

import json
import os
from contextvars import ContextVar
from functools import lru_cache

from ropa_app.paths import resources

LANGUAGES = ("en", "nb")
_current: ContextVar[str] = ContextVar("language", default="en")


def N_(text: str) -> str:  # noqa: N802 - the name translators' tools know
    """Mark a text for translation without translating it here."""
    return text


def set_language(language: str) -> None:
    """Use this language ("en" or "nb") for texts translated from now on."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _current.set(language)


def current_language() -> str:
    """The language in use, a code from LANGUAGES."""
    return _current.get()


@lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str]:
    """All translated texts of a language by their English original; empty for English."""
    texts: dict[str, str] = {}
    if language != "en":
        folder = resources("i18n", language)
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            texts.update(json.loads(file.read_text(encoding="utf-8")))
    return texts


def translate(text: str, language: str) -> str:
    """The text in the language, or as it stands where nobody has translated it."""
    return catalogue(language).get(text, text)


def _(text: str) -> str:
    """The text in the language in use."""
    return translate(text, _current.get())


def language_of_the_session() -> str:
    """"nb" or "en", from ROPA_LANGUAGE or the locale of the session."""
    for name in ("ROPA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "nb" if value[:2].lower() in ("nb", "no", "nn") else "en"
    return "en"
