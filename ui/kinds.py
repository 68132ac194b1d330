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
