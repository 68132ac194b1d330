"""A transfer to a third country or international organisation, one record for both regimes."""

from __future__ import annotations

from ropa_app.model.common import COMMON, SOURCE_SECTION
from ropa_app.model.declare import N_, lines, link, links, plain, term, terms
from ropa_app.model.field import ALWAYS, RecordKind

TRANSFER = RecordKind(
    "transfer", "T", 5, N_("Transfer"), N_("Transfers"),
    (("basics", N_("Transfer")), ("safeguards", N_("Safeguards")), ("details", N_("Data and duration")), SOURCE_SECTION),
    (
        plain("text", "name", N_("Name"), N_("A short name for the transfer."), listed=True),
        link("exporter", "organisation party", N_("Exporter"), N_("Who sends the data or gives access to them."), article="44", obligatory=ALWAYS),
        link("importer", "organisation party", N_("Importer"), N_("Who receives them."), article="44", obligatory=ALWAYS, listed=True),
        plain("country", "destination", N_("Destination"), N_("Country, territory or international organisation."), article="30(1)(e)", obligatory=ALWAYS, listed=True),
        plain("text", "destination_place", N_("Place"), N_("Region, city or data centre."), section="details"),
        term("our_place", "transfer-role", N_("Our place in it"), N_("Whether we export, or know of it from the chain.")),
        terms("kinds", "transfer-kind", N_("Kind"), N_("Storage, remote access, support or onward transfer."), article="44"),
        links("activities", "activity", N_("Activities"), N_("The activities it serves."), article="30(1)(e)"),
        terms("categories", "data-category", N_("Data"), N_("Categories of data transferred."), article="30(1)(e)", section="details"),
        plain("text", "data_detail", N_("Data in detail"), N_("Anything the categories do not say."), section="details"),
        plain("text", "purpose", N_("What for"), N_("Why the data go there."), section="details"),
        term("frequency", "frequency", N_("How often"), N_("Continuous, regular, occasional or once."), section="details"),
        plain("date", "from", N_("From"), N_("Since when."), section="details"),
        plain("date", "to", N_("To"), N_("Until when."), section="details"),
        lines("safeguards", N_("Safeguards"), N_("What protects the data, under each regime."),
            term("regime", "regime", N_("Regime"), N_("Under which law.")),
            term("mechanism", "mechanism", N_("Mechanism"), N_("The ground of the transfer."), article="45, 46, 49"),
            term("reliance", "reliance", N_("Status"), N_("Whether it is relied on or stands ready as a fallback.")),
            plain("date", "from", N_("From"), N_("Since when.")),
            plain("date", "to", N_("To"), N_("Until when.")),
            plain("text", "instrument", N_("Instrument"), N_("Decision, regulations or version of the clauses.")),
            terms("modules", "scc-module", N_("SCC module"), N_("Module of the EU standard contractual clauses.")),
            term("annexes_complete", "yes-no-unclear", N_("Annexes or tables complete"), N_("SCC annexes I to III, or tables 1 to 4 of the IDTA or Addendum.")),
            term("addendum_signed", "yes-no-unclear", N_("UK Addendum signed"), N_("Whether the UK Addendum is attached to the clauses.")),
            plain("text", "derogation_reason", N_("Reason for a derogation"), N_("Why a derogation of Art. 49 covers it."), article="49"),
            plain("text", "compelling_documentation", N_("Documented safeguards, Art. 49(1) second subparagraph"), N_("The assessment and suitable safeguards of a transfer on compelling legitimate interests."), article="30(1)(e), 49(6)"),
            plain("date", "authority_informed", N_("Authority informed"), N_("When the authority was told of it."), article="49(1)"),
            link("assessment", "assessment", N_("Assessment"), N_("The transfer impact or risk assessment.")),
            plain("text", "supplementary_measures", N_("Supplementary measures"), N_("What was added to the clauses.")),
            link("document", "document", N_("Document"), N_("The signed clauses.")),
            plain("text", "copy", N_("How to get a copy"), N_("Where a person can get a copy of the safeguards."), article="13(1)(f)"),
            plain("date", "review", N_("Review"), N_("When to look it over.")),
            section="safeguards", article="44–49", obligatory=ALWAYS),
        *COMMON,
    ),
)  # fmt: skip
