"""Above the fields of a party: how its agreements stand, by role and organisation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.exports.timeline import Standing, agreement_timeline, standing_of
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.model.words import lower_first
from ropa_app.register.view import View
from ropa_app.rules.agreement_status import agreement_status
from ropa_app.rules.party_states import PartyState, in_use, party_states
from ropa_ui.forms.panels import Panel
from ropa_ui.forms.timeline import TimelineBar, menu_button
from ropa_ui.models.session import Session
from ropa_ui.widgets.chip import Chip
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, plain_tooltip
from ropa_ui.widgets.running_text import RunningText


def states_of(view: View, party: Record, activities: Sequence[Record]) -> list[PartyState]:
    """How a party stands in each role that these activities give it."""
    return party_states(view, view.day, activities, party.id)


class PartyPanel(Panel):
    """Each role with the state and the days of its agreement; then agreements of no use."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 2)
        self._column.setSpacing(0)

    def show_record(self, record: Record) -> None:
        """Show how this party stands on the day; to be shown again after each change."""
        view = self._session.view
        activities = [a for a in view.sources(record.id, "activity") if in_use(a, view.day)]
        clear(self._column)
        self._agreements(record, states_of(view, record, activities))

    def _agreements(self, record: Record, states: Sequence[PartyState]) -> None:
        several = len(self._session.view.of("organisation")) > 1
        for state in states:
            self._column.addWidget(self._of_role(state, several))
        told = {state.state.agreement for state in states}
        for agreement in self._session.view.sources(record.id, "agreement"):
            if agreement.text("party") == record.id and agreement.id not in told:
                self._column.addWidget(self._of_agreement(agreement))

    def _of_role(self, state: PartyState, several: bool) -> QWidget:
        """How the party stands in one role towards one of our organisations."""
        words, found = self._session.words, state.state
        role = words.term("recipient-role", state.role)
        if found.found is None:
            reason = _("Which agreement it needs depends on its role, which is not determined.")
            standing = Standing("question-fill", "rev", role, reason)
        else:
            said = standing_of(found.found, words)
            word = _("{label}: {text}").format(label=role, text=lower_first(said.word))
            standing = Standing(said.icon, said.role, word, said.reason)
        ours = words.name_of(state.organisation) if several and state.organisation else ""
        return self._block(standing, ours, found.agreement)

    def _of_agreement(self, agreement: Record) -> QWidget:
        """An agreement that no use of the party rests on."""
        view, words = self._session.view, self._session.words
        said = standing_of(agreement_status(agreement, view.day, view.expiring_days, view), words)
        return self._block(said, "", agreement.id)

    def _open(self, agreement: str, _part: str) -> None:
        self.record_asked.emit(agreement)

    def _block(self, standing: Standing, ours: str, agreement: str | None) -> QWidget:
        box = QWidget(self)
        box.setAccessibleName(standing.word)
        box.setAccessibleDescription(" ".join(part for part in (ours, standing.reason) if part))
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(IconLabel(standing.icon, standing.role, 20))
        top.addWidget(ElidedLabel(standing.word, "heading"), 1)
        record = self._session.get(agreement) if agreement else None
        if record is not None:
            chip = Chip(record.ref, "handshake")
            chip.setToolTip(plain_tooltip(self._session.title(record)))
            chip.opened.connect(partial(self.record_asked.emit, record.id))
            top.addWidget(chip)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(2)
        column.addLayout(top)
        first = [(f"{ours}.", "text")] if ours else []
        column.addWidget(RunningText([*first, (standing.reason, "text2")]))
        if record is not None:
            days = agreement_timeline(self._session.view, record, self._session.words)
            if not days.empty:
                bar = TimelineBar(self._session, record, [days], [standing], box)
                bar.activated.connect(partial(self._open, record.id))
                top.addWidget(menu_button(bar))
                column.addSpacing(6)
                column.addWidget(bar)
        return box
