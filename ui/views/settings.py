"""The settings page: the window, the register, its backups, and what guards it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ropa_app import clock
from ropa_app.i18n import LANGUAGES, N_, _, current_language
from ropa_app.model.dates import date_words
from ropa_app.model.kinds import KINDS
from ropa_app.model.record import Record
from ropa_app.register import backup
from ropa_ui import files, settings, text_size, theme
from ropa_ui.languages import OWN_NAMES
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.views.welcome_foot import THEME_WORDS
from ropa_ui.widgets.buttons import plain_button, text_button
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, Label
from ropa_ui.widgets.option_combo import OptionCombo
from ropa_ui.widgets.segmented import Segmented

_LABEL, _FIELD, _SHORT, _WIDEST = 190, 230, 72, 720
_NARROW = 640  # px: with less, labels stand above their fields


class SettingsPage(QWidget):
    """`record_asked` tells the id of a record to open; `language_asked` another language, or the
    same where the window has to be laid out anew."""

    record_asked = Signal(str)
    language_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.language = Segmented([(key, OWN_NAMES[key], "accent") for key in OWN_NAMES], self)
        self.theme = OptionCombo(
            _("Theme"), [(key, _(text)) for key, text in THEME_WORDS.items()], self
        )
        self.sizes = OptionCombo(
            _("Text size"), [(str(size), f"{size} %") for size in text_size.SIZES], self
        )
        self.exports = OptionCombo(
            _("Language of exports"), [(key, OWN_NAMES[key]) for key in LANGUAGES], self
        )
        self.days = QLineEdit(self)
        self._rows: list[_Row] = []
        self._newest = Label("", "body")
        self._place = ElidedLabel("", "body", mode=Qt.TextElideMode.ElideMiddle)
        self._lay_out()
        self._connect()
        self._say_window()
        self._say_register()

    # Building

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(36, 28, 36, 28)
        column.setSpacing(8)
        column.addWidget(Label(_("Settings"), "title"))
        self._add_window(column)
        self._add_register(column)
        self._add_backups(column)
        _head(column, _("Confidentiality"))
        words = Label(_(_CONFIDENTIAL), "body", "text2", wrap=True)
        words.setMaximumWidth(px(_WIDEST))
        line = QHBoxLayout()  # asks for the height at the width the text gets
        line.addWidget(words, 1)
        line.addStretch()
        column.addLayout(line)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setAccessibleName(_("Settings"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _add_window(self, column: QVBoxLayout) -> None:
        _head(column, _("Window"))
        self.language.setAccessibleName(_("Language of the window"))
        self._row(column, _("Language"), self.language)
        self._row(column, _("Theme"), self.theme)
        self._row(column, _("Text size"), self.sizes, _("On top of the size your desktop uses."))

    def _add_register(self, column: QVBoxLayout) -> None:
        _head(column, _("This register"))
        self._row(column, _("Language of exports"), self.exports, _("Unless another is chosen."))
        self.days.setAccessibleName(_("Days before expiry"))
        self._row(column, _("Days before expiry"), self.days,
                  _("From then on an agreement counts as about to expire."))  # fmt: skip
        self.more = text_button(_("All settings of this register"), "arrow-right")
        self._row(column, "", self.more)

    def _add_backups(self, column: QVBoxLayout) -> None:
        _head(column, _("Backups"))
        self.open_folder = plain_button(_("Open folder"), "folder-open")
        self._row(column, _("Newest"), self._newest)
        self._row(column, _("Folder"), self._place)
        self._row(column, "", self.open_folder,
                  _("One a day, and before anything that changes much."))  # fmt: skip

    def _row(self, column: QVBoxLayout, text: str, field: QWidget, note: str = "") -> None:
        row = _Row(text, field, note)
        column.addLayout(row)
        self._rows.append(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._rows:
            row.arrange(narrow=self.width() < px(_NARROW))

    def _connect(self) -> None:
        self.language.chosen.connect(self._take_language)
        self.theme.chosen.connect(self._take_theme)
        self.sizes.chosen.connect(self._take_size)
        self.exports.chosen.connect(self._take_exports)
        self.days.editingFinished.connect(self.flush)
        self.more.clicked.connect(self._ask_record)
        self.open_folder.clicked.connect(self._open_folder)
        self._session.changed.connect(self._changed)
        self._session.reset.connect(self._say_register)

    # Doing

    def _take_language(self, language: str) -> None:
        if not language:  # there is always one
            self.language.set_value(current_language())
        elif language != current_language():
            self.flush()
            self.language_asked.emit(language)

    def _take_theme(self, choice: str) -> None:
        settings.keep("theme", choice)
        theme.set_theme(choice)

    def _take_size(self, percent: str) -> None:
        self.flush()
        text_size.choose(int(percent))
        self.language_asked.emit(current_language())

    def _take_exports(self, language: str) -> None:
        self._set("language", language)

    def flush(self) -> None:
        """Save what is half typed."""
        typed, known = self.days.text().strip(), self._session.view.expiring_days
        field = KINDS["register"].field("expiring_days")
        if not (typed.isdecimal() and field.allows(int(typed))):
            self.days.setText(str(known))
        elif int(typed) != known:
            self._set("expiring_days", int(typed))

    def _set(self, field: str, value: object) -> None:
        record = self._record()
        if record is not None and record[field] != value:
            self._session.set_value(record.id, field, record[field], value)
            self._say_register()

    def _ask_record(self) -> None:
        record = self._record()
        if record is not None:
            self.record_asked.emit(record.id)

    def _open_folder(self) -> None:
        folder = backup.folder()
        folder.mkdir(parents=True, exist_ok=True)
        files.show(folder)

    # Saying

    def _record(self) -> Record | None:
        return self._session.view.settings

    def _changed(self, ids: set[str]) -> None:
        record = self._record()
        if record is not None and record.id in ids:
            self._say_register()

    def _say_window(self) -> None:
        self.language.set_value(current_language())
        self.theme.set_key(theme.theme_choice())
        self.sizes.set_key(str(text_size.chosen()))

    def _say_register(self) -> None:
        self.exports.set_key(str(self._session.view.setting("language", "en")))
        self.days.setText(str(self._session.view.expiring_days))
        for field in (self.exports, self.days):
            field.setEnabled(self._session.writable)
            why = "" if self._session.writable else _("The past is read only.")
            field.setToolTip(why)
        newest = backup.newest_for(self._session.path)
        self._place.setText(files.short(newest.parent if newest else backup.folder()))
        self._newest.setText(self._moment(newest.stat().st_mtime) if newest else _("None yet"))

    def _moment(self, stamp: float) -> str:
        """A moment by the clock of the register, as the history tells it too."""
        zone = clock.zone_named(self._session.view.zone)
        at = datetime.fromtimestamp(stamp, tz=zone)
        return f"{date_words(at.date().isoformat(), current_language())}, {at:%H:%M}"


_CONFIDENTIAL = N_(
    "A register is an ordinary file: whoever can open it can read it. What keeps it from others "
    "is the encryption of this computer's disk and the rights on its folder, so keep both on; "
    "backups and exports need the same care."
)


def _head(column: QVBoxLayout, text: str) -> None:
    column.addSpacing(20)
    column.addWidget(Label(text, "heading"))
    column.addWidget(Hairline())
    column.addSpacing(4)


class _Row(QBoxLayout):
    """Label, field, and a sentence of help; side by side, or below one another if narrow."""

    def __init__(self, text: str, field: QWidget, note: str) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._label = Label(text, "body", "text2")
        self._label.setFixedWidth(px(_LABEL))
        self._label.setBuddy(field)
        self.addWidget(self._label)
        if isinstance(field, (OptionCombo, QLineEdit)):
            field.setFixedWidth(px(_FIELD if isinstance(field, OptionCombo) else _SHORT))
        if isinstance(field, ElidedLabel):
            self.addWidget(field, 1)
        else:
            begins = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            self.addWidget(field, 0 if note else 1, begins)
        if note:
            field.setAccessibleDescription(note)
            self.addWidget(Label(note, "small", "text3", wrap=True), 1)
        self.arrange(narrow=False)

    def arrange(self, *, narrow: bool) -> None:
        """Go across or down; a label that says nothing only keeps room across."""
        self._label.setVisible(bool(self._label.text()) or not narrow)
        way = QBoxLayout.Direction
        self.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.setSpacing(4 if narrow else 16)
