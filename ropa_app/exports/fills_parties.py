"""What fills a column about recipients and the agreements with them."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from ropa_app.exports.described import described_id
from ropa_app.exports.row import Line, Row, beside, is_one_of, labelled, unique
from ropa_app.i18n import N_
from ropa_app.model.countries import country_name
from ropa_app.model.record import Record
from ropa_app.model.sentences import run_on
from ropa_app.model.state import STATES, NotApplicable, Value
from ropa_app.model.words import Words, lower_first
from ropa_app.rules.agreement_status import AgreementState, agreement_state, agreement_status
from ropa_app.rules.party_states import NOT_DETERMINED, organisations_of

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
    if party and (others := _counterparts(row, words, party)):
        return others
    country = country_name(party.text("country"), words.language) if party else ""
    if named and country:
        named = f"{named} ({country})"
    category = _said(row, words, line, "category")
    if not category and party:
        sectors = party.kind.field("sectors")
        category = lower_first(words.series(sectors, party["sectors"], party.values))
    known = [category, _said(row, words, line, "internal_function")]
    described = ", ".join(part for part in known if part)
    if isinstance(line.get("party"), STATES) and described:
        return beside(described, lower_first(named))
    return ", ".join(part for part in (named, described) if part)


def _counterparts(row: Row, words: Words, party: Record) -> str:
    """The other organisations that act, where a party is the one whose own record this is.

    A group enters what two of its companies do together with one of them as the recipient; in the
    record of that one the recipient is the other (Art. 26).
    """
    ours = row.organisation if row.alone else None
    if ours is None or not is_one_of(party, [ours]):
        return ""
    others = [one for one in row.view.linked(row.activity, "organisations") if one.id != ours.id]
    named = ((row.view.title(one, words), one.text("country")) for one in others)
    return ", ".join(f"{name} ({country_name(country, words.language)})" if country else name
                     for name, country in named)  # fmt: skip


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


def agreements_of(row: Row, line: Line) -> list[AgreementState]:
    """How the agreements with a recipient stand, for each organisation that acts.

    Empty where the law calls for none and none is linked. One that is linked is told of even
    where the role is open or calls for none: the reader sees a link and asks how it stands.
    """
    party, role = _party(row, line), line.get("role")
    linked = row.view.get(_id(line.get("agreement")))
    if linked is not None and linked.deleted:
        linked = None
    known = role if isinstance(role, str) else NOT_DETERMINED
    if party is None or known not in (*_BOUND, NOT_DETERMINED):
        return [_of_itself(row, linked, known)] if linked else []
    found = [
        agreement_state(
            row.view, party.id, known, organisation, row.day, activity_id=row.activity.id,
            relied_on=linked.id if linked else "",
        )
        for organisation in _acting(row)
    ]  # fmt: skip
    return [_with(row, state, linked) for state in found if state.status or linked]


def _acting(row: Row) -> list[str | None]:
    if row.alone and row.organisation:
        return [row.organisation.id]
    return organisations_of(row.activity, row.view)


def _of_itself(row: Row, agreement: Record, role: str) -> AgreementState:
    status = agreement_status(agreement, row.day, row.view.expiring_days, row.view)
    return AgreementState(agreement.text("party"), role, None, status, agreement.id)


def _with(row: Row, state: AgreementState, linked: Record | None) -> AgreementState:
    """The state with the linked agreement among those it tells of, also one of another kind."""
    told = {state.agreement, *(identifier for identifier, _status in state.others)}
    if linked is None or linked.id in told:
        return state
    own = _of_itself(row, linked, state.role)
    if not state.status:
        return replace(own, organisation=state.organisation)
    others = (*state.others, (linked.id, own.found)) if own.found else state.others
    return replace(state, others=others)


def agreement_of(row: Row, line: Line) -> AgreementState | None:
    """The weakest of the agreements with a recipient; None where the law calls for none."""
    return max(agreements_of(row, line), key=attrgetter("weakness"), default=None)


def _id(value: Value) -> str:
    return value if isinstance(value, str) else ""


def agreement_words(row: Row, words: Words, line: Line) -> str:
    """How the agreements with a recipient stand on the day; empty where none is called for.

    Of several organisations each is named as soon as they differ.
    """
    states = agreements_of(row, line)
    differ = len({state.status for state in states}) > 1
    return "; ".join(unique([_status(state, words, differ) for state in states]))


def _status(state: AgreementState, words: Words, named: bool = False) -> str:
    status = lower_first(words.term("agreement-status", state.status))
    if named and state.organisation:
        whose = words.name_of(state.organisation)
        return words.say(N_("agreement of {organisation}: {state}"), organisation=whose,
                         state=status)  # fmt: skip
    return words.say(N_("agreement: {state}"), state=status)


def contracts(row: Row, words: Words) -> list[str]:
    """The contract with each processor and joint controller, described (Art. 26, 28(3), (9))."""
    found = []
    for line in row.proper_lines("recipients"):
        unbound = _settled(line) and line.get("role") not in _BOUND
        if not unbound and (text := _contract(row, words, line)):
            whom = _said(row, words, line, "party") or _said(row, words, line, "category")
            found.append(labelled(whom, text) if whom else text)
    lines = row.lines("recipients")
    bound = any(line.get("role") in _BOUND for line in row.proper_lines("recipients"))
    if lines and roles_settled(row) and not bound and not found:
        return [words.say(N_("Not applicable: no recipient is a processor or joint controller"))]
    return unique(found)


def roles_settled(row: Row) -> bool:
    """True if the role of every recipient recorded is known, or it is that there are none."""
    lines = row.lines("recipients")
    if len(lines) == 1 and isinstance(lines[0], NotApplicable):
        return True
    return bool(lines) and all(isinstance(line, dict) and _settled(line) for line in lines)


def _settled(line: Line) -> bool:
    return isinstance(line.get("role"), str) and line.get("role") != NOT_DETERMINED


def _contract(row: Row, words: Words, line: Line) -> str:
    """The agreements with a recipient that cover this activity, the one that counts first."""
    if isinstance(line.get("agreement"), STATES):
        return _said(row, words, line, "agreement")
    states = agreements_of(row, line)
    if not states:
        return _said(row, words, line, "agreement")
    told = [(state.status, state.agreement) for state in states]
    differ = len(set(told)) > 1
    return run_on(unique([_contract_of(row, words, state, differ) for state in states]), "; ")


def _contract_of(row: Row, words: Words, state: AgreementState, named: bool) -> str:
    texts = [described_id(row.view, state.agreement, words)] if state.agreement else []
    texts.append(_status(state, words, named))
    for identifier, status in state.others:
        said = lower_first(words.term("agreement-status", status.status))
        texts.append(f"{described_id(row.view, identifier, words)} ({said})")
    return run_on(texts, "; ")
