"""Texts and icons that stand on a page; what users wrote is never taken for markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ropa_ui.icons import paint
from ropa_ui.theme import colour, font, line_height, px, repaint_with_theme, theme


def plain_tooltip(text: str) -> str:
    """The text for setToolTip: Qt takes what looks like markup for markup, so that is escaped."""
    if "<" not in text and "&" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


class Label(QLabel):
    """A text in a font style and colour role of the look; follows the theme by itself."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        role: str = "text",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
        tabular: bool = False,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._role = role
        self._tabular = tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._dress()
        theme.changed.connect(self._dress)

    @property
    def role(self) -> str:
        """Colour role of the text."""
        return self._role

    def longest_word(self) -> int:
        """How wide it must be, in px, for its longest word to stand whole."""
        words = self.text().split()
        return max(map(self.fontMetrics().horizontalAdvance, words), default=0) + 2

    def set_role(self, role: str) -> None:
        """Use another colour role."""
        self._role = role
        self._dress()

    def set_style(self, style: str) -> None:
        """Use another font style."""
        self._style = style
        self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The style sheet gives a widget that is shown for the first time the palette it was made
        # with, although the theme has changed since.
        self._dress()

    def _dress(self) -> None:
        self.setFont(font(self._style, tabular=self._tabular))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour(self._role))
        self.setPalette(palette)
        self.setMinimumHeight(line_height(self._style))


class ElidedLabel(Label):
    """A text in one line, cut with … where room ends; whole in the tooltip and for readers.

    Where there is no room for the whole of it, `short` is shown if there is one.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        role: str = "text",
        parent: QWidget | None = None,
        *,
        tabular: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        short: str = "",
    ) -> None:
        super().__init__(text, style, role, parent, tabular=tabular)
        self._mode, self._short = mode, short
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._hint()

    def say(self, text: str, short: str) -> None:
        """Show a text, and `short` where there is no room for the whole of it."""
        self._short = short
        self.setText(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance("…")
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self._short if self._short and self._is_cut() else self._one_line()
        shown = self.fontMetrics().elidedText(text, self._mode, self.width())
        flags = self.alignment() | Qt.TextFlag.TextSingleLine
        painter.drawText(self.rect(), int(flags), shown)

    def _one_line(self) -> str:
        return " ".join(self.text().split("\n"))

    def _hint(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self._is_cut() else "")

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self._one_line()) > self.width()


class IconLabel(QWidget):
    """An icon on its own beside a text that says the same in words."""

    def __init__(
        self, name: str, role: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._size = size
        self.setFixedSize(px(size), px(size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        repaint_with_theme(self)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint(QPainter(self), self.rect(), self._name, self._role)
