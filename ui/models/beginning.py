"""What a record holds from the moment it is made, before anybody has said anything of it."""

from __future__ import annotations

from ropa_app.i18n import _
from ropa_app.model.field import Field, RecordKind
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Value
from ropa_ui.kinds import NEW
from ropa_ui.models.session import Session


def beginning(session: Session, kind: str) -> dict[str, Value]:
    """The values of a new record: what can be nothing else, and “New …” for a name it must have.

    The only organisation of a register stands in the first field that must name one; with it come
    its regimes, which an activity without lines of its own takes from the organisation.
    """
    declared = KINDS[kind]
    values: dict[str, Value] = {}
    if needs_name(kind):
        values["name"] = _(NEW[kind])
    if kind == "term":
        values["vocabulary"] = "purpose"  # the list most often added to; chosen in the form
    own, field = session.view.of("organisation"), _naming_organisation(declared)
    if field is not None and len(own) == 1:
        values[field.key] = [own[0].id] if field.many else own[0].id
    return values


def needs_name(kind: str) -> bool:
    """True if a record of a kind cannot be without a name."""
    return bool(KINDS[kind].field("name").obligatory)


def _naming_organisation(kind: RecordKind) -> Field | None:
    must = (field for field in kind.fields if field.obligatory)
    return next((field for field in must if "organisation" in field.links_to), None)
