"""The parts the overview is made of: heads, rows to act on, blocks with a figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ropa_ui.icons import paint
from ropa_ui.kinds import ICONS
from ropa_ui.theme import colour, line_height, px, repaint_with_theme
from ropa_ui.views.overview_changes import Change
from ropa_ui.views.overview_needs import BETWEEN, Need
from ropa_ui.widgets.bars import ChartRow, FigureButton, align
from ropa_ui.widgets.buttons import remedy_button, text_button
from ropa_ui.widgets.hairline import Hairline
from ropa_ui.widgets.labels import ElidedLabel, IconLabel, Label, plain_tooltip
from ropa_ui.widgets.press_row import PAD, PressRow


class SectionHead(QWidget):
    """Heading, count behind it and a link at the right, over a hairline."""

    linked = Signal()

    def __init__(self, title: str, link: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", "body", "text3", tabular=True)
        line = QHBoxLayout()
        line.setContentsMargins(PAD, 0, 3, 0)  # the link has room of its own around its text
        line.setSpacing(px(9))
        line.addWidget(ElidedLabel(title, "heading"))
        line.addWidget(self._count)
        line.addStretch(1)
        if link:
            button = text_button(link)
            button.clicked.connect(self.linked)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(line)
        column.addLayout(ruled())
        self.setFixedHeight(px(30) + px(4) + 1)

    def set_count(self, count: str) -> None:
        """Show a number behind the heading; nothing if empty."""
        self._count.setText(count)


def inset(widget: QWidget) -> QWidget:
    """The widget a little further in, where the text of rows begins."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(PAD, 0, PAD, 0)
    line.addWidget(widget)
    return made


def ruled() -> QHBoxLayout:
    """A hairline as wide as the text above it."""
    made = QHBoxLayout()
    made.setContentsMargins(PAD, 0, PAD, 0)
    made.addWidget(Hairline())
    return made


class Skeleton(QWidget):
    """Where something will stand that is not known yet: quiet bars in its place."""

    def __init__(self, rows: int, pitch: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._pitch = rows, pitch
        self.setAccessibleName(name)
        self.setFixedHeight(px(rows * pitch))
        repaint_with_theme(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("hover"))
        pitch, thick = px(self._pitch), px(10)
        for row in range(self._rows):
            width = (self.width() - 2 * PAD) * (0.62 if row % 2 else 0.78)
            top = row * pitch + (pitch - thick) / 2
            painter.drawRoundedRect(QRectF(PAD, top, width, thick), 3, 3)


class ActionRow(QWidget):
    """56 px: what it is about, the facts, and the button that puts it right."""

    asked = Signal(str, str)

    def __init__(self, need: Need, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._need = need
        facts = BETWEEN.join(need.facts)
        self.button = remedy_button(need.remedy)
        self.button.setAccessibleName(f"{need.remedy}: {need.sentence}")
        self.button.setAccessibleDescription(f"{facts}. {need.remedy_words}")
        self.button.setToolTip(plain_tooltip(need.remedy_words))
        self.button.clicked.connect(self._ask)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(ElidedLabel(need.sentence, "name"))
        texts.addWidget(ElidedLabel(facts, "small", "text2"))
        texts.addStretch(1)
        line = QHBoxLayout()
        line.setContentsMargins(PAD + px(2), 0, PAD, 0)
        line.setSpacing(px(14))
        line.addWidget(IconLabel(need.icon, need.role, 15))
        line.addLayout(texts, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line, 1)
        column.addLayout(ruled())
        self.setFixedHeight(px(56))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self._ask()

    def _ask(self) -> None:
        self.asked.emit(self._need.record, self._need.field)


class ChangeRow(PressRow):
    """50 px: what was done, when and what changed; opens the record."""

    def __init__(self, change: Change, parent: QWidget | None = None) -> None:
        self._facts = BETWEEN.join(part for part in (change.when, change.detail) if part)
        super().__init__(f"{change.words}. {self._facts}", 50, parent)
        self.record = change.record
        self._words = change.words
        self._icon = ICONS.get(change.kind, "clock-counter-clockwise")
        self.setToolTip(plain_tooltip(change.words))

    def paint_row(self, painter: QPainter) -> None:
        icon = px(15)
        box = QRect(px(2), px(9), icon, icon)
        paint(painter, self.mirrored(box), self._icon, "text2")
        left, first = px(26), line_height("name")
        top = (self.height() - first - line_height("small")) // 2
        room = self.inner - left
        self.write(painter, QRect(left, top, room, first), self._words)
        under = QRect(left, top + first, room, line_height("small"))
        self.write(painter, under, self._facts, "small", "text2")
        thin = 1 / self.devicePixelRatioF()
        line = QRectF(0, self.height() - thin, self.inner, thin)
        painter.fillRect(line, colour("hair"))


class StateBlock(QWidget):
    """Title, figure, sentence and a small chart of rows."""

    def __init__(
        self, title: str, figure: FigureButton, sentence: str, rows: Sequence[QWidget],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        under = ElidedLabel(sentence, "small", "text2")
        column.addWidget(inset(ElidedLabel(title, "section")))
        column.addSpacing(px(3))
        column.addWidget(figure)
        column.addWidget(inset(under))
        column.addSpacing(px(10))
        align([row for row in rows if isinstance(row, ChartRow)])
        for row in rows:
            column.addWidget(row)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(150), super().minimumSizeHint().height())
