"""Processors among the recipients: the agreement each needs, and roles nobody has settled."""

from __future__ import annotations

from collections.abc import Iterator

from ropa_app.i18n import N_
from ropa_app.model.record import Record
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import AgreementState
from ropa_app.rules.findings import Found, rule
from ropa_app.rules.parts import Article, Named, Part, Phrase, TermOf
from ropa_app.rules.party_states import (
    NOT_DETERMINED,
    Recipient,
    in_use,
    organisations_of,
    recipients,
    state_of,
)

# Statuses under which something may still turn out to bind the processor.
_MAY_BIND = ("claimed", "superseded")


@rule(id="R-art28-01", article="28(3)", severity="warning", kinds=("activity",))
def processor_without_agreement(record: Record, view: View) -> Iterator[Found]:
    """A processor is in use and no agreement with it is in force on the day.

    An error only where the recorded facts show it: a covering agreement has expired or was
    terminated, or its evidence is recorded as “none”, and nothing else may bind the processor.
    That no agreement is recorded is silence, and an activity still planned needs none yet: both
    are warnings. Where we are ourselves a processor, the other is a sub-processor. Source: Art.
    28(3), for sub-processors Art. 28(4).
    """
    if not in_use(record, view.day):
        return
    organisations = organisations_of(record, view)
    for recipient in recipients(record, view):
        if recipient.role != "processor":
            continue
        for organisation in organisations:
            state = state_of(recipient, organisation, view, view.day)
            if not _settled(state, view):
                several = organisation if len(organisations) > 1 else None
                yield _unsettled(record, recipient, state, several, view)


def _settled(state: AgreementState, view: View) -> bool:
    """In force; or recorded as not needed with the reason, such as another legal act."""
    if state.found and state.found.in_force:
        return True
    none_needed = view.get(state.agreement or "")
    return state.status == "not-required" and bool(none_needed and none_needed.text("reason_none"))


def _unsettled(
    record: Record,
    recipient: Recipient,
    state: AgreementState,
    organisation: str | None,
    view: View,
) -> Found:
    article = "28(4)" if record.text("role") == "processor" else "28(3)"
    parts: dict[str, Part] = {
        "party": Named(recipient.party),
        "status": TermOf("agreement-status", state.status),
        "article": Article(article),
        "organisation": Named(organisation or ""),
        "doubt": Phrase(state.found.reason, state.found.parts) if state.found else Phrase(""),
    }
    doubtful = state.found is not None and state.found.doubtful
    severity = "error" if _shown_by_facts(record, state, view) else "warning"
    path = f"recipients.{recipient.line_id}.agreement"
    remedy = _SETTLE if doubtful else _REMEDIES[state.status]
    return Found(path, _MESSAGES[doubtful, bool(organisation)], remedy, parts, article, severity)


# By whether the cover is in doubt, and whether an organisation of several is meant.
_MESSAGES = {
    (False, False): N_(
        "{party} is a processor here, and {article} demands an agreement in force. "
        "Status of the agreement: {status}."
    ),
    (False, True): N_(
        "{party} is a processor here for {organisation}, and {article} demands an agreement "
        "in force. Status of the agreement: {status}."
    ),
    (True, False): N_(
        "{party} is a processor here, and {article} demands an agreement in force. {doubt}"
    ),
    (True, True): N_(
        "{party} is a processor here for {organisation}, and {article} demands an agreement "
        "in force. {doubt}"
    ),
}
_SETTLE = N_("Find out what the agreement with {party} covers, and record it.")

_REMEDIES = {
    "missing": N_("Conclude an agreement with {party}, or record the one there is."),
    "claimed": N_("Get the signed agreement with {party}, and record that it has been seen."),
    "requested": N_("Press {party} for the agreement, and record the signature."),
    "negotiating": N_("Bring the agreement with {party} to signature, and record the date."),
    "signed": N_("Wait with the data until the agreement applies, or bring it into force now."),
    "expired": N_("Renew the agreement with {party}, or stop using it."),
    "terminated": N_("Conclude a new agreement with {party}, or stop using it."),
    "superseded": N_("Make sure that the newer agreement with {party} covers this activity too."),
    "not-required": N_("Record why no agreement is needed, or conclude one with {party}."),
}


def _shown_by_facts(record: Record, state: AgreementState, view: View) -> bool:
    """True if what is recorded, not what is left out, shows that no agreement is in force."""
    planned = record.text("processing_status") == "planned"
    if planned or state.found is None or state.status in (*_MAY_BIND, "not-required"):
        return False
    covering = [(state.agreement, state.found), *state.others]
    for identifier, status in covering:
        agreement = view.get(identifier or "")
        if agreement is None:
            continue
        if status.status in ("expired", "terminated") or agreement.text("evidence") == "none":
            return True
    return False


@rule(id="R-art4-01", article="4(7), 4(8)", severity="question", kinds=("activity",))
def role_not_determined(record: Record, view: View) -> Iterator[Found]:
    """It is not settled in which role a named recipient gets the data, and so what is needed.

    A role that is itself an open question, or could not be read, is told of there. Source: Art.
    4(7)–(8); what follows from each answer: Art. 28(3), 26(1), 6(1).
    """
    if not in_use(record, view.day):
        return
    lines = {str(line.get("id", "")): line for line in record.lines("recipients")}
    for recipient in recipients(record, view):
        if lines[recipient.line_id].get("role") not in (None, NOT_DETERMINED):
            continue
        parts: dict[str, Part] = {
            "party": Named(recipient.party),
            "processor": Article("28(3)"),
            "joint": Article("26(1)"),
            "controller": Article("6(1)"),
        }
        yield Found(
            f"recipients.{recipient.line_id}.role",
            N_(
                "In which role does {party} get the data? As a processor it needs an agreement "
                "({processor}), as a joint controller an arrangement ({joint}); as a controller "
                "of its own it needs neither, but we need a legal basis for the disclosure "
                "({controller})."
            ),
            N_("Find out who decides why and how the data are used, and record the role."),
            parts,
        )
