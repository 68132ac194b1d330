"""Translation: English in the code is the key, one catalogue folder per further language.

A catalogue is a folder of JSON files, English text to translated text; they are read once, when
the language is first used.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache

from ropa_app.paths import resources
from ropa_app.pseudo import pseudo

LANGUAGES = ("en", "nb")
#: For trying whether everything can be said in one more language; not offered to users.
PSEUDO = "pseudo"
_current: ContextVar[str] = ContextVar("language", default="en")


def N_(text: str) -> str:  # noqa: N802 - the name translators' tools know
    """Mark a text for translation without translating it here."""
    return text


def set_language(language: str) -> None:
    """Use this language ("en", "nb" or "pseudo") for texts translated from now on."""
    if language not in (*LANGUAGES, PSEUDO):
        raise ValueError(language)
    _current.set(language)


def current_language() -> str:
    """The language in use, a code from LANGUAGES or PSEUDO."""
    return _current.get()


@lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str]:
    """All translated texts of a language by their English original; English has none."""
    texts: dict[str, str] = {}
    if language in LANGUAGES[1:]:
        folder = resources("i18n", language)
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            texts.update(json.loads(file.read_text(encoding="utf-8")))
    return texts


def translate(text: str, language: str) -> str:
    """The text in the language, or as it stands where nobody has translated it."""
    return pseudo(text) if language == PSEUDO else catalogue(language).get(text, text)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text that data files give by language, else its English through the catalogue."""
    return texts.get(language) or translate(texts.get("en", ""), language)


def _(text: str) -> str:
    """The text in the language in use."""
    return translate(text, _current.get())


def language_of_the_session() -> str:
    """"nb" or "en", from ROPA_LANGUAGE or the locale of the session; PSEUDO only if asked for."""
    if asked_for_pseudo():
        return PSEUDO
    for name in ("ROPA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "nb" if value[:2].lower() in ("nb", "no", "nn") else "en"
    return "en"


def asked_for_pseudo() -> bool:
    """True if ROPA_LANGUAGE asks for the pseudo-language, whatever else was chosen."""
    return os.environ.get("ROPA_LANGUAGE") == PSEUDO
