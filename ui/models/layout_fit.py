"""Which layout fits a register, and why one would stand empty."""

from __future__ import annotations

from ropa_app.exports.layout import Layout, layouts
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.register.conditions import Filter
from ropa_app.register.listing import Query, numbers
from ropa_app.rules.regimes import concerns
from ropa_app.rules.standing import standing
from ropa_ui.models.session import Session


def is_record(layout: Layout) -> bool:
    """True for the record of the activities that an authority reads, under one law or more."""
    return layout.row != "record" and layout.writer != "safeguards-pdf"


def fitting_layout(session: Session) -> str:
    """The record to begin with; empty if nothing speaks for any.

    That of the law of the country where an organisation is, else the first of a law that applies.
    """
    own = session.view.of("organisation")
    single = [each for each in layouts() if is_record(each) and len(each.regimes) == 1]
    open_to = [each for each in single if not why_empty(session, each)]
    at_home = (each.id for each in open_to if any(_is_home(session, o, each) for o in own))
    settled = own and len(open_to) < len(single)
    return next(at_home, open_to[0].id if settled and open_to else "")


def _is_home(session: Session, organisation: Record, layout: Layout) -> bool:
    country = organisation["country"]
    if not isinstance(country, str):
        return False
    return standing(country, layout.regimes[0], session.view.day).domestic


def why_empty(session: Session, layout: Layout) -> str:
    """Why no activity would stand in a record; empty if one may."""
    own = session.view.of("organisation")
    if not is_record(layout) or not own or any(concerns(layout.regimes, o, None) for o in own):
        return ""
    for regime in layout.regimes:  # an activity may say for itself what applies to it
        asked = Query("activity", filters=(Filter("regimes.regime", regime),))
        if numbers(session.register, asked, session.words):
            return ""
    law = ", ".join(session.words.term("regime", regime) for regime in layout.regimes)
    return _("Would be empty: {law} applies to no activity").format(law=law)
