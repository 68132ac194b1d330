"""The bar below a flow: it explains what is pointed at and offers what puts it right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.exports.flow import LOOKS, Band, Node
from ropa_app.i18n import _
from ropa_ui.forms.flow_remedy import Remedy
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import remedy_button
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, plain_tooltip
from ropa_ui.widgets.running_text import RunningText


class FlowBar(QWidget):
    """Below the picture: what is pointed at, in words, the finding about it, and two ways on.

    `opened` tells the record to open, `remedied` what is to be put right.
    """

    opened = Signal(str)
    remedied = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown = ""
        self._record = ""
        self._remedy: Remedy | None = None
        self._icon = IconLabel("buildings", "text2", 20)
        self.head = ElidedLabel("", "section")
        self.detail = RunningText([])
        self.button = remedy_button("")
        self.button.clicked.connect(self._open)
        self.remedy = remedy_button("")
        self.remedy.clicked.connect(self.press_remedy)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.head)
        words.addWidget(self.detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 10, 16, 12)
        line.setSpacing(12)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for button in (self.button, self.remedy):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(84))

    def show_part(self, part: Node | Band, remedy: Remedy | None, record: str, ref: str) -> None:
        """Explain a node or a band."""
        if isinstance(part, Band):
            head, detail, plain = part.head, part.detail, ("arrow-right", "text2")
        else:
            note = part.note[:1].upper() + part.note[1:]
            head, plain = part.name, (part.icon, "text2")
            detail = f"{note}. {part.detail}" if note else part.detail
        if remedy is not None and remedy.icon:
            plain = (remedy.icon, remedy.role)
        look = LOOKS[part.state] if part.state else plain
        self._show(part.id, look, head, detail, record, ref, remedy)

    def show_nothing(self) -> None:
        """Say how to have something explained."""
        hint = _("Point at a node or a band to have it explained, or use the arrow keys.")
        self._show("", ("info", "text3"), _("Nothing chosen"), hint, "", "", None)

    def _show(
        self, shown: str, look: tuple[str, str], head: str, detail: str, record: str, ref: str,
        remedy: Remedy | None,
    ) -> None:  # fmt: skip
        self.shown, self._record, self._remedy = shown, record, remedy
        finding = [(remedy.sentence, remedy.role), (remedy.article, "text2")] if remedy else []
        self._icon.set_icon(*look)
        self.head.setText(head)
        self.detail.set_parts([(detail, "text2"), *finding])
        said = " ".join(text for text, _role in [(detail, ""), *finding] if text)
        self.button.setVisible(bool(record))
        self.button.set_label(_("Open {ref}").format(ref=ref))
        self.remedy.setVisible(remedy is not None)
        if remedy is not None:
            self.remedy.set_label(remedy.label)
            self.remedy.setToolTip(plain_tooltip(f"{remedy.tip} (Alt+Enter)".strip()))
            self.remedy.setAccessibleDescription(f"{head}: {said} {remedy.tip}".strip())
        self.setAccessibleName(head)
        self.setAccessibleDescription(said)

    def press_remedy(self) -> None:
        """Put right what is shown, if anything is amiss."""
        if self._remedy is not None:
            self.remedied.emit(self._remedy)

    def _open(self) -> None:
        self.opened.emit(self._record)
