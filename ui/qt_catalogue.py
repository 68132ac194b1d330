"""Qt's own words, those of file dialogs, context menus and keys, in the language of the window.

Qt has no bokmål for them, so resources/i18n/qt brings it: by context, then by English text. It is
given to Qt in the form Qt itself reads (.qm, made in memory), because Qt also asks for words
from threads of its own, where nothing may wait for Python.
"""

from __future__ import annotations

import json
import struct
from typing import Final

from PySide6.QtCore import QCoreApplication, QTranslator

from ropa_app.i18n import PSEUDO
from ropa_app.paths import resources
from ropa_app.pseudo import pseudo

_MAGIC: Final = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69  # the two parts of such a file that are needed
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7  # the parts of a message
#: Keys are written on the keyboard, and Qt reads the words of some of them as keys.
_AS_THEY_ARE: Final = ("QShortcut", "QCocoaMenuItem")


def qt_texts(language: str) -> dict[tuple[str, str], str]:
    """Qt's texts in the language by context and English; none where nobody has brought them."""
    file = resources("i18n", "qt", f"{'nb' if language == PSEUDO else language}.json")
    if not file.is_file():
        return {}
    contexts: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    texts = {(context, text): said for context, part in contexts.items()
             for text, said in part.items()}  # fmt: skip
    if language == PSEUDO:
        return {key: pseudo(key[1]) for key in texts if not _is_key(*key)}
    return texts


def _is_key(context: str, text: str) -> bool:
    return context in _AS_THEY_ARE or text.startswith("Alt+")


class QtCatalogue:
    """What Qt has been given to speak with; one per application."""

    given: QTranslator | None = None
    data = b""  # Qt reads in it, so it stays

    @classmethod
    def give(cls, language: str) -> None:
        """Have Qt speak this language from now on."""
        if cls.given is not None:
            QCoreApplication.removeTranslator(cls.given)
            cls.given = None
        texts = qt_texts(language)
        if texts:
            translator, data = QTranslator(), compiled(texts)
            translator.load(data)
            QCoreApplication.installTranslator(translator)
            cls.given, cls.data = translator, data


def compiled(texts: dict[tuple[str, str], str]) -> bytes:
    """A catalogue as Qt reads it: messages, and where each stands by the hash of its English."""
    messages, places = bytearray(), []
    for (context, text), said in texts.items():
        places.append((_hash(text.encode()), len(messages)))
        messages += _part(_TRANSLATION, said.encode("utf-16-be"))
        messages += _part(_SOURCE, text.encode())
        messages += _part(_CONTEXT, context.encode())
        messages.append(_END)
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    return _MAGIC + _part(_HASHES, hashes) + _part(_MESSAGES, bytes(messages))


def _part(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _hash(text: bytes) -> int:
    """The hash Qt looks a text up by (that of ELF symbols)."""
    value = 0
    for byte in text:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value or 1
