"""What a proposed activity says: legal bases, retention with its ground, what to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.field import Field
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Open, Value
from ropa_app.model.vocabulary import OwnTerms
from ropa_app.model.words import Words
from ropa_app.register.change import Create
from ropa_app.register.templates import Template, records_of
from ropa_ui.widgets.clearing import clear
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.running_text import RunningText


class ProposalDetail(QWidget):
    """Lines of (what, words) for the proposal under the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(3)

    def show_template(
        self, template: Template, language: str, organisation: Create, periods: Mapping[str, Value]
    ) -> None:
        """Say what this one brings, as it would stand in the register."""
        clear(self._column)
        made = records_of([template], language, organisation, periods)
        for label, text, asked in _facts(made, Words(language, OwnTerms(()), str)):
            role = "rev" if asked else "text2"
            self._column.addWidget(RunningText([(label, role), (text, "text")], parent=self))
        self._column.addStretch(1)

    def show_nothing(self) -> None:
        """Say that there is nothing under the cursor."""
        clear(self._column)
        text = _("Choose an activity to see its legal bases, its retention and what to confirm.")
        self._column.addWidget(Label(text, "small", "text3", wrap=True))
        self._column.addStretch(1)


def _facts(made: list[Create], words: Words) -> Iterator[tuple[str, str, bool]]:
    activity = KINDS["activity"]
    values = made[-1].values
    for line in values["purposes"]:
        yield _("Purpose:"), _joined(activity.field("purposes"), line, words), False
    for record in made:
        if record.kind == "retention":
            name = str(record.values["name"])
            yield _("{what} kept:").format(what=name), *_kept(record, words)
    for record in made:
        if record.kind == "retention":
            continue
        kind = KINDS[record.kind]
        if record.kind == "activity":
            for key, value in record.values.items():
                for question in _questions(value):
                    label = _("Confirm, {field}:").format(field=words.label(kind.field(key)))
                    yield label, question, True


def _joined(field: Field, line: Mapping[str, Any], words: Words) -> str:
    """The certain parts of a purpose: what, on which basis, by which law or interest."""
    keys = ("purpose", "legal_basis", "national_law", "legitimate_interest", "other_law")
    columns = {column.key: column for column in field.columns}
    texts = [
        words.value(columns[key], line[key])
        for key in keys
        if key in line and not isinstance(line[key], Open)
    ]
    return "  ·  ".join(text.replace("\n", ", ") for text in texts)


def _kept(record: Create, words: Words) -> tuple[str, bool]:
    value = record.values["period"]
    if isinstance(value, Open):
        return value.question, True
    return words.value(KINDS["retention"].field("period"), value), False


def _questions(value: Value) -> Iterator[str]:
    if isinstance(value, Open):
        yield value.question
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _questions(item)
    elif isinstance(value, list):
        for item in value:
            yield from _questions(item)
