"""A new register: three questions on one page, and the activities they lead to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.state import Value
from ropa_app.register.begin import begin_register
from ropa_app.register.change import Create, new_id
from ropa_app.register.templates import Template
from ropa_ui import files
from ropa_ui.languages import offered_language
from ropa_ui.screen import fit
from ropa_ui.theme import px
from ropa_ui.views.new_questions import Questions
from ropa_ui.views.proposal_detail import ProposalDetail
from ropa_ui.views.proposal_edit import ProposalEdit
from ropa_ui.views.proposals import TEMPLATE, ProposalList, Proposals
from ropa_ui.widgets.buttons import plain_button, primary_button, text_button
from ropa_ui.widgets.empty import EmptyState
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel
from ropa_ui.widgets.scroll_box import ScrollBox

_ASKED, _DETAIL = 392, 168  # px: width of the questions, height of the detail
_FOOT = 720  # px from which place and buttons of the foot have one line
_BESIDE = 260  # px: with less beside the questions, proposals stand below them
_SIDES = 52  # px beside the questions
_SHARE, _NO_LIMIT = 0.3, 16777215  # of the height, for questions above; Qt's own greatest size
_TYPING = 150  # ms after a keystroke before the proposals follow


class NewRegisterDialog(QDialog):
    """Asks, proposes, makes the file. `made` tells its path."""

    made = Signal(str)

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New register"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder or files.documents()
        self._path: Path | None = None
        self._problem: FindingBar | None = None
        self._dropping = False  # said that what was entered is not saved
        self._stacked = False
        self.questions = Questions(self)
        self.language = self.questions.language
        self.proposals = Proposals(self)
        self.list = ProposalList(self.proposals, self)
        self.detail = ProposalDetail(self)
        self.create_button = primary_button(_("Create the register"))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TYPING)
        self._lay_out()
        self._connect()
        self._order_keys()
        self._propose()

    # Building

    def _lay_out(self) -> None:
        fit(self, QSize(1120, 760), QSize(880, 560))
        body = self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self._asked = _scrolling(self.questions, _("Questions"))
        self._asked.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields are reached by themselves
        body.addWidget(self._asked)
        self._between = Hairline(self, vertical=True)
        body.addWidget(self._between)
        body.addLayout(self._right(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(Hairline(self))
        self._notice = QVBoxLayout()
        self._notice.setContentsMargins(24, 10, 24, 0)
        column.addLayout(self._notice)
        column.addLayout(self._foot())

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(18, 20, 18, 0)
        column.setSpacing(6)
        column.addLayout(self._right_head())
        self._empty = EmptyState(
            _("Your first activities"),
            _("Tick a kind of business, and the activities most of its kind have appear here."),
            parent=self,
        )
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        self._line = Hairline(self)
        column.addWidget(self._line)
        self._detail_area = _scrolling(
            self.detail, _("What the activity says"), margins=False
        )
        column.addWidget(self._detail_area)
        return column

    def _right_head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        self._count = ElidedLabel("", "section")
        self._all = text_button(_("Tick all"))
        self._none = text_button(_("Tick none"))
        self._edit = text_button(_("Edit…"))
        self._edit.setToolTip(_("Name, legal bases and times of keeping of the activity (Enter)"))
        line.addWidget(self._count)
        line.addWidget(self._all)
        line.addWidget(self._none)
        line.addWidget(self._edit)
        line.addStretch(1)
        return line

    def _foot(self) -> QBoxLayout:
        line = self._foot_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setContentsMargins(24, 12, 24, 12)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._place = ElidedLabel("", "body", "text", mode=Qt.TextElideMode.ElideMiddle)
        words.addWidget(self._place)
        words.addWidget(
            ElidedLabel(
                _("A file on this computer. Proposals are drafts: every one can be changed later."),
                "small",
                "text3",
            )
        )
        line.addLayout(words, 1)
        self._choose = plain_button(_("Choose a place…"))
        self._cancel = plain_button(_("Cancel"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._choose, self._cancel, self.create_button):
            buttons.addWidget(button)
        line.addLayout(buttons)
        return line

    def _connect(self) -> None:
        self.questions.changed.connect(self._wait.start)
        self._wait.timeout.connect(self._propose)
        self.language.chosen.connect(self._propose)
        self.proposals.dataChanged.connect(self._say)
        self.list.selectionModel().currentChanged.connect(self._show_detail)
        self._all.clicked.connect(self._take_all)
        self._none.clicked.connect(self._take_none)
        self._edit.clicked.connect(self._edit_current)
        self.list.edited.connect(self._edit_current)
        self._choose.clicked.connect(self._choose_place)
        self._cancel.clicked.connect(self.reject)
        self.create_button.clicked.connect(self.make)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Questions and detail have the size they like, but leave room for the proposals."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._foot_line.setDirection(way.LeftToRight if self._roomy else way.TopToBottom)
        self._say_button()
        bar = self._asked.verticalScrollBar().sizeHint().width()
        least = self.questions.minimumSizeHint().width() + _SIDES + bar
        wide = max(least, min(px(_ASKED), round(self.width() * 0.44)))
        self._stacked = self.width() - wide < px(_BESIDE)
        self._body.setDirection(way.TopToBottom if self._stacked else way.LeftToRight)
        self._between.setHidden(self._stacked)
        self._asked.setMinimumWidth(0 if self._stacked else wide)
        self._asked.setMaximumWidth(self.width() if self._stacked else wide)
        self._detail_area.setFixedHeight(min(px(_DETAIL), round(self.height() * 0.28)))
        self._show_parts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.questions.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes the register, but not before a kind of business is known."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.questions.kinds():
            self.make()
        else:
            first = next(iter(self.questions.businesses.values()))
            first.setFocus(Qt.FocusReason.TabFocusReason)

    # Doing

    def reject(self) -> None:
        """Close; where something was typed or edited only when that is asked for twice."""
        if self._dropping or not (self.questions.typed() or self.proposals.edited()):
            super().reject()
            return
        self._dropping = True
        self._say_problem(_("What you entered is not saved. Cancel once more to drop it."))

    def path(self) -> Path:
        """The file that will be made."""
        if self._path is not None:
            return self._path
        stem = files.stem_of(self.questions.name.text(), "register")
        return files.free_path(self._folder, stem, ".ropa")

    def make(self) -> None:
        """Make the register; what is in the way is said here."""
        self._propose()
        if not self.questions.name.text().strip():
            self._say_problem(_("Give the name of the organisation first."))
            self.questions.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        path = self.path()
        language = self._language()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            begin_register(
                path, language, self.questions.organisation(), self.proposals.chosen(),
                periods=self.proposals.periods,
            )  # fmt: skip
        except (UserError, OSError) as error:
            self._say_problem(str(error))
            return
        self.made.emit(str(path))
        self.accept()

    def _propose(self) -> None:
        self._wait.stop()
        language = self._language()
        self.proposals.set_language(language)
        kept = self.list.currentIndex().row()
        self.proposals.propose(self.questions.kinds(), language, self._organisation())
        has_any = self.proposals.rowCount() > 0
        self._show_parts()
        if has_any:
            row = kept if 0 < kept < self.proposals.rowCount() else 1
            self.list.setCurrentIndex(self.proposals.index(row))
        self._say()

    def _show_parts(self) -> None:
        """Proposals once there are any; what one says, where they have room above it."""
        has_any = self.proposals.rowCount() > 0
        for part in (self.list, *self._over_list()):
            part.setVisible(has_any)
        for part in (self._line, self._detail_area):
            part.setVisible(has_any and not self._stacked)
        self._empty.setVisible(not has_any)
        above = self._stacked and has_any  # room is short: most of it is for the proposals
        self._asked.setMaximumHeight(round(self.height() * _SHARE) if above else _NO_LIMIT)

    def _organisation(self) -> Create:
        """The organisation as far as it is known, for the law that applies."""
        return Create("organisation", new_id(), self.questions.organisation())

    def _show_detail(self, current: QModelIndex, _previous: QModelIndex) -> None:
        template = current.data(TEMPLATE) if current.isValid() else None
        if template is None:
            self.detail.show_nothing()
        else:
            self.detail.show_template(
                template, self._language(), self._organisation(), self.proposals.periods
            )

    def _over_list(self) -> tuple[QWidget, ...]:
        return self._all, self._none, self._edit

    def _edit_current(self) -> None:
        index = self.list.currentIndex()
        template = index.data(TEMPLATE)
        if template is None:
            return
        asked = ProposalEdit(
            template, self._language(), self._organisation(), self.proposals.periods, self
        )
        asked.accepted_as.connect(partial(self._edited, index))
        asked.finished.connect(self._back_to_list)
        asked.open()

    def _edited(self, index: QModelIndex, template: Template, periods: dict[str, Value]) -> None:
        self.proposals.edit(index, template, periods)
        self._propose()

    def _back_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _language(self) -> str:
        """The language the register will have."""
        return self.language.value() or offered_language()

    def _order_keys(self) -> None:
        """Tab goes as people read: the questions, the proposals from above, the buttons."""
        after = self.questions.last()
        reading = (*self._over_list(), self.list, self._detail_area,
                   self._choose, self._cancel, self.create_button)  # fmt: skip
        for part in reading:
            QWidget.setTabOrder(after, part)
            after = part

    def _take_all(self) -> None:
        self.proposals.take_all(True)

    def _take_none(self) -> None:
        self.proposals.take_all(False)

    def _choose_place(self) -> None:
        title, kinds = _("New register"), _("Registers (*.ropa);;All files (*)")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, title, str(self.path()), kinds, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            path = Path(chosen)
            self._path = path if path.suffix else path.with_suffix(".ropa")
            self._say()

    # Saying

    def _say(self) -> None:
        count, there = len(self.proposals.chosen()), self.proposals.templates()
        said = (_("{count} of {all} activities"), _("{count} of {all}")) if there else ("", "")
        self._count.say(*(words.format(count=count, all=there) for words in said))
        self._place.setText(files.short(self.path()))
        self._say_button()
        if self.questions.name.text().strip():
            self._clear_problem()

    @property
    def _roomy(self) -> bool:
        return self.width() >= px(_FOOT)

    def _say_button(self) -> None:
        """What the button makes; how many activities stands over them, too."""
        count = len(self.proposals.chosen()) if self._roomy else 0
        if count == 1:
            label = _("Create with 1 activity")
        else:
            label = _("Create with {count} activities").format(count=count)
        self.create_button.set_label(label if count else _("Create the register"))

    def _say_problem(self, sentence: str) -> None:
        self._clear_problem()
        self._problem = FindingBar("error", sentence, parent=self)
        self._notice.addWidget(self._problem)

    def _clear_problem(self) -> None:
        if self._problem is not None:
            self._problem.hide()
            self._problem.deleteLater()
            self._problem = None


def _scrolling(content: QWidget, name: str, *, margins: bool = True) -> ScrollBox:
    """The widget in an area that scrolls where room is short."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(*((28, 20, _SIDES - 28, 16) if margins else (0, 0, 0, 0)))
    column.addWidget(content)
    area = ScrollBox(name)
    area.setWidget(holder)
    return area
