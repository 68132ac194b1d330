"""Layouts: what a record looks like for one reader, one file each in resources/layouts.

The workbook writer and the importer read the same file. A layout says for each column its heading
exactly as the authority writes it, what fills it, and whether that heading is confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ropa_app.errors import UserError
from ropa_app.exports.expressions import expression
from ropa_app.i18n import LANGUAGES, _
from ropa_app.paths import resources

#: Who writes a layout, and the kind of file it makes.
WRITERS = {"workbook": "xlsx", "record-pdf": "pdf", "safeguards-pdf": "pdf"}
#: The writers that can be asked for one regime alone.
OF_ONE_REGIME = ("safeguards-pdf",)
ROWS = ("activity", "activity-purpose", "record", "document")
OBLIGATORY = ("yes", "voluntary", "no")
CONFIRMED = (True, False, "recalled", "second-hand")
ROLES = ("controller", "processor", "any")
#: Widths of columns by what stands in them, in characters (the look of workbooks).
WIDTHS = {"reference": 9, "date": 13, "short": 16, "name": 26, "list": 34, "text": 48,
          "lines": 84}

Texts = Mapping[str, str]
Confirmed = bool | str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading by language, what fills it, and where the heading comes from.

    `confirmed` is true, false, "recalled" or "second-hand" (read by somebody else). An `editable`
    column is one field of the activity that can be read back without loss; the others are for
    reading. `empty` is what a cell says where the register holds nothing and that is no gap; read
    back, it is nothing again.
    """

    heading: Texts
    fills: str
    width: str
    group: str
    article: str
    obligatory: str
    source: str
    confirmed: Confirmed
    editable: bool
    empty: Texts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A title that stands over several columns."""

    id: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Block:
    """A box of contact details above the columns: (label, what fills it) from top to bottom."""

    title: Texts
    rows: tuple[tuple[Texts, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: for whom, written by what, in which languages, with which row and columns.

    `row` is what one row stands for; `regimes` decide what a third country is; `heading_row` and
    `group_row` are row numbers from 1, the latter 0 where there are no groups; the first `frozen`
    columns stay in sight.
    """

    id: str
    writer: str
    authority: str
    title: Texts
    about: Texts
    languages: tuple[str, ...]
    role: str
    row: str
    regimes: tuple[str, ...]
    source: Texts
    confirmed: Confirmed
    sheets: Mapping[str, Texts] = field(hash=False)
    blocks: tuple[Block, ...] = ()
    groups: tuple[Group, ...] = ()
    columns: tuple[Column, ...] = ()
    heading_row: int = 1
    group_row: int = 0
    frozen: int = 1


def takes(chosen: Layout, kind: str) -> bool:
    """True if an export in this layout can be of single records of this kind."""
    if chosen.row == "record":
        return True
    return kind == "activity" or (kind == "transfer" and chosen.writer == "safeguards-pdf")


def layouts() -> list[Layout]:
    """All layouts, by id. Raises UserError for a layout file that does not hold together."""
    return [layout(name) for name in _names()]


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    names = (entry.name for entry in resources("layouts").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@lru_cache(maxsize=32)
def layout(identifier: str) -> Layout:
    """The layout of that id. Raises UserError if there is none or it does not hold together."""
    if identifier not in _names():
        message = _("There is no layout “{name}”; the layouts are {known}.")
        raise UserError(message.format(name=identifier, known=", ".join(_names())))
    data = json.loads(resources("layouts", f"{identifier}.json").read_text(encoding="utf-8"))
    found = read_layout(data)
    if found.id != identifier:
        raise _faulty(identifier, _("its id is “{name}”").format(name=found.id))
    return found


def language_for(chosen: Layout, asked: str | None, default: str) -> str:
    """The language to write in: the one asked for, else the default, else the layout's first.

    Raises UserError if the layout does not exist in the language asked for.
    """
    if asked is None:
        return default if default in chosen.languages else chosen.languages[0]
    if asked not in chosen.languages:
        message = _("The layout “{name}” exists in {known} only; choose one of these languages.")
        raise UserError(message.format(name=chosen.id, known=", ".join(chosen.languages)))
    return asked


def read_layout(data: Mapping[str, Any]) -> Layout:
    """A layout from the content of its file. Raises UserError saying what is wrong with it."""
    name = str(data.get("id", "?"))
    try:
        found = _layout(data)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise _faulty(name, _("{what} is missing or wrong").format(what=problem)) from None
    _check(found)
    return found


def _faulty(name: str, problem: str) -> UserError:
    message = _("The layout “{name}” cannot be used: {problem}. Mend its file in resources.")
    return UserError(message.format(name=name, problem=problem))


def _texts(value: Any, languages: tuple[str, ...]) -> Texts:
    """A text by language; one that stands alone is the same in each."""
    texts = dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value
    for language in languages:
        if not texts[language]:
            raise ValueError(value)
    return dict(texts)


def _layout(data: Mapping[str, Any]) -> Layout:
    languages = tuple(data["languages"])
    return Layout(
        id=data["id"],
        writer=data["writer"],
        authority=data.get("authority", ""),
        title=_texts(data["title"], LANGUAGES),
        about=_texts(data["about"], LANGUAGES),
        languages=languages,
        role=data.get("role", "any"),
        row=data["row"],
        regimes=tuple(data.get("regimes", ("eu", "uk"))),
        source=_texts(data["source"], LANGUAGES),
        confirmed=data["confirmed"],
        sheets={key: _texts(title, languages) for key, title in data.get("sheets", {}).items()},
        blocks=tuple(_block(block, languages) for block in data.get("blocks", ())),
        groups=tuple(Group(group["id"], _texts(group["title"], languages))
                     for group in data.get("groups", ())),
        columns=tuple(_column(column, languages) for column in data.get("columns", ())),
        heading_row=data.get("heading_row", 1),
        group_row=data.get("group_row", 0),
        frozen=data.get("frozen", 1),
    )  # fmt: skip


def _block(data: Mapping[str, Any], languages: tuple[str, ...]) -> Block:
    rows = tuple((_texts(row["label"], languages), row["fills"]) for row in data["rows"])
    return Block(_texts(data["title"], languages), rows)


def _column(data: Mapping[str, Any], languages: tuple[str, ...]) -> Column:
    return Column(
        heading=_texts(data["heading"], languages),
        fills=data["fills"],
        width=data["width"],
        group=data.get("group", ""),
        article=data["article"],
        obligatory=data["obligatory"],
        source=data["source"],
        confirmed=data["confirmed"],
        editable=data["editable"],
        empty=_texts(data["empty"], languages) if "empty" in data else {},
    )


def _check(found: Layout) -> None:
    _one_of(found, "writer", found.writer, tuple(WRITERS))
    _one_of(found, "row", found.row, ROWS)
    _one_of(found, "role", found.role, ROLES)
    for said in (found.confirmed, *(column.confirmed for column in found.columns)):
        if said not in CONFIRMED:
            raise _faulty(
                found.id, _("“{value}” is no {what}").format(value=said, what="confirmed")
            )
    for language in found.languages:
        _one_of(found, "language", language, LANGUAGES)
        headings = [column.heading[language] for column in found.columns]
        twice = next((text for text in headings if headings.count(text) > 1), None)
        if twice is not None:
            raise _faulty(found.id, _("the heading “{text}” stands twice").format(text=twice))
    groups = ("", *(group.id for group in found.groups))
    for column in found.columns:
        _one_of(found, "width", column.width, tuple(WIDTHS))
        _one_of(found, "obligatory", column.obligatory, OBLIGATORY)
        _one_of(found, "group", column.group, groups)
    _check_fills(found)


def _check_fills(found: Layout) -> None:
    names = [column.fills for column in found.columns]
    names += [name for block in found.blocks for _label, name in block.rows]
    for name in names:
        try:
            expression(name)
        except KeyError:
            problem = _("nothing called “{name}” can fill a column").format(name=name)
            raise _faulty(found.id, problem) from None
    for column in found.columns:
        if column.editable and not column.fills.startswith("activity."):
            problem = _("“{name}” is not one field, so it cannot be edited").format(
                name=column.fills
            )
            raise _faulty(found.id, problem)


def _one_of(found: Layout, what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        problem = _("“{value}” is no {what}").format(value=value, what=what)
        raise _faulty(found.id, problem)
