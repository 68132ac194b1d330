"""What fills a column about transfers to third countries (Art. 30(1)(e))."""

from __future__ import annotations

from collections.abc import Iterator

from ropa_app.exports.described import described_id
from ropa_app.exports.pdf_mechanism import LAW, named_in
from ropa_app.exports.row import Line, Row, labelled, unique
from ropa_app.exports.silence import silence
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.record import Record, day_of
from ropa_app.model.state import STATES, AsTyped, Open
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.transfers import (
    ended_serving,
    is_outside,
    last_day,
    leaves,
    perhaps_serving,
    running,
    serving,
)

COMPELLING = "49-1-second"
# Questions end so, and nothing is put after such an end.
_ENDS = (".", "?", "!")
# More transfers that may or may not serve an activity would hide those that do.
_MOST_UNCONFIRMED = 10
_WEIGHED = "transfers.weighed"  # among what is worked out once for a view


def transfers(row: Row) -> list[Record]:
    """The transfers of the activity that have not ended and leave the reader's own area."""
    return [t for t in serving(row.view, row.activity) if leaves(row.view, t, row.regimes)]


def ended_transfers(row: Row) -> list[Record]:
    """Those that have ended and left it, with none to the same place since."""
    found = ended_serving(row.view, row.activity)
    return [t for t in found if leaves(row.view, t, row.regimes)]


def ended_words(row: Row, transfer: Record, words: Words) -> str:
    """A transfer that has ended: where to, to whom, and its last day."""
    return _with_end(_heading(row, transfer, words), transfer, words)


def _with_end(name: str, transfer: Record, words: Words) -> str:
    when = words.value(transfer.kind.field("to"), transfer["to"])
    return words.say(N_("{name} (ended {date})"), name=name, date=when)


def is_third_country(row: Row, code: str) -> bool:
    """True if the country lies outside the own area of a regime the reader asks about."""
    return is_outside(row.view, code, row.regimes)


def perhaps(row: Row) -> list[Record]:
    """Those of which it is not settled whether they serve the activity."""
    return perhaps_serving(row.view, row.activity, row.regimes)


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
    """Third countries and international organisations, and who receives the data there.

    A transfer that is not tied to activities is a question in each it may serve: left out, the
    record would deny it. One that has ended is named with its end, for data may still be there.
    Without any, silence is a gap only where a recipient lies outside.
    """
    by_country: dict[str, list[str]] = {}
    for transfer in transfers(row):
        names = by_country.setdefault(_destination(transfer, words), [])
        importer = _importer(transfer, words)
        start = transfer.day("from")
        if importer and start and start > row.day:
            when = words.value(transfer.kind.field("from"), transfer["from"])
            importer = words.say(N_("{name} from {date}"), name=importer, date=when)
        names += [importer] if importer else []
    found = [
        labelled(country, ", ".join(unique(names))) if names else country
        for country, names in by_country.items()
    ]
    past = [_ended_country(transfer, words) for transfer in ended_transfers(row)]
    found = [*found, *unique(past), *_all_unconfirmed(row, words)]
    if past and not by_country:
        gap, _covered = silence(row.view, row.activity, row.regimes, words)
        found += [gap] if gap else []
    return found or _none(row, words)


def _ended_country(transfer: Record, words: Words) -> str:
    country, importer = _destination(transfer, words), _importer(transfer, words)
    if not importer:
        return _with_end(country, transfer, words)
    return labelled(country, _with_end(importer, transfer, words))


def _none(row: Row, words: Words, told: bool = True) -> list[str]:
    """That there is none; `told` adds where recipients sit that need no further safeguard."""
    gap, covered = silence(row.view, row.activity, row.regimes, words)
    if gap:
        return []
    none = words.say(N_("No transfer recorded"))
    return [f"{none}. {covered}" if covered and told else none]


def _all_unconfirmed(row: Row, words: Words) -> list[str]:
    listed = perhaps(row)
    found = [_unconfirmed(row, transfer, words) for transfer in listed[:_MOST_UNCONFIRMED]]
    return found + _further(listed, words)


def _further(listed: list[Record], words: Words) -> list[str]:
    """How many more transfers there are than are named."""
    more = len(listed) - _MOST_UNCONFIRMED
    sentence = N_("{n} further transfers are not yet tied to an activity.")
    return [words.say(sentence, n=more)] if more > 0 else []


def _unconfirmed(row: Row, transfer: Record, words: Words) -> str:
    """A transfer not yet tied to activities: what it is, and the questions about it."""
    name = row.view.title(transfer, words)
    values = [transfer[key] for key in ("destination", "importer", "activities")]
    items = [item for v in values for item in (v if isinstance(v, list) else [v])]
    questions = " ".join(text for item in items if (text := _question(item)))
    known = [country_name(v, words.language) for v in values[:1] if isinstance(v, str)]
    known += [words.name_of(v) for v in values[1:2] if isinstance(v, str)]
    head = f"{name} ({', '.join(known)})" if known else name
    said = words.say(N_("To be confirmed for this activity: {transfer}."), transfer=head)
    return f"{said} {questions}" if questions else said


def _question(value: object) -> str:
    text = value.question if isinstance(value, Open) else ""
    text = value.text if isinstance(value, AsTyped) else text
    return text if not text or text.endswith(_ENDS) else f"{text}."


def _safeguards(row: Row, transfer: Record) -> Iterator[Line]:
    """The lines that concern the reader's regimes and had not ended before the transfer did."""
    last = last_day(transfer, row.day)
    for line in transfer.lines("safeguards"):
        regime, end = line.get("regime"), day_of(line.get("to"))
        over = end is not None and end < last
        if not over and (not isinstance(regime, str) or regime in row.regimes):
            yield line


def _said(transfer: Record, words: Words, line: Line, key: str) -> str:
    column = transfer.kind.field("safeguards").column(key)
    return ", ".join(words.items(column, line.get(key)))


def exceptional_safeguards(row: Row, words: Words) -> list[str]:
    """Documented safeguards of transfers on compelling legitimate interests only.

    Art. 30(1)(e) and 49(6) ask for them in the case of Art. 49(1) second subparagraph alone.
    """
    found: list[str] = []
    listed, doubtful = transfers(row), perhaps(row)
    for transfer in listed:
        found += _exceptional(row, transfer, words)
    weighty = [transfer for transfer in doubtful if _matters(row, transfer)]
    for transfer in weighty[:_MOST_UNCONFIRMED]:
        found += _doubtful(row, transfer, words)
    found += _further(weighty, words)
    past = ended_transfers(row)
    for transfer in past:
        found += _exceptional(row, transfer, words)
    if found:
        return unique(found)
    if not listed and not doubtful and not past:
        return _none(row, words, told=False)
    if not all(_settled(row, transfer) for transfer in [*listed, *doubtful, *past]):
        return []
    message = N_("Not applicable: no transfer rests on Art. 49(1) second subparagraph")
    return [words.say(message)]


def _settled(row: Row, transfer: Record) -> bool:
    lines = list(_safeguards(row, transfer))
    return bool(lines) and all(
        isinstance(line.get("mechanism"), str) and not isinstance(line.get("reliance"), STATES)
        for line in lines
    )


def _exceptional(row: Row, transfer: Record, words: Words) -> list[str]:
    """What is said of a transfer: its documentation, or that the mechanism is in question."""
    found = []
    for line in _safeguards(row, transfer):
        mechanism = line.get("mechanism")
        if mechanism == COMPELLING:
            found.append(_compelling(row, transfer, words, line))
        elif isinstance(mechanism, STATES):
            found.append(labelled(_told(row, transfer, words), words.state(mechanism)))
    return unique(found)


def _matters(row: Row, transfer: Record) -> bool:
    """True if it may rest on compelling interests: asked of each transfer once per view."""
    known: dict[tuple[str, tuple[str, ...]], bool] = row.view.worked_out.setdefault(_WEIGHED, {})
    key = (transfer.id, row.regimes)
    if key not in known:
        lines = _safeguards(row, transfer)
        known[key] = not _settled(row, transfer) or any(
            line.get("mechanism") == COMPELLING for line in lines
        )
    return known[key]


def _doubtful(row: Row, transfer: Record, words: Words) -> list[str]:
    """The same of a transfer that perhaps serves the activity."""
    found = _exceptional(row, transfer, words)
    if not found:
        return [words.say(N_("To be confirmed for this activity: {transfer}."),
                          transfer=row.view.title(transfer, words))]  # fmt: skip
    return [words.say(N_("To be confirmed for this activity: {transfer}"), transfer=text)
            for text in found]  # fmt: skip


def _compelling(row: Row, transfer: Record, words: Words, line: Line) -> str:
    said = "; ".join(_documentation(row, transfer, words, line))
    return labelled(_told(row, transfer, words), said)


def documents(row: Row, transfer: Record, words: Words) -> list[str]:
    """What documents the safeguards where a transfer rests on compelling interests, else nothing.

    Art. 30(1)(e) and 49(6) ask for it in the case of Art. 49(1) second subparagraph alone.
    """
    found = [_documentation(row, transfer, words, line) for line in _safeguards(row, transfer)
             if line.get("mechanism") == COMPELLING]  # fmt: skip
    return unique([part for parts in found for part in parts])


def _documentation(row: Row, transfer: Record, words: Words, line: Line) -> list[str]:
    parts = [
        _said(transfer, words, line, "compelling_documentation")
        or words.say(N_("documented safeguards not stated"))
    ]
    for key in ("assessment", "document"):
        if isinstance(identifier := line.get(key), str):
            parts.append(described_id(row.view, identifier, words))
    return parts


def _told(row: Row, transfer: Record, words: Words) -> str:
    """Where to and to whom, with its end if it has ended."""
    over = not running(row.view, transfer)
    return ended_words(row, transfer, words) if over else _heading(row, transfer, words)


def _heading(row: Row, transfer: Record, words: Words) -> str:
    """Where the data go and to whom; the transfer by its name where neither is known."""
    values = (transfer["destination"], transfer["importer"])
    if not any(isinstance(value, str) for value in values):
        return row.view.title(transfer, words)
    parts = (_destination(transfer, words), _importer(transfer, words))
    return ", ".join(part for part in parts if part)


def mechanisms(row: Row, words: Words) -> list[str]:
    """Each transfer with the mechanism relied on and any fallback, by regime (Art. 44–49)."""
    told = [labelled(_told(row, transfer, words), mechanisms_of(row, transfer, words))
            for transfer in [*transfers(row), *ended_transfers(row)]]  # fmt: skip
    return told + _all_unconfirmed(row, words)


def mechanisms_of(row: Row, transfer: Record, words: Words) -> str:
    """What a transfer rests on under the reader's regimes; of one that has ended, rested on."""
    texts = [text for line in _safeguards(row, transfer)
             if (text := _mechanism(row, transfer, words, line))]  # fmt: skip
    state = transfer.values.get("safeguards")
    texts += [words.state(state)] if isinstance(state, STATES) else []
    return "; ".join(texts) or words.say(N_("mechanism not stated"))


def _law(transfer: Record, words: Words, line: Line, told: str) -> str:
    """The law a mechanism is one of, unless its name says so already."""
    regime = line.get("regime")
    law = words.say(LAW[regime]) if isinstance(regime, str) and regime in LAW else \
        _said(transfer, words, line, "regime")  # fmt: skip
    return law if law != LAW["uk"] or law not in told else ""


def _mechanism(row: Row, transfer: Record, words: Words, line: Line) -> str:
    text = named_in(words, line, last_day(transfer, row.day))
    notes = [_said(transfer, words, line, "modules")]
    if line.get("reliance") == "fallback":
        notes.append(lower_first(_said(transfer, words, line, "reliance")))
    if len(row.regimes) > 1:
        notes.insert(0, _law(transfer, words, line, text))
    more = ", ".join(note for note in notes if note)
    return f"{text} ({more})" if text and more else text
