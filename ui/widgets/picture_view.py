"""A picture on the screen, its parts to point at by mouse and keys, to copy and to save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path as File

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QToolTip, QWidget

from ropa_app.errors import UserError
from ropa_app.exports.picture import Picture
from ropa_app.i18n import _
from ropa_app.outfile import written
from ropa_ui import files
from ropa_ui.icons import icon
from ropa_ui.theme import colour, theme
from ropa_ui.widgets.focus_ring import Ringed
from ropa_ui.widgets.labels import plain_tooltip
from ropa_ui.widgets.picture_paint import Parts, clipboard_data, image_of, rendered

_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_EXPORT_WIDTH = 960.0  # units of a picture that leaves the window
_HAND = Qt.CursorShape.PointingHandCursor
_KINDS = ("SVG", "PNG", "PDF")


class PictureView(Ringed, QWidget):
    """Shows what `picture_at` makes for its width; parts named by `set_words` can be pointed at.

    Arrow keys go from part to part, Enter and a click tell `activated` with its id, Ctrl+C copies
    the picture and tells `copied`, Shift+F10 opens the menu of what can be done with it. Readers
    hear the title, the part pointed at and the legend.
    """

    activated = Signal(str)
    pointed = Signal(str)
    copied = Signal()
    failed = Signal(str)
    saved = Signal(str, str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        #: Where the dialog for saving it begins; wherever the system likes without one.
        self.folder: File | None = None
        self._words: dict[str, str] = {}
        self._legend = ""
        self._current = ""
        self._picture = Picture(0, 0, ())
        self._parts = Parts(self._picture, {})
        self._pixmap: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(title)
        self._add_actions()
        theme.changed.connect(self._repaint)

    # What is shown

    def picture_at(self, width: float) -> Picture:
        """The picture for a width; the height follows."""
        return Picture(width, 0, ())

    def picture_to_give(self) -> Picture:
        """The picture as it is copied and saved; with a legend, where there is one."""
        return self.picture_at(_EXPORT_WIDTH)

    def title_to_give(self) -> str:
        """What the picture is called where it is saved."""
        return self._title

    def set_words(self, words: Mapping[str, str], legend: str) -> None:
        """What each part says, by id, in the order of the arrow keys; and the legend as text."""
        self._words, self._legend = dict(words), legend
        if self._current not in self._words:
            self._current = ""
        self._make()

    @property
    def current(self) -> str:
        """The id of the part pointed at; empty if none is."""
        return self._current

    @property
    def picture(self) -> Picture:
        """The picture as it is shown now."""
        return self._picture

    def point_at(self, identifier: str) -> None:
        """Point at a part; at nothing with an empty id."""
        if identifier == self._current:
            return
        self._current = identifier
        self._describe()
        self.pointed.emit(identifier)
        self.update()

    def _make(self) -> None:
        self._picture = self.picture_at(float(max(self.width(), 1)))
        self._parts = Parts(self._picture, self._words)
        self._describe()
        self._repaint()
        self.updateGeometry()

    def _repaint(self) -> None:
        self._pixmap = None
        self.update()

    def _describe(self) -> None:
        parts = [self._words.get(self._current, ""), self._legend]
        self.setAccessibleDescription("\n".join(part for part in parts if part))
        if self.hasFocus():
            told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(told)

    # Size

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # A layout asks for the whole room, of which it gets no more than it may take.
        return round(self.picture_at(float(max(min(width, self.maximumWidth()), 1))).height)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._make()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap is None or self._pixmap.devicePixelRatioF() != self.devicePixelRatioF():
            self._pixmap = rendered(self._picture, self)
        painter = QPainter(self)
        painter.drawPixmap(QPoint(0, 0), self._pixmap)
        if self._current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("text"), 1.5))
            painter.drawPath(self.outline_of(self._current))

    def outline_of(self, identifier: str) -> QPainterPath:
        """What is drawn around a part that is pointed at."""
        return self._parts.shape(identifier)

    # Pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._parts.at(event.position())
        self.setCursor(_HAND if found else Qt.CursorShape.ArrowCursor)
        self.point_at(found)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point_at("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._parts.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found:
            self.activated.emit(found)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._parts.at(QPointF(event.pos()))
            self._show_words(found, event.globalPos())
            return True
        return super().event(event)

    def _show_words(self, identifier: str, place: QPoint) -> None:
        words = self._words.get(identifier, "")
        QToolTip.showText(place, plain_tooltip(words), self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and not self._current:
            self._step(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ids = self._parts.ids
        if event.key() in _FORWARD and ids:
            self._step(self._place(ids) + 1)
        elif event.key() in _BACK and ids:
            self._step(self._place(ids) - 1)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and ids:
            self._step(0 if event.key() == Qt.Key.Key_Home else len(ids) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.activated.emit(self._current)
        elif _asks_for_menu(event):
            self.show_menu(self.mapToGlobal(self.rect().center()))
        else:
            super().keyPressEvent(event)

    def _place(self, ids: list[str]) -> int:
        return ids.index(self._current) if self._current in ids else -1

    def _step(self, place: int) -> None:
        """Point at the part of a place, the first coming after the last, and say what it is."""
        ids = self._parts.ids
        if not ids:
            return
        self.point_at(ids[place % len(ids)])
        box: QRectF = self._parts.shape(self._current).boundingRect()
        self._show_words(self._current, self.mapToGlobal(box.bottomRight().toPoint()))

    # Giving away

    def _add_actions(self) -> None:
        copy = QAction(icon("copy"), _("Copy as image"), self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        save = QAction(icon("export"), _("Save as SVG, PNG or PDF …"), self)
        save.triggered.connect(partial(self.ask_where, _KINDS))
        self.addActions([copy, save])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_menu(self, place: QPoint) -> None:
        """What can be done with the picture, at a place on the screen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(place)

    def copy(self) -> None:
        """Put the picture on the clipboard, as an image at twice its size and as SVG."""
        picture = self.picture_to_give()
        data = clipboard_data(picture, self.title_to_give())
        QGuiApplication.clipboard().setMimeData(data)
        self.copied.emit()

    def ask_where(self, kinds: Sequence[str]) -> None:
        """Ask for the file to save it as, of one of these kinds; the first unless told."""
        dialog = QFileDialog(self, _("Save picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{kind} (*.{kind.lower()})" for kind in kinds])
        first = kinds[0].lower()
        dialog.setDefaultSuffix(first)
        dialog.filterSelected.connect(partial(_end_in, dialog))
        if self.folder is not None:
            dialog.setDirectory(str(self.folder))
            stem = files.stem_of(self.title_to_give(), "picture")
            free = files.free_path(self.folder, stem, f".{first}")
            dialog.selectFile(free.stem if len(kinds) > 1 else free.name)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Write the picture as its file name asks: .svg, .png or .pdf; a signal says if it was."""
        try:
            title, suffix = self.title_to_give(), File(path).suffix.lower()
            content = picture_bytes(self.picture_to_give(), title, suffix)
            with written(File(path)) as file:
                file.write(content)
        except UserError as error:
            self.failed.emit(str(error))
        else:
            self.saved.emit(_("Saved as {path}").format(path=File(path).name), path)


def _asks_for_menu(event: QKeyEvent) -> bool:
    """True for the keys that open a context menu; not every desktop makes one of them itself."""
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift)


def _end_in(dialog: QFileDialog, name_filter: str) -> None:
    """Give a file name without an ending that of the kind chosen."""
    dialog.setDefaultSuffix(name_filter.split("*.")[1].rstrip(")"))


def picture_bytes(picture: Picture, title: str, suffix: str) -> bytes:
    """A picture as the content of a file. Raises UserError for another ending."""
    if suffix == ".svg":
        from ropa_app.exports.picture_svg import svg

        return svg(picture, title).encode("utf-8")
    if suffix == ".pdf":
        from ropa_app.exports.pdf_of_picture import pdf

        return pdf(picture, title)
    if suffix == ".png":
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # Qt takes a string, whatever its annotation says.
        image_of(picture).save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())
    raise UserError(_("A picture is saved as SVG, PNG or PDF; end the file name so."))
