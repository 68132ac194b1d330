"""Provisions as a reader of each language expects to see them cited.

In declarations and rules a provision of the GDPR is written bare, as in ``28(3)(h)``, several
separated by commas; anything else (``DPA 2018 Sch. 1 para. 41``) is cited as it stands.
"""

from __future__ import annotations

import re

from ropa_app.i18n import N_, translate

_SINGLE = r"\d+[A-Z]?(?:\([0-9a-z]+\))*"
_GDPR = re.compile(rf"{_SINGLE}(?:[–-]{_SINGLE})?")
_RECITAL = re.compile(r"recitals? (.+)")
_INNER = re.compile(r"\(([0-9a-z]+)\)")


def article_words(article: str, language: str) -> str:
    """A provision in words: ``Art. 28(3)(h)``, in bokmål ``art. 28 nr. 3 h``; empty stays empty.

    Several are joined: ``Art. 4(7), 4(8)``, in bokmål ``art. 4 nr. 7, art. 4 nr. 8``.
    """
    said: list[str] = []
    follows = False
    for piece in filter(None, (part.strip() for part in article.split(","))):
        if _GDPR.fullmatch(piece):
            said.append(_gdpr(piece, language, follows))
            follows = True
            continue
        follows = False
        recital = _RECITAL.fullmatch(piece)
        template = translate(N_("recital {number}"), language)
        said.append(template.format(number=recital[1]) if recital else piece)
    return ", ".join(said)


def _gdpr(piece: str, language: str, follows: bool) -> str:
    """One provision; but for bokmål, “Art.” is said once for those that follow each other."""
    if language == "nb":
        words = _INNER.sub(lambda found: _numbered(found[1]), piece)
    elif follows:
        return piece
    else:
        words = piece
    return translate(N_("Art. {number}"), language).format(number=words)


def _numbered(inner: str) -> str:
    """Paragraph and point as Norwegian law cites them: “nr. 3” and “h”."""
    return f" nr. {inner}" if inner.isdigit() else f" {inner}"
