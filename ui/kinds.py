"""How each kind of record looks: icons, navigation, columns that are no fields."""

from __future__ import annotations

from ropa_app.i18n import N_

#: Pages of the navigation in groups: key (a kind of record or a page), icon, label.
NAVIGATION: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("overview", "house-simple", N_("Overview")),),
    (
        ("activity", "rows", N_("Activities")),
        ("party", "buildings", N_("Processors & recipients")),
        ("agreement", "handshake", N_("Agreements")),
        ("transfer", "globe-hemisphere-east", N_("Transfers")),
    ),
    (
        ("retention", "hourglass-medium", N_("Retention")),
        ("measure", "shield-check", N_("Measures")),
        ("system", "hard-drives", N_("Systems")),
        ("assessment", "scales", N_("Assessments")),
    ),
    (
        ("request", "tray", N_("Requests")),
        ("notice", "megaphone-simple", N_("Notices")),
        ("document", "paperclip", N_("Documents")),
    ),
    (
        ("organisation", "identification-card", N_("Organisations")),
        ("term", "tag", N_("Own terms")),
    ),
    (
        ("history", "clock-counter-clockwise", N_("History")),
        ("checks", "check-square-offset", N_("Checks")),
    ),
)

ICONS = {key: icon for group in NAVIGATION for key, icon, _label in group} | {
    "register": "gear-six"
}
LABELS = {key: label for group in NAVIGATION for key, _icon, label in group} | {
    "register": N_("Settings of the register")
}

#: By kind: key and heading of each column that is worked out, never stored.
DERIVED: dict[str, dict[str, str]] = {
    "agreement": {"agreement_status": N_("Status today")},
    "request": {"answer_by": N_("Answer by")},
    "party": {"roles": N_("Roles here"), "party_agreements": N_("Agreements")},
    "transfer": {"relied_on": N_("Safeguards relied on")},
}

#: Kinds of which that is told by every activity that links to a record: some 30 ms for each row of
#: a large register.
FAR_REACHING = ("party",)

#: By kind: what stands at the head of its form, where that is not what its list shows: of a
#: transfer, importer and destination stand in its route right below.
HEADS: dict[str, tuple[str, ...]] = {
    "transfer": ("relied_on", "our_place", "kinds", "frequency"),
}

#: By kind: a new record of it, on buttons and as its name until it has one.
NEW: dict[str, str] = {
    "organisation": N_("New organisation"),
    "activity": N_("New activity"),
    "party": N_("New party"),
    "agreement": N_("New agreement"),
    "transfer": N_("New transfer"),
    "retention": N_("New retention rule"),
    "measure": N_("New security measure"),
    "system": N_("New system"),
    "assessment": N_("New assessment"),
    "document": N_("New document"),
    "notice": N_("New notice"),
    "request": N_("New request"),
    "term": N_("New own term"),
    "register": N_("New register"),
}

#: By kind: what stands in a list that has no record yet: that there is none, and what one is for.
EMPTY: dict[str, tuple[str, str]] = {
    "organisation": (
        N_("No organisations yet"),
        N_("Enter the company whose record this is; a group enters one for each company."),
    ),
    "activity": (
        N_("No activities yet"),
        N_("Enter what is done with personal data, one activity at a time: payroll, newsletter, …"),
    ),
    "party": (
        N_("No processors or recipients yet"),
        N_("Enter everyone outside who gets personal data from you, and in which role."),
    ),
    "agreement": (
        N_("No agreements yet"),
        N_("Enter the agreement with each processor, also one that is asked for but not signed."),
    ),
    "transfer": (
        N_("No transfers yet"),
        N_("Enter where data leave the EEA or the UK, and which safeguard protects them there."),
    ),
    "retention": (
        N_("No retention rules yet"),
        N_("Enter how long data are kept, and why; several activities can share a rule."),
    ),
    "measure": (
        N_("No security measures yet"),
        N_("Enter what protects the data: access control, encryption, training, …"),
    ),
    "system": (
        N_("No systems yet"),
        N_("Enter the systems and tools in which personal data are."),
    ),
    "assessment": (
        N_("No assessments yet"),
        N_("Enter impact assessments, balancing tests and assessments of transfers."),
    ),
    "document": (
        N_("No documents yet"),
        N_("Keep signed agreements and other evidence here; the files lie in the register."),
    ),
    "notice": (
        N_("No privacy notices yet"),
        N_("Enter the notices that tell people what is done with their data."),
    ),
    "request": (
        N_("No requests yet"),
        N_("Enter what people ask for, and the day it came in: the day to answer by follows."),
    ),
    "term": (
        N_("No own terms yet"),
        N_("Enter the words you miss in the lists; they are offered beside the others."),
    ),
    "register": (N_("No settings"), N_("The register has lost its settings; restore a backup.")),
}
