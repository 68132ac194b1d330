"""What stands above or beside the fields of some kinds: what their facts come to today."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ropa_app.model.record import Record
from ropa_ui.models.session import Session


class Panel(QWidget):
    """A part of a form that follows its record; it may ask for another, or for a field."""

    record_asked = Signal(str)
    field_asked = Signal(str)

    def show_record(self, record: Record) -> None:
        """Show what this record comes to."""
        raise NotImplementedError


def _request(session: Session, parent: QWidget) -> Panel:
    from ropa_ui.forms.request_panel import RequestPanel

    return RequestPanel(session, parent)


def _party(session: Session, parent: QWidget) -> Panel:
    from ropa_ui.forms.party_panel import PartyPanel

    return PartyPanel(session, parent)


def _beside_party(session: Session, parent: QWidget) -> Panel:
    from ropa_ui.forms.party_beside import PartyBeside

    return PartyBeside(session, parent)


def _agreement(session: Session, parent: QWidget) -> Panel:
    from ropa_ui.forms.timeline import AgreementTimeline

    return AgreementTimeline(session, parent)


def _transfer(session: Session, parent: QWidget) -> Panel:
    from ropa_ui.forms.route import TransferPanel

    return TransferPanel(session, parent)


MAKERS: dict[str, Callable[[Session, QWidget], Panel]] = {
    "party": _party,
    "agreement": _agreement,
    "transfer": _transfer,
    "request": _request,
}


#: What stands beside the fields where there is room.
BESIDE: dict[str, Callable[[Session, QWidget], Panel]] = {"party": _beside_party}


def panel_for(kind: str, session: Session, parent: QWidget) -> Panel | None:
    """The panel above the fields of a kind of record; None if it has none."""
    made = MAKERS.get(kind)
    return made(session, parent) if made else None


def beside_for(kind: str, session: Session, parent: QWidget) -> Panel | None:
    """The panel beside the fields of a kind of record; None if it has none."""
    made = BESIDE.get(kind)
    return made(session, parent) if made else None
