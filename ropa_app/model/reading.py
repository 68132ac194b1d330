"""From what a person typed or a file says to the value of a field.

What cannot be read as the field's kind becomes *as typed*, never an error and never lost. Only a
reference to a record that does not exist, or a column that is not declared, is refused.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ropa_app.errors import UserError
from ropa_app.i18n import _
from ropa_app.model.countries import find_country
from ropa_app.model.dates import read_date
from ropa_app.model.field import Field
from ropa_app.model.state import (
    STATES,
    AsTyped,
    NotApplicable,
    Open,
    Redacted,
    Value,
    from_plain,
    to_plain,
)
from ropa_app.model.vocabulary import OwnTerms

_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s.<>,;\"]+")
_PHONE = re.compile(r"(?=(?:\D*\d){5})\(?\+?[\d ()/.\-]{5,30}")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_LINE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_PERIOD = re.compile(
    r"(?P<amount>\d+)(?:\s*(?:-|–|to|til)\s*(?P<to>\d+))?\s*(?P<unit>[a-zøåæ]+)\.?"
    r"(?:\s+(?:after|from|of|etter|(?:regnet )?fra|med)\s+(?P<event>.+))?",
    re.IGNORECASE,
)
_CYCLE = re.compile(
    r"(?:every|each|hvert?)\s+(?:(?P<amount>\d{1,9})\.?\s+)?(?P<unit>\w+)", re.IGNORECASE
)
_CONDITION = re.compile(
    r"(?:until|while|as long as|till|til|så lenge|inntil|mens)\s.+", re.I | re.S
)
_UNITS = {
    "hour": "hours", "hours": "hours", "time": "hours", "timer": "hours",
    "day": "days", "days": "days", "dag": "days", "dager": "days", "døgn": "days",
    "week": "weeks", "weeks": "weeks", "uke": "weeks", "uker": "weeks",
    "month": "months", "months": "months", "måned": "months", "måneder": "months",
    "md": "months", "mnd": "months", "year": "years", "years": "years", "år": "years",
}  # fmt: skip


class Reader(Protocol):
    """What reading needs to know of a register."""

    @property
    def terms(self) -> OwnTerms:
        """The user's own terms."""

    def find_record(self, text: str, kinds: tuple[str, ...]) -> str | None:
        """The id of the record with that reference, id or key; None if there is none."""


def read(field: Field, data: Any, reader: Reader) -> Value:
    """The value of a field from JSON data or typed text.

    Raises UserError for a record or column that does not exist, or data of a wrong shape.
    """
    data = _checked(field, from_plain(data))
    if data is None or isinstance(data, STATES):
        return data
    if isinstance(data, str) and not data.strip(" \n"):
        return None
    if field.many:
        items = data if isinstance(data, list) else [data]
        if isinstance(data, str):
            items = _split(field, data)
        found = [_read_one(field, item, reader) for item in items]
        return [item for item in found if item is not None] or None
    return _read_one(field, data, reader)


def _checked(field: Field, data: Value) -> Value:
    """The data, unless it is a state that no person can give. Raises UserError."""
    match data:
        case Redacted():
            raise UserError(
                _("“{field}” is redacted by “ropa redact”, not by a value.").format(field=field.key)
            )
        case Open(text) | NotApplicable(text) | AsTyped(text) if not isinstance(text, str):
            raise UserError(
                _("“{field}” cannot take {data}; give it as text.").format(
                    field=field.key, data=to_plain(text)
                )
            )
    return data


def _split(field: Field, text: str) -> list[str]:
    """One item per line; terms, countries and references also between semicolons.

    The blanks around a semicolon are no part of an item; a line of text stays as it is typed.
    """
    if field.kind == "texts":
        return [part for part in re.split(r"\r?\n", text) if part.strip()]
    parts = (part.strip() for part in re.split(r"\r?\n|;", text))
    return [part for part in parts if part]


def _read_one(field: Field, data: Any, reader: Reader) -> Value:
    if isinstance(_checked(field, data), STATES):
        return data
    if field.kind == "lines":
        return _read_line(field, data, reader)
    if field.kind == "period" and isinstance(data, Mapping):
        return _read_columns(field, data, reader) or None
    if field.kind == "file" and isinstance(data, Mapping):
        return _read_file(field, data)
    if field.kind == "number" and isinstance(data, int) and not isinstance(data, bool):
        return data if abs(data) < 2**63 and field.allows(data) else AsTyped(str(data))
    if not isinstance(data, str):
        raise UserError(
            _("“{field}” cannot take {data}; give it as text.").format(field=field.key, data=data)
        )
    return _read_text(field, data, reader)


def _read_text(field: Field, text: str, reader: Reader) -> Value:
    simple = _SIMPLE.get(field.kind)
    value: Value
    if field.choices:
        value = text.strip().casefold()
    elif simple is not None:
        value = simple(text)
    elif field.kind in ("term", "terms"):
        value = reader.terms.find(field.vocabulary, text)
    elif field.kind in ("link", "links"):
        return _read_link(field, text, reader)
    elif field.kind == "period":
        value = (_read_cycle(text) if field.repeats else None) or _read_period(text, reader)
    else:
        value = None
    known = value is not None and (not isinstance(value, str | int) or field.allows(value))
    return value if known else AsTyped(text)


def _read_link(field: Field, text: str, reader: Reader) -> str:
    found = reader.find_record(text.strip(), field.links_to)
    if found is None:
        kinds = ", ".join(field.links_to)
        raise UserError(
            _("“{field}”: there is no record {text} of the kind {kinds}.").format(
                field=field.key, text=text.strip(), kinds=kinds
            )
        )
    return found


def _read_line(field: Field, data: Any, reader: Reader) -> dict[str, Value] | AsTyped:
    if isinstance(data, str):
        return AsTyped(data)
    if not isinstance(data, Mapping):
        raise UserError(_("“{field}” takes a list of lines.").format(field=field.key))
    given = data.get("id")
    known = isinstance(given, str) and _LINE_ID.fullmatch(given)
    identifier = str(given) if known else secrets.token_hex(5)
    return {"id": identifier, **_read_columns(field, data, reader)}


def _read_columns(field: Field, data: Mapping[str, Any], reader: Reader) -> dict[str, Value]:
    unknown = set(data) - {column.key for column in field.columns} - {"id"}
    if unknown:
        raise UserError(
            _("“{field}” has no column “{column}”; its columns are {known}.").format(
                field=field.key,
                column=min(unknown),
                known=", ".join(column.key for column in field.columns),
            )
        )
    values = ((c.key, read(c, data[c.key], reader)) for c in field.columns if c.key in data)
    return {key: value for key, value in values if value is not None}


def _read_file(field: Field, data: Mapping[str, Any]) -> dict[str, Any]:
    digest, size = data.get("sha256"), data.get("size")
    if not (isinstance(digest, str) and re.fullmatch(r"[0-9a-f]{64}", digest)):
        raise UserError(
            _("“{field}” is set by “ropa attach”, not as text.").format(field=field.key)
        )
    return {
        "sha256": digest,
        "size": size if isinstance(size, int) else 0,
        "name": str(data.get("name", "")),
        "media_type": str(data.get("media_type", "")),
    }


def _read_cycle(text: str) -> dict[str, Value] | None:
    """“every year”, “every 2 years”, “hvert 2. år”."""
    found = _CYCLE.fullmatch(text.strip())
    unit = _UNITS.get(found["unit"].lower()) if found else None
    return {"amount": int(found["amount"] or 1), "unit": unit} if found and unit else None


def _read_period(text: str, reader: Reader) -> dict[str, Value] | None:
    """“5 years”, “12–36 months”, “24 months after last login”, “until unsubscribed”."""
    text = text.strip()
    if _CONDITION.fullmatch(text):
        return {"condition": text}
    found = _PERIOD.fullmatch(text)
    unit = _UNITS.get(found["unit"].lower()) if found else None
    if found is None or unit is None or max(len(found["amount"]), len(found["to"] or "")) > 9:
        return None
    period: dict[str, Value] = {"amount": int(found["amount"]), "unit": unit}
    if found["to"]:
        period["amount_to"] = int(found["to"])
    if found["event"]:
        event = _find_event(found["event"], reader)
        if event is None:
            return None
        period["event"] = event
    return period


def _find_event(text: str, reader: Reader) -> str | None:
    """The event by its label or phrase, with or without “the” (bokmål “at”) before it."""
    known = reader.terms.find("retention-event", text)
    bare = re.sub(r"^(?:the|at)\s+", "", text, flags=re.I)
    return known or reader.terms.find("retention-event", bare)


def read_number(text: str) -> int | None:
    """A whole number, with or without spaces between thousands; None if it is none."""
    digits = re.sub(r"[ \u00a0\u202f]", "", text.strip())
    if re.fullmatch(r"[-+]?[0-9]{1,18}", digits):
        return int(digits)
    return None


def valid_norwegian_number(digits: str) -> bool:
    """True if nine digits are a Norwegian organisation number (modulus 11, Brønnøysund)."""
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    check = 0 if rest == 0 else 11 - rest
    return check == int(digits[8])


def read_organisation_number(text: str) -> str | None:
    """A company number; nine bare digits must be a valid Norwegian one.

    Norwegian numbers come back grouped (``999 615 147``), foreign ones as typed.
    """
    core = re.sub(r"^NO\s*(?=\d)|\s*MVA$", "", text.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[ .\u00a0]", "", core)
    if re.fullmatch(r"[0-9]{9}", digits):
        if not valid_norwegian_number(digits):
            return None
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if core != text.strip():
        return None  # marked as Norwegian, but not nine digits
    foreign = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ./-]{3,30}", text.strip())
    return text.strip() if foreign and re.search(r"\d", text) else None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text.strip() if pattern.fullmatch(text.strip()) else None


_SIMPLE: dict[str, Callable[[str], Value]] = {
    "text": lambda text: text,
    "long_text": lambda text: text,
    "texts": lambda text: text,
    "email": _matching(_EMAIL),
    "phone": _matching(_PHONE),
    "url": _matching(_URL),
    "organisation_number": read_organisation_number,
    "number": read_number,
    "date": read_date,
    "country": find_country,
    "countries": find_country,
    "line_links": _matching(_LINE_ID),
}
