"""What was done to the register in the last seven days, read from the end of its log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from ropa_app.clock import zone_named
from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_app.model.kinds import KINDS, split_reference
from ropa_app.model.state import decode
from ropa_app.register.history import FieldChange, value_words
from ropa_app.register.log import Operation
from ropa_app.register.told import told_words
from ropa_ui.languages import locale
from ropa_ui.models.session import Session

MOST = 5
DAYS = 7
COUNTED = 200  # operations looked at; a busier week is told as “200+”
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One operation in words: `record` is its id where it was about one, else empty."""

    kind: str
    record: str
    words: str
    when: str
    detail: str


def this_week(session: Session) -> tuple[list[Change], str]:
    """The newest operations of the week, and how many there were in all; "" if none."""
    found = list(islice(_operations(session), COUNTED + 1))
    count = f"{COUNTED}+" if len(found) > COUNTED else str(len(found) or "")
    return [_change(session, operation) for operation in found[:MOST]], count


def _operations(session: Session) -> Iterator[Operation]:
    """Newest first, one by one from the end, as far as they are of the last seven days."""
    since = session.view.day - timedelta(days=DAYS - 1)
    for seq in range(session.register.head().operation, 0, -1):
        operation = session.register.operation(seq)
        moment = _moment(operation.at, session.view.zone)
        if moment is None or moment.date() < since:
            return
        yield operation


def _moment(at: str, zone: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at).astimezone(zone_named(zone))
    except (ValueError, OverflowError):
        return None


def _change(session: Session, operation: Operation) -> Change:
    told = _told(operation.label)
    reference = str(told.get("ref", ""))
    split = split_reference(reference)
    record = session.view.by_ref(reference) if split else None
    kind = split[0].key if split else str(told.get("kind", ""))
    moment = _moment(operation.at, session.view.zone)
    return Change(
        kind if kind in KINDS else "",
        record.id if record and not record.deleted else "",
        told_words(session.register, operation, session.view, session.words),
        when_words(moment, session.view.day) if moment else "",
        _detail(session, operation) if told.get("do") == "set" else operation.who,
    )


def _told(label: str) -> dict[str, object]:
    """What the label of an operation tells; nothing if another program has spoilt it."""
    try:
        told = json.loads(label)
    except (ValueError, TypeError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _detail(session: Session, operation: Operation) -> str:
    """Old and new value of a single changed field, where both are short."""
    rows = list(islice(session.register.rows("op = ?", (operation.seq,)), 2))
    known = session.view.records.get(rows[0].record) if len(rows) == 1 else None
    if known is None:
        return operation.who
    row = rows[0]
    change = FieldChange(row.record, known.ref, row.field, decode(row.old), decode(row.new))
    _label, old, new = value_words(change, session.view, session.words)
    if not old and new and len(new) <= _LONGEST and "\n" not in new:
        return _("now {new}").format(new=new)
    if "\n" in old + new or len(old) + len(new) > _LONGEST or not new:
        return operation.who
    return f"{old} → {new}"


def when_words(moment: datetime, today: date) -> str:
    """A moment of the last days: “Today 09:12”, “Friday 11:05”."""
    time, days = f"{moment:%H:%M}", (today - moment.date()).days
    if days == 0:
        return _("Today {time}").format(time=time)
    if days == 1:
        return _("Yesterday {time}").format(time=time)
    if 0 < days < DAYS:
        return f"{weekday(moment.date())} {time}"
    return f"{date_words(moment.date().isoformat(), current_language())} {time}"


def weekday(day: date) -> str:
    """The name of a day of the week, beginning with a capital letter."""
    name = locale().dayName(day.isoweekday())
    return name[:1].upper() + name[1:]
