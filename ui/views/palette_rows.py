"""What the palette offers for what is typed: places to go, things to do, texts that hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from ropa_app.exports.layout import layouts
from ropa_app.i18n import N_, _, current_language, in_language
from ropa_app.model.kinds import KINDS
from ropa_app.model.matching import BEGINS, INSIDE, around, fit, folded, typed_words
from ropa_app.model.record import Record
from ropa_app.model.state import is_value
from ropa_app.rules.articles import article_words
from ropa_ui.actions import COMMANDS, key_of_page, shown_key
from ropa_ui.kinds import ICONS, LABELS, NAVIGATION, NEW
from ropa_ui.models.columns import fact_keys
from ropa_ui.models.saved_views import saved_views
from ropa_ui.models.session import Session

if TYPE_CHECKING:
    from ropa_ui.main_window import MainWindow

GO, DO, TEXT = N_("Go to"), N_("Do"), N_("Found in text")
_MOST = {GO: 6, DO: 6, TEXT: 4}
_ASKED = 24  # names looked at; deleted records among them fall away
_LINKING = 3
_REFERENCE = re.compile(r"([A-Za-z]{1,2})[ -]?(\d{1,9})")
_PAGES = (
    *((key, icon, label) for group in NAVIGATION for key, icon, label in group),
    ("export", "export", N_("Export")),
    ("settings", "gear-six", N_("Settings")),
)
#: Commands that need a page of records; elsewhere they would do nothing.
_OF_RECORDS = frozenset(
    ("new", "duplicate", "delete", "rename", "find", "table", "next_finding", "previous_finding",
     "export_records", "merge", "redact", "save_view", "views")
)
_WRITING = frozenset(("new", "duplicate", "delete", "rename", "merge", "redact", "undo", "redo"))


@dataclass(frozen=True, slots=True)
class Row:
    """One offer: its words, what stands at its right, and what it does.

    `act` is "page", "record", "view", "command", "new", "export" or "add"; `target` the key or id
    that it works on, `path` the field to go to, the name of the view or the kind to add. `keys`
    are shown as caps.
    """

    group: str
    text: str
    detail: str
    icon: str
    act: str
    target: str
    path: str = ""
    keys: str = ""


class Offers:
    """Makes the rows for one opening of the palette."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session: Session = window.session
        self._search = window.session.search  # reads its words beside, where it has not
        self._recent = [record for _page, record in window.places.recent() if record]

    def rows(self, text: str) -> list[Row]:
        """What there is for a text, in groups, the best guess first; ">" asks for commands only."""
        if text.startswith(">"):
            return self._do(typed_words(text[1:]), [], everything=True)
        words = typed_words(text)
        if not words:
            places = [*self._recently_shown(), *self._views, *self._pages()]
            return [*places, *self._do([], [], everything=True)]
        found: list[tuple[tuple[int, ...], Row | Record]]
        found = [*self._fitting_pages(words), *self._records(text, words)]
        found.sort(key=itemgetter(0))
        rows = [
            each if isinstance(each, Row) else self._record(each)
            for _order, each in found[: _MOST[GO]]
        ]
        rows += self._linking(rows)[: max(_MOST[GO] - len(rows), 0)]
        places, deeds = rows, self._do(words, rows)
        named = bool(found) and found[0][0][0] <= BEGINS
        if not named and any(_is_named(row, words) for row in deeds):
            places, deeds = deeds, places
        return [*places, *deeds, *self._texts(text, words, rows)]

    # Places

    def _recently_shown(self) -> list[Row]:
        """The records shown last; not the one on the screen."""
        found = (self._session.view.records.get(each) for each in self._recent[1:8])
        return [self._record(record) for record in found if record and not record.deleted]

    def _pages(self) -> list[Row]:
        return [
            Row(GO, _(label), "", icon, "page", key, keys=key_of_page(key))
            for key, icon, label in _PAGES
        ]

    @cached_property
    def _views(self) -> list[Row]:
        """The views that were given a name, with the list each is of."""
        return [
            Row(GO, view.name, _(LABELS[kind]), "star", "view", kind, view.name)
            for kind in KINDS if kind in LABELS
            for view in saved_views(self._session, kind)
        ]  # fmt: skip

    def _fitting_pages(self, words: list[str]) -> Iterator[tuple[tuple[int, ...], Row]]:
        for row in [*self._pages(), *self._views]:
            order = fit(row.text, words)
            if order is not None:
                yield (order, 0, 0, len(row.text)), row

    def _records(self, text: str, words: list[str]) -> Iterator[tuple[tuple[int, ...], Record]]:
        """Records by their reference and name, each with its order."""
        by_reference = self._by_reference(text)
        if by_reference is not None:
            yield (-1,), by_reference
        for record in self._read(self._search.named(text, _ASKED), _shown_keys):
            if by_reference is None or record.id != by_reference.id:
                title = self._title(record)
                order = fit(title, words)
                recent = 0 if record.id in self._recent else 1
                yield (INSIDE if order is None else order, 1, recent, len(title)), record

    def _read(
        self, hits: list[tuple[str, int]], keys: Callable[[str], Sequence[str]]
    ) -> list[Record]:
        """The records behind kinds and numbers, with just these fields; deleted ones left out."""
        numbers: dict[str, list[int]] = {}
        for kind, number in hits:
            numbers.setdefault(kind, []).append(number)
        register = self._session.register
        found = {
            kind: register.batch(KINDS[kind], some, keys(kind)) for kind, some in numbers.items()
        }
        records = (found[kind].get(number) for kind, number in hits)
        return [record for record in records if record and not record.deleted]

    def _by_reference(self, text: str) -> Record | None:
        match = _REFERENCE.fullmatch(text.strip())
        if match is None:
            return None
        record = self._session.view.by_ref("-".join(match.groups()))
        return record if record and not record.deleted else None

    def _record(self, record: Record, detail: str = "") -> Row:
        title = self._title(record)
        detail = f"{record.ref}  ·  {detail or self._fact(record)}".removesuffix("  ·  ")
        return Row(GO, title, detail, ICONS[record.kind_key], "record", record.id)

    def _title(self, record: Record) -> str:
        return " ".join(self._session.title(record).split())

    def _fact(self, record: Record) -> str:
        for key in fact_keys(record.kind_key):
            if is_value(record[key]):
                words = self._session.words
                found = words.items(record.kind.field(key), record[key], record.values)
                return ", ".join(" ".join(item.split()) for item in found[:2])
        return ""

    def _linking(self, rows: list[Row]) -> list[Row]:
        """Some records that link to the best guess, where that is a record."""
        if not rows or rows[0].act != "record":
            return []
        shown, found = {row.target for row in rows}, []
        for source, key in self._search.linking(rows[0].target, 3 * _LINKING):
            record = self._session.view.records.get(source)
            if record is None or record.deleted or source in shown or not record.kind.has(key):
                continue
            shown.add(source)
            label = self._session.words.label(record.kind.field(key))
            found.append(self._record(record, f"{label}: {rows[0].text}"))
        return found[:_LINKING]

    # Things to do

    def _do(self, words: list[str], places: list[Row], everything: bool = False) -> list[Row]:
        ordered = []
        for row in [*self._about(places), *self._always]:
            order = 0 if row.act == "add" else fit(row.text, words)
            if order is not None:
                ordered.append((order, row))
        ordered.sort(key=lambda found: found[0])
        rows = [row for _order, row in ordered]
        return rows if everything else rows[: _MOST[DO]]

    @cached_property
    def _always(self) -> list[Row]:
        """What can be done whatever is typed: it stays the same while the palette is open."""
        return [*self._commands(), *self._adding(), *self._exports()]

    def _about(self, places: list[Row]) -> Iterator[Row]:
        """What may be wanted of a party that is the best guess."""
        party = self._session.view.records.get(places[0].target) if places else None
        if party is None or party.kind_key != "party" or not self._session.writable:
            return
        name, language = places[0].text, current_language()
        for kind, sentence, article in (
            ("agreement", _("Record an agreement with {name}"), article_words("28(3)", language)),
            ("transfer", _("Record a transfer to {name}"), _("Chapter V")),
        ):
            yield Row(DO, sentence.format(name=name), article, ICONS[kind], "add", party.id, kind)

    def _commands(self) -> Iterator[Row]:
        on_records = self._window.records_page() is not None
        for command in COMMANDS:
            action = self._window.actions_by_key.get(command.key)
            if not command.in_palette or action is None or not action.isEnabled():
                continue
            if command.key in _OF_RECORDS and not on_records:
                continue
            detail = self._of_command(command.key)
            if detail is not None:
                yield Row(
                    DO, _(command.text), detail, command.icon, "command", command.key,
                    keys=shown_key(command),
                )  # fmt: skip

    def _of_command(self, key: str) -> str | None:
        """What a command would do, where it says so; None if it can do nothing now."""
        if key in _WRITING and not self._session.writable:
            return None
        if key == "undo":
            return self._session.undo_words() or None
        if key == "redo":
            return self._session.redo_words() or None
        return ""

    def _adding(self) -> Iterator[Row]:
        if self._session.writable:
            for kind in KINDS.values():
                if kind.key != "register":
                    yield Row(DO, _(NEW[kind.key]), "", "plus", "new", kind.key)

    def _exports(self) -> Iterator[Row]:
        language = current_language()
        for layout in layouts():
            title = in_language(layout.title, language)
            text = _("Export: {layout}").format(layout=title)
            icon, detail = ("file-pdf", "PDF") if "pdf" in layout.writer else ("table", "XLSX")
            yield Row(DO, text, detail, icon, "export", layout.id)

    # Texts

    def _texts(self, text: str, words: list[str], above: list[Row]) -> list[Row]:
        """Records that hold the words elsewhere than in their name, the kinds in turn."""
        if len(folded(text).strip()) < 2:
            return []
        shown, by_kind = {row.target for row in above}, dict[str, list[Record]]()
        for record in self._read(self._search.holding(text, _ASKED), _no_keys):
            if record.id not in shown:
                by_kind.setdefault(record.kind_key, []).append(record)
        rows: list[Row] = []
        for turn in range(_MOST[TEXT]):
            for group in by_kind.values():
                if turn < len(group) and len(rows) < _MOST[TEXT]:
                    rows += self._passage(self._session.view.records[group[turn].id], words)
        return rows

    def _passage(self, record: Record, words: list[str]) -> list[Row]:
        """The field of a record that holds most of the words, with what stands around them."""
        said, best, label, path = self._session.words, "", "", ""
        most = 0
        for field in record.kind.fields:
            value = record[field.key]
            if value is None or field.key == "name" or field.kind in ("link", "links"):
                continue
            text = said.value(field, value, record.values)
            held = sum(word in folded(text) for word in words)
            if held > most:
                best, most, label, path = text, held, said.label(field), field.key
        if not best:
            return []
        title = self._title(record)
        icon = ICONS[record.kind_key]
        detail = f"{title}  ·  {label}"
        return [Row(TEXT, around(best, words), detail, icon, "record", record.id, path)]


def _is_named(row: Row, words: Sequence[str]) -> bool:
    """Whether what a row does begins with the words typed; what is about a record is not it."""
    return row.act != "add" and fit(row.text, words) == BEGINS


def _shown_keys(kind: str) -> list[str]:
    """The fields that a row is made of."""
    keys = dict.fromkeys((*fact_keys(kind), *KINDS[kind].title_keys))
    return [key for key in keys if KINDS[kind].has(key)]


def _no_keys(_kind: str) -> tuple[str, ...]:
    return ()
