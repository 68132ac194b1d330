"""The export page: who reads it, the choices, what it will look like, and the file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTemporaryDir, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ropa_app import clock
from ropa_app.exports.layout import WRITERS, Layout, layouts
from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_app.model.record import Record
from ropa_ui import files, settings
from ropa_ui.models.jobs import Job
from ropa_ui.models.layout_fit import fitting_layout, why_empty
from ropa_ui.models.session import Session
from ropa_ui.private_folder import passing_folder
from ropa_ui.theme import px
from ropa_ui.views.export_choices import ExportChoices, problem_of
from ropa_ui.views.export_foot import ExportFoot
from ropa_ui.views.export_layouts import LayoutList
from ropa_ui.views.export_shown import ExportShown
from ropa_ui.views.export_words import chosen_words, file_facts
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label

_PREVIEW = 300  # px: the least of a page or sheet that is worth looking at
_PAUSE = 200  # ms after a choice before the preview is made: arrow keys run through the list


class ExportPage(QWidget):
    """`said` tells what the toast is to say."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._preview: Job | None = None
        self._private: QTemporaryDir | None = None
        self._export: Job | None = None
        self._out = Path()
        self._stale = True
        self.layouts = LayoutList(self)
        self.choices = ExportChoices(session, self)
        self.shown = ExportShown(self)
        self.foot = ExportFoot(self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE)
        self._folder = Path(settings.text("export/folder") or files.documents())
        self._lay_out()
        self._connect()
        self.layouts.choose(self._usual())

    # Building

    def _lay_out(self) -> None:
        left = QWidget(self)
        left.setObjectName("listPane")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(18, 20, 18, 12)
        column.setSpacing(12)
        column.addWidget(Label(_("Export"), "title"))
        column.addWidget(self.layouts, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(self._right())
        split.setSizes([px(316), px(880)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        left.setMinimumWidth(220)
        left.setMaximumWidth(px(420))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _right(self) -> QWidget:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QWidget()
        inside.setObjectName("formBody")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(28, 18, 28, 14)
        inner.setSpacing(14)
        inner.addWidget(self.choices)
        inner.addWidget(self.shown, 1)
        self.shown.setMinimumHeight(px(_PREVIEW))
        area = QScrollArea(right)  # only needed where texts are large and the window is low
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column.addWidget(area, 1)
        column.addWidget(Hairline(right))
        column.addWidget(self.foot)
        return right

    def _connect(self) -> None:
        self.layouts.layout_chosen.connect(self._take_layout)
        self.layouts.taken.connect(self.export)
        self.choices.changed.connect(self._take_choice)
        self._wait.timeout.connect(self._start_preview)
        self._session.changed.connect(self._register_changed)
        self._session.reset.connect(self._register_reset)
        self.shown.retry.connect(self._start_preview)
        self.foot.folder_asked.connect(self._choose_folder)
        self.foot.export_asked.connect(self.export)
        self.foot.cancel_asked.connect(self._cancel)

    # What is exported

    def begin(self, records: Sequence[Record] = (), layout: str = "") -> None:
        """Begin an export of these records alone, or of everything, in a layout if one is named."""
        self.choices.choose_records(records)
        if layout or not records:
            self.layouts.choose(layout or self._usual())

    def _usual(self) -> str:
        """The layout chosen last for this register, else the one that fits its organisations."""
        return settings.text(self._kept_as()) or fitting_layout(self._session)

    def _kept_as(self) -> str:
        return f"export/layout/{self._session.register_id}"

    def _take_choice(self) -> None:
        chosen = self.choices.chosen()
        self.layouts.limit(chosen[0].kind_key if chosen else "")
        self._ask_preview()

    # Following

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._wait.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop_preview()

    def _take_layout(self, layout: Layout) -> None:
        if not self.choices.chosen() and layout.id != self._usual():
            settings.keep(self._kept_as(), layout.id)
        self.choices.follow(layout)
        self._ask_preview()

    def _register_changed(self, _ids: set[str]) -> None:
        self._ask_preview()

    def _register_reset(self) -> None:
        self.choices.follow_session()
        self.choices.follow(self.layouts.chosen())
        self._ask_preview()

    def _ask_preview(self) -> None:
        """Another export than the one shown: say so, and make the preview anew in a moment."""
        self.foot.forget_written()
        self._say_file({})
        self._stale = True
        if self.isVisible():
            self._wait.start()

    # The preview

    def _start_preview(self) -> None:
        self._stop_preview()
        layout = self.layouts.chosen()
        self._say_empty()
        if problem := problem_of(self.choices):
            self.shown.show_problem(layout, problem, again=False)
            return
        self._stale = False
        self.shown.show_waiting(layout)
        self._private = passing_folder("preview")
        out = self._private.filePath(f"preview.{WRITERS[layout.writer]}")
        self._preview = Job(self)
        self._preview.answered.connect(self._show_found)
        self._preview.failed.connect(self._show_problem)
        self._preview.ended.connect(self._preview_ended)
        asked = self.choices.asked(layout)
        self._preview.start("preview", path=str(self._session.path), out=out, **asked)

    def _say_empty(self) -> None:
        reasons = {each.id: why_empty(self._session, each) for each in layouts()}
        self.layouts.say_empty({layout: why for layout, why in reasons.items() if why})

    def _show_found(self, found: dict[str, Any]) -> None:
        if "image" in found:
            found["image"] = base64.b64decode(found["image"])
        self.shown.show_found(self.layouts.chosen(), found)
        self._say_file(found)

    def _show_problem(self, sentence: str) -> None:
        self.shown.show_problem(self.layouts.chosen(), sentence, again=True)

    def _preview_ended(self, _done: bool) -> None:
        if self.sender() is self._preview:
            self._preview = None
            self._remove_private()

    def _stop_preview(self) -> None:
        self._wait.stop()
        if self._preview is not None:
            job, self._preview = self._preview, None
            self._stale = True
            job.cancel()
            job.wait()
        self._remove_private()

    def _remove_private(self) -> None:
        if self._private is not None:
            self._private.remove()
            self._private = None

    # The file

    def path(self) -> Path:
        """The file that will be written: never one that is there already."""
        layout = self.layouts.chosen()
        day = self.choices.iso() or self._today()
        stem = files.stem_of(self._session.name(), "register")
        suffix = f".{WRITERS[layout.writer]}"
        which = chosen_words(self.choices.chosen())
        parts = [stem, layout.id, self.choices.asked(layout)["regime"], which, day]
        return files.free_path(self._folder, "-".join(part for part in parts if part), suffix)

    def _today(self) -> str:
        """The day it is where the register's organisation is: that of the page's "As at"."""
        session = self._session
        return clock.day_of(session.present.now(), session.view.zone).isoformat()

    def export(self) -> None:
        """Write the file in the background."""
        if self._export is not None:
            return
        layout = self.layouts.chosen()
        if problem := problem_of(self.choices):
            self.shown.show_problem(layout, problem, again=False)
            self.choices.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.choices.keep(layout)
        self._out = self.path()
        self.foot.show_busy(_("Writing {name}").format(name=self._out.name))
        self._export = Job(self)
        self._export.answered.connect(self._written)
        self._export.failed.connect(self._not_written)
        self._export.ended.connect(self._export_ended)
        asked = self.choices.asked(layout)
        self._export.start("export", path=str(self._session.path), out=str(self._out), **asked)

    def _written(self, _answer: dict[str, Any]) -> None:
        self.foot.show_written(self._out)
        said = _("Written: {path}").format(path=files.short(self._out))
        if self.isVisible():  # the foot says it there, and a notice would lie over it
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.foot, said))
        else:
            self.said.emit(said)

    def _not_written(self, sentence: str) -> None:
        self.shown.show_failure(sentence)

    def _export_ended(self, _done: bool) -> None:
        self._export = None
        self.foot.show_idle()

    def _cancel(self) -> None:
        if self._export is not None:
            self._export.cancel()
            self.said.emit(_("Cancelled; nothing was written."))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for exports"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            settings.keep("export/folder", chosen)
            self._say_file(self.shown.found)

    def _say_file(self, found: dict[str, Any]) -> None:
        if problem_of(self.choices):
            return
        iso = self.choices.iso()
        day = _("As at {day}").format(day=date_words(iso, current_language())) if iso else ""
        facts = "  ·  ".join(part for part in (file_facts(found), day) if part)
        self.foot.say(self.path(), self.layouts.chosen(), facts)

    def stop(self) -> None:
        """End what runs in the background."""
        self._stop_preview()
        if self._export is not None:
            self._export.cancel()
            self._export.wait()
