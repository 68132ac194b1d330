"""The flow of an activity or a party: the picture, what it means, and what it says in words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ropa_app.exports.flow import COUNTRY, Node
from ropa_app.exports.picture_flow import activity_flow, legend, party_flow
from ropa_app.i18n import _
from ropa_app.model.record import Record
from ropa_ui.forms.flow_bar import FlowBar
from ropa_ui.forms.flow_remedy import Remedy, remedy_for
from ropa_ui.models.checks import Checks
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import icon_button, plain_button
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.flow_canvas import FlowCanvas, FlowHeads
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import IconLabel, Label

#: The kinds of record that have a flow.
FLOWS = {"activity": activity_flow, "party": party_flow}
_FILES = ("SVG", "PNG", "PDF")
_NARROW = 700  # px below which the legend needs the room of the words on buttons
_LOW = 230  # px below which the picture needs that of the legend: each node says what it is


class FlowView(QWidget):
    """The flow of one record, made when it is first seen.

    `record_asked` tells whom to open, `place_asked` the record and field where something is put
    right. Alt+Enter does what the button of the remedy does.
    """

    record_asked = Signal(str)
    place_asked = Signal(str, str)

    def __init__(self, session: Session, checks: Checks, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._checks = checks
        checks.renewed.connect(self._findings_renewed)
        self._record: Record | None = None
        self._stale = self._new = False
        self.canvas = FlowCanvas()
        self.bar = FlowBar(self)
        self._area = QScrollArea(self)
        self._build()

    def _build(self) -> None:
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(16, 4, 16, 16)
        inside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        inside.addWidget(self.canvas)
        self._area.setWidget(holder)
        self._area.setCornerWidget(QWidget(self._area))
        self.heads = FlowHeads(self.canvas, self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._area, 1)
        column.addWidget(Hairline(self))
        column.addWidget(self.bar)
        self.canvas.zoomed.connect(self._fit)
        self.canvas.activated.connect(self._open)
        self.canvas.pointed.connect(self._explain)
        self.canvas.failed.connect(self._session.failed)
        self.canvas.saved.connect(self._session.wrote)
        self.canvas.copied.connect(self._say_copied)
        self.canvas.folder = self._session.path.parent
        self.bar.opened.connect(self.record_asked)
        self.bar.remedied.connect(self._put_right)

    def _head(self) -> QHBoxLayout:
        """Legend at the left, what can be done with the picture at the right."""
        self._legend_box = QWidget(self)
        self._legend = FlowLayout(self._legend_box)
        smaller = icon_button("minus", _("Smaller"), self)
        larger = icon_button("plus", _("Larger"), self)
        smaller.clicked.connect(self.canvas.smaller)
        larger.clicked.connect(self.canvas.larger)
        copy = plain_button(_("Copy picture"), "copy", self)
        copy.clicked.connect(self.canvas.copy)
        save = plain_button(_("Save picture"), "export", self)
        self._worded = ((copy, _("Copy picture")), (save, _("Save picture")))
        menu = QMenu(save)
        for kind in _FILES:
            menu.addAction(kind, partial(self.canvas.ask_where, (kind,)))
        save.setMenu(menu)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 16, 8)
        line.setSpacing(8)
        legend_place = QVBoxLayout()
        legend_place.setContentsMargins(0, px(6), 0, 0)
        legend_place.addWidget(self._legend_box)
        legend_place.addStretch(1)
        line.addLayout(legend_place, 1)
        for button in (smaller, larger, copy, save):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    # Showing

    def show_record(self, record: Record) -> None:
        """Show the flow of an activity or a party; made at once only if it can be seen.

        To be shown again after any change: who is linked to whom goes far.
        """
        if self._record is None or self._record.id != record.id:
            self._new = True
            self.canvas.point_at("")
            self.bar.show_nothing()
        self._record, self._stale = record, True
        if self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._make()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make(self) -> None:
        record = self._record
        if record is None:
            return
        self._stale = False
        words = self._session.words
        self.canvas.show_flow(FLOWS[record.kind_key](self._session.view, record, words), words)
        self._show_legend()
        self._fit()
        self._explain(self.canvas.current)
        if self._new:
            self._new = False
            self._to_company()

    def _show_legend(self) -> None:
        clear(self._legend)
        flow = self.canvas.flow
        for name, role, word in legend(flow, self._session.words):
            self._legend.addWidget(_Meaning(name, role, word, self._legend_box))
        width = Label(_("Width of a band: kinds of data"), "small", "text2", self._legend_box)
        self._legend.addWidget(width)

    def _fit(self) -> None:
        narrow = self.width() < px(_NARROW)
        for button, words in self._worded:
            button.set_label("" if narrow else words)
            button.setToolTip(words if narrow else "")
            button.setAccessibleName(words)
        self._legend_box.setVisible(self.height() >= px(_LOW))
        bar = self._area.verticalScrollBar().sizeHint().width()
        self.canvas.fit(self._area.width() - 32 - bar)
        self.heads.follow()

    def _to_company(self) -> None:
        """Begin where the data come together, in a picture taller than the window."""
        node = next((n for n in self.canvas.flow.nodes if n.kind == "company"), None)
        holder = self._area.widget()
        if node is not None and holder is not None:
            holder.adjustSize()
            company, room = self.canvas.box_of(node.id), self._area.viewport().height()
            hidden = company.bottom() + self.canvas.y() > room
            self._area.horizontalScrollBar().setValue(0)
            start = company.center().y() - room // 2 if hidden else 0
            self._area.verticalScrollBar().setValue(start)

    def _say_copied(self) -> None:
        self._session.said.emit(_("The picture is on the clipboard."), False)

    # Pointing and opening

    def _explain(self, identifier: str) -> None:
        """Say what is pointed at; without it what stands worst, if anything is amiss."""
        flow = self.canvas.flow
        shown = identifier or self.bar.shown or flow.worst
        part = flow.part(shown)
        if part is None:
            self.bar.show_nothing()
        else:
            remedy = self._remedy(shown)
            self.bar.show_part(part, remedy, *self._ref(self._record_behind(part.id)))
        if identifier and self.canvas.hasFocus():
            box = self.canvas.box_of(identifier).translated(self.canvas.pos())
            self._area.ensureVisible(box.center().x(), box.center().y(), box.width() // 2 + 20,
                                     box.height() // 2 + 20)  # fmt: skip

    def _remedy(self, shown: str) -> Remedy | None:
        """What puts right what is shown; the past is not put right."""
        record = self._record
        if record is None or not self._session.writable:
            return None
        activity = record.id if record.kind_key == "activity" else ""
        return remedy_for(self.canvas.flow, shown, self._checks.of_now, activity)

    def _findings_renewed(self) -> None:
        if self.isVisible() and not self._stale:
            self._explain("")

    def _put_right(self, remedy: Remedy) -> None:
        place = remedy.place
        if not remedy.transfer:
            self.place_asked.emit(place.record, place.path)
            return
        made = self._session.create("transfer", remedy.transfer)
        if made is not None:
            what = self._session.view.records[made].ref
            self._session.said.emit(_("Recorded: {what}").format(what=what), True)
            self.place_asked.emit(made, place.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.bar.press_remedy()
        else:
            super().keyPressEvent(event)

    def _ref(self, identifier: str) -> tuple[str, str]:
        record = self._session.get(identifier) if identifier else None
        return (record.id, record.ref) if record else ("", "")

    def _record_behind(self, identifier: str) -> str:
        """The record of a node or band; of a country the transfer that stands worst."""
        flow = self.canvas.flow
        part = flow.part(identifier)
        if isinstance(part, Node):
            worst = flow.worst_into(part.id) if part.kind == COUNTRY else None
            found = part.record or (worst.record if worst else "")
            return "" if self._record and found == self._record.id else found
        if part is None or part.record:
            return part.record if part else ""
        if part.target.startswith(f"{COUNTRY}:"):
            return self._record_behind(part.source)
        return self._record_behind(part.target)

    def _open(self, identifier: str) -> None:
        found = self._record_behind(identifier)
        if found:
            self.record_asked.emit(found)


def flow_for(kind: str, session: Session, checks: Checks, parent: QWidget) -> FlowView | None:
    """The flow of a kind of record; None if it has none."""
    return FlowView(session, checks, parent) if kind in FLOWS else None


class _Meaning(QWidget):
    """Icon and word of the legend."""

    def __init__(self, name: str, role: str, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(word)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 6, 0)
        line.setSpacing(px(5))
        line.addWidget(IconLabel(name, role, 14))
        line.addWidget(Label(word, "small", "text2"))
