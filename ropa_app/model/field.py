"""What one field is: the declaration from which everything else is made.

From one Field come the column, the form widget, the table column, history wording, search, JSON,
workbook expression, import target, completeness check and CLI output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# When the law demands a field. A condition is looked up in ropa_app.rules.obligation.
ALWAYS = "always"
CONTROLLER = "controller"
PROCESSOR = "processor"

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TEXT_KINDS = ("text", "long_text", "email", "phone", "url", "organisation_number")
LINKING_KINDS = ("link", "links", "term", "terms", "line_links")


@dataclass(frozen=True)
class Field:
    """One field of a record kind, or one column of a field that holds lines.

    kind is one of: text, long_text, email, phone, url, organisation_number, number, date, term,
    terms, country, countries, link, links, texts, line_links, file, period (one set of columns)
    and lines (any number of them). A period that repeats is a rhythm ("every 2 years").
    A text with `choices` is one of these words, a number with `limits` lies between the two.
    """

    key: str
    kind: str
    label: str
    help: str
    section: str = "basics"
    article: str = ""
    obligatory: str = ""
    vocabulary: str = ""
    links_to: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    lines_of: str = ""
    listed: bool = False
    confidential: bool = False
    repeats: bool = False
    choices: tuple[str, ...] = ()
    limits: tuple[int, int] | None = None

    @property
    def many(self) -> bool:
        """True if the value is a list."""
        return self.kind in ("terms", "countries", "links", "texts", "line_links", "lines")

    @property
    def is_text(self) -> bool:
        """True if the value is one text as typed by a person."""
        return self.kind in TEXT_KINDS

    def allows(self, value: str | int) -> bool:
        """True if a text or number is one that the declaration lets the field hold."""
        if isinstance(value, int):
            return self.limits is None or self.limits[0] <= value <= self.limits[1]
        return not self.choices or value in self.choices

    @cached_property
    def linking(self) -> bool:
        """True if it can name a record, a term or a line, itself or in one of its columns."""
        return self.kind in LINKING_KINDS or bool(self.linking_columns)

    @cached_property
    def linking_columns(self) -> tuple[Field, ...]:
        """The columns that can name a record, a term or a line."""
        return tuple(column for column in self.columns if column.linking)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The number of each column by its key, from 0."""
        return {column.key: number for number, column in enumerate(self.columns)}

    def column(self, key: str) -> Field:
        """The declared column of a lines or period field. Raises KeyError if there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"{self.key}.{key}")


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: its name, the letter of its references and its fields in order."""

    key: str
    prefix: str
    ordinal: int
    label: str
    plural: str
    sections: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]

    @cached_property
    def linking_fields(self) -> tuple[Field, ...]:
        """The fields that can name a record, a term or a line, themselves or in a column."""
        return tuple(field for field in self.fields if field.linking)

    @cached_property
    def obligatory_fields(self) -> tuple[Field, ...]:
        """The fields that are obligatory in some records of the kind."""
        return tuple(field for field in self.fields if field.obligatory)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The number of each field by its key, from 0."""
        return {field.key: number for number, field in enumerate(self.fields)}

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by their key."""
        return {field.key: field for field in self.fields}

    def field(self, key: str) -> Field:
        """The declared field. Raises KeyError if the kind has none of that name."""
        return self.by_key[key]

    def has(self, key: str) -> bool:
        """True if the kind declares a field of that name."""
        return key in self.by_key

    @cached_property
    def title_keys(self) -> tuple[str, ...]:
        """The fields that tell a record from others of its kind; one of them is enough.

        Where a name may be missing, it is whom or what the record concerns.
        """
        subjects = () if self.field("name").obligatory else ("party", "importer", "destination")
        return tuple(key for key in ("name", *subjects) if self.has(key))

    def reference(self, number: int) -> str:
        """The readable reference of a record of this kind, such as ``A-012``."""
        return f"{self.prefix}-{number:03}"


def names_record(field: Field, item: str) -> bool:
    """Links name a record; a term does if it is one of the user's own (its id is a UUID)."""
    if field.kind in ("link", "links"):
        return True
    return field.kind in ("term", "terms") and bool(_UUID.fullmatch(item))


def walk(fields: tuple[Field, ...], path: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its dotted path, the columns of lines and periods after their own field."""
    for field in fields:
        here = f"{path}{field.key}"
        yield here, field
        yield from walk(field.columns, f"{here}.")
