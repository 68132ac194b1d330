"""Transfers in the record (Art. 30(1)(e)): a table by regime, for an activity or for itself."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from ropa_app.exports.fills_transfers import (
    documents,
    ended_transfers,
    ended_words,
    mechanisms_of,
    transfers,
)
from ropa_app.exports.pdf_entry import Entry, in_a_row
from ropa_app.exports.pdf_parts import (
    GAP,
    GOES_ON,
    Columns,
    goes_on,
    inline,
    rule,
    section,
    text,
    title,
)
from ropa_app.exports.pdf_protection import MISSING, Protection, Safeguards
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.pdf_style import TABLE
from ropa_app.exports.pdf_text import Typesetter
from ropa_app.exports.row import labelled, told
from ropa_app.exports.silence import silence
from ropa_app.i18n import N_
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record
from ropa_app.model.sentences import closed, ended, joined, run_on
from ropa_app.model.state import STATES, is_value
from ropa_app.model.words import Words, lower_first
from ropa_app.register.view import View
from ropa_app.rules.transfers import (
    leaves,
    of_organisation,
    perhaps_serving,
    running,
)

UNTIED = N_("Transfers not yet tied to an activity")
UNTIED_KEY = "untied"
STAND_LAST = N_("Transfers not yet tied to an activity stand last in this record.")
# More transfers that may or may not serve an activity would hide those that do.
_MOST_NAMED = 10
_UNDER = {"eu": N_("Under the rules of the EU and EEA"), "uk": N_("Under the rules of the UK")}
# What stands before the rest, or is said in the table; the rest follows in sentences.
_SAID = frozenset({
    "name",
    "destination", "destination_place", "importer", "exporter", "kinds", "categories",
    "data_detail", "safeguards",
})  # fmt: skip


def untied(view: View, organisation: Record | None, regimes: Sequence[str]) -> list[Record]:
    """The transfers on the day that serve no recorded activity, and leave the area of a regime."""
    return [
        transfer
        for transfer in view.of("transfer")
        if running(view, transfer)
        and leaves(view, transfer, regimes)
        and not view.linked(transfer, "activities")
        and of_organisation(view, transfer, organisation)
    ]


def of_activity(entry: Entry, loose: bool) -> list[Band]:
    """The transfers of an activity; `loose` says whether others are tied to no activity."""
    found = transfers(entry.row)
    perhaps = perhaps_serving(entry.row.view, entry.activity, entry.row.regimes)
    doubtful = [_perhaps(entry, perhaps, loose)] if perhaps else []
    past = _ended(entry)
    if found:
        table = TransferTable(entry.ts, entry.words, entry.row.view, entry.row.regimes,
                              _id(entry.row.organisation))  # fmt: skip
        return [*table.bands(found), *past, *doubtful]
    say, ts = entry.words.say, entry.ts
    gap, covered = silence(entry.row.view, entry.activity, entry.row.regimes, entry.words)
    if gap:
        head = ts.coloured(say(N_("Not stated.")), "bad-text")
        said = ts.plain(" ".join(part for part in (gap, covered) if part))
        return _with(text(ts, [ts.markup(f"{head} {said}")]), [*past, *doubtful])
    said = say(N_("No transfer is recorded for this activity."))
    if past:
        day = date_words(entry.row.day.isoformat(), entry.words.language)
        said = say(N_("No transfer is under way on {date}."), date=day)
    said += f" {covered}" if covered else ""
    if loose and not doubtful:
        said += " " + say(STAND_LAST)
    return _with(text(ts, said), [*past, *doubtful])


def _ended(entry: Entry) -> list[Band]:
    """The transfers that have ended, each with its last day and what it rested on."""
    row, words = entry.row, entry.words
    bands = []
    for transfer in ended_transfers(row):
        head = f"{transfer.ref} {ended_words(row, transfer, words)}"
        rested = [mechanisms_of(row, transfer, words), *documents(row, transfer, words)]
        said = f"{ended(labelled(head, run_on(rested, '; ')))}."
        bands.append(inline(entry.ts, words.say(N_("Ended transfer")), said, above=4))
    return bands


def _with(none: Band, doubtful: list[Band]) -> list[Band]:
    """That there is none, never on another page than what may still turn out to be one."""
    none.keep = bool(doubtful)
    return [none, *doubtful]


def _perhaps(entry: Entry, found: Sequence[Record], loose: bool) -> Band:
    """The transfers of which it is open whether they serve the activity: named, no more."""
    say = entry.words.say
    named = "; ".join(_in_short(entry, transfer) for transfer in found[:_MOST_NAMED])
    if len(found) > _MOST_NAMED:
        more = len(found) - _MOST_NAMED
        named = say(N_("{refs} and {count} more"), refs=named, count=more)
    said = f"{named}."
    if loose and not all(entry.row.view.linked(one, "activities") for one in found):
        said += " " + say(STAND_LAST)
    return inline(entry.ts, say(N_("To be confirmed for this activity")), said, above=4)


def _in_short(entry: Entry, transfer: Record) -> str:
    """Reference, name, and where to and to whom as far as known; questions stand elsewhere."""
    name = entry.row.view.title(transfer, entry.words)
    known = [entry.words.value(transfer.kind.field(key), transfer[key])
             for key in ("destination", "importer") if is_value(transfer[key])]  # fmt: skip
    # The name of a transfer without one is made of the same.
    more = [said for said in known if said not in name]
    head = name if transfer.ref in name else f"{transfer.ref} {name}"
    return f"{head} ({', '.join(more)})" if more else head


def _id(record: Record | None) -> str:
    return record.id if record else ""


def section_of_untied(
    ts: Typesetter, words: Words, view: View, regimes: Sequence[str], found: Sequence[Record],
    ours: str,
) -> list[Band]:  # fmt: skip
    """A page of its own for transfers of which it is open what they are for (Art. 30(1)(e))."""
    name = words.say(UNTIED)
    point = "30(1)(e)" if words.language == "en" else words.say(N_("para. {number} {points}"),
                                                              number=1, points="e")  # fmt: skip
    table = TransferTable(ts, words, view, regimes, ours)
    about = words.say(N_("Transfers, open questions and what is known"))
    bands = table.bands(found)
    for transfer in found:
        named = words.value(transfer.kind.field("name"), transfer["name"])
        said = _rest(words, transfer)
        bands += [inline(ts, f"{transfer.ref}  {named}".rstrip(), said)] if named or said else []
    goes_on(ts, point, words.say(GOES_ON, name=about), bands)
    top = title(ts, name, "", (UNTIED_KEY, name))
    return [*top, section(ts, point, about), *bands, rule()]


def _rest(words: Words, transfer: Record) -> str:
    """Every other field that holds anything, in a sentence each."""
    found = []
    for field in transfer.kind.fields:
        if field.key not in _SAID and not field.confidential and field.section != "source":
            value = transfer.values.get(field.key)
            said = run_on(in_a_row(field, words.items(field, value)))
            said = lower_first(said) if field.kind in ("term", "terms") else said
            found += [told(words.label(field), said, value)] if said else []
    return closed(joined(found)) if found else ""


def _in_one_line(items: str) -> str:
    """Terms as they follow one another; the second of them begins with a small letter."""
    first, *more = items.split("\n")
    return run_on([first, *map(lower_first, more)])


class TransferTable:
    """Where the data go, and under each regime what protects them."""

    def __init__(
        self, ts: Typesetter, words: Words, view: View, regimes: Sequence[str], ours: str
    ) -> None:
        self.ts = ts
        self.words = words
        self.view = view
        self.regimes = regimes
        self.ours = ours
        heads = [(words.say(N_("To")), 9.5)]
        heads += [(words.say(_UNDER[regime]), 12.0) for regime in regimes]
        self.table = Columns(ts, heads)
        self.says = {one: Safeguards(view, words, one, full=True) for one in regimes}
        self.copy = ""

    def bands(self, found: Sequence[Record]) -> list[Band]:
        """The table, and under it once how to get a copy of the safeguards."""
        column = found[0].kind.field("safeguards").column("copy")
        self.copy = self.words.label(column)
        rows = self.table.table([self.table.row(self._row(transfer)) for transfer in found])
        copies: dict[str, None] = {}
        for line in (line for transfer in found for line in transfer.lines("safeguards")):
            if line.get("regime") not in _UNDER or line.get("regime") in self.regimes:
                copies |= dict.fromkeys(self.words.items(column, line.get("copy")))
        if copies:
            rows.append(inline(self.ts, self.copy, " ".join(copies), above=5))
        return rows

    def _row(self, transfer: Record) -> list[str | Sequence[Flowable]]:
        cells: list[str | Sequence[Flowable]] = [self._destination(transfer)]
        for width, regime in zip(self.table.widths[1:], self.regimes, strict=True):
            if leaves(self.view, transfer, (regime,)):
                items = self.says[regime].of(transfer)
                cells.append([p for item in items for p in self._protection(item, width - GAP)])
            else:
                cells.append(self.words.say(N_("Not a transfer: inside the area of these rules")))
        return cells

    def _destination(self, transfer: Record) -> Sequence[Flowable]:
        def said(key: str) -> str:
            return self.words.value(transfer.kind.field(key), transfer.values.get(key))

        head = said("destination")
        where = self.ts.strong(head) if head else self.ts.coloured(
            self.words.say(N_("destination not stated")), "bad-text")  # fmt: skip
        rest = [said("destination_place"), said("importer")]
        if transfer.text("exporter") != self.ours and (name := said("exporter")):
            rest.append(self.words.say(N_("from {name}"), name=name))
        rest += [_in_one_line(said(key)) for key in ("kinds", "categories")]
        rest += [said("data_detail"), transfer.ref]
        served = transfer["activities"]
        # Of a transfer that serves this activity it may be open whether it serves others.
        if isinstance(served, list):
            rest += [self.words.state(one) for one in served if isinstance(one, STATES)]
        following = "\n".join(part for part in rest if part)
        return self.ts.led(f"{where}<br/>", following, self.table.widths[0] - GAP, TABLE)

    def _protection(self, item: Protection, width: float) -> Sequence[Flowable]:
        details = joined(d for d in item.details if not d.startswith(labelled(self.copy, "")))
        name = closed(item.name) if details else item.name
        head = self.ts.coloured(name, "bad-text") if item.state == MISSING else self.ts.strong(name)
        return self.ts.led(f"{head} ", details, width, TABLE)
