"""The page shown while no register is open: start, recent registers, samples."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ropa_app.i18n import _, current_language
from ropa_app.model.dates import date_words
from ropa_app.register.sample import read_sample
from ropa_app.rules.standing import checked
from ropa_ui import files, icons, languages, settings, theme
from ropa_ui.actions import sequence
from ropa_ui.models.jobs import Job
from ropa_ui.screen import fit
from ropa_ui.theme import colour, px, repaint_with_theme
from ropa_ui.views.new_register import NewRegisterDialog
from ropa_ui.views.welcome_foot import WelcomeFoot
from ropa_ui.views.welcome_words import SAMPLES, when
from ropa_ui.widgets.big_row import BigRow
from ropa_ui.widgets.finding import FindingBar
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import Label
from ropa_ui.widgets.progress_line import ProgressLine

_MOST_RECENT = 5
_WIDEST = 1020
_START = 56  # px: the rows to start from are a little higher than the others


class WelcomeWindow(QMainWindow):
    """`register_asked` tells the path of the register to open; `closed` that it was shut."""

    register_asked = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, QSize(1200, 780), QSize(900, 600))
        self.columns: list[list[BigRow]] = []
        self._job: Job | None = None
        self._build()

    # Building

    def _build(self) -> None:
        """Make everything, in the language in use."""
        self.setWindowTitle("ropa")
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.progress = ProgressLine(centre)
        column.addWidget(self.progress)
        self._area = _scrolling(self._page(centre))
        column.addWidget(self._area, 1)
        column.addWidget(Hairline(centre))
        law = _("Law data of {day}").format(
            day=date_words(checked().isoformat(), current_language())
        )
        self.foot = WelcomeFoot(law, centre)
        self.foot.language_asked.connect(self.speak)
        self.foot.theme_asked.connect(self.dress)
        column.addWidget(self.foot)
        self.setCentralWidget(centre)
        for row in (*self.columns[0], *self.columns[1]):
            row.focused.connect(self._show_row)
        self.columns[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addWidget(_Tile(page))
        column.addSpacing(18)
        column.addWidget(Label(_("Your record of processing, on this computer"), "figure"))
        column.addSpacing(4)
        about = _("Activities, processors and transfers in one file. "
                  "Nothing leaves this machine unless you export it.")  # fmt: skip
        column.addWidget(Label(about, "body", "text2", wrap=True))
        column.addSpacing(28)
        self._notice = QVBoxLayout()
        column.addLayout(self._notice)
        column.addLayout(self._both(page))
        page.setMaximumWidth(px(_WIDEST))
        return page

    def _both(self, parent: QWidget) -> QHBoxLayout:
        self.columns = [self._start(), [*self._recent(), *self._samples()]]
        row = QHBoxLayout()
        row.setSpacing(28)
        left, right = QVBoxLayout(), QVBoxLayout()
        _stack(left, _("Start"), self.columns[0])
        count = len(self.columns[1]) - len(SAMPLES)
        if count:
            _stack(right, _("Recent"), self.columns[1][:count])
            right.addSpacing(14)
        _stack(right, _("Try with a sample"), self.columns[1][count:])
        for part in (left, right):
            part.addStretch(1)
        row.addLayout(left, 1)
        row.addWidget(Hairline(parent, vertical=True))
        row.addLayout(right, 1)
        return row

    def _start(self) -> list[BigRow]:
        asks = _("Three questions, then your first activities")
        new = BigRow("note-pencil", _("New register"), asks, key="Ctrl N", height=_START)
        new.setShortcut(sequence("Ctrl+N"))
        new.clicked.connect(self.ask_new)
        where = _("A .ropa file on this computer or in a synced folder")
        opened = BigRow("folder-open", _("Open a register"), where, key="Ctrl O", height=_START)
        opened.setShortcut(sequence("Ctrl+O"))
        opened.clicked.connect(partial(self.register_asked.emit, "?"))
        how = _("Brought back as a new file; nothing is overwritten")
        restore = BigRow("clock-clockwise", _("Restore a backup"), how, height=_START)
        restore.clicked.connect(self.ask_restore)
        return [new, opened, restore]

    def _recent(self) -> list[BigRow]:
        rows = []
        for path in settings.recent()[:_MOST_RECENT]:
            row = BigRow("file-text", path.name, files.short(path.parent), fact=when(path))
            row.clicked.connect(partial(self.register_asked.emit, str(path)))
            rows.append(row)
        return rows

    def _samples(self) -> list[BigRow]:
        rows = []
        for name, (title, about) in SAMPLES.items():
            fact = _("{count} activities").format(count=_activities(name))
            row = BigRow("file-text", _(title), _(about), fact=fact)
            row.clicked.connect(partial(self.ask_sample, name))
            rows.append(row)
        return rows

    # Doing

    def ask_new(self) -> None:
        """The questions about a new register."""
        dialog = NewRegisterDialog(self)
        dialog.made.connect(self.register_asked)
        dialog.open()

    def ask_sample(self, name: str) -> None:
        """Where the sample is to be made; Documents is proposed."""
        proposed = files.free_path(files.documents(), name, ".ropa")
        out = self._ask_target(_("Make the sample"), proposed)
        if out:
            self._run("sample", sample=name, out=out)

    def ask_restore(self) -> None:
        """Which backup, and where to."""
        from ropa_app.register import backup

        folder = backup.folder()
        start = folder if folder.is_dir() else files.documents()
        kinds = _("Registers (*.ropa);;All files (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Restore a backup"), str(start), kinds)
        if not chosen:
            return
        proposed = files.free_path(files.documents(), Path(chosen).stem, ".ropa")
        out = self._ask_target(_("Restore the backup as"), proposed)
        if out:
            self._run("restore", backup=chosen, out=out)

    def _ask_target(self, title: str, proposed: Path) -> str:
        kinds = _("Registers (*.ropa);;All files (*)")
        option = QFileDialog.Option.DontConfirmOverwrite  # a file that is there is never replaced
        chosen, _kind = QFileDialog.getSaveFileName(
            self, title, str(proposed), kinds, options=option
        )
        return chosen if not chosen or Path(chosen).suffix else f"{chosen}.ropa"

    def _run(self, work: str, **asked: Any) -> None:
        if self._job is not None:
            return
        self._say("")
        self.progress.set_busy()
        self._job = Job(self)
        self._job.answered.connect(self._made)
        self._job.failed.connect(self._say)
        self._job.ended.connect(self._ended)
        self._job.start(work, **asked)

    def _made(self, answer: dict[str, Any]) -> None:
        self.register_asked.emit(answer["made"])

    def _ended(self, _done: bool) -> None:
        self._job = None
        self.progress.stop()

    def _say(self, sentence: str) -> None:
        """Say what went wrong above the rows; nothing takes it away."""
        while (item := self._notice.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if sentence:
            self._notice.addWidget(FindingBar("error", sentence))

    def speak(self, language: str) -> None:
        """Say everything in another language from now on."""
        settings.keep("language", language)
        languages.speak(language)
        self._build()

    def dress(self, choice: str) -> None:
        """Wear another theme from now on."""
        settings.keep("theme", choice)
        theme.set_theme(choice)
        self.foot.say_theme()

    def _show_row(self) -> None:
        """Scroll to the row that has the focus."""
        row = QApplication.focusWidget()
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, px(40))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from row to row and from column to column, down to the foot."""
        steps = {
            Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._go(*step):
            super().keyPressEvent(event)

    def _go(self, across: int, down: int) -> bool:
        focus = QApplication.focusWidget()
        for number, rows in enumerate(self.columns):
            if focus in rows:
                at = rows.index(focus)
                target = self._next(number, at, across, down)
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return self.foot.go(focus, across, down, self.columns[0][-1])

    def _next(self, column: int, at: int, across: int, down: int) -> QWidget:
        if across:
            rows = self.columns[(column + across) % len(self.columns)]
            return rows[min(at, len(rows) - 1)]
        rows = self.columns[column]
        if at + down >= len(rows):
            return self.foot.first()
        return rows[max(at + down, 0)]

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        super().closeEvent(event)
        self.closed.emit()


class _Tile(QWidget):
    """The mark of the program."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(px(44), px(44))
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        inset = px(11)
        area = self.rect().adjusted(inset, inset, -inset, -inset)
        icons.paint(painter, area, "rows-fill", "on")


class _Area(QScrollArea):
    """Scrolls by the wheel and to the focus; the arrow keys are the window's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def _scrolling(page: QWidget) -> QScrollArea:
    """The page a little above the middle, in what scrolls where room is short."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(page, 1000)
    line.addStretch(1)
    column.addStretch(2)
    column.addLayout(line)
    column.addStretch(3)
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    return area


def _stack(column: QVBoxLayout, title: str, rows: list[BigRow]) -> None:
    head = Label(title, "column", "text2")
    column.addWidget(head)
    column.addSpacing(6)
    column.setSpacing(2)
    for row in rows:
        column.addWidget(row)


def _activities(sample: str) -> int:
    """How many activities a sample has, as its file tells."""
    steps = read_sample(sample)["steps"]
    return sum(item["kind"] == "activity" for step in steps for item in step.get("add", ()))
