"""All record kinds, by key, by reference prefix and in order."""

from __future__ import annotations

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.activity import ACTIVITY
from ropa_app.model.agreement import AGREEMENT
from ropa_app.model.field import RecordKind
from ropa_app.model.organisation import ORGANISATION
from ropa_app.model.party import PARTY
from ropa_app.model.supporting import (
    ASSESSMENT,
    DOCUMENT,
    MEASURE,
    NOTICE,
    REGISTER,
    REQUEST,
    RETENTION,
    SYSTEM,
    TERM,
)
from ropa_app.model.transfer import TRANSFER

ALL_KINDS = (
    ORGANISATION, ACTIVITY, PARTY, AGREEMENT, TRANSFER, RETENTION, MEASURE, SYSTEM, ASSESSMENT,
    DOCUMENT, NOTICE, REQUEST, TERM, REGISTER,
)  # fmt: skip
KINDS: dict[str, RecordKind] = {kind.key: kind for kind in ALL_KINDS}
BY_PREFIX: dict[str, RecordKind] = {kind.prefix: kind for kind in ALL_KINDS}


def kind_named(text: str) -> RecordKind:
    """The kind by its key, in the singular or plural. Raises UserError for another word."""
    word = text.strip().lower().replace("_", "-")
    for kind in ALL_KINDS:
        plurals = (f"{kind.key}s", f"{kind.key[:-1]}ies")
        if word == kind.key or word in plurals or word == kind.prefix.lower():
            return kind
    known = ", ".join(KINDS)
    raise UserError(
        _("There is no kind “{word}”; the kinds are {known}.").format(word=text, known=known)
    )


def split_reference(text: str) -> tuple[RecordKind, int] | None:
    """The kind and number of a reference such as ``A-012``; None if it is not one."""
    prefix, dash, digits = text.strip().upper().rpartition("-")
    kind = BY_PREFIX.get(prefix)
    if not dash or kind is None or not digits.isascii() or not digits.isdigit():
        return None
    return kind, int(digits)
