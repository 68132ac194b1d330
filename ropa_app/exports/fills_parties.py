"""What fills a column about recipients and the agreements with them."""

from __future__ import annotations

from ropa_app.exports.described import described_id
from ropa_app.exports.row import Line, Row, labelled, unique
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.record import Record
from ropa_app.model.state import STATES, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.agreement_status import AgreementState, agreement_state

# Roles of a recipient with whom Art. 26 or 28 demands an agreement.
_BOUND = ("processor", "joint-controller")


def _said(row: Row, words: Words, line: Line, key: str) -> str:
    field = row.activity.kind.field("recipients").column(key)
    return ", ".join(words.items(field, line.get(key), row.activity.values))


def _party(row: Row, line: Line) -> Record | None:
    identifier = line.get("party")
    return row.view.get(identifier) if isinstance(identifier, str) else None


def who(row: Row, words: Words, line: Line) -> str:
    """The recipient: its name and country, or its category, or the function inside.

    A country that is not known is left out: Art. 30(1)(d) asks who, and the party's own record
    keeps the question.
    """
    named = _said(row, words, line, "party")
    party = _party(row, line)
    country = country_name(party.text("country"), words.language) if party else ""
    if named and country:
        named = f"{named} ({country})"
    category = _said(row, words, line, "category")
    if not category and party:
        category = lower_first(words.value(party.kind.field("sectors"), party["sectors"]))
        category = ", ".join(category.splitlines())
    known = [category, _said(row, words, line, "internal_function")]
    described = ", ".join(part for part in known if part)
    if isinstance(line.get("party"), STATES) and described:
        return f"{described} ({lower_first(named)})"
    return ", ".join(part for part in (named, described) if part)


def _recipient(row: Row, words: Words, line: Line) -> str:
    role = _said(row, words, line, "role")
    named = who(row, words, line)
    return " – ".join(part for part in (named, lower_first(role)) if part)


def recipients(row: Row, words: Words) -> list[str]:
    """Recipients by name or category with their role, third countries included (30(1)(d))."""
    return [text for line in row.lines("recipients") if (text := (
        words.state(line) if isinstance(line, STATES) else _recipient(row, words, line)
    ))]  # fmt: skip


def recipients_in_full(row: Row, words: Words) -> list[str]:
    """The same with what each is for and the state of the agreement with it."""
    found = []
    for line in row.lines("recipients"):
        if isinstance(line, STATES):
            found.append(words.state(line))
            continue
        state = agreement_words(row, words, line)
        purpose = _said(row, words, line, "purpose")
        text = "; ".join(part for part in (_recipient(row, words, line), purpose, state) if part)
        found += [text] if text else []
    return found


def agreement_of(row: Row, line: Line) -> AgreementState | None:
    """How the agreement with a recipient stands; None where the law calls for none."""
    party, role = _party(row, line), line.get("role")
    if party is None or role not in _BOUND or row.organisation is None:
        return None
    return agreement_state(
        row.view, party.id, str(role), row.organisation.id, row.day,
        activity_id=row.activity.id, relied_on=_id(line.get("agreement")),
    )  # fmt: skip


def _id(value: Value) -> str:
    return value if isinstance(value, str) else ""


def agreement_words(row: Row, words: Words, line: Line) -> str:
    """How the agreement with a recipient stands on the day; empty where none is called for."""
    state = agreement_of(row, line)
    return _status(state, words) if state and state.status else ""


def _status(state: AgreementState, words: Words) -> str:
    status = lower_first(words.term("agreement-status", state.status))
    return words.say(N_("agreement: {state}"), state=status)


def contracts(row: Row, words: Words) -> list[str]:
    """The contract with each processor and joint controller, described (Art. 26, 28(3), (9))."""
    found = []
    bound = [line for line in row.proper_lines("recipients") if line.get("role") in _BOUND]
    for line in bound:
        text = _contract(row, words, line)
        if text:
            who = _said(row, words, line, "party") or _said(row, words, line, "category")
            found.append(labelled(who, text) if who else text)
    lines = row.lines("recipients")
    settled = all(isinstance(line, dict) and _settled(line) for line in lines)
    if lines and settled and not bound:
        return [words.say(N_("Not applicable: no processor or joint controller among them"))]
    return unique(found)


def _settled(line: Line) -> bool:
    return isinstance(line.get("role"), str) and line.get("role") != "not-determined"


def _contract(row: Row, words: Words, line: Line) -> str:
    """The agreements with a recipient that cover this activity, the one that counts first."""
    if isinstance(line.get("agreement"), STATES):
        return _said(row, words, line, "agreement")
    state = agreement_of(row, line)
    if state is None:
        return _said(row, words, line, "agreement")
    found = [state.agreement, *(identifier for identifier, _status in state.others)]
    texts = [described_id(row.view, identifier, words) for identifier in found if identifier]
    return "; ".join([*texts, _status(state, words)])
