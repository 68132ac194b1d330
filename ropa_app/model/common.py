"""Fields that more than one kind of record has."""

from __future__ import annotations

from typing import Any

from ropa_app.model.declare import N_, lines, link, period_of, plain, term
from ropa_app.model.field import Field

SOURCE_SECTION = ("source", N_("Source and notes"))

COMMON = (
    plain("texts", "former_names", N_("Former names"), N_("Other names this record is or was known by, such as the name of a record merged into it."), section="source"),
    lines("source", N_("Source"), N_("Where what stands in this record comes from."),
        plain("text", "document", N_("Document"), N_("Name of the document or page.")),
        plain("text", "section", N_("Section"), N_("Section, paragraph or page.")),
        plain("date", "date", N_("Dated"), N_("Date of the document.")),
        link("record", "document notice", N_("Document or notice"), N_("The document or notice in this register.")),
        section="source"),
    plain("long_text", "note", N_("Note"), N_("Anything worth remembering; not printed for customers."), section="source", confidential=True),
)  # fmt: skip


def period(key: str, label: str, help_text: str, **more: Any) -> Field:
    """A retention period: fixed, a range, a condition, or counted from an event."""
    return period_of(
        key, label, help_text,
        plain("number", "amount", N_("Amount"), N_("The number of hours, days, weeks, months or years; in a range the least.")),
        plain("number", "amount_to", N_("Up to"), N_("In a range, the greatest number.")),
        term("unit", "period-unit", N_("Unit"), N_("Hours, days, weeks, months or years.")),
        term("event", "retention-event", N_("Counted from"), N_("The event from which the period runs.")),
        plain("text", "condition", N_("Condition"), N_("What ends the storage where no number can be given, such as “until unsubscribed”.")),
        plain("text", "ground", N_("Reason for keeping"), N_("The law, contract or reason for keeping the data this long.")),
        term("fate", "deletion-fate", N_("What happens then"), N_("Whether the data are deleted, anonymised, archived or returned.")),
        **more,
    )  # fmt: skip
