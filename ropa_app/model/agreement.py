"""An agreement with a party; its status is never stored but worked out from these dates."""

from __future__ import annotations

from ropa_app.model.common import COMMON, SOURCE_SECTION
from ropa_app.model.declare import N_, lines, link, links, plain, term
from ropa_app.model.field import ALWAYS, RecordKind

AGREEMENT = RecordKind(
    "agreement", "D", 4, N_("Agreement"), N_("Agreements"),
    (
        ("basics", N_("Agreement")), ("dates", N_("Dates and evidence")),
        ("terms", N_("Terms")), SOURCE_SECTION,
    ),
    (
        plain("text", "name", N_("Name"), N_("What the agreement is called."), listed=True),
        link("organisation", "organisation", N_("Our organisation"), N_("Which of our organisations is bound."), obligatory=ALWAYS, article="28(3)"),
        link("party", "party", N_("Party"), N_("With whom."), obligatory=ALWAYS, article="28(3)", listed=True),
        term("kind", "agreement-kind", N_("Kind"), N_("Processor agreement, joint arrangement, between controllers, or none needed."), obligatory=ALWAYS, article="26, 28", listed=True),
        plain("text", "reason_none", N_("Why no agreement is needed"), N_("The reason, where no agreement is needed.")),
        plain("texts", "services", N_("Services covered"), N_("Empty means all services of the party.")),
        links("activities", "activity", N_("Activities covered"), N_("Empty means all activities."), article="28(3)"),
        plain("text", "place_kept", N_("Where the agreement is kept"), N_("Archive, folder or link to the signed copy."), article="28(9)"),
        links("documents", "document", N_("Documents"), N_("The agreement and its annexes."), article="28(9)"),
        term("evidence", "evidence", N_("Evidence"), N_("Whether we have seen it, or it is only claimed."), section="dates", article="5(2), 28(9)"),
        plain("text", "evidence_note", N_("About the evidence"), N_("Who claims it, or what was seen."), section="dates"),
        plain("date", "requested", N_("Requested"), N_("When we asked for it."), section="dates"),
        plain("date", "sent", N_("Draft exchanged"), N_("When a draft went out or came in; negotiation begins."), section="dates"),
        plain("date", "signed", N_("Signed"), N_("When the last party signed."), section="dates", listed=True),
        plain("date", "effective", N_("In force from"), N_("From which day it applies; empty means from signature."), section="dates"),
        plain("date", "expires", N_("Expires"), N_("Last day it applies; empty means until terminated."), section="dates", listed=True),
        plain("date", "terminated", N_("Terminated"), N_("First day it no longer applies."), section="dates"),
        link("superseded_by", "agreement", N_("Superseded by"), N_("The agreement that took its place."), section="dates"),
        plain("date", "review", N_("Review"), N_("When to look it over."), section="dates"),
        lines("checklist", N_("Checklist"), N_("Whether the agreement says what the law demands."),
            term("point", "checklist-point", N_("Point"), N_("The provision."), article="28(3)"),
            term("answer", "yes-no-unclear", N_("Answer"), N_("Yes, no or unclear.")),
            plain("text", "clause", N_("Clause"), N_("Where the agreement says it.")),
            plain("text", "remark", N_("Remark"), N_("What is missing or unclear.")),
            section="terms", article="28(3)"),
        term("authorisation", "authorisation", N_("Authorisation of sub-processors"), N_("Specific or general."), section="terms", article="28(2)"),
        plain("number", "notice_days", N_("Days of notice"), N_("How many days before a change we are told."), section="terms", article="28(2)"),
        term("deletion_or_return", "deletion-fate", N_("Data at the end of the agreement"), N_("Whether data are deleted or returned."), section="terms", article="28(3)(g)"),
        plain("long_text", "division_of_duties", N_("Division of duties"), N_("Who does what under a joint arrangement."), section="terms", article="26(1)"),
        plain("text", "contact_point", N_("Contact point"), N_("Whom people turn to under a joint arrangement, with contact details."), section="terms", article="26(1)"),
        plain("text", "essence_published", N_("Essence made available"), N_("Where people can read the essence of the arrangement."), section="terms", article="26(2)"),
        *COMMON,
    ),
)  # fmt: skip
