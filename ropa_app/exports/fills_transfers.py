"""What fills a column about transfers to third countries (Art. 30(1)(e))."""

from __future__ import annotations

from collections.abc import Iterator

from ropa_app.exports.described import described_id
from ropa_app.exports.row import Line, Row, labelled, unique
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.record import Record
from ropa_app.model.state import STATES
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.standing import standing

COMPELLING = "49-1-second"


def is_third_country(row: Row, code: str) -> bool:
    """True if the country lies outside the own area of a regime the reader asks about."""
    overlay = row.view.overlay
    try:
        return any(not standing(code, r, row.day, overlay).domestic for r in row.regimes)
    except KeyError:
        # A code the reference data do not know: shown rather than hidden.
        return True


def transfers(row: Row) -> list[Record]:
    """The transfers of the activity that have not ended and leave the reader's own area."""
    found = []
    for transfer in row.view.sources(row.activity.id, "transfer"):
        if row.activity.id not in transfer.items("activities"):
            continue
        ended = transfer.day("to")
        code = transfer.text("destination")
        if (ended is None or ended >= row.day) and (not code or is_third_country(row, code)):
            found.append(transfer)
    return found


def _destination(transfer: Record, words: Words) -> str:
    value = transfer.values.get("destination")
    if isinstance(value, STATES):
        return words.state(value)
    if value is None:
        return words.say(N_("destination not stated"))
    return country_name(value, words.language)


def _importer(transfer: Record, words: Words) -> str:
    return words.value(transfer.kind.field("importer"), transfer.values.get("importer"))


def third_countries(row: Row, words: Words) -> list[str]:
    """Third countries and international organisations, and who receives the data there."""
    by_country: dict[str, list[str]] = {}
    for transfer in transfers(row):
        names = by_country.setdefault(_destination(transfer, words), [])
        importer = _importer(transfer, words)
        start = transfer.day("from")
        if importer and start and start > row.day:
            when = words.value(transfer.kind.field("from"), transfer["from"])
            importer = words.say(N_("{name} from {date}"), name=importer, date=when)
        names += [importer] if importer else []
    return [
        labelled(country, ", ".join(unique(names))) if names else country
        for country, names in by_country.items()
    ]


def _safeguards(row: Row, transfer: Record) -> Iterator[Line]:
    """The safeguard lines that concern the reader's regimes and have not ended."""
    for line in transfer.lines("safeguards"):
        regime, ended = line.get("regime"), line.get("to")
        over = isinstance(ended, str) and ended < row.day.isoformat()
        if not over and (not isinstance(regime, str) or regime in row.regimes):
            yield line


def _said(transfer: Record, words: Words, line: Line, key: str) -> str:
    column = transfer.kind.field("safeguards").column(key)
    return ", ".join(words.items(column, line.get(key)))


def exceptional_safeguards(row: Row, words: Words) -> list[str]:
    """Documented safeguards of transfers on compelling legitimate interests only.

    Art. 30(1)(e) and 49(6) ask for them in the case of Art. 49(1) second subparagraph alone.
    """
    found, settled = [], True
    listed = transfers(row)
    for transfer in listed:
        lines = list(_safeguards(row, transfer))
        settled = settled and bool(lines)
        for line in lines:
            settled = settled and isinstance(line.get("mechanism"), str)
            if line.get("mechanism") == COMPELLING:
                found.append(_compelling(row, transfer, words, line))
    if not found and listed and settled:
        message = N_("Not applicable: no transfer rests on Art. 49(1) second subparagraph")
        return [words.say(message)]
    return found


def _compelling(row: Row, transfer: Record, words: Words, line: Line) -> str:
    parts = [
        _said(transfer, words, line, "compelling_documentation")
        or words.say(N_("documented safeguards not stated"))
    ]
    for key in ("assessment", "document"):
        if isinstance(identifier := line.get(key), str):
            parts.append(described_id(row.view, identifier, words))
    head = _heading(transfer, words)
    return labelled(head, "; ".join(parts))


def _heading(transfer: Record, words: Words) -> str:
    parts = (_destination(transfer, words), _importer(transfer, words))
    return ", ".join(part for part in parts if part)


def mechanisms(row: Row, words: Words) -> list[str]:
    """Each transfer with the mechanism relied on and any fallback, by regime (Art. 44–49)."""
    found = []
    for transfer in transfers(row):
        texts = [text for line in _safeguards(row, transfer)
                 if (text := _mechanism(row, transfer, words, line))]  # fmt: skip
        state = transfer.values.get("safeguards")
        texts += [words.state(state)] if isinstance(state, STATES) else []
        text = "; ".join(texts) or words.say(N_("mechanism not stated"))
        found.append(labelled(_heading(transfer, words), text))
    return found


def _mechanism(row: Row, transfer: Record, words: Words, line: Line) -> str:
    text = _said(transfer, words, line, "mechanism")
    notes = [_said(transfer, words, line, "modules")]
    if line.get("reliance") == "fallback":
        notes.append(lower_first(_said(transfer, words, line, "reliance")))
    if len(row.regimes) > 1:
        notes.insert(0, _said(transfer, words, line, "regime"))
    more = ", ".join(note for note in notes if note)
    return f"{text} ({more})" if text and more else text
