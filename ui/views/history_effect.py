"""What a step did to the checks: the findings it took away, and those it brought."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_ui import looks
from ropa_ui.models.checks import Row, article_of
from ropa_ui.models.effects import Effects, StepEffect
from ropa_ui.models.session import Session
from ropa_ui.theme import px
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import IconLabel, Label
from ropa_ui.widgets.running_text import RunningText


class EffectSection(QWidget):
    """Heading, a note, and a row for each finding; it asks for what is not known yet."""

    def __init__(
        self, session: Session, effects: Effects, operation: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._operation = operation
        self.note = Label("", "small", "text3", self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 6, 0, 6)
        head.setSpacing(8)
        head.addWidget(Label(_("Effect on the checks"), "section", "text", self))
        head.addWidget(self.note)
        head.addStretch(1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._rows)
        known = effects.known(operation)
        if known is not None:
            self._show(known)
        else:
            self._wait_for(effects)

    def _wait_for(self, effects: Effects) -> None:
        self.note.setText(_("is being worked out …"))
        effects.told.connect(self._hear)
        effects.failed.connect(self._hear_failure)
        effects.ask(self._operation)

    def _hear(self, operation: int, found: object) -> None:
        if operation == self._operation and isinstance(found, StepEffect):
            self._show(found)

    def _hear_failure(self, operation: int, sentence: str) -> None:
        if operation == self._operation:
            self.note.setText(sentence)

    def _show(self, found: StepEffect) -> None:
        self.note.setText(effect_words(found))
        self.setAccessibleName(f"{_('Effect on the checks')}: {self.note.text()}")
        for row in found.went:
            self._add(row, looks.SETTLED, _("closed"))
        for row in found.came:
            self._add(row, looks.SEVERITIES[row.severity], _("new"))
        if found.went or found.came:
            self._rows.addWidget(Hairline(self))
        rest = found.went_count + found.came_count - len(found.went) - len(found.came)
        if rest > 0:
            more = Label(_("and {count} more findings").format(count=rest), "small", "text2", self)
            more.setContentsMargins(0, 8, 0, 0)
            self._rows.addWidget(more)

    def _add(self, row: Row, look: looks.Look, word: str) -> None:
        self._rows.addWidget(Hairline(self))
        self._rows.addWidget(EffectRow(row, self._named(row), look, word, self))

    def _named(self, row: Row) -> str:
        record = self._session.view.records.get(row.record)
        return record.ref if record else ""


class EffectRow(QWidget):
    """A finding: its sentence, its article and its record, and whether it came or went."""

    def __init__(self, row: Row, ref: str, look: looks.Look, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        article = article_of(row)
        facts = "  ·  ".join(part for part in (article, ref) if part)
        said = f"{word}: {_(looks.SEVERITY_WORDS[row.severity])}: {row.sentence} {facts}"
        self.setAccessibleName(" ".join(said.split()))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 6, 2, 6)
        line.setSpacing(10)
        line.addWidget(IconLabel(look.icon, look.role, 15, self))
        line.addWidget(RunningText([(row.sentence, "text"), (facts, "text2")], parent=self), 1)
        line.addWidget(Label(word, "small", "text2", self))
        self.setMinimumHeight(px(33))


def effect_words(found: StepEffect) -> str:
    """How many findings went and came: “2 findings closed, 1 new”."""
    went, came = found.went_count, found.came_count
    if not went and not came:
        return _("no finding came or went")
    parts = []
    if went:
        closed = _("1 finding closed") if went == 1 else _("{count} findings closed")
        parts.append(closed.format(count=went))
    if came:
        new = _("1 new finding") if came == 1 else _("{count} new findings")
        parts.append(new.format(count=came))
    return ", ".join(parts)
