"""Whom and what a summary for customers is about; nothing meant for the organisation alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeGuard

from ropa_app.model.field import Field
from ropa_app.model.record import Record
from ropa_app.model.state import Value
from ropa_app.register.view import View

#: People who have to do with the organisation otherwise than as its customers or public.
OTHERS = frozenset({
    "employees", "former-employees", "job-applicants", "referees", "next-of-kin",
    "contractors-and-temporary-staff", "trainees", "volunteers", "board-members", "shareholders",
    "supplier-contacts", "public-officials", "journalists-and-media", "whistleblowers",
    "people-reported", "users-of-customers",
})  # fmt: skip


def public(view: View) -> View:
    """The same register without what is marked confidential; the one place that decides it."""
    records = [_public(record) for record in view.records.values()]
    return View(records, view.day, view.head, view.file_name)


def _public(record: Record) -> Record:
    fields = record.kind.by_key
    values = {
        key: _shown(fields[key], value) if key in fields else value
        for key, value in record.values.items()
    }
    return replace(record, values={k: value for k, value in values.items() if value is not None})


def _shown(field: Field, value: Value) -> Value:
    """A value without confidential columns; nothing if the field itself is confidential."""
    if field.confidential:
        return None
    secret = {column.key for column in field.columns if column.confidential}
    if not secret:
        return value
    if isinstance(value, list):
        return [_without(item, secret) for item in value]
    return _without(value, secret)


def _without(value: Value, secret: set[str]) -> Value:
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if key not in secret}


def concerns_customers(activity: Record, sent: Collection[str] = ()) -> bool:
    """False for work done for others (Art. 28) and where all people are known to be others.

    `sent`: the categories of data a transfer is known to be of; then it is about those people
    whose data of that kind the activity holds, about all of them where it holds none.
    """
    if activity["role"] == "processor":
        return False
    lines = activity.lines("data")
    concerned = [line for line in lines if _may_hold(line, sent)] or lines
    return not lines or any(line.get("subject") not in OTHERS for line in concerned)


def _may_hold(line: Mapping[str, Value], sent: Collection[str]) -> bool:
    held = line.get("categories")
    return not all_known(held) or not set(sent).isdisjoint(held)


def all_known(value: Value) -> TypeGuard[list[str]]:
    """True for a list of terms with none of them open or as typed."""
    return isinstance(value, list) and bool(value) and all(isinstance(i, str) for i in value)
