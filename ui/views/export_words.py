"""What the export page says: what is written, what is empty, where the layout comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ropa_app.exports.layout import WRITERS, Layout
from ropa_app.i18n import N_, _, current_language, in_language
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record
from ropa_ui import files

_CONFIRMED = {
    False: N_("Not an official form: its headings were not compared with a file of the authority."),
    "recalled": N_("Not confirmed: its headings are remembered, not compared with the original."),
    "second-hand": N_(
        "Not confirmed by us: its headings are as reported by somebody who read the original."
    ),
}
_MOST = 4  # headings named one by one
_NAMED = 3  # records named in the name of a file


def provenance(layout: Layout, found: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the layout comes from and what the export says of itself, as running text."""
    language = current_language()
    parts = [(_("Provenance."), "text"), (in_language(layout.about, language), "text2")]
    source = in_language(layout.source, language)
    parts.append((_("Source: {source}.").format(source=source), "text2"))
    if layout.confirmed is not True:
        parts.append((_(_CONFIRMED[layout.confirmed]), "text"))
    if found:
        stated = _("As at {day}, log operation {number}, {digits}.").format(
            day=date_words(found["day"], language), number=found["operation"], digits=found["hash"]
        )
        parts.append((stated, "text2"))
    return parts


def empty_words(found: dict[str, Any]) -> tuple[str, str]:
    """How many obligatory cells say “not stated”, and under which headings; empty if none."""
    gaps: list[tuple[str, int]] = [(heading, count) for heading, count in found.get("gaps", ())]
    if not gaps:
        return "", ""
    total = sum(count for _heading, count in gaps)
    if total == 1:
        sentence = _("1 obligatory cell is empty and will read “not stated”.")
    else:
        sentence = _("{count} obligatory cells are empty and will read “not stated”.")
    named = ", ".join(f"{heading} ({count})" for heading, count in gaps[:_MOST])
    return sentence.format(count=total), named + ("  …" if len(gaps) > _MOST else "")


def what_is_shown(layout: Layout, found: dict[str, Any]) -> str:
    """Which part of the export the preview shows."""
    if not found:
        return ""
    if WRITERS[layout.writer] == "pdf":
        text = _("first of 1 page") if found["pages"] == 1 else _("first of {count} pages")
        text = text.format(count=found["pages"])
    else:
        last = found["first"] + len(found["rows"]) - 1
        text = _("sheet “{sheet}”, rows {first} to {last}, as it will open").format(
            sheet=found["sheet"], first=found["first"], last=last
        )
    if found["part"]:
        some = _("made of the first {some} of {all} activities")
        text += "  ·  " + some.format(some=found["part"], all=found["all"])
    return text


def chosen_words(records: Sequence[Record]) -> str:
    """Which records a file holds, for its name: their references, or how many there are."""
    if len(records) <= _NAMED:
        return "-".join(record.ref for record in records)
    return files.stem_of(_("{count} records").format(count=len(records)), "")


def file_facts(found: dict[str, Any]) -> str:
    """How much will be in the file."""
    if not found:
        return ""
    records = found["records"]
    parts = [_("1 record") if records == 1 else _("{count} records").format(count=records)]
    if "sheets" in found:
        parts.insert(0, _("{count} sheets").format(count=found["sheets"]))
    else:
        pages = found["pages"]
        parts.insert(0, _("1 page") if pages == 1 else _("{count} pages").format(count=pages))
    if found["part"]:
        return ""
    parts.append(_("about {count} KB").format(count=max(round(found["size"] / 1024), 1)))
    return ", ".join(parts)
