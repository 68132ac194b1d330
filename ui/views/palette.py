"""The palette: go to any page or record, do anything, find words in texts, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _
from ropa_app.model.matching import typed_words
from ropa_app.register.change import Create, label, new_id
from ropa_ui.actions import key_words
from ropa_ui.caret import caret_of, put_caret
from ropa_ui.models.beginning import beginning
from ropa_ui.qt import application
from ropa_ui.theme import colour, font, line_height, px, repaint_with_theme, theme
from ropa_ui.views import pages, record_work
from ropa_ui.views.palette_list import ROW, PaletteDelegate, PaletteModel, spoken
from ropa_ui.views.palette_rows import Offers, Row
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import IconLabel, Label
from ropa_ui.widgets.marked_text import KeyHint

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow

_WIDE, _TOP, _INPUT, _FOOT, _RADIUS = 640, 104, 56, 40, 12
_MOST_ROWS = 560
_BLUR, _DROP = 48, 14  # how far the shadow reaches, how far it falls
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGE = 8


class Palette(QWidget):
    """Lies over the whole window; the panel floats in it. Closes when the focus leaves it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = window.focusWidget()
        self._caret = caret_of(self._before)
        self._offers = Offers(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Go anywhere, do anything"))
        self._build()
        self._show_rows("")
        window.session.words_read.connect(self._show_again)
        window.installEventFilter(self)
        repaint_with_theme(self)
        self.hide()

    def open_over(self, window: QWidget) -> None:
        """Show it over the window; if one is open already, that one is closed instead."""
        for other in window.findChildren(Palette):
            if other is not self and other.isVisible():
                other.close()
                self.close()
                return
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        application().focusChanged.connect(self._focus_moved)

    # Building

    def _build(self) -> None:
        self._panel = QWidget(self)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._input())
        column.addWidget(Hairline(self._panel))
        self._make_list()
        column.addWidget(self.list, 1)
        self._nothing = Label(_("Nothing found; try fewer letters."), "body", "text2", self._panel)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setFixedHeight(px(64))
        column.addWidget(self._nothing)
        column.addWidget(Hairline(self._panel))
        column.addWidget(self._foot())

    def _input(self) -> QWidget:
        holder = QWidget(self._panel)
        holder.setFixedHeight(px(_INPUT))
        self.field = QLineEdit(holder)
        self.field.setFrame(False)
        self.field.setPlaceholderText(_("Go anywhere, do anything"))
        self.field.setAccessibleName(_("Go anywhere, do anything"))
        self.field.setAccessibleDescription(_("Arrow keys choose, Enter opens, Esc closes"))
        self.field.textEdited.connect(self._show_rows)
        self.field.installEventFilter(self)
        self._dress()
        theme.changed.connect(self._dress)
        line = QHBoxLayout(holder)
        line.setContentsMargins(20, 0, 16, 0)
        line.setSpacing(10)
        line.addWidget(IconLabel("magnifying-glass", "text2", 17, holder))
        line.addWidget(self.field, 1)
        line.addWidget(KeyHint("Esc", "", holder))
        return holder

    def _dress(self) -> None:
        used = font("pane")
        used.setWeight(used.Weight.Normal)
        self.field.setFont(used)
        height = line_height("pane") + 4
        self.field.setStyleSheet(
            "QLineEdit, QLineEdit:focus { border: none; background: transparent; padding: 0;"
            f" min-height: {height}px; max-height: {height}px; }}"
        )

    def _make_list(self) -> None:
        self.model = PaletteModel(self)
        self.list = QListView(self._panel)
        self.list.setObjectName("palette")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.clicked.connect(self._clicked)

    def _foot(self) -> QWidget:
        holder = QWidget(self._panel)
        holder.setFixedHeight(px(_FOOT))
        line = QHBoxLayout(holder)
        line.setContentsMargins(20, 0, 20, 0)
        line.setSpacing(14)
        first = key_words("Ctrl+Return")
        for keys, words in (
            ("↑+↓", _("choose")),
            ("Enter", _("open")),
            (first.replace("Return", "Enter"), _("first finding")),
            (">", _("commands only")),
        ):
            line.addWidget(KeyHint(keys, words, holder))
        line.addStretch(1)
        self._count = Label("", "small", "text3", holder, tabular=True)
        line.addWidget(self._count)
        return holder

    # Showing

    def _show_rows(self, text: str) -> None:
        words = typed_words(text.removeprefix(">"))
        self.model.show(self._rows_for(text), words)
        found = self.model.rowCount() > 0
        self.list.setVisible(found)
        self._nothing.setHidden(found)
        self._choose(self.model.following(-1, 1))
        self._place()

    def _rows_for(self, text: str) -> list[Row]:
        """What is offered; while another program has the file, what can be done all the same."""
        read = self._window.session.read
        nothing: list[Row] = []
        found = read(partial(self._offers.rows, text), nothing)
        return read(partial(self._offers.rows, ">"), nothing) if found is nothing else found

    def _show_again(self) -> None:
        """Parts inside words are found from now on; what is chosen stays so."""
        chosen = self.chosen()
        if self.field.text():
            self._show_rows(self.field.text())
            self._choose(max(self.model.number_of(chosen), self.model.following(-1, 1)))

    def _choose(self, number: int) -> None:
        index = self.model.index(number, 0) if number >= 0 else QModelIndex()
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)
        if self.model.following(-1, 1) == number:
            self.list.scrollToTop()  # so that the head of the first group is seen again
        else:
            self.list.scrollTo(index)
        place, count = self.model.place(number)
        words = _("{n} of {count}").format(n=place, count=count) if count else ""
        self._count.setText(words)
        row = self.chosen()
        if row is not None and self.isVisible():
            announced = QAccessibleAnnouncementEvent(self.field, f"{spoken(row)}, {words}")
            QAccessible.updateAccessibility(announced)

    def chosen(self) -> Row | None:
        """The row that Enter would take."""
        row = self.list.currentIndex().data(ROW)
        return row if isinstance(row, Row) else None

    def _place(self) -> None:
        """Over the whole window, the panel in the middle, as high as its rows or the room."""
        around = self._window.rect()
        self.setGeometry(around)
        top = min(px(_TOP), around.height() // 6)
        fixed = px(_INPUT) + px(_FOOT) + 2
        rows = min(self.model.height(), px(_MOST_ROWS)) + px(12)
        rows = rows if self.model.rowCount() else px(64)
        height = min(fixed + rows, around.height() - top - 24)
        width = min(px(_WIDE), around.width() - 48)
        before = self._panel.geometry()
        self._panel.setGeometry((around.width() - width) // 2, top, width, height)
        if before != self._panel.geometry():
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panel = QRectF(self._panel.geometry())
        if panel.adjusted(1, _RADIUS, -1, -_RADIUS).contains(QRectF(event.rect())):
            painter.fillRect(event.rect(), colour("paper"))  # a row; nothing around it changes
            return
        painter.fillRect(self.rect(), colour("scrim"))
        _paint_shadow(painter, panel)
        painter.setPen(QPen(colour("edge"), 1))
        painter.setBrush(colour("paper"))
        painter.drawRoundedRect(panel.adjusted(-0.5, -0.5, 0.5, 0.5), _RADIUS, _RADIUS)

    # Keys, mouse, focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent):
            # What the window has on a key must not happen behind the palette.
            if event.type() == QEvent.Type.ShortcutOverride and self._serves(event):
                event.accept()
            elif event.type() == QEvent.Type.KeyPress and self._serves(event):
                self._serve(event)
                return True
        return False

    def _serves(self, event: QKeyEvent) -> bool:
        key = event.key()
        ours = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
        return key in _STEPS or key in ours or key in (
            Qt.Key.Key_Backtab, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
        )  # fmt: skip

    def _serve(self, event: QKeyEvent) -> None:
        key = event.key()
        current = self.list.currentIndex().row()
        if key in _STEPS:
            self._choose(self.model.following(current, _STEPS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._jump(current, 1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def _jump(self, current: int, step: int) -> None:
        for _time in range(_PAGE):
            following = self.model.following(current, step)
            if (following - current) * step <= 0:
                break
            current = following
        self._choose(current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close()

    def _clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(ROW), Row):
            self._choose(index.row())
            self._take(first_finding=False)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            self._before = None  # it went elsewhere by itself
            self.close()

    def close(self) -> bool:
        """Put the palette away; the focus goes back to where it was."""
        if self.isVisible():
            application().focusChanged.disconnect(self._focus_moved)
            before, self._before = self._before, None
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.PopupFocusReason)
                put_caret(before, self._caret)
            elif self.field.hasFocus():
                self.field.clearFocus()
        return super().close()

    # Doing

    def _take(self, first_finding: bool) -> None:
        row = self.chosen()
        if row is None:
            return
        self.close()
        if first_finding and row.act == "record":
            self._open_finding(row)
        else:
            self._work()[row.act](row)

    def _work(self) -> dict[str, Callable[[Row], object]]:
        return {
            "page": self._open_page,
            "record": self._open_record,
            "view": self._show_view,
            "command": self._trigger,
            "new": self._make_new,
            "add": self._add_about,
            "export": self._export,
        }

    def _open_page(self, row: Row) -> None:
        pages.go(self._window, row.target)

    def _open_record(self, row: Row) -> None:
        self._window.go_to(row.target, row.path)

    def _show_view(self, row: Row) -> None:
        record_work.show_view(self._window, row.target, row.path)

    def _open_finding(self, row: Row) -> None:
        found = self._window.checks.of(row.target)
        self._window.go_to(row.target, found[0].field if found else row.path)

    def _trigger(self, row: Row) -> None:
        # When the focus is back in its field: undo begins with what is typed there.
        action = self._window.actions_by_key[row.target]
        QTimer.singleShot(0, action, action.trigger)

    def _make_new(self, row: Row) -> None:
        page = self._window.open_page(row.target)
        QTimer.singleShot(0, page, partial(getattr(page, "add")))  # noqa: B009

    def _add_about(self, row: Row) -> None:
        identifier = new_id()
        field = {"agreement": "party", "transfer": "importer"}[row.path]
        values = {**beginning(self._window.session, row.path), field: row.target}
        made = Create(row.path, identifier, values)
        if self._window.session.apply([made], label("add", kind=row.path, count=1)):
            self._window.go_to(identifier)

    def _export(self, row: Row) -> None:
        pages.export(self._window, layout=row.target)


def _paint_shadow(painter: QPainter, panel: QRectF) -> None:
    """A soft shadow: faint layers, each a little larger, fallen a little down."""
    ink = colour("shadow")
    layers = _BLUR // 2
    ink.setAlphaF(ink.alphaF() / layers)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for layer in range(layers):
        reach = layer * layer * 1.4 / layers
        grown = panel.adjusted(-reach, -reach, reach, reach).translated(0, _DROP)
        painter.drawRoundedRect(grown, _RADIUS + reach, _RADIUS + reach)
