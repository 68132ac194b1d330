"""Which records are about something that is over on a day: ended, expired, replaced or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ropa_app.model.record import Record, day_of
from ropa_app.model.state import Value
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import OVER, agreement_status

# The day after which a record of the kind no longer applies, and the day from which it does not.
_LAST_DAY: Mapping[str, str] = {
    "activity": "ended", "transfer": "to", "system": "to", "document": "valid_to",
}  # fmt: skip
_FIRST_DAY_WITHOUT: Mapping[str, str] = {"notice": "replaced"}
# What says the same without a day.
_SAID: Mapping[str, tuple[tuple[str, str], ...]] = {
    "activity": (("processing_status", "ended"), ("status", "retired")),
    "measure": (("status", "ended"),),
    "assessment": (("status", "outdated"),),
}


def is_over(record: Record, day: date, view: View | None = None) -> bool:
    """True if the record was deleted, or what it is about is over on the day.

    `view` finds the agreement that took the place of one; without it none is known to have.
    """
    if record.kind_key == "agreement":
        status = agreement_status(record, day, 0, view).status
        return bool(record.deleted) or status in OVER
    if record.deleted or any(record.text(key) == term for key, term in _said(record)):
        return True
    last = _day(record, _LAST_DAY)
    without = _day(record, _FIRST_DAY_WITHOUT)
    return (last is not None and last < day) or (without is not None and without <= day)


def line_ended(record: Record, line: Mapping[str, Value], day: date) -> date | None:
    """The last day of a line of a record, or of the record itself, if that was before the day."""
    own = _day(record, _LAST_DAY)
    last = min((end for end in (own, day_of(line.get("to"))) if end), default=None)
    return last if last is not None and last < day else None


def _said(record: Record) -> tuple[tuple[str, str], ...]:
    return _SAID.get(record.kind_key, ())


def _day(record: Record, keys: Mapping[str, str]) -> date | None:
    key = keys.get(record.kind_key)
    return record.day(key) if key else None
