"""A new sub-processor that calls for our answer: what follows from it, and the two answers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropa_app.i18n import _
from ropa_app.model.kinds import KINDS
from ropa_app.model.state import Value
from ropa_app.model.words import Words
from ropa_app.rules.articles import article_words
from ropa_app.rules.objections import ACCEPTED, ARTICLE, DISREGARDED, OBJECTED, REFUSED, Proposal
from ropa_app.rules.parts import say
from ropa_ui.looks import SEVERITIES
from ropa_ui.theme import repaint_with_theme
from ropa_ui.widgets.buttons import Button, remedy_button
from ropa_ui.widgets.ground import paint_ground
from ropa_ui.widgets.labels import IconLabel, Label
from ropa_ui.widgets.running_text import RunningText

_FIELD = KINDS["party"].field("sub_processors")


class ProposalBox(QWidget):
    """On a soft ground: heading, a sentence with its article, and buttons where one may answer.

    `answered` tells the answer chosen, a term of the vocabulary objection-answer.
    """

    answered = Signal(str)

    def __init__(self, proposal: Proposal, words: Words, writable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.line_id = str(proposal.line.get("id", ""))
        self._look = SEVERITIES["error" if proposal.stage == DISREGARDED else "warning"]
        heading = words.say(proposal.heading)
        who = who_words(proposal.line, words)
        follows = say(words, proposal.message, proposal.parts)
        article = article_words(ARTICLE, words.language)
        self.buttons: list[Button] = []
        if writable:
            late = proposal.stage in (REFUSED, DISREGARDED)
            self._add(_("Accept after all") if late else _("Accept"), ACCEPTED)
            if not late:
                self._add(_("Object"), OBJECTED)
        said = f"{heading}: {who} {follows} {article}"
        self.setAccessibleName(said)
        for button in self.buttons:
            button.setAccessibleDescription(said)
        text = RunningText([(who, "text"), (follows, "text"), (article, "text2")], parent=self)
        self._lay_out(heading, text)
        repaint_with_theme(self)

    def _add(self, words: str, answer: str) -> None:
        button = remedy_button(words, self)
        button.setProperty("answer", answer)
        button.clicked.connect(self._answer)
        self.buttons.append(button)

    def _answer(self) -> None:
        self.answered.emit(str(self.sender().property("answer")))

    def _lay_out(self, heading: str, text: RunningText) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(IconLabel(self._look.icon, self._look.role, 16, self))
        top.addWidget(Label(heading, "section", self._look.role, self), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(text)
        if self.buttons:
            line = QHBoxLayout()
            line.setContentsMargins(0, 6, 0, 0)
            line.setSpacing(8)
            for button in self.buttons:
                line.addWidget(button)
            line.addStretch(1)
            column.addLayout(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self.rect(), self._look.soft, 8)


def who_words(line: Mapping[str, Value], words: Words) -> str:
    """Who it is, where, and for what: “Example Scan Pte Ltd, Singapore: malware scanning.”"""
    named = words.series(_FIELD.column("party"), line.get("party")) or _("Not named")
    where = words.series(_FIELD.column("countries"), line.get("countries"))
    what = words.series(_FIELD.column("service"), line.get("service"))
    place = f"{named}, {where}" if where else named
    return f"{place}: {what}." if what else f"{place}."
