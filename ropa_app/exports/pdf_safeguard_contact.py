"""Where a customer may write and complain (Art. 12(2), 13(2)(d))."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ropa_app.model.record import Record
from ropa_app.model.state import is_value
from ropa_app.model.words import Words

# The matter is free text. An authority for data protection is told by these words, one that
# supervises something else by those; what says neither is taken for data protection.
_DATA = re.compile(r"personal|personvern|privacy|data|gdpr|complain|klage", re.IGNORECASE)
_OTHER = re.compile(
    r"marketing|markedsf|consumer|forbruk|competition|konkurranse|cookie|informasjonskaps"
    r"|electronic|elektronisk|telecom|ekom|financ|finans",
    re.IGNORECASE,
)
# Names of bodies that English puts an article before.
_BODY = re.compile(
    r"\b(office|authority|commission|commissioner|agency|inspectorate|board|ombudsman)\b",
    re.IGNORECASE,
)


def contact(organisations: Sequence[Record]) -> str:
    """Where to write about personal data; empty if no address is recorded."""
    found = [r.text("privacy_email") or r.text("email") for r in organisations]
    return ", ".join(dict.fromkeys(address for address in found if address))


def authorities(words: Words, organisations: Sequence[Record], regime: str) -> list[str]:
    """The data protection authority of each organisation under the regime, each once."""
    names = [_authority(record, regime) for record in organisations]
    return list(dict.fromkeys(_with_article(words, name) for name in names if name))


def _authority(record: Record, regime: str) -> str:
    """The first authority of the regime that supervises data protection; empty if none does."""
    lines = [line for line in record.lines("supervisory_authorities")
             if line.get("regime") in (regime, None) and is_value(line.get("authority"))
             ]  # fmt: skip
    for line in lines:
        matter = line.get("matter")
        said = matter if isinstance(matter, str) else ""
        if _DATA.search(said) or not _OTHER.search(said):
            return str(line["authority"])
    return ""


def _with_article(words: Words, name: str) -> str:
    """“the Information Commissioner's Office”, as English has it."""
    plain = words.language != "en" or name.lower().startswith("the ") or not _BODY.search(name)
    return name if plain else f"the {name}"
