"""The columns of a list: which there are, which it begins with, what they are called."""

from __future__ import annotations

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.register.listing import REFERENCE
from ropa_ui.kinds import DERIVED
from ropa_ui.models.session import Session


def default_columns(kind: str) -> list[str]:
    """The columns a list begins with: name, reference, what is derived, what is declared listed."""
    listed = [field.key for field in KINDS[kind].fields if field.listed and field.key != "name"]
    return ["name", REFERENCE, *DERIVED.get(kind, {}), *listed]


def all_columns(kind: str) -> list[str]:
    """Every column a list can show."""
    fields = [field.key for field in KINDS[kind].fields if field.key != "name"]
    return ["name", REFERENCE, *DERIVED.get(kind, {}), *fields]


def fact_keys(kind: str) -> list[str]:
    """The fields whose values may stand in the second line of a list."""
    return [field.key for field in KINDS[kind].fields if field.listed and field.key != "name"]


def column_label(session: Session, kind: str, key: str) -> str:
    """The heading of a column."""
    if key == REFERENCE:
        return _("Reference")
    declared: Field | None = KINDS[kind].field(key) if KINDS[kind].has(key) else None
    return session.words.label(declared) if declared else _(DERIVED[kind][key])


def why_nothing_to_type(key: str) -> str:
    """Why a column that is no field of the records takes no text, in one sentence."""
    if key == REFERENCE:
        return _("The register gives each record its reference, and it stays the same.")
    return _("This column is worked out from other fields; there is nothing to type.")
