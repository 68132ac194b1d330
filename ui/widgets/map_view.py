"""The world with the countries that data go to, and the legend that says it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ropa_app.exports.picture import Dot, Picture, Primitive, Text
from ropa_app.exports.picture_map import atlas, world
from ropa_app.i18n import _
from ropa_ui.theme import font, px
from ropa_ui.widgets.labels import IconLabel, Label, plain_tooltip
from ropa_ui.widgets.picture_view import PictureView
from ropa_ui.widgets.press_row import PAD, PressRow
from ropa_ui.widgets.running_text import RunningText

DOT = 4.5  # radius of the dot of a country too small to be seen
_LINE = 20.0
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A meaning of the map: icon and word, the countries it holds for, and the colour of them.

    `key` is told when it is pressed. An empty `fill` leaves the countries as they are. `countries`
    may be cut; `all_countries` names each.
    """

    key: str
    icon: str
    role: str
    fill: str
    word: str
    countries: str
    all_countries: str


class WorldMap(PictureView):
    """The map itself; `activated` tells the code of a country."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Map of where the data go"), parent)
        self._marked: dict[str, str] = {}
        self._entries: tuple[LegendEntry, ...] = ()

    def show_map(
        self,
        marked: Mapping[str, str],
        words: Mapping[str, str],
        entries: Sequence[LegendEntry],
    ) -> None:
        """Colour countries by role; `words` says each that can be pointed at."""
        self._marked, self._entries = dict(marked), tuple(entries)
        self.set_words(words, legend_text(entries))

    def picture_at(self, width: float) -> Picture:
        chart = world(self._marked, width)
        items = tuple(
            replace(item, radius=DOT) if isinstance(item, Dot) else item for item in chart.items
        )
        return replace(chart, items=items)

    def heightForWidth(self, width: int) -> int:
        return round(width * atlas().height / atlas().width)

    def picture_to_give(self) -> Picture:
        chart = super().picture_to_give()
        items: list[Primitive] = list(chart.items)
        y = chart.height + _LINE
        for entry in self._entries:
            said = f"{entry.word}: {entry.all_countries}"
            for number, line in enumerate(_broken(said, chart.width - 32)):
                if number == 0 and entry.fill:
                    items.append(Dot(12, y - 4, 5, entry.fill))
                items.append(Text(26, y, line, 13, "text"))
                y += _LINE
        return Picture(chart.width, y, tuple(items))


def legend_text(entries: Sequence[LegendEntry]) -> str:
    """The legend in words, a line for each meaning."""
    return "\n".join(f"{entry.word}: {entry.all_countries}" for entry in entries)


def _broken(text: str, width: float) -> list[str]:
    """A text in lines no wider than that."""
    metrics = QFontMetrics(font("body"))
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class _LegendRow(PressRow):
    """Icon, word and countries; the countries wrap."""

    def __init__(self, entry: LegendEntry, parent: QWidget | None = None) -> None:
        super().__init__(f"{entry.word}: {entry.all_countries}", 21, parent)
        self.entry = entry
        if entry.countries != entry.all_countries:
            self.setToolTip(plain_tooltip(self.text()))
        word = Label(entry.word, "column")
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(PAD, 2, PAD, 2)
        line.setSpacing(px(7))
        icon = QVBoxLayout()
        icon.setContentsMargins(0, px(2), 0, 0)
        icon.addWidget(IconLabel(entry.icon, entry.role, 14), 0, _TOP)
        line.addLayout(icon)
        line.addWidget(word, 0, _TOP)
        line.addWidget(RunningText([(entry.countries, "text2")]), 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def height_at(self, width: int) -> int:
        """The height it needs at a width; both in pixels."""
        return self._line.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()

    def paint_row(self, painter: QPainter) -> None:
        """All of it is in the layout."""


class MapView(QWidget):
    """Map and legend. `activated` tells a country, `legend_pressed` the key of an entry.

    `failed` says why the map could not be saved, `saved` that it was, and where.
    """

    activated = Signal(str)
    legend_pressed = Signal(str)
    failed = Signal(str)
    saved = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = WorldMap()
        self.map.activated.connect(self.activated)
        self.map.failed.connect(self.failed)
        self.map.saved.connect(self.saved)
        self._rows: list[_LegendRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        room = QHBoxLayout()
        room.setContentsMargins(PAD, PAD, PAD, 10)
        room.addWidget(self.map)
        self._column.addLayout(room)

    def show_map(
        self,
        marked: Mapping[str, str],
        words: Mapping[str, str],
        entries: Sequence[LegendEntry],
    ) -> None:
        """Colour countries by role and say below what the colours mean."""
        self.map.show_map(marked, words, entries)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_LegendRow(entry, self) for entry in entries]
        for row in self._rows:
            row.clicked.connect(self._press)
            self._column.addWidget(row)

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give map and legend the height their width asks for, whatever lies around them."""
        if self.width() > 0:
            self.map.setFixedHeight(self.map.heightForWidth(self.width() - 2 * PAD))
            for row in self._rows:
                row.setFixedHeight(row.height_at(self.width()))

    def _press(self) -> None:
        row = self.sender()
        if isinstance(row, _LegendRow):
            self.legend_pressed.emit(row.entry.key)
