"""What is said when records were deleted: how many, and what still uses them."""

from __future__ import annotations

from collections import Counter

from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.model.words import lower_first
from ropa_ui.models.session import Session


def deleted_words(session: Session, records: list[Record]) -> str:
    """“Deleted 1 record, still used in: activities 3, agreements 1”."""
    sources = {
        reference.source for record in records for reference in session.view.links_to(record.id)
    }
    kinds = Counter(session.view.records[source].kind_key for source in sources)
    used = ", ".join(
        f"{lower_first(_(KINDS[key].plural))} {count}" for key, count in kinds.most_common()
    )
    count = len(records)
    if count == 1:
        text = _("Deleted 1 record, still used in: {used}") if used else _("Deleted 1 record")
    else:
        text = (
            _("Deleted {count} records, still used in: {used}")
            if used
            else _("Deleted {count} records")
        )
    return text.format(count=count, used=used)
