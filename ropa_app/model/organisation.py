"""The organisation whose register this is; several in a group."""

from __future__ import annotations

from ropa_app.model.common import COMMON, SOURCE_SECTION
from ropa_app.model.declare import N_, lines, link, plain, term, terms
from ropa_app.model.field import ALWAYS, RecordKind

ORGANISATION = RecordKind(
    "organisation", "O", 1, N_("Organisation"), N_("Organisations"),
    (
        ("basics", N_("Who we are")), ("regimes", N_("Law that applies")),
        ("officer", N_("Data protection officer")), ("representatives", N_("Representatives")),
        SOURCE_SECTION,
    ),
    (
        plain("text", "name", N_("Name"), N_("The full legal name."), article="30(1)(a)", obligatory=ALWAYS, listed=True),
        plain("organisation_number", "organisation_number", N_("Organisation number"), N_("Number in the company register; Norwegian numbers are checked by their last digit."), listed=True),
        plain("country", "country", N_("Country"), N_("Country of establishment."), listed=True),
        plain("text", "address", N_("Address"), N_("Postal address."), article="30(1)(a)", obligatory=ALWAYS),
        plain("email", "email", N_("E-mail"), N_("General e-mail address."), article="30(1)(a)", obligatory=ALWAYS, listed=True),
        plain("phone", "phone", N_("Telephone"), N_("Telephone number, as it is printed."), article="30(1)(a)"),
        plain("url", "website", N_("Website"), N_("Address of the website.")),
        plain("email", "privacy_email", N_("Privacy contact"), N_("E-mail address for requests and questions about personal data."), article="12(2)"),
        plain("text", "contact_person", N_("Contact person"), N_("Person or role answering for the register.")),
        terms("sectors", "sector", N_("Line of business"), N_("What kind of business this is.")),
        plain("number", "employees", N_("Employees"), N_("Number of persons employed; decides whether Art. 30(5) may exempt."), article="30(5)"),
        lines("establishments", N_("Establishments"), N_("Places of business, branches and group companies."),
            plain("text", "name", N_("Name"), N_("Name of the place or company.")),
            plain("text", "address", N_("Address"), N_("Postal address.")),
            plain("country", "country", N_("Country"), N_("Country of the place."))),
        link("group_parent", "organisation", N_("Parent company"), N_("The organisation in this register that owns this one.")),
        lines("regimes", N_("Regimes"), N_("Which data protection law applies, and why."),
            term("regime", "regime", N_("Regime"), N_("GDPR of the EU and EEA, or UK GDPR.")),
            term("reason", "regime-reason", N_("Reason"), N_("Establishment, offering goods or services, or monitoring."), article="3"),
            plain("text", "explanation", N_("Explanation"), N_("The facts behind the reason.")),
            plain("date", "from", N_("From"), N_("Since when.")),
            section="regimes", article="3"),
        lines("supervisory_authorities", N_("Supervisory authorities"), N_("The authorities that supervise this organisation, and complaints go to."),
            term("regime", "regime", N_("Regime"), N_("Under which law.")),
            plain("text", "authority", N_("Authority"), N_("Name of the authority.")),
            plain("text", "matter", N_("Matter"), N_("What it supervises.")),
            plain("url", "website", N_("Website"), N_("Where to reach it.")),
            section="regimes", article="13(2)(d)"),
        term("dpo_status", "dpo-status", N_("Data protection officer"), N_("Whether one is appointed, inside or outside the organisation."), section="officer", article="37(1)", obligatory=ALWAYS),
        plain("long_text", "dpo_reason", N_("Reason if none is appointed"), N_("Why Art. 37(1) does not demand one."), section="officer", article="37(1)"),
        plain("text", "dpo_name", N_("Name of the officer"), N_("Name or role of the data protection officer."), section="officer", article="30(1)(a)"),
        plain("text", "dpo_company", N_("Company of the officer"), N_("The company that provides an external officer."), section="officer", article="37(6)"),
        plain("text", "dpo_address", N_("Address of the officer"), N_("Postal address."), section="officer", article="30(1)(a)"),
        plain("email", "dpo_email", N_("E-mail of the officer"), N_("E-mail address."), section="officer", article="30(1)(a)"),
        plain("phone", "dpo_phone", N_("Telephone of the officer"), N_("Telephone number."), section="officer", article="30(1)(a)"),
        plain("date", "dpo_notified", N_("Notified to the authority"), N_("When the contact details were given to the authority."), section="officer", article="37(7)"),
        lines("representatives", N_("Representatives"), N_("Representative in the EU or EEA, or in the UK, under Art. 27."),
            term("regime", "regime", N_("Regime"), N_("Under which law the representative acts.")),
            plain("text", "name", N_("Name"), N_("Name of the representative.")),
            plain("text", "address", N_("Address"), N_("Postal address.")),
            plain("email", "email", N_("E-mail"), N_("E-mail address.")),
            plain("phone", "phone", N_("Telephone"), N_("Telephone number.")),
            plain("date", "mandate", N_("Date of the mandate"), N_("Date of the written mandate.")),
            link("document", "document", N_("Document"), N_("The mandate.")),
            section="representatives", article="30(1)(a), 27"),
        *COMMON,
    ),
)  # fmt: skip
