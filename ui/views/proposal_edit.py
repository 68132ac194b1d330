"""Editing a proposed activity before it is made: its name, legal bases and times of keeping."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.model.reading import read
from ropa_app.model.state import AsTyped, Open, Value
from ropa_app.model.vocabulary import OwnTerms, vocabulary
from ropa_app.model.words import Words
from ropa_app.register.change import Create
from ropa_app.register.templates import Template, records_of, retention_rules
from ropa_ui.forms.period_text import beside_line, line_text, read_line, with_line
from ropa_ui.theme import px
from ropa_ui.widgets.buttons import plain_button, primary_button
from ropa_ui.widgets.dialog import Dialog
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.scroll_box import ScrollBox

_WIDE, _HIGH = 780, 620
_SIDES, _BETWEEN = 70, 16  # px beside the boxes (margins, scroll bar) and between two of them
# Holds in the United Kingdom alone.
_UK_ONLY = "6-1-ea"
_PERIOD = KINDS["retention"].field("period")


class _Nobody:
    """What reading a time needs to know of a register: there is none yet."""

    terms = OwnTerms(())

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        """No record is there to be found."""
        return None


class ProposalEdit(Dialog):
    """Shows what can be changed; `accepted_as` tells the template and the times of keeping."""

    accepted_as = Signal(object, object)

    def __init__(
        self, template: Template, language: str, organisation: Create,
        periods: Mapping[str, Value], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(
            _("Edit the proposed activity"),
            _("Everything else can be changed in the register. A time of keeping goes for every "
              "activity that shares the rule."),
            parent, _WIDE,
        )  # fmt: skip
        self._template = template
        self._words = Words(language, OwnTerms(()), str)
        made = records_of([template], language, organisation)
        self._proposed = dict(zip(retention_rules([template]), made, strict=False))
        self._periods = dict(periods)
        self._inner = QVBoxLayout()
        self._inner.setSpacing(6)
        self.name = QLineEdit(template.title(language))
        self.bases: list[dict[str, QCheckBox]] = []
        self.times: dict[str, QLineEdit] = {}
        self._add_name()
        self._add_bases(made[-1], "uk" in _regimes(organisation))
        self._add_times()
        self._lay_out()

    # Building

    def _add_name(self) -> None:
        self.name.setAccessibleName(_("Name of the activity"))
        self._head(_("Name"), self.name)
        self._inner.addWidget(self.name)

    def _add_bases(self, activity: Create, with_uk: bool) -> None:
        columns = {column.key: column for column in KINDS["activity"].field("purposes").columns}
        lines = activity.values["purposes"]
        assert isinstance(lines, list)  # noqa: S101 - for the type checker
        for number, line in enumerate(lines):
            assert isinstance(line, dict)  # noqa: S101 - for the type checker
            purpose = self._words.value(columns["purpose"], line["purpose"])
            self._head(_("Legal basis of: {purpose}").format(purpose=purpose))
            self._inner.addLayout(self._boxes(number, purpose, with_uk))

    def _boxes(self, number: int, purpose: str, with_uk: bool) -> QGridLayout:
        grid = QGridLayout()
        boxes: dict[str, QCheckBox] = {}
        grid.setHorizontalSpacing(_BETWEEN)
        grid.setVerticalSpacing(2)
        chosen = self._template.bases(number)
        for term in vocabulary("legal-basis").terms.values():
            if term.id == _UK_ONLY and not with_uk and term.id not in chosen:
                continue
            text = term.label(self._words.language)
            box = QCheckBox(text.replace("&", "&&"))
            box.setChecked(term.id in chosen)
            box.setAccessibleName(f"{purpose}: {text}")
            boxes[term.id] = box
        # Beside each other where there is room, else below: large letters need it.
        widest = max(box.sizeHint().width() for box in boxes.values())
        columns = 2 if 2 * widest + _BETWEEN + _SIDES <= self.minimumWidth() else 1
        for place, box in enumerate(boxes.values()):
            grid.addWidget(box, place // columns, place % columns)
        self.bases.append(boxes)
        return grid

    def _add_times(self) -> None:
        for key, rule in self._proposed.items():
            name = str(rule.values["name"])
            value = self._periods.get(key, rule.values["period"])
            self.times[key] = edit = QLineEdit(line_text(self._words, _PERIOD, value))
            edit.setAccessibleName(_("Kept for: {what}").format(what=name))
            edit.setPlaceholderText(_("e.g. 5 years after end of the financial year"))
            note = Label("", "small", "text3", wrap=True)
            self._head(_("Kept for: {what}").format(what=name), edit)
            self._inner.addWidget(edit)
            self._inner.addWidget(note)
            edit.textChanged.connect(partial(self._say_of_time, key, note))
            self._say_of_time(key, note)

    def _head(self, text: str, buddy: QWidget | None = None) -> None:
        if self._inner.count():
            self._inner.addSpacing(8)
        label = Label(text, "section", "text2", wrap=True)
        if buddy is not None:
            label.setBuddy(buddy)
        self._inner.addWidget(label)

    def _lay_out(self) -> None:
        self._inner.addStretch(1)
        holder = QWidget()
        self._inner.setContentsMargins(0, 0, 10, 0)
        holder.setLayout(self._inner)
        area = ScrollBox(self.windowTitle(), self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields are reached by themselves
        area.setWidget(holder)
        self.body.addWidget(area)
        cancel, done = plain_button(_("Cancel"), parent=self), primary_button(_("Apply"), self)
        cancel.clicked.connect(self.reject)
        done.clicked.connect(self.accept)
        done.setDefault(True)
        self.add_button(cancel)
        self.add_button(done)
        self.set_first(self.name)
        parent = self.parentWidget()
        room = parent.window().height() if parent else px(_HIGH)
        self.resize(self.minimumWidth(), min(px(_HIGH), room, holder.sizeHint().height() + px(190)))

    # What was given

    def accept(self) -> None:
        """Tell what was given, and close."""
        bases = {
            number: [key for key, box in boxes.items() if box.isChecked()]
            for number, boxes in enumerate(self.bases)
        }
        title = self.name.text().strip()
        plain = self._template.named("").title(self._words.language)
        template = self._template.named("" if title == plain else title).resting_on(bases)
        times = {key: self._time(key) for key in self.times}
        self.accepted_as.emit(template, {key: item for key, item in times.items() if item})
        super().accept()

    def _time(self, key: str) -> Value:
        """The time of keeping typed for a rule; None if it is the proposed one."""
        before = self._proposed[key].values["period"]
        text = self.times[key].text().strip()
        if text in ("", line_text(self._words, _PERIOD, before)):
            return None
        typed = read_line(_PERIOD, text, partial(read, reader=_Nobody()), self._words)
        # The ground that was proposed is that of the proposed time.
        return with_line(None, typed)

    def _say_of_time(self, key: str, note: Label, _text: str = "") -> None:
        """Below a time: its ground as proposed, what is asked, or that it cannot be read."""
        value = self._time(key)
        before = self._proposed[key].values["period"]
        if isinstance(value, AsTyped):
            note.setText(_("Kept as typed: no number and unit could be read."))
        elif value is not None:
            note.setText(_("Your own time; its ground is asked for in the register."))
        elif isinstance(before, Open):
            note.setText(_("To confirm: {question}").format(question=before.question))
        else:
            note.setText(beside_line(self._words, _PERIOD, before))


def _regimes(organisation: Create) -> set[str]:
    lines = organisation.values.get("regimes")
    found = lines if isinstance(lines, list) else []
    return {str(line.get("regime")) for line in found if isinstance(line, dict)}
