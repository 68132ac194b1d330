"""A block from the clipboard laid over records, or made into new ones, after a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ropa_app.i18n import _
from ropa_ui.kinds import LABELS
from ropa_ui.languages import number
from ropa_ui.models.cell_changes import Plan, plan_paste
from ropa_ui.models.clipboard import Block, parse_block
from ropa_ui.models.columns import column_label
from ropa_ui.models.pasted_block import Laid, lay_by_headings, lay_in_place
from ropa_ui.models.record_model import RecordModel
from ropa_ui.models.session import Session
from ropa_ui.views.table_preview import PreviewDialog


def clipboard_block(session: Session) -> Block | None:
    """The cells on the clipboard; None, and a sentence, where there are none to be pasted."""
    if not session.writable:
        session.failed.emit(_("The past cannot be changed; go back to today first."))
        return None
    text = QGuiApplication.clipboard().text()
    if not text.strip("\r\n\t "):
        session.failed.emit(_("There are no cells on the clipboard."))
        return None
    return parse_block(text)


class Pasting:
    """A block and where it is to lie: from a row of a list on, beneath these columns."""

    def __init__(
        self, session: Session, model: RecordModel, rows: Sequence[int], keys: Sequence[str]
    ) -> None:
        self._session = session
        self._model = model
        self._rows = list(rows)
        self._keys = keys

    def open(self, block: Block, parent: QWidget) -> PreviewDialog | None:
        """Show what the block would change; None where it would change nothing."""
        as_it_lies = partial(self._plan, lay_in_place(block, self._keys))
        headed = lay_by_headings(block, self._model.kind.key)
        plan = self._plan(headed) if headed else as_it_lies()
        if headed is None and self._is_nameless(plan):
            self._session.failed.emit(self._where_to_begin())
            return None
        if not plan.cells and headed is None:
            self._session.said.emit(_("The cells hold just this already."), False)
            return None
        return preview(
            self._session, plan, _("Paste"), parent, whole=as_it_lies if headed else None
        )

    def _is_nameless(self, plan: Plan) -> bool:
        """True if all rows would be new records and the block lies where it can name none."""
        return bool(plan.cells) and "name" not in self._keys and all(
            cell.nameless for cell in plan.cells
        )

    def _where_to_begin(self) -> str:
        sentence = _("A new record needs a name; paste again, beginning in the column {column}.")
        return sentence.format(column=column_label(self._session, self._model.kind.key, "name"))

    def _plan(self, laid: Laid) -> Plan:
        rows = targets(self._rows, len(laid.rows))
        found = [self._model.record(row) for row in rows]
        return plan_paste(self._session, self._model.kind.key, laid, found, self._model.text)


def paste_new(
    session: Session, model: RecordModel, keys: Sequence[str], parent: QWidget
) -> PreviewDialog | None:
    """Make each row on the clipboard a new record, its cells beneath these columns."""
    block = clipboard_block(session)
    if block is None:
        return None
    return Pasting(session, model, [model.count()], keys).open(block, parent)


def preview(
    session: Session, plan: Plan, title: str, parent: QWidget,
    whole: Callable[[], Plan] | None = None,
) -> PreviewDialog:  # fmt: skip
    """Show a plan before it is written; a notice with Undo tells that it was."""
    dialog = PreviewDialog(session, plan, title, parent, whole)
    dialog.written.connect(partial(_say, session))
    dialog.open()
    return dialog


def _say(session: Session, plan: Plan, unread: bool) -> None:
    made, count = plan.made(unread), len(plan.kept(unread))
    if made and made == plan.records(unread):
        sentence = _("Added 1 record") if made == 1 else _("Added {count} {kind}")
        what = _(LABELS[plan.kind]).lower()
        session.said.emit(sentence.format(count=number(made), kind=what), True)
        return
    sentence = _("Changed 1 cell") if count == 1 else _("Changed {count} cells")
    session.said.emit(sentence.format(count=number(count)), True)


def targets(marked: list[int], count: int) -> list[int]:
    """Where a block of this length lies: on what is marked if that is as many, else from there."""
    return marked if len(marked) == count else list(range(marked[0], marked[0] + count))
