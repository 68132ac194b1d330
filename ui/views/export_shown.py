"""What an export will look like, what is empty in it, and where its layout comes from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropa_app.exports.layout import Layout
from ropa_app.i18n import _
from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.views.export_words import empty_words, provenance, what_is_shown
from ropa_ui.views.page_preview import PagePreview
from ropa_ui.views.sheet_preview import SheetPreview
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label
from ropa_ui.widgets.progress_line import ThinBar
from ropa_ui.widgets.running_text import RunningText


class ExportShown(QWidget):
    """Sheet or page, notes below; `retry` asks for the preview once more."""

    retry = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: dict[str, Any] = {}
        self._about = ElidedLabel("", "small", "text2")
        self._bar = ThinBar(4, ground="hair", parent=self)
        self._bar.setAccessibleName(_("The preview is being made"))
        self.sheet = SheetPreview(self)
        self.page = PagePreview(self)
        self._area = _scrolling(self.page)
        self._problem = EmptyState(_("No preview"), "", _("Try again"), parent=self)
        self._problem.primary.connect(self.retry)
        self._nothing = QWidget(self)
        self._stack = QStackedWidget(self)
        for part in (self._nothing, self.sheet, self._area, self._problem):
            self._stack.addWidget(part)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self.provenance = _Note(self)
        self._below = _Below()
        self._lay_out()

    def show_waiting(self, layout: Layout) -> None:
        """The preview is being made; what was shown before stays until it comes."""
        self._bar.set_fraction(None)
        self._bar.setVisible(True)
        self.provenance.set_parts(provenance(layout, {}))

    def show_found(self, layout: Layout, found: dict[str, Any]) -> None:
        """Show what was read back."""
        self.found = found
        self._bar.setVisible(False)
        self._about.setText(what_is_shown(layout, found))
        self._key.setVisible(bool(layout.columns))
        self.provenance.set_parts(provenance(layout, found))
        if "image" in found:
            self.page.show_page(found["image"], what_is_shown(layout, found))
            self._stack.setCurrentWidget(self._area)
        else:
            self.sheet.show_found(found)
            self._stack.setCurrentWidget(self.sheet)
        self._say_notes(found)

    def show_problem(self, layout: Layout, sentence: str, *, again: bool) -> None:
        """There is nothing to show, and why."""
        self.found = {}
        self._bar.setVisible(False)
        self._about.setText("")
        self._key.setVisible(False)
        self._clear_notes()
        self.provenance.set_parts(provenance(layout, {}))
        self._problem.set_texts(_("No preview"), sentence)
        if self._problem.primary_button is not None:
            self._problem.primary_button.setVisible(again)
        self._stack.setCurrentWidget(self._problem)

    def show_failure(self, sentence: str) -> None:
        """The file could not be written: say why above the provenance."""
        self._clear_notes()
        self._notes.addWidget(FindingBar("error", sentence))

    def _say_notes(self, found: dict[str, Any]) -> None:
        self._clear_notes()
        sentence, headings = empty_words(found)
        if sentence:
            self._notes.addWidget(FindingBar("warning", sentence, headings))
        for note in found["notes"][:2]:
            self._notes.addWidget(FindingBar("info", note))

    def _clear_notes(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(_("Preview"), "section"))
        head.addWidget(self._about, 1)
        self._bar.setFixedWidth(px(120))
        self._bar.setVisible(False)
        head.addWidget(self._bar)
        self._key = _Key(self)
        head.addWidget(self._key)
        column.addLayout(head)
        frame = _Frame(self._stack, self)
        column.addWidget(frame, 1)
        said = QWidget()
        under = QVBoxLayout(said)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(8)
        under.addLayout(self._notes)
        under.addWidget(self.provenance)
        self._below.setAccessibleName(_("What the file says of itself"))
        self._below.setWidget(said)
        column.addWidget(self._below)


class _Below(QScrollArea):
    """What stands under the preview: as high as its text, scrolling where there is less room."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        content = self.widget()
        high = content.heightForWidth(self.width()) if content is not None else 0
        return QSize(super().sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), px(90)))


class _Frame(QFrame):
    """The outline around the sheet or page."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        line = QVBoxLayout(self)
        line.setContentsMargins(1, 1, 1, 1)
        line.addWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # What is shown scrolls, so it never asks the window for room.
        content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(80)
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colour("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class _Note(QWidget):
    """A paragraph on the sunken ground, with the mark of information."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = RunningText([], parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 14, 10)
        line.setSpacing(12)
        icon = IconLabel("info", "text2", 15, self)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        repaint_with_theme(self)

    def set_parts(self, parts: list[tuple[str, str]]) -> None:
        """Say this."""
        self._words.set_parts(parts)
        self.setAccessibleName(self._words.accessibleName())

    def words(self) -> str:
        """What it says."""
        return self._words.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self.rect(), "sunken", 6)


class _Key(QWidget):
    """What the two colours of headings mean, in words beside each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for fill, text in (("yes", _("Obligatory")), ("voluntary", _("Voluntary"))):
            line.addWidget(_Swatch(fill, self))
            line.addWidget(Label(text, "small", "text2"))
            line.addSpacing(6)


class _Swatch(QWidget):
    """The colour of a heading as it stands in the workbook."""

    def __init__(self, need: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._need = need
        self.setFixedSize(px(12), px(12))
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtGui import QColor

        from ropa_app.exports.sheet_look import HEADINGS

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour("ctl"))
        painter.setBrush(QColor(f"#{HEADINGS[self._need][-6:]}"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _scrolling(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setWidget(content)
    return area
