"""Bringing an old value of a field back, as a new edit."""

from __future__ import annotations

from ropa_app.i18n import _
from ropa_app.model.state import Redacted, Value
from ropa_ui.models.field_words import field_label, named, same
from ropa_ui.models.session import Session


def why_not(session: Session, record_id: str, key: str, value: Value) -> str:
    """Why a value cannot be brought back, in words; empty if it can."""
    record = session.view.records.get(record_id)
    if not session.writable:
        return _("The past cannot be changed; go back to today first.")
    if record is None or not record.kind.has(key):
        return _("This field cannot be brought back by itself.")
    if record.deleted:
        return _("The record is deleted; bring it back first.")
    if isinstance(value, Redacted):
        return _("The value was redacted; it is gone for good.")
    if same(record[key], value):
        return _("The field has this value now.")
    return ""


def write(session: Session, record_id: str, key: str, seen: Value, value: Value) -> bool:
    """Write a value that is brought back and say so, with Undo."""
    done = session.set_value(record_id, key, seen, value)
    if done:
        record = session.view.records[record_id]
        what = f"{field_label(session, record, key)}, {named(session, record)}"
        session.said.emit(_("Restored: {what}").format(what=what), True)
    return done
