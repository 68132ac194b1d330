"""The choices of an export in one row: which records, day, organisation, language, law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ropa_app.exports.layout import OF_ONE_REGIME, Layout
from ropa_app.i18n import N_, _, current_language
from ropa_app.model.dates import date_words, read_date
from ropa_app.model.record import Record
from ropa_app.model.vocabulary import vocabulary
from ropa_ui import settings
from ropa_ui.kinds import LABELS
from ropa_ui.languages import OWN_NAMES
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.flow_layout import FlowLayout
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.option_combo import OptionCombo

_TYPING = 500  # ms after a keystroke before a day counts as typed
_ONLY = "only"
_NO_DAY = N_("Give a day, such as 2026-11-24, or leave it empty for today.")


class ExportChoices(QWidget):
    """`changed` tells that another export is asked for."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.day = QLineEdit(self)
        self.day.setAccessibleName(_("As at"))
        self.day.setPlaceholderText(_("Today"))
        self.day.setFixedWidth(px(130))
        self.records = OptionCombo(_("Which records"), (), self)
        self.organisation = OptionCombo(_("Organisation"), (), self)
        self.language = OptionCombo(_("Language"), (), self)
        self.regime = OptionCombo(_("Regime"), (), self)
        self._chosen: list[Record] = []
        self._boxes: dict[QWidget, QWidget] = {}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TYPING)
        self._lay_out()
        self.follow_session()
        self._wait.timeout.connect(self.changed)
        self.day.textEdited.connect(self._typed)
        self.day.editingFinished.connect(self._left_day)
        self._show(self.records, False)
        for combo in (self.records, self.organisation, self.language, self.regime):
            combo.chosen.connect(self._taken)

    # Which records

    def choose_records(self, records: Sequence[Record]) -> None:
        """Export these alone, or everything if there are none; those chosen before stay offered."""
        if records:
            self._chosen = list(records)
            self.records.set_options([(_ONLY, self._words()), ("", _("All"))])
        self.records.set_key(_ONLY if records else "")
        self._show(self.records, bool(self._chosen))
        self.changed.emit()

    def chosen(self) -> list[Record]:
        """The records the export is to hold; empty for all."""
        return self._chosen if self.records.key() == _ONLY else []

    def _words(self) -> str:
        first, count = self._chosen[0], len(self._chosen)
        if count == 1:
            return f"{first.ref}  {self._session.title(first)}"
        kind = _(LABELS[first.kind_key]).lower()
        return _("{count} selected {kind}").format(count=count, kind=kind)

    # The rest

    def follow(self, layout: Layout) -> None:
        """Offer what this layout can be written in."""
        self.language.set_options((key, OWN_NAMES[key]) for key in layout.languages)
        wanted = settings.text(f"export/{layout.id}/language") or str(
            self._session.view.setting("language", "en")
        )
        self.language.set_key(wanted if wanted in layout.languages else layout.languages[0])
        self._show(self.language, len(layout.languages) > 1)
        self._show(self.regime, layout.writer in OF_ONE_REGIME)
        self.regime.set_key(settings.text(f"export/{layout.id}/regime"))

    def keep(self, layout: Layout) -> None:
        """Remember what was chosen for this layout."""
        settings.keep(f"export/{layout.id}/language", self.language.key())
        if layout.writer in OF_ONE_REGIME:
            settings.keep(f"export/{layout.id}/regime", self.regime.key())

    def follow_session(self) -> None:
        """Offer the organisations there are, and the day the register is shown as at."""
        view, words = self._session.view, self._session.words
        options = [("", _("All"))]
        options += [(each.id, view.title(each, words)) for each in view.of("organisation")]
        self.organisation.set_options(options)
        self._show(self.organisation, len(options) > 2)
        laws = [(key, vocabulary("regime").terms[key].label(current_language()))
                for key in ("eu", "uk")]  # fmt: skip
        self.regime.set_options([("", _("Both")), *laws])
        as_at = self._session.as_at or ""
        self.day.setText(date_words(as_at[:10], current_language()) if as_at else "")

    def asked(self, layout: Layout) -> dict[str, Any]:
        """What is asked of the worker."""
        regime = self.regime.key() if layout.writer in OF_ONE_REGIME else ""
        return {
            "layout": layout.id,
            "written_in": self.language.key(),
            "as_at": self.iso() or None,
            "organisation": self.organisation.key() or None,
            "regime": regime or None,
            "refs": [record.ref for record in self.chosen()] or None,
        }

    def iso(self) -> str | None:
        """The day asked for, ISO; empty for today, None if it cannot be read."""
        text = self.day.text().strip()
        return read_date(text) if text else ""

    def _typed(self) -> None:
        self._wait.start()

    def _left_day(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self.changed.emit()

    def _taken(self, _key: str) -> None:
        self.changed.emit()

    def _show(self, widget: QWidget, shown: bool) -> None:
        self._boxes[widget].setVisible(shown)

    def _lay_out(self) -> None:
        line = FlowLayout(self, 14)
        parts: tuple[tuple[str, QWidget, int], ...] = (
            (_("Which records"), self.records, 240),
            (_("As at"), self.day, 0), (_("Organisation"), self.organisation, 200),
            (_("Language"), self.language, 150), (_("Regime"), self.regime, 200),
        )  # fmt: skip
        for text, widget, wide in parts:
            if wide:
                widget.setFixedWidth(px(wide))
            box = QWidget(self)
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            label = Label(text, "small", "text2")
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget)
            self._boxes[widget] = box
            line.addWidget(box)


def problem_of(choices: ExportChoices) -> str:
    """What stands in the way of what was chosen, in words; empty if nothing."""
    return _(_NO_DAY) if choices.iso() is None else ""
