"""Records the main kinds lean on: retention rules, measures, systems, assessments and papers."""

from __future__ import annotations

from ropa_app.i18n import LANGUAGES
from ropa_app.model.common import COMMON, SOURCE_SECTION, period
from ropa_app.model.declare import N_, lines, link, links, plain, term
from ropa_app.model.field import ALWAYS, RecordKind

BASICS = (("basics", N_("Basics")), SOURCE_SECTION)

RETENTION = RecordKind(
    "retention", "R", 6, N_("Retention rule"), N_("Retention"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("What the rule is called."), obligatory=ALWAYS, listed=True),
        plain("text", "applies_to", N_("Applies to"), N_("Which data."), listed=True),
        period("period", N_("Kept for"), N_("How long, from when, on what ground, and what happens then."), article="30(1)(f)", obligatory=ALWAYS, listed=True),
        plain("text", "law", N_("Law"), N_("Act and section that decide.")),
        plain("text", "exceptions", N_("Exceptions"), N_("When data are kept longer or deleted sooner.")),
        plain("text", "procedure", N_("Procedure"), N_("How deletion is done and who does it."), article="5(1)(e)"),
        plain("text", "responsible", N_("Responsible"), N_("Person or role.")),
        links("systems", "system", N_("Systems"), N_("Where it is carried out.")),
        link("document", "document", N_("Document"), N_("Where the rule is written.")),
        *COMMON,
    ),
)  # fmt: skip

MEASURE = RecordKind(
    "measure", "M", 7, N_("Security measure"), N_("Measures"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("What the measure is called."), obligatory=ALWAYS, listed=True),
        term("measure", "security-measure", N_("Measure"), N_("The kind of measure."), article="32", listed=True),
        term("status", "measure-status", N_("Status"), N_("Planned, in place or ended."), listed=True),
        plain("long_text", "description", N_("Description"), N_("What is done."), article="30(1)(g)"),
        plain("date", "from", N_("In place from"), N_("Since when.")),
        plain("date", "reviewed_on", N_("Last tested"), N_("When it was last tested or reviewed."), article="32(1)(d)"),
        plain("date", "next_review", N_("Next test"), N_("When it is due again.")),
        plain("text", "responsible", N_("Responsible"), N_("Person or role.")),
        links("systems", "system", N_("Systems"), N_("Where it works.")),
        links("documents", "document", N_("Documents"), N_("Evidence.")),
        *COMMON,
    ),
)  # fmt: skip

SYSTEM = RecordKind(
    "system", "S", 8, N_("System"), N_("Systems"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("What the system is called."), obligatory=ALWAYS, listed=True),
        term("kind", "system-kind", N_("Kind"), N_("What kind of system it is."), listed=True),
        link("supplier", "party", N_("Supplier"), N_("Who supplies or runs it."), listed=True),
        plain("countries", "countries", N_("Countries"), N_("Where its data are.")),
        plain("text", "location", N_("Location"), N_("Data centre, room or region.")),
        plain("text", "access", N_("Access"), N_("Who has access, and how many."), article="32"),
        plain("text", "owner", N_("System owner"), N_("Person or role.")),
        plain("date", "from", N_("In use from"), N_("Since when.")),
        plain("date", "to", N_("In use to"), N_("Until when.")),
        links("measures", "measure", N_("Measures"), N_("Security measures of the system."), article="32"),
        plain("long_text", "description", N_("Description"), N_("What it is used for.")),
        *COMMON,
    ),
)  # fmt: skip

ASSESSMENT = RecordKind(
    "assessment", "X", 9, N_("Assessment"), N_("Assessments"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("What the assessment is called."), obligatory=ALWAYS, listed=True),
        term("kind", "assessment-kind", N_("Kind"), N_("DPIA, screening, balancing test, or transfer assessment."), obligatory=ALWAYS, article="35, 6(1)(f), 46", listed=True),
        term("status", "assessment-status", N_("Progress"), N_("Planned, under way, completed or outdated."), article="35", listed=True),
        links("activities", "activity", N_("Activities"), N_("What it is about.")),
        links("transfers", "transfer", N_("Transfers"), N_("The transfers it covers.")),
        links("parties", "party", N_("Parties"), N_("The parties it covers.")),
        plain("date", "done_on", N_("Completed on"), N_("When it was completed.")),
        plain("text", "by", N_("Carried out by"), N_("Person or role.")),
        term("outcome", "assessment-outcome", N_("Outcome"), N_("What it came to.")),
        plain("date", "next_review", N_("Next review"), N_("When it is due again."), article="35(11)", listed=True),
        plain("long_text", "necessity", N_("Necessity"), N_("Why the processing is needed for the purpose."), article="35(7)(b)"),
        plain("long_text", "balancing", N_("Balancing"), N_("The interest against people's rights."), article="6(1)(f)"),
        plain("long_text", "risks", N_("Risks"), N_("Risks for people."), article="35(7)(c)"),
        plain("long_text", "measures", N_("Measures"), N_("What is done about the risks."), article="35(7)(d)"),
        plain("long_text", "conclusion", N_("Conclusion"), N_("The result in a few sentences.")),
        plain("long_text", "dpo_advice", N_("Advice of the officer"), N_("What the data protection officer advised."), article="35(2)"),
        term("prior_consultation", "yes-no-unclear", N_("Prior consultation"), N_("Whether the authority was or must be consulted."), article="36"),
        links("documents", "document", N_("Documents"), N_("The assessment itself and what it rests on.")),
        *COMMON,
    ),
)  # fmt: skip

DOCUMENT = RecordKind(
    "document", "F", 10, N_("Document"), N_("Documents"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("Title of the document."), obligatory=ALWAYS, listed=True),
        term("kind", "document-kind", N_("Kind"), N_("What kind of document it is."), listed=True),
        plain("text", "version", N_("Version"), N_("Version as printed on it.")),
        plain("date", "date", N_("Date"), N_("Date of the document."), listed=True),
        plain("date", "valid_to", N_("Valid to"), N_("Last day it applies.")),
        plain("file", "file", N_("File"), N_("The file itself, kept in the register.")),
        plain("url", "location", N_("Link"), N_("Where it lies, if not in the register.")),
        term("confidential", "yes-no", N_("Confidential"), N_("Whether it may leave the organisation.")),
        plain("text", "language", N_("Language"), N_("Language of the document.")),
        *COMMON,
    ),
)  # fmt: skip

NOTICE = RecordKind(
    "notice", "N", 11, N_("Notice"), N_("Notices"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("Title of the notice."), obligatory=ALWAYS, listed=True),
        term("kind", "notice-kind", N_("Kind"), N_("Whom it addresses."), article="13, 14", listed=True),
        links("organisations", "organisation", N_("Organisations"), N_("Whose notice it is.")),
        plain("text", "version", N_("Version"), N_("Version as printed on it.")),
        plain("date", "published", N_("Published"), N_("Date of this version."), listed=True),
        plain("date", "replaced", N_("Replaced"), N_("When a newer version took its place.")),
        plain("url", "url", N_("Address"), N_("Where it can be read."), article="12(1)"),
        plain("text", "covers", N_("Covers"), N_("What and whom it covers.")),
        plain("text", "language", N_("Languages"), N_("Languages it is published in.")),
        plain("date", "next_review", N_("Next review"), N_("When to look it over.")),
        link("document", "document", N_("Document"), N_("A copy of this version.")),
        *COMMON,
    ),
)  # fmt: skip

REQUEST = RecordKind(
    "request", "RQ", 12, N_("Request"), N_("Requests"), BASICS,
    (
        plain("text", "name", N_("Subject"), N_("A few words; no more about the person than needed."), obligatory=ALWAYS, listed=True),
        term("kind", "request-kind", N_("Kind"), N_("What is asked for."), article="15–22", listed=True),
        term("regime", "regime", N_("Regime"), N_("Under which law.")),
        link("organisation", "organisation", N_("Organisation"), N_("Which organisation was asked.")),
        plain("date", "received", N_("Received"), N_("When it came in."), article="12(3)", listed=True),
        term("status", "request-status", N_("Status"), N_("How far it has come."), listed=True),
        plain("date", "extended_until", N_("Extended until"), N_("New deadline, at most two months later."), article="12(3)"),
        plain("text", "extension_reason", N_("Reason for extending"), N_("Why more time is needed."), article="12(3)"),
        plain("date", "extension_told", N_("Told on"), N_("When the person was told of the new deadline and the reason; within the first month."), article="12(3)"),
        plain("date", "answered", N_("Answered"), N_("When the answer went out."), article="12(3)"),
        plain("long_text", "answer", N_("Answer"), N_("What was answered."), confidential=True),
        links("activities", "activity", N_("Activities"), N_("Which activities it touches.")),
        links("documents", "document", N_("Documents"), N_("The request and the answer.")),
        lines("log", N_("Steps"), N_("What was done and when."),
            plain("date", "on", N_("On"), N_("When.")),
            plain("text", "what", N_("What"), N_("What was done.")), confidential=True),
        *COMMON,
    ),
)  # fmt: skip

TERM = RecordKind(
    "term", "V", 13, N_("Own term"), N_("Own terms"), BASICS,
    (
        plain("text", "name", N_("Label"), N_("The word as it is shown and printed."), obligatory=ALWAYS, listed=True),
        plain("text", "name_nb", N_("Label in Norwegian"), N_("The word in bokmål; empty means the same.")),
        plain("text", "vocabulary", N_("Vocabulary"), N_("The list it belongs to."), obligatory=ALWAYS, listed=True),
        plain("text", "help_text", N_("Explanation"), N_("One sentence of help.")),
        plain("texts", "flags", N_("Flags"), N_("Marks such as special, criminal, internal or vulnerable.")),
        *COMMON,
    ),
)  # fmt: skip

REGISTER = RecordKind(
    "register", "REG", 14, N_("Register"), N_("Register settings"), BASICS,
    (
        plain("text", "name", N_("Name"), N_("Name of the register."), obligatory=ALWAYS, listed=True),
        plain("text", "time_zone", N_("Time zone"), N_("Zone in which days begin and end, such as Europe/Oslo.")),
        plain("text", "language", N_("Language"), N_("Language of exports unless another is asked for."), choices=LANGUAGES),
        plain("number", "expiring_days", N_("Days before expiry"), N_("How many days ahead an agreement counts as expiring."), limits=(0, 3650)),
        lines("reference_overlay", N_("Corrections to the law data"), N_("Rows of the reference data ended or added by you."),
            plain("text", "row", N_("Row"), N_("Id of the row of the reference data.")),
            plain("text", "regime", N_("Regime"), N_("eu or uk, for a row of your own.")),
            plain("country", "code", N_("Country"), N_("For a row of your own.")),
            plain("text", "standing", N_("Standing"), N_("adequate, approved, eea, uk or review.")),
            plain("date", "from", N_("From"), N_("First day.")),
            plain("date", "to", N_("To"), N_("Last day.")),
            plain("text", "reason", N_("Reason"), N_("The decision and where it was published."))),
        *COMMON,
    ),
)  # fmt: skip
