"""Typing into a field and choosing from the list under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from ropa_app.i18n import _
from ropa_ui.forms.entries import Entry, exactly, search
from ropa_ui.forms.pick_list import PickList

Entries = Callable[[], list[Entry]]
Makers = Callable[[str], list[Entry]]

_PAGE = 9
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAB = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Picker(QObject):
    """Opens a pick list under a line, filters it by what is typed, and tells what was chosen.

    `entries` gives everything there is, asked once each time the list opens; `makers` what can be
    made of a text ("New party …"). Alt+Down, F4, Down or a click open everything; Enter and Tab
    take what is pointed at, Escape closes the list and leaves the text.
    """

    chosen = Signal(object)

    def __init__(self, line: QLineEdit, entries: Entries, makers: Makers) -> None:
        super().__init__(line)
        self._line = line
        self._source = entries
        self._makers = makers
        self._known: list[Entry] | None = None
        self._list: PickList | None = None
        self.offers = True  # False where there is nothing to choose, only to type
        self.present = ""  # the value the field has now: where the list opens
        line.textEdited.connect(self._typed)
        line.installEventFilter(self)

    @property
    def shown(self) -> PickList | None:
        """The list, while it is open."""
        return self._list

    def exact(self, text: str) -> Entry | None:
        """The one entry that a text names in full."""
        return exactly(self._entries(), text)

    def _entries(self) -> list[Entry]:
        if self._known is None:
            self._known = self._source()
        return self._known

    # Opening and closing

    def open_all(self) -> None:
        """Show everything there is, what the field holds pointed at."""
        if not self.offers or self._line.isReadOnly() or not self._line.isEnabled():
            return
        self._known = None
        entries = self._entries()
        values = [entry.value for entry in entries]
        row = values.index(self.present) if self.present and self.present in values else -1
        note = _("There is nothing to choose from yet; type a name.")
        self._show(entries, [], "", note, row)

    def toggle(self) -> None:
        """Open the list, or put it away."""
        if self._list is None:
            self._line.setFocus()
            self.open_all()
        else:
            self.close()

    def _typed(self, text: str) -> None:
        """Show what holds the words typed; the best is pointed at."""
        if not self.offers or not text.strip() or "\n" in text:
            self.close()
            return
        if self._list is None:
            self._known = None
        found = search(self._entries(), text)
        self._show(found, self._makers(text.strip()), text, _("Nothing here is called that."), 0)

    def _show(
        self, entries: list[Entry], makers: list[Entry], asked: str, note: str, row: int
    ) -> None:
        if self._list is None:
            self._list = PickList(self._line)
            self._list.chosen.connect(self._choose)
            self._line.installEventFilter(self)  # again: first of all, while the list is open
            _application().installEventFilter(self)
            self.destroyed.connect(self._list.deleteLater)
        self._list.offer(entries, makers, asked, note)
        self._list.point_at(row)
        self._list.show()
        self._list.raise_()

    def close(self) -> None:
        """Put the list away."""
        shown, self._list, self._known = self._list, None, None
        if shown is not None:
            _application().removeEventFilter(self)
            shown.hide()
            shown.deleteLater()

    def _choose(self, entry: Entry) -> None:
        self.close()
        self.chosen.emit(entry)

    # Keys and clicks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._line:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                self._claim(event)
            elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self.close()
            elif kind == QEvent.Type.MouseButtonPress and not self._line.text():
                self.open_all()
        elif self._list is not None and kind in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.Wheel,
            QEvent.Type.Resize,
        ):
            self._elsewhere(watched, event)
        return False

    def _claim(self, event: QKeyEvent) -> None:
        """Take keys before the window's shortcuts do."""
        if _opens(event) or (self._list is not None and event.key() == Qt.Key.Key_Escape):
            event.accept()

    def _key(self, event: QKeyEvent) -> bool:
        """True if the key was for the list and goes no further."""
        shown = self._list
        if _opens(event) or (shown is None and event.key() == Qt.Key.Key_Down):
            self.toggle()
            return True
        if shown is None:
            return False
        if event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            shown.move(_STEPS[Qt.Key(event.key())])
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return self._take(event, shown)

    def _take(self, event: QKeyEvent, shown: PickList) -> bool:
        """Enter takes what is pointed at; Tab too, and leaves, but makes nothing anew."""
        entry = shown.current()
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.close() if entry is None else self._choose(entry)
            return entry is not None
        if event.key() in _TAB and entry is not None and not entry.makes:
            self._choose(entry)
        return False

    def _elsewhere(self, watched: QObject, event: QEvent) -> None:
        """A click or the wheel outside, or a window of another size: put the list away."""
        shown = self._list
        if shown is None:
            return
        if event.type() == QEvent.Type.Resize:
            if watched is self._line.window():
                self.close()
            return
        if isinstance(event, QMouseEvent) or event.type() == QEvent.Type.Wheel:
            where = self._line.window().mapFromGlobal(event.globalPosition().toPoint())  # type: ignore[attr-defined]
            on_line = self._line.rect().contains(self._line.mapFrom(self._line.window(), where))
            if not shown.panel().contains(where) and not on_line:
                self.close()


def _application() -> QCoreApplication:
    """The application, which sees every click before it arrives."""
    running = QCoreApplication.instance()
    if running is None:
        raise RuntimeError("a list is open without an application")
    return running


def _opens(event: QKeyEvent) -> bool:
    """Alt+Down and F4, as in the pick lists of other programs."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
    return (alt and down) or (event.key() == Qt.Key.Key_F4 and not event.modifiers())
