"""The bar above the page: the way into the palette, undo and redo, the date, export."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ropa_app.i18n import _
from ropa_ui import icons
from ropa_ui.actions import key_words
from ropa_ui.theme import colour, font, px, repaint_with_theme
from ropa_ui.widgets.buttons import icon_button, plain_button, text_button
from ropa_ui.widgets.mirroring import mirrored


class PaletteField(QAbstractButton):
    """Looks like a field and opens the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Go anywhere, do anything"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setMaximumWidth(px(380))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        repaint_with_theme(self)

    def sizeHint(self) -> QSize:
        return QSize(px(380), px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(140), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(colour("accent" if self.hasFocus() else "ctl"))
        pen.setWidth(2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(colour("paper"))
        edge = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 6, 6)
        size = px(15)
        whole = self.rect()
        glass = QRect(10, (self.height() - size) // 2, size, size)
        icons.paint(painter, mirrored(painter, glass, whole), "magnifying-glass")
        painter.setFont(font("body"))
        painter.setPen(colour("text2"))
        words = mirrored(painter, whole.adjusted(size + 18, 0, -px(60), 0), whole)
        said = painter.fontMetrics().elidedText(
            _("Go anywhere, do anything"), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, said)
        painter.setFont(font("caption"))
        key = key_words("Ctrl+K")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        end = mirrored(painter, whole.adjusted(0, 0, -10, 0), whole)
        painter.drawText(end, right, key.replace("+", " "))


class Toolbar(QWidget):
    """52 px high. The signals tell what was asked for."""

    palette_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    date_asked = Signal()
    export_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setFixedHeight(px(52))
        self.field = PaletteField(self)
        self.field.clicked.connect(self.palette_asked)
        self.undo = icon_button("arrow-u-up-left", _("Undo"), self)
        self.undo.clicked.connect(self.undo_asked)
        self.redo = icon_button("arrow-u-up-right", _("Redo"), self)
        self.redo.clicked.connect(self.redo_asked)
        self.date = text_button(_("As at today"), "calendar-blank", self)
        self.date.clicked.connect(self.date_asked)
        self.export = plain_button(_("Export"), "export", self)
        self.export.clicked.connect(self.export_asked)
        self._narrow = False
        self._date_text = _("As at today")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(6)
        row.addWidget(self.field, 20)  # as wide as it may become, the rest is free
        row.addStretch(1)
        for part in (self.undo, self.redo, self.date):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.export)

    def say_undo(self, undo: str, redo: str) -> None:
        """What undo and redo would do, in words; empty if nothing."""
        for button, word, what in (
            (self.undo, _("Undo: {what}"), undo),
            (self.redo, _("Redo: {what}"), redo),
        ):
            text = word.format(what=what) if what else word.partition(":")[0]
            button.setEnabled(bool(what))
            button.setToolTip(text)
            button.setAccessibleName(text)

    def say_date(self, text: str) -> None:
        """As at which day the register is shown."""
        self._date_text = text
        self._label()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons without their words, which are still spoken and in the tooltips."""
        self._narrow = narrow
        self._label()

    def _label(self) -> None:
        for button, text in ((self.date, self._date_text), (self.export, _("Export"))):
            button.set_label("" if self._narrow else text)
            button.setToolTip(text if self._narrow else "")
            button.setAccessibleName(text)
