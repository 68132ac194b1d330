"""Beside the form of a party: whom it engages, what calls for an answer, and what uses it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.exports.party_tree import sub_processor_tree
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.model.words import lower_first
from ropa_app.rules.objections import OBJECTED, answered, proposals
from ropa_app.rules.party_states import PartyState, in_use
from ropa_ui.forms.panels import Panel
from ropa_ui.forms.party_panel import states_of
from ropa_ui.forms.party_tree import BranchTree
from ropa_ui.forms.proposal_box import ProposalBox, who_words
from ropa_ui.forms.used_by import UsedRow
from ropa_ui.models.session import Session
from ropa_ui.widgets.buttons import text_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.press_row import PAD

_MOST = 12  # activities named before the rest is counted


class PartyBeside(Panel):
    """The tree of sub-processors, proposals of new ones, and "Used by".

    It stands `PAD` further out than what is above it, for the ground of its rows. `record_asked`
    tells whom to open.
    """

    record_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._record: Record | None = None
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 14)
        self._column.setSpacing(0)

    def show_record(self, record: Record) -> None:
        """Show how this party stands on the day; to be shown again after each change."""
        if self._record is None or self._record.id != record.id:
            self._all = False
        self._record = record
        view = self._session.view
        activities = [a for a in view.sources(record.id, "activity") if in_use(a, view.day)]
        clear(self._column)
        self._boxes: list[ProposalBox] = []
        self._shown_tree: BranchTree | None = None
        self._tree(record, activities)
        self._proposals(record)
        self._used(states_of(view, record, activities))
        self._column.addStretch(1)

    def _inset(self, widget: QWidget) -> None:
        """Add what has no ground of its own: it stands as far in as the text of the rows."""
        line = QHBoxLayout()
        line.setContentsMargins(PAD, 0, PAD, 0)
        line.addWidget(widget)
        self._column.addLayout(line)

    # Sub-processors and uses

    def _heading(self, title: str, count: int) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(PAD, 8, PAD, 6)
        line.setSpacing(8)
        line.addWidget(Label(title, "section"))
        line.addWidget(Label(str(count), "small", "text3", tabular=True))
        line.addStretch(1)
        self._column.addLayout(line)
        self._inset(Hairline(self))
        self._column.addSpacing(6)

    def _tree(self, record: Record, activities: list[Record]) -> None:
        view, words = self._session.view, self._session.words
        branches = sub_processor_tree(view, record, words, activities)
        if len(branches) < 2:
            return
        subs = {branch.record or branch.name for branch in branches if branch.is_sub}
        self._heading(_("Sub-processors"), len(subs))
        tree = BranchTree(branches, self)
        tree.record_asked.connect(self.record_asked)
        self._shown_tree = tree
        self._inset(tree)
        self._column.addSpacing(8)

    def _proposals(self, record: Record) -> None:
        """New sub-processors that call for our answer (Art. 28(2))."""
        can_answer = self._session.writable and not record.deleted
        for proposal in proposals(self._session.view, record):
            box = ProposalBox(proposal, self._session.words, can_answer, self)
            box.answered.connect(partial(self._answer, box.line_id))
            self._boxes.append(box)
            self._inset(box)
            self._column.addSpacing(10)

    def _answer(self, line_id: str, answer: str) -> None:
        """Write our answer with the day, as one step; the keyboard goes on to what comes next."""
        view = self._session.view
        record = view.records[self._record.id] if self._record else None
        if record is None:
            return
        seen = record["sub_processors"]
        given = answered(record.items("sub_processors"), line_id, answer, view.day)
        if not self._session.set_value(record.id, "sub_processors", seen, given):
            return
        line = next(one for one in record.lines("sub_processors") if one.get("id") == line_id)
        said = _("Accepted as a sub-processor: {what}")
        if answer == OBJECTED:
            said = _("Objection recorded; send it to the processor, too: {what}")
        what = who_words(line, self._session.words).rstrip(".")
        self._session.said.emit(said.format(what=what), True)
        self._focus_next()

    def _focus_next(self) -> None:
        """Go to the next answer, else to the tree: what had the keyboard is gone."""
        buttons = [button for box in self._boxes for button in box.buttons]
        target = buttons[0] if buttons else self._shown_tree
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _used(self, states: Sequence[PartyState]) -> None:
        """The activities, each with the roles the party has there."""
        roles: dict[str, dict[str, None]] = {}
        for state in states:
            for activity in state.activities:
                roles.setdefault(activity, {})[state.role] = None
        if not roles:
            return
        self._heading(_("Used by"), len(roles))
        ordered = sorted(roles, key=lambda i: self._session.view.records[i].number)
        for activity in ordered if self._all else ordered[:_MOST]:
            self._column.addWidget(self._row(activity, list(roles[activity])))
        rest = len(ordered) - _MOST
        if rest > 0 and not self._all:
            more = text_button(_("{count} more").format(count=rest), parent=self)
            more.clicked.connect(self._show_all)
            self._column.addWidget(more)

    def _row(self, activity: str, roles: Sequence[str]) -> UsedRow:
        words, record = self._session.words, self._session.view.records[activity]
        said = [words.term("recipient-role", role) for role in roles]
        text = ", ".join([*said[:1], *map(lower_first, said[1:])])
        row = UsedRow(record.ref, self._session.title(record), text, self)
        row.clicked.connect(partial(self.record_asked.emit, activity))
        return row

    def _show_all(self) -> None:
        self._all = True
        if self._record is not None:
            self.show_record(self._record)
