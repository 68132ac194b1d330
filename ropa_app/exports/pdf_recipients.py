"""Recipients on an activity's page (Art. 30(1)(d)): one row each, those alike in one row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlab.platypus import Flowable

from ropa_app.exports import fills_parties
from ropa_app.exports.pdf_entry import NOTHING, Entry, says_anything
from ropa_app.exports.pdf_parts import GAP, Columns
from ropa_app.exports.pdf_rows import Band
from ropa_app.exports.pdf_style import TABLE
from ropa_app.exports.row import Line, labelled, told
from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.model.sentences import run_on
from ropa_app.model.state import STATES, NotApplicable, Open, State
from ropa_app.model.words import lower_first
from ropa_app.rules.agreement_status import NEEDED_KIND, AgreementState
from ropa_app.rules.party_states import acting

HEADS = ((N_("Recipient"), 9.0), (N_("Role"), 8.6), (N_("Gets"), 10.4), (N_("Agreement"), 9.0))
# Stands for the names in a question that is in whatever language it was asked in.
_ANYONE = "[…]"
# A role that leaves open whether an agreement is needed.
_NOT_DETERMINED = "not-determined"
Cells = list[str | Sequence[Flowable]]


def table_of_recipients(entry: Entry) -> list[Band]:
    """The recipients of an activity with role, data and agreement; empty if none is recorded."""
    table = Columns(entry.ts, [(entry.words.say(head), share) for head, share in HEADS])
    width = table.widths[-1] - GAP
    lines = entry.row.lines("recipients")
    if entry.processor:
        lines = [line for line in lines if says_anything(line)]
    rows = [table.row(cells) for cells in _grouped(entry, lines, width)]
    return table.table(rows) if rows else []


def _grouped(entry: Entry, lines: Sequence[Line | State], width: float) -> list[Cells]:
    """The rows; recipients of whom the same questions are open stand in one, in the first's place.

    A question that names its recipient is the same as one that names another there.
    """
    found: dict[object, list[Cells]] = {}
    for number, line in enumerate(lines):
        if isinstance(line, STATES):
            found[number] = [[entry.words.state(line), NOTHING, NOTHING, NOTHING]]
            continue
        cells = _cells(entry, line, width)
        alike = _asked_of_any(entry, line, cells) if _open(line) else None
        found.setdefault(number if alike is None else alike, []).append(cells)
    return [group[0] if len(group) == 1 else _together(key, group) for key, group in found.items()]


def _open(line: Line) -> bool:
    return any(isinstance(line.get(key), Open) for key in ("role", "categories", "agreement"))


def _asked_of_any(entry: Entry, line: Line, cells: Cells) -> tuple[str, ...] | None:
    """What a row says with the recipient's name taken out; None if it cannot be shared."""
    linked = line.get("party")
    party = entry.row.view.get(linked) if isinstance(linked, str) else None
    if party is None or not isinstance(party["name"], str):
        return None
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells):
        return None
    plain = re.escape(party["name"])
    who = re.fullmatch(rf"{plain}(?: \([^)]*\))?(?:, (.*))?", texts[0], re.DOTALL)
    if who is None:
        return None
    name = re.compile(rf"(?<!\w){plain}(?!\w)")
    return (who.group(1) or "", *(name.sub(_ANYONE, text) for text in texts[1:]))


def _together(key: object, group: list[Cells]) -> Cells:
    described, *rest = key if isinstance(key, tuple) else ("",)
    names = ", ".join(str(cells[0]).removesuffix(f", {described}") for cells in group)
    return [f"{names} – {described}" if described else names, *rest]


def _cells(entry: Entry, line: Line, width: float) -> Cells:
    field = entry.activity.kind.field("recipients")
    placed = ("party", "category", "internal_function", "role", "categories", "purpose",
              "agreement", "access")  # fmt: skip
    # No categories means all data of the activity (the help of the field says so).
    gets = entry.series(field, line, "categories")
    gets = gets or entry.words.say(N_("All data of the activity"))
    # What is said beside the data needs its label: a purpose would be read as what is received.
    beside = [
        told(entry.words.label(field.column(key)), text, line[key])
        for key in ("purpose", "access")
        if (text := entry.column(field, line, key))
    ]
    parts = (gets, *beside, entry.rest(field, line, *placed))
    return [
        fills_parties.who(entry.row, entry.words, line) or entry.gap(),
        entry.column(field, line, "role") or entry.gap(),
        "\n".join(part for part in parts if part),
        _agreement(entry, line, width),
    ]


def _agreement(entry: Entry, line: Line, width: float) -> str | Sequence[Flowable]:
    """How the agreement with a recipient stands on the day, and which one it is."""
    named = line.get("agreement")
    if isinstance(named, STATES):
        return entry.words.state(named)
    groups: dict[tuple[str, str | None], list[AgreementState]] = {}
    for state in fills_parties.agreements_of(entry.row, line):
        if state.status:
            groups.setdefault((state.status, state.agreement), []).append(state)
    if not groups:
        role = line.get("role")
        needless = isinstance(role, NotApplicable) or (
            isinstance(role, str) and role not in (*NEEDED_KIND, _NOT_DETERMINED)
        )
        return NOTHING if needless or entry.processor else entry.words.say(N_("not stated"))
    named = _told_apart(entry, list(groups.values()))
    found = [_standing(entry, group, named, width) for group in groups.values()]
    return found[0] if len(found) == 1 else [part for one in found for part in _set(entry, one)]


def _told_apart(entry: Entry, groups: list[list[AgreementState]]) -> bool:
    """Whether to name who has which agreement: not where it is the same for all who act here."""
    asked = [entry.row.organisation] if entry.row.alone and entry.row.organisation else []
    told = {state.organisation for group in groups for state in group}
    missing = len(acting(entry.activity, entry.row.view, asked)) > len(told)
    return len(groups) > 1 or (missing and None not in told)


def _set(entry: Entry, content: str | Sequence[Flowable]) -> Sequence[Flowable]:
    return [entry.ts.markup(entry.ts.plain(content))] if isinstance(content, str) else content


def _standing(
    entry: Entry, group: list[AgreementState], named: bool, width: float
) -> str | Sequence[Flowable]:
    """How one agreement stands, with the organisations that rely on it where they are named."""
    state = group[0]
    label = entry.words.term("agreement-status", state.status)
    names = [entry.words.name_of(one.organisation) for one in group if one.organisation]
    if named and names:
        label = labelled(", ".join(names), lower_first(label))
    bad = state.status == "missing"
    head = entry.ts.coloured(label, "bad-text") if bad else entry.ts.strong(label)
    agreement = entry.row.view.get(state.agreement) if state.agreement else None
    if agreement is None:
        return [entry.ts.markup(head)] if bad else label
    return entry.ts.led(f"{head}<br/>", run_on(_facts(entry, agreement), "; "), width, TABLE)


def _facts(entry: Entry, agreement: Record) -> list[str]:
    facts = [entry.words.name_of(agreement.id)]
    for key, sentence in (("signed", N_("signed {date}")), ("expires", N_("until {date}"))):
        field = agreement.kind.field(key)
        said = entry.words.value(field, agreement[key])
        if isinstance(agreement[key], str):
            facts.append(entry.words.say(sentence, date=said))
        elif said and not isinstance(agreement[key], NotApplicable):
            label = lower_first(entry.words.label(field))
            facts.append(told(label, lower_first(said), agreement[key]))
    return facts
