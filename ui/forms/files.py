"""The editor of the file of a document: attached, opened, saved elsewhere, dropped upon."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _, current_language
from ropa_app.model.field import Field
from ropa_app.model.state import Value
from ropa_app.outfile import written
from ropa_app.register.documents import bytes_of
from ropa_app.register.store import Register
from ropa_ui.forms.editor import Context, Editor
from ropa_ui.forms.file_copies import is_shown, passing_copy, safe_name
from ropa_ui.kinds import NEW
from ropa_ui.theme import colour, repaint_with_theme
from ropa_ui.widgets.buttons import plain_button, text_button
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label

_RADIUS = 6
_UNITS = ("bytes", "kB", "MB", "GB")


class FileEditor(Editor):
    """Name, size and digest of the file, and what can be done with it.

    Attaching goes through the session, as one step that can be undone; nothing is committed here.
    """

    def __init__(self, field: Field, context: Context, parent: QWidget) -> None:
        super().__init__(field, context, parent)
        self._value: Value = None
        self._read_only = False
        self._dragged_over = False
        self.setAcceptDrops(True)
        self._icon = IconLabel("paperclip", "text2", 16, self)
        self._name = ElidedLabel("", "name", "text", self, mode=Qt.TextElideMode.ElideMiddle)
        self._facts = ElidedLabel("", "small", "text2", self)
        self._hint = Label("", "small", "text3", self)
        self.attach_button = plain_button(_("Attach…"), "paperclip", self)
        self.open_button = text_button(_("Open"), parent=self)
        self.save_button = text_button(_("Save as…"), parent=self)
        self.attach_button.clicked.connect(self.ask_for_file)
        self.open_button.clicked.connect(self.open_file)
        self.save_button.clicked.connect(self.ask_where_to_save)
        self._build()
        repaint_with_theme(self)
        self._show()

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._facts)
        what = QHBoxLayout()
        what.setSpacing(6)
        what.addWidget(self._icon)
        what.addLayout(texts, 1)
        done = QWidget(self)
        flow = FlowLayout(done)  # on two lines where there is little room
        for part in (self.open_button, self.save_button, self.attach_button, self._hint):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 6, 6)
        column.setSpacing(4)
        column.addLayout(what)
        column.addWidget(done)

    def name(self, label: str, description: str) -> None:
        for button in (self.attach_button, self.open_button, self.save_button):
            button.setAccessibleName(f"{button.text().replace('&&', '&')} {label}")
            button.setAccessibleDescription(self._spoken() or description)
        self.setAccessibleName(label)

    # Showing

    def load(self, value: Value) -> None:
        self._value = value if isinstance(value, dict) else None
        self._show()

    def _show(self) -> None:
        value, there = self._value or {}, self._value is not None
        name = str(value.get("name", ""))
        is_pdf = name.lower().endswith(".pdf")
        self._icon.set_icon("file-pdf" if is_pdf else "paperclip", "text2")
        self._name.setText(name)
        self._facts.setText(self._said(value) if there else "")
        for part in (self._icon, self._name, self._facts, self.open_button, self.save_button):
            part.setVisible(there)
        self.attach_button.set_label(_("Replace…") if there else _("Attach…"))
        self.attach_button.setVisible(not self._read_only)
        self._hint.setText(_("no file") if self._read_only else _("or drop a file here"))
        self._hint.setVisible(not there)
        shown = [b for b in (self.attach_button, self.open_button) if not b.isHidden()]
        self.setFocusProxy(shown[0] if shown else self.attach_button)

    def _said(self, value: dict[str, Value]) -> str:
        digest = str(value.get("sha256", ""))[:12]
        return f"{size_words(int(value.get('size', 0)))}  ·  SHA-256 {digest}…"

    def _spoken(self) -> str:
        if self._value is None:
            return ""
        return f"{self._value.get('name', '')}, {size_words(int(self._value.get('size', 0)))}"

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    # Attaching

    def ask_for_file(self) -> None:
        """Let a file be chosen."""
        dialog = QFileDialog(self, _("Attach a file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(self.context.session.path.parent))
        dialog.fileSelected.connect(self._attach_named)
        dialog.open()

    def _attach_named(self, path: str) -> None:
        self.attach(Path(path))

    def attach(self, file: Path) -> None:
        """Put a file into the document of the form."""
        record = self.context.record
        if record is None or self._read_only:
            return
        session = self.context.session
        if record["name"] == _(NEW[record.kind_key]):
            session.set_value(record.id, "name", record["name"], file.name)
        session.attach(record.id, file)

    # Looking at it

    def open_file(self) -> None:
        """Show a read-only copy in the program the system has for it; programs are not run."""
        name = str((self._value or {}).get("name", ""))
        if is_shown(name):
            self._with_file(partial(passing_copy, name), self._show_copy)
        else:
            sentence = _("“{name}” is not opened from here, it could be a program; save it.")
            self.context.session.failed.emit(sentence.format(name=name))

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            sentence = _("No program here opens files of this kind; save it instead.")
            self.context.session.failed.emit(sentence)

    def _with_file(self, work: Callable[[bytes], Path], done: Callable[[Path], None]) -> None:
        """Have something done beside the window with the content of the file."""
        record, value = self.context.record, self._value
        if record is None or value is None:
            self.context.session.failed.emit(_("There is no file to open."))
            return
        asked = partial(_with_content, record.ref, str(value.get("sha256", "")), work)
        self.context.session.work_beside(asked, done)

    def ask_where_to_save(self) -> None:
        """Let a place for a copy be chosen."""
        dialog = QFileDialog(self, _("Save a copy"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(self.context.session.path.parent))
        dialog.selectFile(safe_name(str((self._value or {}).get("name", ""))))
        dialog.fileSelected.connect(self._save_named)
        dialog.open()

    def _save_named(self, path: str) -> None:
        self.save(Path(path))

    def save(self, target: Path) -> None:
        """Write a copy of the file there."""
        self._with_file(partial(_saved, target), self._say_saved)

    def _say_saved(self, target: Path) -> None:
        self.context.session.said.emit(_("Saved as {path}").format(path=target.name), False)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._read_only and dropped_file(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drag(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drag(False)
        file = dropped_file(event.mimeData())
        if file is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.attach(file)

    def _drag(self, over: bool) -> None:
        self._dragged_over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame around the file; where there is none, or one is dragged here, a dashed one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self._dragged_over
        dashed = over or (self._value is None and not self._read_only)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        width = 2 if over else 1
        painter.setPen(QPen(colour("accent" if over else "edge"), width, style))
        painter.setBrush(colour("asoft") if over else Qt.BrushStyle.NoBrush)
        inset = width / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)


def _with_content(
    reference: str, digest: str, work: Callable[[bytes], Path], register: Register
) -> Path:
    return work(bytes_of(register, reference, digest))


def _saved(target: Path, content: bytes) -> Path:
    with written(target) as file:
        file.write(content)
    return target


def dropped_file(data: QMimeData) -> Path | None:
    """The one file of this computer that is dragged; None for anything else."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None


def size_words(size: int) -> str:
    """A size as people read it: “184 kB”, “1.2 MB” (thousands, as file managers count)."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 9.95 else f"{amount:.0f}"
    if current_language() == "nb":
        text = text.replace(".", ",")
    return _("{n} bytes").format(n=text) if unit == 0 else f"{text} {_UNITS[unit]}"
