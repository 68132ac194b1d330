"""Merging two records: what will stand, where both say something else, what follows."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_app.register.change import Edit
from ropa_app.register.merge import differing, filled, linking
from ropa_ui.forms.entries import Entry, read_ahead, record_entries
from ropa_ui.forms.picker import Picker
from ropa_ui.models.field_words import field_label, named, said
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.views.work_dialog import WorkDialog
from ropa_ui.widgets.buttons import plain_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.diff_value import NewValue
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, Label
from ropa_ui.widgets.scroll_box import ScrollBox
from ropa_ui.widgets.two_values import TwoValues

_LABEL = 132


class MergeDialog(WorkDialog):
    """Nothing is written before its button is pressed; then it is one step that can be undone."""

    merged = Signal(str, str)

    def __init__(
        self, session: Session, kept: Record, other: Record | None, parent: QWidget
    ) -> None:
        sentence = _("One record stays and takes over all that leads to the other.")
        super().__init__(session, _("Merge two records"), sentence, _("Merge"), parent, wide=780)
        self.kept, self.other = kept, other
        self._choices: dict[str, TwoValues] = {}
        if other is None:
            read_ahead(session, kept.kind_key)
        self._build()
        self._show()
        self.set_first(self.work_button if other else self.line)

    # Building

    def _build(self) -> None:
        self._stays = ElidedLabel("", "name", "text", self)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Which record?"))
        self.line.setAccessibleName(_("Is merged into it"))
        self.picker = Picker(self.line, self._entries, _no_makers)
        self.picker.chosen.connect(self._picked)
        self.swap_button = plain_button(_("Swap"), "arrows-down-up", self)
        self.swap_button.clicked.connect(self.swap)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (text, widget) in enumerate(
            ((_("Stays"), self._stays), (_("Is merged into it"), self.line))
        ):
            label = Label(text, "body", "text2", self)
            label.setFixedWidth(px(_LABEL))
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self.swap_button, 0, 2, 2, 1)
        self.summary = Label("", "body", "text", self, wrap=True)
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 10, 0)
        self._rows.setSpacing(8)
        self._scroll = ScrollBox(_("What will change"), self)
        self._scroll.setWidget(self._inner)
        self.body.addLayout(grid)
        self.body.addWidget(Hairline(self))
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.summary)
        self.add_foot()
        self.work_button.setFocus()

    def _entries(self) -> list[Entry]:
        """The records that can be merged into the one that stays."""
        found = record_entries(self._session, self.kept.kind_key)
        others = [entry for entry in found if entry.value != self.kept.id]
        if self.kept.kind_key != "term":
            return others
        records = self._session.view.records
        mine = self.kept["vocabulary"]
        return [entry for entry in others if records[entry.value]["vocabulary"] == mine]

    # What the user does

    def _picked(self, entry: Entry) -> None:
        self.other = self._session.view.records[entry.value]
        self._show()
        self.work_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def swap(self) -> None:
        """Let the other record stay instead."""
        if self.other is not None:
            self.kept, self.other = self.other, self.kept
            self._show()

    # Showing

    def _show(self) -> None:
        self._stays.setText(named(self._session, self.kept))
        self.line.setText(named(self._session, self.other) if self.other else "")
        self.line.setCursorPosition(0)
        clear(self._rows)
        self._choices.clear()
        chosen = self.other is not None
        self.swap_button.setEnabled(chosen)
        self.work_button.setEnabled(chosen)
        hint = "" if chosen else _("Choose the record to merge first.")
        self.swap_button.setToolTip(hint)
        self.work_button.setToolTip(hint)
        self._scroll.setVisible(chosen)
        self.summary.setVisible(chosen)
        if self.other is not None:
            self._show_plan(self.kept, self.other)
        self.fit()

    def _show_plan(self, kept: Record, other: Record) -> None:
        fields = differing(kept, other)
        if fields:
            self._head(_("Only one can stand"))
        for key in fields:
            self._rows.addWidget(Label(field_label(self._session, kept, key), "body", "text2"))
            values = TwoValues(
                [(each.ref, said(self._session, each, key, each[key])) for each in (kept, other)],
                self._inner, beside=True,
            )  # fmt: skip
            values.choose(0)
            self._rows.addWidget(values)
            self._choices[key] = values
        gained = [edit for edit in filled(kept, other) if edit.field != "former_names"]
        if gained:
            self._head(_("Taken over from {ref}").format(ref=other.ref))
        for edit in gained:
            self._rows.addLayout(self._gain(kept, edit))
        self._rows.addStretch(1)
        self.summary.setText(self._consequences(kept, other, bool(fields or gained)))
        self._scroll.setVisible(bool(fields or gained))

    def _fit_now(self) -> None:
        """What will change is seen whole, as far as there is room; then the dialog as ever."""
        above = (self.parentWidget() or self).window()
        room = min(above.height(), self.screen().availableSize().height())
        high = self._rows.totalHeightForWidth(self._scroll.viewport().width())
        wanted = max(high, self._rows.sizeHint().height()) + 4
        self._scroll.setMinimumHeight(min(wanted, max(room // 2, px(160))))
        super()._fit_now()

    def _head(self, text: str) -> None:
        if self._rows.count():
            self._rows.addSpacing(px(8))
        self._rows.addWidget(Label(text, "section", "text", self._inner))

    def _gain(self, kept: Record, edit: Edit) -> QHBoxLayout:
        label = Label(field_label(self._session, kept, edit.field), "body", "text2", wrap=True)
        label.setFixedWidth(px(_LABEL))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        words = said(self._session, kept, edit.field, edit.new)
        row.addWidget(NewValue(words, self._inner), 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _consequences(self, kept: Record, other: Record, more: bool) -> str:
        """What follows for links, name and reference, in sentences."""
        count = linking(self._session.register, kept, other)
        parts = []
        if not more:
            parts.append(_("Both hold the same; nothing else changes in {ref}."))
        if count == 1:
            parts.append(_("1 record that links to {other} will link to {ref}."))
        elif count:
            parts.append(_("{count} records that link to {other} will link to {ref}."))
        else:
            parts.append(_("Nothing else links to {other}."))
        if kept["name"] != other["name"] and other["name"] is not None:
            parts.append(_("The name that goes is kept as a former name."))
        parts.append(_("{other} leads to {ref} from now on. Undo takes all of it back."))
        return " ".join(parts).format(count=count, other=other.ref, ref=kept.ref)

    # Writing

    def theirs(self) -> list[str]:
        """The fields in which the value of the record that goes is to stand."""
        return [key for key, values in self._choices.items() if values.chosen() == 1]

    def asked(self) -> tuple[str, dict[str, Any]]:
        other = self.other or self.kept
        theirs = self.theirs()
        return "merge", {"kept": self.kept.ref, "other": other.ref, "theirs": theirs}

    def finished_with(self, answer: dict[str, Any]) -> None:
        if self.other is not None:
            self.accept()
            self.merged.emit(self.kept.id, self.other.ref)


def _no_makers(_text: str) -> list[Entry]:
    return []


def open_merge(session: Session, records: list[Record], parent: QWidget) -> MergeDialog:
    """The dialog for one record and another to be chosen, or for two."""
    other = records[1] if len(records) > 1 else None
    dialog = MergeDialog(session, records[0], other, parent)
    dialog.merged.connect(partial(_say, session))
    dialog.open()
    return dialog


def _say(session: Session, kept: str, other: str) -> None:
    record = session.view.records[kept]
    text = _("Merged {other} into {ref}").format(other=other, ref=named(session, record))
    session.said.emit(text, True)
